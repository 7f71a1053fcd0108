"""Whole numbers as the DfE rounds them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Counts = NDArray[np.int64] | Numbers

_PERCENT = 100


def half_up(value: float | Fraction) -> int:
    """The nearest whole number, halves away from zero as the DfE rounds: 12.5 is 13."""
    exact = Fraction(value)
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def to_multiple(counts: Counts, base: int) -> Numbers:
    """The counts to the nearest multiple, halves up."""
    rounded: Numbers = np.floor(counts / base + 0.5) * base
    return rounded


def percentages_of(
    count: NDArray[np.int64] | Numbers, n: NDArray[np.int64] | Numbers, known: NDArray[np.bool_]
) -> Numbers:
    """Each count in whole percent of n, halves up; missing where it is not known."""
    percent = np.full(len(n), np.nan)
    pairs = zip(count[known].tolist(), n[known].tolist(), strict=True)
    percent[known] = [half_up(Fraction(_PERCENT * int(part), int(of))) for part, of in pairs]
    return percent
