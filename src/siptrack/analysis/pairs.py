"""The statistics of pairs of children: the interval of the mean difference, and how often chance makes such a one."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.student import student_critical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_UNIT = 100  # points are written with two decimals at most
_FEWEST = 2  # characteristics, below which there is no pair


def paired_interval(differences: Numbers, confidence: float) -> tuple[float, float]:
    """The interval of the mean of paired differences by Student's t; of no width where all are the same.

    Missing for fewer than two pairs.
    """
    n = len(differences)
    if n < _FEWEST:
        return math.nan, math.nan
    mean, spread = float(np.mean(differences)), float(np.std(differences, ddof=1))
    reach = float(student_critical(confidence, np.array([n - 1.0]))[0]) * spread / math.sqrt(n)
    return mean - reach, mean + reach


def swap_chance(differences: Numbers) -> float:
    """How often a mean at least as far from nothing comes about when the two of each pair change places at random.

    Exact: every way to change places or not is counted, in whole numbers. 1 where there is no difference.
    """
    whole = [round(abs(float(difference)) * _UNIT) for difference in differences]
    observed = abs(sum(round(float(difference) * _UNIT) for difference in differences))
    sums: dict[int, float] = {0: 1.0}
    for size in whole:
        following: defaultdict[int, float] = defaultdict(float)
        for total, share in sums.items():
            following[total + size] += share / 2
            following[total - size] += share / 2
        sums = following
    return min(1.0, math.fsum(share for total, share in sums.items() if abs(total) >= observed))
