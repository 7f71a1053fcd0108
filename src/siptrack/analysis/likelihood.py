"""How well each course explains a child's marks, whatever the child's own level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.evidence import EvidenceRules, Spread

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

_erfc = np.frompyfunc(math.erfc, 1, 1)
_AGES = (2, 6)  # the year groups between which a spread widens on a straight line
_NOTHING = 1e-300  # no chance at all, to a computer; its logarithm is still a number
_ALIKE = 12  # decimals of a standard deviation to which two edges are one


def spread_at(spread: Spread, year_group: Numbers) -> tuple[Numbers, Numbers]:
    """The middle and the standard deviation for these year groups; those of Year 2 for younger, of Year 6 for older."""
    return np.interp(year_group, _AGES, spread.middle), np.interp(year_group, _AGES, spread.deviation)


class Marks(NamedTuple):
    """Between which edges each judged value would have lain, had the child taken each course, and it moved nobody.

    `edges` are all edges, in standard deviations of the scale; `low` and `high` the places among these of the two of
    each mark that there is; `common` how many of all children are given the mark, whatever their course; `at` the mark
    of each child, course and term, one past the last where there is no result.
    """

    edges: Numbers
    low: Whole
    high: Whole
    common: Numbers
    at: Whole


def marks(low: Numbers, high: Numbers, moved: Numbers, spread: Spread, year_group: Numbers) -> Marks:
    """The marks of each child and term (NaN where there is no result), less what each course moved each child.

    `low` and `high` are by child and term, `moved` by child, course and term, all in points from the line; the children
    of a scale are spread so about it, and are in these year groups.
    """
    middle, deviation = (figure[:, None] for figure in spread_at(spread, year_group))
    low, high, moved = (low - middle) / deviation, (high - middle) / deviation, moved / deviation[:, :, None]
    child, term = np.nonzero(~np.isnan(low))
    rows = np.column_stack([low[child, term], high[child, term], moved[child, :, term]])
    first, alike = _distinct(rows)
    ends, after = (rows[first, :2, None], rows[first, None, 2:])
    every = np.concatenate(
        [(ends - after).swapaxes(0, 1), np.broadcast_to(ends, (len(first), 2, after.shape[2])).swapaxes(0, 1)]
    )
    edges, place = np.unique(every.round(_ALIKE), return_inverse=True)
    low_at, high_at, *written = place.reshape(4, -1)
    pair, given = low_at * len(edges) + high_at, written[0] * len(edges) + written[1]
    as_written, number = np.unique(given, return_inverse=True)
    kinds, mark = np.unique(pair * len(as_written) + number, return_inverse=True)
    pair, number = kinds // max(len(as_written), 1), kinds % max(len(as_written), 1)
    at = np.full(moved.shape, len(kinds), dtype=np.int64)
    at[child, :, term] = mark.reshape(len(first), moved.shape[1])[alike]
    common = between(edges, as_written // max(len(edges), 1), as_written % max(len(edges), 1))[number]
    return Marks(edges, pair // max(len(edges), 1), pair % max(len(edges), 1), common, at)


def _distinct(rows: Numbers) -> tuple[Whole, Whole]:
    """The first of each kind of rows, and the kind of each; of two kinds that look like one, every row by itself.

    Sorting a number made of each row is much quicker than sorting the rows.
    """
    _, first, kind = np.unique(rows @ np.cos(np.arange(rows.shape[1])), return_index=True, return_inverse=True)
    if not (rows[first][kind] == rows).all():
        first = kind = np.arange(len(rows))
    return first, kind


def levels(points: int, reach: float) -> tuple[Numbers, Numbers]:
    """So many levels, evenly from `reach` standard deviations under the middle to as many over, and their weights."""
    grid = np.linspace(-reach, reach, points)
    weight = np.exp(-(grid**2) / 2)
    return grid, weight / weight.sum()


def likelihoods(marks: Marks, reliability: float, rules: EvidenceRules) -> Numbers:
    """The logarithm of how likely each child's marks are on each course.

    The level is normal with variance `reliability`, what is written about it with the rest; it is integrated out. So
    many marks as the rules say are slips, which say nothing of the child.
    """
    grid, weight = levels(rules.points, rules.reach)
    whole = _by_level(marks, reliability, grid, rules.slips)
    most = whole.max(axis=2)
    summed: Numbers = most + np.log(np.exp(whole - most[:, :, None]) @ weight)
    return summed


def level_chances(marks: Marks, reliability: float, rules: EvidenceRules) -> Numbers:
    """How likely each child is at each level on each course, by child, course and level, its marks being what they are.

    A child without marks is at each level as any child is.
    """
    grid, weight = levels(rules.points, rules.reach)
    whole = _by_level(marks, reliability, grid, rules.slips)
    likely = weight * np.exp(whole - whole.max(axis=2, keepdims=True))
    each: Numbers = likely / likely.sum(axis=2, keepdims=True)
    return each


def _by_level(marks: Marks, reliability: float, grid: Numbers, slips: float) -> Numbers:
    """The logarithm of how likely each child's marks are on each course at each level."""
    beyond = (marks.edges[:, None] - math.sqrt(reliability) * grid) / math.sqrt(1 - reliability)
    meant = (1 - slips) * between(beyond, marks.low, marks.high)
    chance = np.log(np.maximum(meant + slips * marks.common[:, None], _NOTHING))
    chance = np.vstack([chance, np.zeros(len(grid))])  # a term without a result says nothing
    whole: Numbers = chance[marks.at[:, :, 0]]
    for term in range(1, marks.at.shape[2]):
        whole += chance[marks.at[:, :, term]]
    return whole


def between(edges: Numbers, low: Whole, high: Whole) -> Numbers:
    """The chance that a standard normal value lies between two edges; by the tail that is nearer, so none is lost."""
    tail = np.asarray(_erfc(np.abs(edges) / math.sqrt(2)), dtype=np.float64) / 2
    same_side: Numbers = np.abs(tail[low] - tail[high])
    return np.where((edges[low] < 0) & (edges[high] > 0), 1 - tail[low] - tail[high], same_side)
