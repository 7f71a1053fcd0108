"""How often the rule would name a child by noise alone: one who keeps up, whose marks go up and down as marks do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import DECIMALS, threshold
from siptrack.analysis.judged_edges import Ladder, before_own_year, ladder
from siptrack.analysis.likelihood import between, levels, spread_at
from siptrack.analysis.vocabulary import Reason, Window
from siptrack.school.frame import Frame, numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.scale import Scale

    Numbers = NDArray[np.float64]

# The reasons of a verdict that other marks might have had.
_MAY_BE_NAMED = ("", Reason.LOWEST.value, Reason.HIGHEST.value, Reason.LIMIT.value)


class _Case(NamedTuple):
    """What children of one kind have in common: their line now, and how far back and where that of each start was.

    NaN for a window without a start.
    """

    year_group: float
    reliability: float
    now: float
    year_span: float
    year: float
    stage_span: float
    stage: float


def named_by_noise(progress: Frame, reliability: Numbers, rules: Rules) -> Numbers:
    """For each pupil and subject, of 100 children who keep up how many the rule would name; NaN where it has no start.

    `progress` is the progress table, a row for each window; `reliability` is that of each pupil's marks in a subject.
    """
    year, stage = (progress[progress["window"] == window.value] for window in Window)
    now = year["reference"] - before_own_year(year, rules)
    spans = [np.where(_can_be_named(rows), rows["span"], np.nan) for rows in (year, stage)]
    starts = [
        np.where(np.isnan(span), np.nan, now - _rise(rows, rules))
        for span, rows in zip(spans, (year, stage), strict=True)
    ]
    lines = [now, spans[0], starts[0], spans[1], starts[1]]
    stated = {name for name, scale in rules.scales.items() if rules.evidence.spread_of(scale) is not None}
    there = np.flatnonzero(~np.isnan(spans).all(axis=0) & year["scale"].isin(stated))
    scale = year["scale"].take(there)
    columns = [column[there] for column in (year["year_group"], reliability, *lines)]
    number, first = numbered([scale, *columns])
    cases = zip(scale.take(first).tolist(), *(column[first] for column in columns), strict=True)
    chance = np.array([_chance(rules.scales[name or ""], _Case(*case), rules) for name, *case in cases])
    found = np.full(len(year), np.nan)
    found[there] = 100 * chance[number]
    return found


def _can_be_named(rows: Frame) -> NDArray[np.bool_]:
    """The rows that are measured against the line, on one scale."""
    against: NDArray[np.bool_] = (rows["measured"] == "line") & (rows["bridge"] == "")
    return against & rows["reason"].isin(
        set(  # The reasons of a verdict that other marks might have had.
            _MAY_BE_NAMED
        )
    )


def _rise(rows: Frame, rules: Rules) -> Numbers:
    """How far the line rose since the start; of bands within a year group, not from one year group's to the next's."""
    bands = {name for name, scale in rules.scales.items() if not scale.grows}
    a_year = np.where(rows["scale"].isin(bands), threshold("points_a_year", rows["scale"], rules.scales), 0)
    whole = np.where(a_year > 0, a_year * np.round(rows["expected_gain"] / np.where(a_year > 0, a_year, 1)), 0)
    rise: Numbers = rows["expected_gain"] - whole
    return rise


def _chance(scale: Scale, case: _Case, rules: Rules) -> float:
    """The chance that the rule names such a child in either window, the child's level integrated out."""
    whole, stated = ladder(scale, rules.years), rules.evidence
    grid, weight = levels(stated.points, stated.reach)
    spread = stated.spread_of(scale)
    assert spread is not None  # noqa: S101  # of a scale whose spread is stated
    middle, deviation = spread_at(spread, np.array(case.year_group))
    written = {}
    for line in {case.now, case.year, case.stage}:
        edges = (np.append(whole.low, np.inf) - line - middle) / deviation
        beyond = (edges[:, None] - math.sqrt(case.reliability) * grid) / math.sqrt(1 - case.reliability)
        written[line] = between(beyond, np.arange(len(whole.low)), np.arange(1, len(whole.low) + 1))
    spared = np.ones_like(written[case.now])
    starts = {(case.year_span, case.year), (case.stage_span, case.stage)}  # one where both windows have the same
    for line in [line for span, line in starts if not math.isnan(span)]:
        spared *= 1 - _insufficient(scale, whole, case.now - line).astype(np.float64) @ written[line]
    return float((written[case.now] * (1 - spared)).sum(axis=0) @ weight)


def _insufficient(scale: Scale, whole: Ladder, expected: float) -> NDArray[np.bool_]:
    """Whether the rule calls the way from each grade (a column) to each grade now (a row) insufficient.

    The highest grade cannot show more, so that a child who has it is not named.
    """
    under = dict.fromkeys(whole.points.tolist(), 0.0)
    under.update({scale.by_code[code].points or 0.0: width.under for code, width in scale.wide.items()})
    allowed = scale.tolerance + np.array([under[points] for points in whole.points.tolist()])
    moved = (whole.points[:, None] - whole.points - expected).round(DECIMALS)
    insufficient = moved < -allowed
    insufficient[-1] = False
    return np.asarray(insufficient)
