"""How often chance alone sets a group so far from its peers: the test that the verdict on each gap rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.ordered_grades import Ordered, order_grades
from siptrack.analysis.pair_effects import beyond_prediction
from siptrack.analysis.statistics import score_placebo
from siptrack.analysis.vocabulary import OF_PROGRESS, Measure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from siptrack.analysis.tally import Tally

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]
    Rows = tuple[Places, ...]  # key, subject and among of each comparison

_EVERYBODY = 0  # the place of the whole school among those within whom groups are compared
_OF_POINTS = slice(None, -2)  # the places of those of whom points are known


def chances_of(
    tally: Tally, measure: Measure, at: Rows, pairs: Collection[str], exact: Numbers, gap: Numbers
) -> tuple[Numbers, Numbers]:
    """The chance of each comparison, and above 0 where the group is ahead, below where it is behind.

    By the order of the grades; by counts, of which the `exact` chance is given, where nobody's points are known or it
    cannot be worked out. A group of several characteristics of the whole school is set against what these predict;
    where it is ahead of its peers but behind that, or the other way, it is neither.
    """
    ordered = order_grades(tally, measure, at)
    chance, ahead = score_placebo(*ordered)
    by_points = (ordered.group + ordered.peers)[:, _OF_POINTS].any(axis=1)
    chance = np.where(by_points, chance, exact)
    ahead = np.where(by_points, ahead, -gap if measure in OF_PROGRESS else gap)
    found = list(_pairs(tally, at, pairs))
    if found:
        rows = np.concatenate([of for of, _ in found])
        children = [(groups, Ordered(*(of[those] for of in ordered))) for those, groups in found]
        chance[rows], way = beyond_prediction(children)
        ahead[rows] = np.where(way * ahead[rows] > 0, ahead[rows], 0.0)
    return chance, ahead


def _pairs(tally: Tally, at: Rows, pairs: Collection[str]) -> Iterator[tuple[Places, list[str]]]:
    """The comparisons of each pair in each subject over the whole school, and their groups."""
    key, subject, among = at
    characteristics = np.array([name for name, _ in tally.keys])
    for pair in pairs:
        of_pair = (characteristics[key] == pair) & (among == _EVERYBODY)
        for number in sorted(set(subject[of_pair].tolist())):  # np.unique loads numpy.ma
            rows = np.flatnonzero(of_pair & (subject == number))
            yield rows, [tally.keys[at_key][1] for at_key in key[rows]]
