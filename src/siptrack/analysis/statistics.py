"""The statistics of gaps, on arrays of counts."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]


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


def whole_children(count: Counts, n: Counts, peers_count: Counts, peers_n: Counts) -> Counts:
    """The gap in children of the group, cut to whole ones towards zero: Ofsted's 'Diff no'.

    In whole numbers, so that a gap of exactly 4 children is 4 and never 3.999.
    """
    exact = count * peers_n - peers_count * n
    children: Counts = np.sign(exact) * (np.abs(exact) // peers_n)
    return children
