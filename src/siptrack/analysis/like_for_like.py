"""The statistics of gaps among children of equal start: within bands, and pooled over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.student import student_critical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]


def pooled_shares(
    count: Numbers, n: Numbers, peers_count: Numbers, peers_n: Numbers, *, z: float
) -> tuple[Numbers, Numbers, Numbers, Counts]:
    """The difference of two proportions within bands, pooled (Mantel and Haenszel), and its interval (Sato 1989).

    The last array says of how many of the group's children it speaks: those in a band where there are peers. A row a
    comparison, a column a band; missing where no band has both sides.
    """
    both = (n > 0) & (peers_n > 0)
    a, b, ours, theirs = (np.where(both, of, 0.0) for of in (count, peers_count, n, peers_n))
    everybody = np.where(both, ours + theirs, 1)
    weight = (ours * theirs / everybody).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = ((a * theirs - b * ours) / everybody).sum(axis=1) / weight
        part = (ours**2 * b - theirs**2 * a + ours * theirs * (theirs - ours) / 2) / everybody**2
        rest = (a * (theirs - b) + b * (ours - a)) / (2 * everybody)
        reach = z * np.sqrt(np.maximum(gap * part.sum(axis=1) + rest.sum(axis=1), 0)) / weight
    return gap, gap - reach, gap + reach, ours.sum(axis=1).astype(np.int64)


def pooled_means(
    n: Numbers,
    total: Numbers,
    squares: Numbers,
    peers_n: Numbers,
    peers_total: Numbers,
    peers_squares: Numbers,
    *,
    confidence: float,
) -> tuple[Numbers, Numbers, Numbers, Counts]:
    """The difference of two means within bands, pooled with one variance for all; else as pooled_shares.

    `total` and `squares` are sums of the values and of their squares: the least-squares estimate with a term a band.
    """
    both = (n > 0) & (peers_n > 0)
    ours, theirs = np.where(both, n, 1), np.where(both, peers_n, 1)
    weight = np.where(both, ours * theirs / (ours + theirs), 0)
    gap_in_band = total / ours - peers_total / theirs
    whole = weight.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = (weight * gap_in_band).sum(axis=1) / whole
        in_band = np.where(both, squares + peers_squares - (total + peers_total) ** 2 / (ours + theirs), 0).sum(axis=1)
        within = in_band - (weight * gap_in_band * gap[:, np.newaxis]).sum(axis=1)
        freedom = np.where(both, ours + theirs - 1, 0).sum(axis=1) - 1
        usable = (whole > 0) & (freedom > 0)
        error = np.sqrt(np.maximum(within, 0) / np.where(usable, freedom, 1) / whole)
    reach = np.where(usable, student_critical(confidence, np.where(usable, freedom, 1.0)) * error, np.nan)
    return gap, gap - reach, gap + reach, np.where(both, n, 0).sum(axis=1).astype(np.int64)
