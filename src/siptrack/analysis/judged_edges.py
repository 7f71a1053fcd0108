"""Between which values a judgement or score lay that was written as a grade: its edges, in points from the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import DECIMALS, threshold
from siptrack.analysis.verdicts import limit_only

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules, YearRules
    from siptrack.school.evidence import Broad
    from siptrack.school.frame import Frame
    from siptrack.school.scale import Scale

    Numbers = NDArray[np.float64]


class Edges(NamedTuple):
    """For each result the lowest value that is written so, and the lowest that no longer is, in points from the line.

    Without end under the lowest grade of a scale and over the highest, and where only a limit is given, as in <70.
    """

    low: Numbers
    high: Numbers


class Ladder(NamedTuple):
    """The points of the grades or scores of a scale that can be set against its line, from low to high, with edges."""

    points: Numbers
    low: Numbers
    high: Numbers


def edges(rows: Frame, rules: Rules) -> Edges:
    """The edges of judged results with points and a reference line; a small step lies under the next band's points."""
    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    points = rows["points"] - before_own_year(rows, rules)
    for code, name in enumerate(rows["scale"].words):
        here = np.flatnonzero(rows["scale"].codes == code)
        if name in rules.scales and len(here):
            whole = ladder(rules.scales[name], rules.years)
            at = np.clip(np.searchsorted(whole.points, points[here], side="right") - 1, 0, len(whole.points) - 1)
            low[here], high[here] = whole.low[at], whole.high[at]
            small = here[rows["small"][here]]
            low[small], high[small] = -np.inf, _next_above(whole.points, points[small])
            _widen(low, high, here, rows, rules.evidence.broad.get(name))
    low[limit_only(rows, -1)], high[limit_only(rows, 1)] = -np.inf, np.inf
    away = rows["distance"] - points
    return Edges(low + away, high + away)


def _next_above(points: Numbers, own: Numbers) -> Numbers:
    """The lowest of a ladder's points over each of these; its highest where there is none."""
    found: Numbers = points[np.minimum(np.searchsorted(points, own, side="right"), len(points) - 1)]
    return found


def ladder(scale: Scale, years: YearRules) -> Ladder:
    """A grade reaches from its own points to those of the next, a score half a unit either way.

    On bands the grades are those of one year group, on a scale whose points grow those of every year group.
    """
    if scale.numbers is not None:
        unit = scale.numbers.finest or 1
        count = round((scale.numbers.high - scale.numbers.low) / unit) + 1
        points = np.linspace(scale.numbers.low, scale.numbers.high, count).round(DECIMALS)
        between = points[1:] - unit / 2
    else:
        points = _grades(scale, years)
        between = points[1:]
    return Ladder(points, np.append(-np.inf, between), np.append(between, np.inf))


def before_own_year(rows: Frame, rules: Rules) -> Numbers:
    """The points of the year groups below the child's own, on bands that may name another year group's; else 0."""
    bands = {name for name, scale in rules.scales.items() if not scale.grows}
    a_year = threshold("points_a_year", rows["scale"], rules.scales)
    before: Numbers = np.where(rows["scale"].isin(bands) & (a_year > 0), a_year * rows["year_group"], 0)
    return before


def _grades(scale: Scale, years: YearRules) -> Numbers:
    """The points of the grades that are no small steps."""
    small = scale.small_steps.grades | scale.small_steps.any_of_them if scale.small_steps else frozenset()
    own = {grade.points for grade in scale.grades if grade.points is not None and grade.code not in small}
    named = range(years.lowest, years.highest + 1) if scale.grows and scale.points_a_year else (0,)
    return np.array(sorted({points + scale.points_a_year * year for points in own for year in named}))


def _widen(low: Numbers, high: Numbers, here: NDArray[np.int64], rows: Frame, broad: Broad | None) -> None:
    """Grades that stand for more than their own step, as a whole level does, reach further."""
    if broad is not None:
        grade = rows["grade"]
        wide = here[np.isin(grade.codes[here], [at for at, code in enumerate(grade.words) if code in broad.grades])]
        low[wide] -= broad.under
        high[wide] += broad.over
