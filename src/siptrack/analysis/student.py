"""Student's t, without the start-up of a library of statistics."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_FRACTIONS, _ROUNDS = 500, 60  # at most so many steps of a continued fraction, and of Newton's method
_EXACT, _NEAR = 1e-15, 1e-9  # of a fraction; of a step of Newton's method, which squares what is left
_SOME, _MANY = 10, 1000  # degrees of freedom from which on a series is near, and exact


def student_critical(confidence: float, freedom: Numbers) -> Numbers:
    """How many standard errors an interval of a mean reaches, by Student's t with so many degrees of freedom.

    By Newton's method on the logarithm of the tail, from the series where it is near, else from the normal
    distribution's value, which is never too large.
    """
    distinct, where = np.unique(freedom, return_inverse=True)
    outside = 1 - confidence / 100
    z = NormalDist().inv_cdf(1 - outside / 2)
    quantile = np.where(distinct > _SOME, _nearly_normal(z, distinct), z)
    few = (distinct > 0) & (distinct <= _MANY)
    quantile[few] = _by_newton(quantile[few], outside, distinct[few])
    return np.where(distinct > 0, quantile, np.nan)[where]


def student_chance(t: Numbers, freedom: Numbers) -> Numbers:
    """How often chance alone is at least so many standard errors away, to either side; missing without freedom."""
    chance = np.where(freedom > 0, 1.0, np.nan)
    defined = (freedom > 0) & (_beyond(t, freedom) > 0)
    chance[defined] = _tail(t[defined], freedom[defined], _gamma(freedom[defined]))
    return chance


def _by_newton(start: Numbers, outside: float, freedom: Numbers) -> Numbers:
    t, gamma, still = start.copy(), _gamma(freedom), np.arange(len(freedom))
    for _ in range(_ROUNDS):
        if not len(still):
            break
        now, free = t[still], freedom[still]
        tail = _tail(now, free, gamma[still])
        density = np.exp(gamma[still] - (free + 1) / 2 * np.log1p(now * now / free)) / np.sqrt(free * math.pi)
        step = tail * np.log(tail / outside) / (2 * density)
        t[still] = now + step
        still = still[np.abs(step) > _NEAR * t[still]]
    return t


def _gamma(freedom: Numbers) -> Numbers:
    """The logarithm of the ratio of gamma functions that the density and the tail have in common."""
    return np.array([math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2) for degrees in freedom])


def _tail(t: Numbers, freedom: Numbers, gamma: Numbers) -> Numbers:
    """How often t is exceeded in absolute value: the incomplete beta function of freedom / (freedom + t^2)."""
    a, b = freedom / 2, np.full(len(freedom), 0.5)
    x, rest = freedom / (freedom + t * t), _beyond(t, freedom)
    logs = gamma - 0.5 * math.log(math.pi) + a * np.log(x) + b * np.log(rest)
    other = x > (a + 1) / (a + b + 2)
    a, b, x = np.where(other, b, a), np.where(other, a, b), np.where(other, rest, x)
    beta = np.exp(logs) * _fraction(a, b, x) / a
    tail: Numbers = np.where(other, 1 - beta, beta)
    return tail


def _beyond(t: Numbers, freedom: Numbers) -> Numbers:
    """The square of t as a part of freedom + t^2; 0 where it is too small to differ from 0."""
    whole: Numbers = np.divide(t * t, freedom + t * t, out=np.zeros(len(t)), where=freedom > 0)
    return whole


def _fraction(a: Numbers, b: Numbers, x: Numbers) -> Numbers:
    """The continued fraction of the incomplete beta function, by Lentz's method (NIST DLMF 8.17.22)."""
    lower = 1 / (1 - (a + b) * x / (a + 1))
    upper, whole = np.ones(len(x)), lower
    for m in range(1, _FRACTIONS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = 1 / (1 + term * lower)
            upper = 1 + term / upper
            whole = whole * lower * upper
        if (np.abs(lower * upper - 1) < _EXACT).all():
            break
    return whole


def _nearly_normal(z: float, freedom: Numbers) -> Numbers:
    """The series in powers of 1 / freedom (Abramowitz and Stegun 26.7.5)."""
    series = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    usable = np.maximum(freedom, 1)
    whole: Numbers = z + np.sum([term / usable**power for power, term in enumerate(series, 1)], axis=0)
    return whole
