"""Which result some terms later a child's marks let expect, had nothing been done beside ordinary teaching.

The child goes on as it went: it keeps up, or rises or falls as fast as before. How likely each of these is, and how
high the child stands, is what all its marks say (siptrack.analysis.evidence); what is written of it is that, and noise.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.courses import FALLS, goes_on
from siptrack.analysis.evidence import posterior, weighing
from siptrack.analysis.judged_edges import before_own_year, ladder
from siptrack.analysis.likelihood import between, level_chances, levels, spread_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.evidence import Results
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame
    from siptrack.school.scale import Scale

    Numbers = NDArray[np.float64]

_ALIKE = 9  # decimals to which two children's prospects are one


class Later(NamedTuple):
    """When a later result stands: its term, and each child's year group and line then."""

    term: int
    year_group: Numbers
    line: Numbers


class Foreseen(NamedTuple):
    """What the marks of some children say, by child and course.

    `likely` is the logarithm of how likely the course makes the marks and `share` how many children take it; `stands`
    is how high the child stands at the last of them, in standard deviations of the scale, and `written` the distance
    from the line that is to be expected later, in points.
    """

    likely: Numbers
    share: Numbers
    stands: Numbers
    written: Numbers

    @property
    def chance(self) -> Numbers:
        """How likely each course is, by the child's own marks."""
        return posterior(self.likely, self.share)

    def of(self, rows: NDArray[np.int64]) -> Foreseen:
        """Those of some of the children."""
        return Foreseen(*(column[rows] for column in self))


def foresee(now: Frame, results: Results, term: int, later: Later, rules: Rules) -> Foreseen:
    """What is to be expected of children in one subject on one scale, by their results up to the term's, `now`."""
    scale, stated = rules.scales[now["scale"].distinct()[0]], rules.evidence
    found = weighing(now, results, term, rules)
    at_level = level_chances(found.seen, found.reliability, stated)
    grid, _ = levels(stated.points, stated.reach)
    spread = stated.spread_of(scale)
    assert spread is not None  # noqa: S101  # of a child of whom something can be told
    middle, deviation = spread_at(spread, now["year_group"])
    lines = np.stack([results.line[:, -1], later.line], axis=1)
    moved = found.moved[:, :, -1] + goes_on(scale, lines, later.term - term, rules)
    stands = (middle[:, None] + found.moved[:, :, -1]) / deviation[:, None]
    stands = stands + math.sqrt(found.reliability) * (at_level @ grid)
    own_line = later.line - before_own_year(now.having(year_group=later.year_group), rules)
    kinds = np.stack(np.broadcast_arrays(middle[:, None], deviation[:, None], own_line[:, None], moved), axis=2)
    different, kind = np.unique(kinds.reshape(-1, 4).round(_ALIKE), axis=0, return_inverse=True)
    prospects = different.tolist()
    by_level = np.stack([_written(each, scale, found.reliability, rules) for each in prospects])
    written = (at_level * by_level[kind.reshape(moved.shape)]).sum(axis=2)
    return Foreseen(found.likely, found.share, stands, written)


def heading(chance: Numbers) -> Numbers:
    """How much likelier each child has risen than fallen, from -1 to 1."""
    found: Numbers = chance[:, 1] - chance[:, FALLS].sum(axis=1)
    return found


def _written(prospect: Sequence[float], scale: Scale, reliability: float, rules: Rules) -> Numbers:
    """The distance that is written on average of children at each level.

    `prospect` is the middle and the deviation of what is written, where the line is, and how far a course has moved.
    """
    middle, deviation, line, moved = prospect
    grid, _ = levels(rules.evidence.points, rules.evidence.reach)
    whole = ladder(scale, rules.years)
    edges = (np.append(whole.low, np.inf) - line - moved - middle) / deviation
    beyond = (edges[:, None] - math.sqrt(reliability) * grid) / math.sqrt(1 - reliability)
    count = len(whole.low)
    each: Numbers = (whole.points - line) @ between(beyond, np.arange(count), np.arange(1, count + 1))
    return each
