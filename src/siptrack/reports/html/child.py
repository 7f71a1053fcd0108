"""The page of one child: where the child stands in each subject, how they came there, and why each thing is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from siptrack.rendering.model import ColumnHead, RowGroup, Table
from siptrack.rendering.ruler import ruler_line
from siptrack.reports.child_model import ChildPage, CitedRule, SubjectJourney, TermResult
from siptrack.reports.html.journeys import JourneyChart, journey_chart
from siptrack.reports.html.pages import page
from siptrack.reports.wording import child as wording
from siptrack.reports.wording import child_evidence as evidence_wording
from siptrack.reports.wording import pages as page_wording
from siptrack.rules.model import Ruler

_NUMBERS = range(3, 6)  # points, line, and how far from it
_SCALE = 7


class Said(NamedTuple):
    """A sentence about the child, and the cells that it came from."""

    sentence: str
    cells: tuple[str, ...] = ()


class SubjectPart(NamedTuple):
    """A subject on the page: its heading, its drawing if there is one, what is said, and every result."""

    heading: str
    chart: JourneyChart | None
    said: tuple[Said, ...]
    results: Table | None


def child_html(child: ChildPage, ruler: Ruler, report: str) -> bytes:
    """The page; `report` is the address of the report from there."""
    return page(
        "child.jinja",
        title=wording.page_title(child),
        term=wording.page_term(child),
        groups=wording.groups_line(child.groups),
        glance=_grid(page_wording.AT_A_GLANCE, wording.AT_A_GLANCE, map(wording.glance_cells, child.subjects), ()),
        questions_heading=wording.questions_heading(),
        questions=child.questions,
        records_heading=wording.records_heading(),
        records=child.records,
        subjects=[_part(one) for one in child.subjects],
        odd_heading=evidence_wording.odd_heading(),
        odd=[evidence_wording.odd_line(one) for one in child.odd],
        rules=[evidence_wording.rule_line(one) for one in _rules(child.subjects)],
        report=report,
        ruler=ruler_line(ruler),
    )


def _part(subject: SubjectJourney) -> SubjectPart:
    lines = (*wording.progress_lines(subject.progress), *wording.ahead_lines(subject))
    flags = [
        Said(flag.sentence, tuple(evidence_wording.written_line(cell) for cell in flag.evidence))
        for flag in subject.flags
    ]
    return SubjectPart(
        heading=page_wording.subject_heading(subject.label, subject.standing),
        chart=journey_chart(subject),
        said=(*(Said(line) for line in lines), *flags),
        results=_results(subject) if subject.results else None,
    )


def _results(subject: SubjectJourney) -> Table:
    """Every result; the scale in a column where there are several, else in the caption."""
    scales = dict.fromkeys(filter(None, map(wording.scale_of, subject.results)))
    only = next(iter(scales)) if len(scales) == 1 else ""
    caption = page_wording.results_caption(subject.label, only)
    headings = [words for at, words in enumerate(wording.JOURNEY_IN_FULL) if not (only and at == _SCALE)]
    return _grid(caption, headings, [_row(result, scale=not only) for result in subject.results], _NUMBERS)


def _row(result: TermResult, *, scale: bool) -> tuple[str, ...]:
    said = (wording.scale_of(result),) if scale else ()
    return (*wording.journey_cells(result), *said, result.written.place.label if result.written else "")


def _grid(caption: str, headings: Sequence[str], rows: Iterable[tuple[str, ...]], numbers: Sequence[int]) -> Table:
    columns = tuple(ColumnHead(words, numbers=at in numbers) for at, words in enumerate(headings))
    return Table(caption, columns, (RowGroup("", tuple(rows)),))


def _rules(subjects: Iterable[SubjectJourney]) -> list[CitedRule]:
    """Every rule that something on the page rests on, once."""
    resting = [one.rules for subject in subjects for one in subject.progress]
    resting += [flag.rules for subject in subjects for flag in subject.flags]
    return list(dict.fromkeys(rule for rules in resting for rule in rules))
