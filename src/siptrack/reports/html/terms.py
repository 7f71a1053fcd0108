"""Each year group's children over the terms so far: the percentage at expectations in each subject, as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from siptrack.analysis.at_are_by_term import AT_ARE_BY_TERM, at_are_by_term
from siptrack.analysis.model import Analysis
from siptrack.documents.labels import subject_label
from siptrack.rendering.html.axes import Axis, Named, NamedTerm, named_terms, points_of, pushed_apart
from siptrack.rendering.numbers import percentage
from siptrack.reports.wording import pages as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.term import Term

_ALL = 100
_TWO = 2  # one term makes no line


@dataclass(frozen=True)
class Line:
    """One subject: its corners, its dots, and its name at the end."""

    points: str
    dots: tuple[tuple[float, float], ...]
    label: Named


@dataclass(frozen=True)
class Lines:
    """The drawing of one year group, and the same as a table: a row a term, a cell a subject."""

    width: ClassVar[int] = 540
    height: ClassVar[int] = 252
    caption: str
    described: str
    levels: tuple[Named, ...]
    left: float
    right: float
    terms: tuple[NamedTerm, ...]
    lines: tuple[Line, ...]
    subjects: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


_ACROSS = (64, Lines.width - 150)
_DOWN = (Lines.height - 52, 16)


@dataclass(frozen=True)
class _Point:
    term: int
    n: int
    count: int


def lines_over_terms(analysis: Analysis, rules: Rules) -> tuple[Lines, ...]:
    """A drawing for each year group with at least two terms, of the terms in which enough children were assessed."""
    years: dict[Cell, dict[str, list[_Point]]] = {}
    for row in records(at_are_by_term(analysis), AT_ARE_BY_TERM.names):
        n = int(number(row["assessed"]) or 0)
        if n >= rules.groups.small.percentages_from:
            point = _Point(int(number(row["term"]) or 0), n, int(number(row["at_are"]) or 0))
            years.setdefault(row["year_group"], {}).setdefault(text(row["subject"]), []).append(point)
    return tuple(
        _lines(rules.years.label(None if year is None else int(number(year) or 0)), subjects, rules)
        for year, subjects in years.items()
        if len({point.term for points in subjects.values() for point in points}) >= _TWO
    )


def _lines(year: str, subjects: Mapping[str, Sequence[_Point]], rules: Rules) -> Lines:
    terms = sorted({point.term for points in subjects.values() for point in points})
    across, down = Axis(*_ACROSS, terms[0], terms[-1]), Axis(*_DOWN, 0, _ALL)
    places = {
        subject: [(across.at(point.term), down.at(_ALL * point.count / point.n)) for point in points]
        for subject, points in subjects.items()
    }
    heights = pushed_apart([dots[-1][1] + 5 for dots in places.values()], 16, _DOWN[0] + 5)
    labels = [subject_label(subject, rules) for subject in subjects]
    return Lines(
        caption=wording.lines_caption(year),
        described=wording.lines_described(
            [
                (label, _percent(points[0]), _percent(points[-1]))
                for label, points in zip(labels, subjects.values(), strict=True)
            ]
        ),
        levels=tuple(Named(_ACROSS[0] - 10, down.at(level), f"{level} %") for level in (0, 50, _ALL)),
        left=_ACROSS[0],
        right=_ACROSS[1],
        terms=named_terms(across, [(term, Term.numbered(term).label) for term in terms]),
        lines=tuple(
            Line(points_of(dots), tuple(dots), Named(dots[-1][0] + 12, height, label))
            for dots, height, label in zip(places.values(), heights, labels, strict=True)
        ),
        subjects=tuple(labels),
        rows=tuple(
            (Term.numbered(term).label, tuple(_cell(points, term) for points in subjects.values())) for term in terms
        ),
    )


def _percent(point: _Point) -> str:
    return percentage(point.count, point.n)


def _cell(points: Sequence[_Point], term: int) -> str:
    found = next((point for point in points if point.term == term), None)
    return wording.NOTHING if found is None else wording.counted_percent(found.count, found.n)
