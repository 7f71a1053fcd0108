"""Children of a group and its peers by the order of their grades: the test that the verdict on a gap rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.statistics import mid_ranks
from siptrack.analysis.tally import Tally
from siptrack.analysis.vocabulary import OF_PROGRESS, Measure
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# What puts those counted in each measure in order; who is counted, and what is counted of them.
ORDERED_BY = {Measure.AT_ARE: "order", Measure.INSUFFICIENT: "progress"}
COUNTS = {Measure.AT_ARE: ("assessed", "at_are"), Measure.INSUFFICIENT: ("judged", "insufficient")}


class Ordered(NamedTuple):
    """The children of each comparison by what orders them, the lowest first; a row a comparison.

    `group` and `peers` are how many there are in each place, `score` is the rank that each place stands for. The last
    two places are those of whom no points are known: who is not, and who is, where those counted are to be.
    """

    group: Numbers
    peers: Numbers
    score: Numbers


def order_grades(tally: Tally, measure: Measure, at: tuple[NDArray[np.intp], ...]) -> Ordered:
    """The children of these comparisons, by points from the line or by progress.

    A child without points there (on another scale, or with a code that counts) has the mean rank of those who are, or
    who are not, at expectations as it is; where nobody has points only that counts.
    """
    everybody, counted = COUNTS[measure]
    value = tally.cells[ORDERED_BY[measure]]
    counts = tally.cells[everybody]
    well = np.nan_to_num(tally.cells[counted]) != (measure in OF_PROGRESS)
    place, distinct = tally.places(ORDERED_BY[measure])
    distinct = max(distinct, 1)
    without = np.where(np.isnan(value), well.astype(np.int64), NONE)
    spreads = [
        tally.spread(place, distinct, counts),
        tally.spread(place, distinct, counts * well),
        tally.spread(without, 2, counts),
    ]
    (group, _, group_without), (peers, _, peers_without) = (
        [side(spread)[at] for spread in spreads] for side in (np.asarray, tally.of_peers)
    )
    both, both_well = (spread[at] + tally.of_peers(spread)[at] for spread in spreads[:2])
    ranks = mid_ranks(both)
    score = np.concatenate([ranks, _mean_ranks(ranks, both - both_well, 0), _mean_ranks(ranks, both_well, 1)], axis=1)
    return Ordered(np.hstack([group, group_without]), np.hstack([peers, peers_without]), score)


def _mean_ranks(ranks: Numbers, counts: Numbers, above: int) -> Numbers:
    """The mean rank of so many in each place; where there is nobody, below all ranks, or `above` them."""
    n = counts.sum(axis=1)
    outside = above * (ranks.max(axis=1, initial=0.0) + 1)
    mean = np.divide((counts * ranks).sum(axis=1), n, out=outside.astype(np.float64), where=n > 0)
    return mean[:, np.newaxis]
