"""How often the rule would name a child by noise alone: one who keeps up, whose marks go up and down as marks do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import threshold
from siptrack.analysis.judged_edges import before_own_year
from siptrack.analysis.keeping_up import EVERYWHERE, KeepingUp, Looked
from siptrack.analysis.vocabulary import Reason, Window
from siptrack.school.frame import Frame, numbered
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.own_level import OwnLevel
    from siptrack.rules.model import Rules
    from siptrack.school.texts import Texts

    Numbers = NDArray[np.float64]

# The reasons of a verdict that other marks might have had.
_MAY_BE_NAMED = {"", Reason.LOWEST.value, Reason.HIGHEST.value, Reason.LIMIT.value}


class Turnover(NamedTuple):
    """What noise alone does to a list from one term to a later one, of 100 children who keep up; NaN where unknown.

    So many `join`, named now and not then; so many of those who were named then `leave`.
    """

    join: Numbers
    leave: Numbers


class _Line(NamedTuple):
    """Where children's line is in a term, and how far back and where the start of each window is; NaN without one."""

    rows: Frame
    now: Numbers
    year_span: Numbers
    year: Numbers
    stage_span: Numbers
    stage: Numbers

    @property
    def columns(self) -> Sequence[Numbers]:
        """The numbers."""
        return self[1:]

    @property
    def can_be_named(self) -> NDArray[np.bool_]:
        """Who is measured against the line from some start."""
        known: NDArray[np.bool_] = ~np.isnan(self.year_span) | ~np.isnan(self.stage_span)
        return known


def named_by_noise(progress: Frame, reliability: Numbers, own: OwnLevel, rules: Rules) -> Numbers:
    """For each pupil and subject, of 100 such children who keep up how many the rule would name; NaN without a start.

    `progress` is the progress table, a row for each window; `reliability` is that of each pupil's marks in a subject,
    and `own` the level of the pupil in it: the chance at each level counts by how likely the pupil is there.
    """
    line = _line(progress, rules)
    there = np.flatnonzero(line.can_be_named)
    found = np.full(len(line.rows), np.nan)
    number, cases = _cases(there, line.rows, (reliability, own.lowest, own.highest), line.columns, rules)
    by_level = [1 - children.spared(_looked(0, case)) for children, case in cases]
    if by_level:
        found[there] = 100 * (np.array(by_level)[number] * own.chance[there]).sum(axis=1)
    return found


def turnover(now: Frame, then: Frame, terms: int, reliability: Numbers, rules: Rules) -> Turnover:
    """The same of joining and leaving the list, for each pupil and subject of `now`.

    `now` and `then` are the progress tables of two terms, so many `terms` apart; `reliability` is that of each pupil's
    marks in a subject. NaN where the child can be named in one of them only, or the scale changed in between.
    """
    line, before = _line(now, rules), _line(then, rules)
    at = line.rows.found_in(before.rows, "pupil", "subject")
    both = (at != NONE) & line.can_be_named & before.can_be_named[at]
    there = np.flatnonzero(both & (line.rows["scale"] == before.rows["scale"].take(at)))
    columns = [*line.columns, *(column[at] for column in before.columns)]
    everywhere = (np.full(len(line.rows), edge) for edge in EVERYWHERE)
    number, cases = _cases(there, line.rows, (reliability, *everywhere), columns, rules)
    chances = [_joins_and_leaves(children, _looked(0, case[:5]), _looked(-terms, case[5:])) for children, case in cases]
    found = np.full((2, len(line.rows)), np.nan)
    if chances:
        found[:, there] = 100 * np.array(chances)[number].T
    return Turnover(*found)


def _joins_and_leaves(children: KeepingUp, now: Looked, then: Looked) -> tuple[float, float]:
    """The chance to be named now and not then, and of who was named then to be named no longer."""
    neither = children.both_spared(now, then)
    named_then = children.chance(1 - children.spared(then))
    joins = children.chance(children.spared(then) - neither - children.untold_and_named(then, now))
    leaves = children.chance(children.spared(now) - neither - children.untold_and_named(now, then))
    return max(joins, 0.0), max(leaves, 0.0) / named_then if named_then else 0.0


def _cases(
    there: NDArray[np.int64], rows: Frame, marked_as: Sequence[Numbers], columns: Sequence[Numbers], rules: Rules
) -> tuple[NDArray[np.int64], Iterator[tuple[KeepingUp, Sequence[float]]]]:
    """The number of each child's case, and each case once: how such children are marked, and the lines of `columns`.

    `marked_as` is how reliable each child's marks are, and between which edges its scores are told apart.
    """
    scale: Texts = rows["scale"].take(there)
    alike = [column[there] for column in (rows["year_group"], *marked_as)]
    lines = [column[there] for column in columns]
    number, first = numbered([scale, *alike, *lines])
    marked: dict[tuple[object, ...], KeepingUp] = {}

    def each() -> Iterator[tuple[KeepingUp, Sequence[float]]]:
        names = scale.take(first).tolist()
        kinds = zip(names, *(column[first].tolist() for column in alike), strict=True)
        cases = zip(*(column[first].tolist() for column in lines), strict=True)
        for kind, case in zip(kinds, cases, strict=True):
            if kind not in marked:
                name, year_group, reliable, lowest, highest = kind
                marked[kind] = KeepingUp(rules.scales[name or ""], year_group, reliable, rules, (lowest, highest))
            yield marked[kind], case

    return number, each()


def _looked(term: int, case: Sequence[float]) -> Looked:
    """What the rule looks at in a term; the two windows may begin with one result."""
    now, year_span, year, stage_span, stage = case
    starts = ((year_span, year), (stage_span, stage))
    return Looked(term, now, {term - int(span): line for span, line in starts if span == span})  # noqa: PLR0124  # NaN is not


def _line(progress: Frame, rules: Rules) -> _Line:
    """The lines of each pupil and subject of a progress table; no span where the rule cannot name by the line."""
    year, stage = (progress[progress["window"] == window.value] for window in Window)
    stated = {name for name, scale in rules.scales.items() if rules.evidence.spread_of(scale) is not None}
    now = year["reference"] - before_own_year(year, rules)
    spans = [np.where(_can_be_named(rows) & rows["scale"].isin(stated), rows["span"], np.nan) for rows in (year, stage)]
    starts = [
        np.where(np.isnan(span), np.nan, now - _rise(rows, rules))
        for span, rows in zip(spans, (year, stage), strict=True)
    ]
    return _Line(year, now, spans[0], starts[0], spans[1], starts[1])


def _can_be_named(rows: Frame) -> NDArray[np.bool_]:
    """The rows that are measured against the line, on one scale."""
    against: NDArray[np.bool_] = (rows["measured"] == "line") & (rows["bridge"] == "")
    return against & rows["reason"].isin(_MAY_BE_NAMED)


def _rise(rows: Frame, rules: Rules) -> Numbers:
    """How far the line rose since the start; of bands within a year group, not from one year group's to the next's."""
    bands = {name for name, scale in rules.scales.items() if not scale.grows}
    a_year = np.where(rows["scale"].isin(bands), threshold("points_a_year", rows["scale"], rules.scales), 0)
    whole = np.where(a_year > 0, a_year * np.round(rows["expected_gain"] / np.where(a_year > 0, a_year, 1)), 0)
    rise: Numbers = rows["expected_gain"] - whole
    return rise
