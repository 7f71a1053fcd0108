"""The measures of disproportionate impact that DisImpact works out, a package in R for the colleges of California.

The percentage point gap: California Community Colleges Chancellor's Office, *Percentage Point Gap Method*, 2017. The
proportionality index and the 80 % index: the same, *Guidelines for Measuring Disproportionate Impact in Equity Plans*,
2014. What the papers leave open is as in DisImpact 0.0.21: the margin of error is that of a half, 3 points at least; an
index is too low under 0.8; the highest performing group is the peer of the 80 % index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Counts = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LEAST_MARGIN, TOO_LOW = 0.03, 0.8


def margin_of_error(n: Counts) -> Counts:
    """The margin of error of a share of so many, whatever the share is."""
    return np.maximum(1.96 * np.sqrt(0.25 / n), LEAST_MARGIN)


def percentage_point_gap(count: Counts, n: Counts, of: NDArray[np.int64]) -> Flags:
    """The groups whose share is below that of everybody, by the margin of error at least.

    `of` is the number of the characteristic (and subject) that each group is of.
    """
    overall = np.bincount(of, count) / np.bincount(of, n)
    behind: Flags = count / n + margin_of_error(n) <= overall[of]
    return behind


def proportionality(count: Counts, n: Counts, of: NDArray[np.int64]) -> Counts:
    """Each group's share of those who succeed, as a part of its share of everybody."""
    with np.errstate(invalid="ignore"):
        among_successes = count / np.bincount(of, count)[of]
    return np.nan_to_num(among_successes / (n / np.bincount(of, n)[of]), nan=1.0)


def beside_the_best(count: Counts, n: Counts, of: NDArray[np.int64]) -> Counts:
    """Each group's share beside that of the group that does best."""
    share = count / n
    best = np.zeros(int(of.max(initial=-1)) + 1)
    np.maximum.at(best, of, share)
    return np.divide(share, best[of], out=np.ones(len(share)), where=best[of] > 0)


MEASURES: Mapping[str, Callable[[Counts, Counts, NDArray[np.int64]], Flags]] = {
    "percentage point gap": percentage_point_gap,
    "proportionality index": lambda *groups: proportionality(*groups) < TOO_LOW,
    "80 % index": lambda *groups: beside_the_best(*groups) < TOO_LOW,
}
