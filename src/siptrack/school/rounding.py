"""Whole numbers as the DfE rounds them."""

from __future__ import annotations

from fractions import Fraction


def half_up(value: float | Fraction) -> int:
    """The nearest whole number, halves away from zero as the DfE rounds: 12.5 is 13."""
    exact = Fraction(value)
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole
