"""The statistics of gaps, on arrays of counts: intervals, chance, and many comparisons at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.student import student_critical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]

_REACH = 40  # standard deviations from the middle beyond which a chance is nothing, even to a computer
_EQUAL = 1e-9  # children; a rate in percent is not exact in binary
_CELLS = 4_000_000  # how many chances are worked out at a time


# --- intervals --------------------------------------------------------------------------------------------------------


def critical_value(confidence: float) -> float:
    """How many standard errors a two-sided interval of that confidence (in percent) reaches: 1.96 for 95."""
    return NormalDist().inv_cdf(0.5 + confidence / 200)


def wilson(count: Counts, n: Counts, z: float) -> tuple[Numbers, Numbers]:
    """Wilson's score interval of a proportion (1927): sound for small numbers, and at 0 and 1. n must not be 0."""
    share = count / n
    centre = share + z * z / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return (centre - reach) / whole, (centre + reach) / whole


def newcombe(count: Counts, n: Counts, peers_count: Counts, peers_n: Counts, z: float) -> tuple[Numbers, Numbers]:
    """The interval of the difference of two proportions by Newcombe's method 10 (Statistics in Medicine 1998)."""
    share, peers_share = count / n, peers_count / peers_n
    low, high = wilson(count, n, z)
    peers_low, peers_high = wilson(peers_count, peers_n, z)
    gap = share - peers_share
    below = np.sqrt((share - low) ** 2 + (peers_high - peers_share) ** 2)
    above = np.sqrt((high - share) ** 2 + (peers_share - peers_low) ** 2)
    return gap - below, gap + above


def welch(
    n: Numbers,
    mean: Numbers,
    variance: Numbers,
    peers_n: Numbers,
    peers_mean: Numbers,
    peers_variance: Numbers,
    *,
    confidence: float,
) -> tuple[Numbers, Numbers]:
    """The interval of the difference of two means (Welch 1947), the variances being those of samples.

    Missing where a side has fewer than two; of no width where neither side varies.
    """
    ours, theirs = variance / n, peers_variance / peers_n
    whole = ours + theirs
    enough = (n > 1) & (peers_n > 1)
    reach = student_critical(confidence, welch_freedom(ours, n, theirs, peers_n)) * np.sqrt(whole)
    reach = np.where(enough, np.where(whole > 0, reach, 0.0), np.nan)
    gap = mean - peers_mean
    return gap - reach, gap + reach


def welch_freedom(error: Numbers, n: Numbers, peers_error: Numbers, peers_n: Numbers) -> Numbers:
    """Welch's degrees of freedom, from the squared standard error of each mean; 1 where neither side varies."""
    varies = (n > 1) & (peers_n > 1) & (error + peers_error > 0)
    spread = error**2 / np.maximum(n - 1, 1) + peers_error**2 / np.maximum(peers_n - 1, 1)
    freedom: Numbers = np.where(varies, (error + peers_error) ** 2 / np.where(varies, spread, 1), 1.0)
    return freedom


# --- gaps in children -------------------------------------------------------------------------------------------------


def whole_children(count: Counts, n: Counts, peers_count: Counts, peers_n: Counts) -> Counts:
    """The gap in children of the group, cut to whole ones towards zero: Ofsted's 'Diff no'.

    In whole numbers, so that a gap of exactly 4 children is 4 and never 3.999.
    """
    exact = count * peers_n - peers_count * n
    children: Counts = np.sign(exact) * (np.abs(exact) // peers_n)
    return children


def closing(count: Counts, n: Counts, peers_count: Counts, peers_n: Counts) -> tuple[Counts, Counts]:
    """How many children of the side behind would have to be counted too, to close the gap and to reverse it.

    A gap is reversed too when children of the side ahead are no longer counted; the fewer of the two is given, and 0
    where there is no gap.
    """
    exact = peers_count * n - count * peers_n
    behind = exact > 0
    size = np.abs(exact)
    ours, theirs = np.where(behind, peers_n, n), np.where(behind, n, peers_n)  # of the side ahead; of the side behind
    close = -(-size // ours)
    up, down = size // ours + 1, size // theirs + 1
    room_above = np.where(behind, n - count, peers_n - peers_count)
    room_below = np.where(behind, peers_count, count)
    most = np.iinfo(np.int64).max
    reverse = np.minimum(np.where(up <= room_above, up, most), np.where(down <= room_below, down, most))
    none = (size == 0) | (reverse == most)
    return close, np.where(none, 0, reverse)


# --- chance -----------------------------------------------------------------------------------------------------------


def placebo(count: Counts, n: Counts, peers_count: Counts, peers_n: Counts) -> Numbers:
    """How often a random split of the same children into groups of these sizes shows a gap at least as large.

    Exact, from the hypergeometric distribution; in either direction. 1 where there is no gap.
    """
    given = np.stack([count, n, count + peers_count, n + peers_n], axis=1)
    distinct, where = np.unique(given, axis=0, return_inverse=True)
    if not len(distinct):
        return np.empty(0)
    reach = np.ceil(_REACH * _deviation(distinct) + 1).astype(np.int64)
    lowest, highest = _support(distinct, reach)
    chances = np.empty(len(distinct))
    for rows in _alike(highest - lowest + 1):
        chances[rows] = _chances(distinct[rows], lowest[rows], highest[rows])
    whole: Numbers = chances[where.ravel()]
    return whole


def _alike(width: Counts) -> Iterator[Counts]:
    """The rows in portions, each of rows about as wide, and of few enough: a narrow one beside a wide one is padded."""
    digits = np.frexp(width)[1]  # as a binary number: of two widths with as many, neither is twice the other
    for most in range(int(digits.min()), int(digits.max()) + 1):
        rows = np.flatnonzero(digits == most)
        step = max(1, _CELLS >> most)
        yield from (rows[at : at + step] for at in range(0, len(rows), step))


def _deviation(given: Counts) -> Numbers:
    """The standard deviation of the group's count among random splits."""
    _, n, counted, everybody = (column.astype(np.float64) for column in given.T)
    share = counted / everybody
    deviation: Numbers = np.sqrt(n * share * (1 - share) * (everybody - n) / np.maximum(everybody - 1, 1))
    return deviation


def _support(given: Counts, reach: Counts) -> tuple[Counts, Counts]:
    """The lowest and highest count that a group may have in a random split, as far as chance reaches."""
    _, n, counted, everybody = given.T
    middle = n * counted // everybody
    lowest = np.maximum(np.maximum(0, n + counted - everybody), middle - reach)
    return lowest, np.minimum(np.minimum(n, counted), middle + 1 + reach)


def _chances(given: Counts, lowest: Counts, highest: Counts) -> Numbers:
    """The chance of a gap at least as large, each from the ratios of one count's chance to that of the next."""
    observed, n, counted, everybody = (column[:, np.newaxis] for column in given.T)
    at = lowest[:, np.newaxis] + np.arange(int((highest - lowest).max()) + 1)
    inside = at <= highest[:, np.newaxis]
    below = np.where(inside, at, lowest[:, np.newaxis] + 1)[:, 1:] - 1
    more = np.log(np.maximum(counted - below, 1) * np.maximum(n - below, 1).astype(np.float64))
    less = np.log((below + 1) * np.maximum(everybody - counted - n + below + 1, 1).astype(np.float64))
    logs = np.concatenate([np.zeros((len(given), 1)), np.cumsum(more - less, axis=1)], axis=1)
    logs = np.where(inside, logs, -np.inf)
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    middle = counted * n
    as_large = np.abs(at * everybody - middle) >= np.abs(observed * everybody - middle)
    chances: Numbers = (weights * as_large).sum(axis=1) / weights.sum(axis=1)
    return np.minimum(chances, 1.0, out=chances)


def rank_placebo(group: Numbers, peers: Numbers) -> Numbers:
    """How often a random split of the same children shows a difference in ranks at least as large, in either direction.

    `group` and `peers` are counts of children by value, lowest value first, a row a comparison. The Mann-Whitney test
    with ties, by the normal distribution with a correction for continuity; 1 where all values are the same.
    """
    return score_placebo(group, peers, mid_ranks(group + peers))[0]


def mid_ranks(counts: Numbers) -> Numbers:
    """The rank of each value, lowest first, where so many children have it: the mean of the ranks that they share."""
    ranks: Numbers = np.cumsum(counts, axis=1) - (counts - 1) / 2
    return ranks


def score_placebo(group: Numbers, peers: Numbers, score: Numbers) -> tuple[Numbers, Numbers]:
    """The same of any scores in place of ranks, and by how much the group's sum lies above what a random split has."""
    both = group + peers
    everybody, n = both.sum(axis=1), group.sum(axis=1)
    middle = (both * score).sum(axis=1) / np.maximum(everybody, 1)
    apart = score - middle[:, np.newaxis]
    spread = (both * apart**2).sum(axis=1) / np.maximum(everybody - 1, 1)
    above = (group * apart).sum(axis=1)
    deviation = np.sqrt(spread * n * (everybody - n) / np.maximum(everybody, 1))
    z = np.divide(np.abs(above) - 0.5, deviation, out=np.zeros(len(above)), where=deviation > 0)
    return two_sided(z), above


def two_sided(z: Numbers) -> Numbers:
    """How often chance alone is so many standard errors away, to either side."""
    return np.array([min(1.0, math.erfc(value / math.sqrt(2))) for value in z.tolist()])


def index(group: Numbers, peers: Numbers, z: float) -> tuple[Numbers, Numbers, Numbers]:
    """The gap index, 10 times Cliff's delta, and its interval (Feng and Cliff 2004); counts as for rank_placebo.

    From -10, where every peer is ahead of every child of the group, to 10. It equals 20 times the difference of mean
    ranks divided by everybody, as the DfE's disadvantage gap index is built. The interval is missing where a side has
    fewer than two children.
    """
    ours, theirs = group, peers
    n, peers_n = ours.sum(axis=1), theirs.sum(axis=1)
    ahead_of = (_below(theirs) - _above(theirs)) / peers_n[:, np.newaxis]
    behind = (_below(ours) - _above(ours)) / n[:, np.newaxis]
    delta = (ours * ahead_of).sum(axis=1) / n
    of_group = (ours * (ahead_of - delta[:, np.newaxis]) ** 2).sum(axis=1)
    of_peers = (theirs * (-behind - delta[:, np.newaxis]) ** 2).sum(axis=1)
    pairs = n * peers_n
    of_pairs = pairs - (ours * theirs).sum(axis=1) - pairs * delta**2
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (peers_n**2 * of_group + n**2 * of_peers - of_pairs) / (pairs * (n - 1) * (peers_n - 1))
        least = (1 - delta**2) / (pairs - 1)
        spread = z * z * np.maximum(variance, least)
        whole = 1 - delta**2 + spread
        reach = np.sqrt(spread) * np.sqrt((1 - delta**2) ** 2 + spread)
        low, high = (delta - delta**3 - reach) / whole, (delta - delta**3 + reach) / whole
    edge = np.abs(delta) == 1
    low, high = np.where(edge, delta, low), np.where(edge, delta, high)
    return 10 * delta, 10 * np.maximum(low, -1), 10 * np.minimum(high, 1)


def _below(counts: Numbers) -> Numbers:
    """How many have a lower value, for each value."""
    below: Numbers = np.cumsum(counts, axis=1) - counts
    return below


def _above(counts: Numbers) -> Numbers:
    above: Numbers = counts.sum(axis=1, keepdims=True) - np.cumsum(counts, axis=1)
    return above


def false_discovery(chance: Numbers) -> Numbers:
    """Each chance after Benjamini and Hochberg (1995): the share of the gaps called clear at it that chance made.

    A missing chance is no comparison and stays missing.
    """
    adjusted = np.full(len(chance), np.nan)
    known = np.flatnonzero(~np.isnan(chance))
    order = known[np.argsort(chance[known], kind="stable")]
    scaled = chance[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return adjusted


def rate_placebo(count: Counts, n: Counts, rate: float) -> Numbers:
    """How often so many children, each counted with that chance, are at least as far from it: exact, binomial."""
    return np.array([_rate_chance(int(part), int(of), rate) for part, of in zip(count, n, strict=True)])


def _rate_chance(count: int, n: int, rate: float) -> float:
    if rate in {0, 1}:
        return float(count == n * rate)
    at = np.arange(n + 1)
    below = np.log(n - at[:-1]) - np.log(at[:-1] + 1) + math.log(rate) - math.log1p(-rate)
    logs = np.concatenate([[0.0], np.cumsum(below)])
    weights = np.exp(logs - logs.max())
    as_far = np.abs(at - n * rate) >= abs(count - n * rate) - _EQUAL
    return float(min(1.0, (weights * as_far).sum() / weights.sum()))
