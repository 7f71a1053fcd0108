"""Student's t, without the start-up of a library of statistics."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_STEPS, _EXACT = 500, 1e-16  # of a continued fraction: at most so many, until nothing changes
_HALVINGS = 200
_MANY = 1000  # degrees of freedom from which on a series is exact


def student_critical(confidence: float, freedom: Numbers) -> Numbers:
    """How many standard errors an interval of a mean reaches, by Student's t with so many degrees of freedom."""
    distinct, where = np.unique(freedom, return_inverse=True)
    outside = 1 - confidence / 100
    return np.array([_student_quantile(outside, value) for value in distinct])[where]


def _student_quantile(outside: float, freedom: float) -> float:
    """The t that is exceeded in absolute value with that chance, by halving: t^2 / (freedom + t^2) is a beta."""
    if not freedom > 0:
        return math.nan
    if freedom > _MANY:
        return _nearly_normal(NormalDist().inv_cdf(1 - outside / 2), freedom)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if _beta(0.5, freedom / 2, middle) < 1 - outside else (low, middle)
    return math.sqrt(freedom * high / (1 - high))


def _nearly_normal(z: float, freedom: float) -> float:
    """The series in powers of 1 / freedom (Abramowitz and Stegun 26.7.5)."""
    series = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(series, 1))


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (NIST DLMF 8.17.22)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    upper = 1.0
    lower = 1 / (1 - (a + b) * x / (a + 1))
    fraction = lower
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = 1 / (1 + term * lower)
            upper = 1 + term / upper
            fraction *= lower * upper
        if abs(lower * upper - 1) < _EXACT:
            break
    return math.exp(front) * fraction / a
