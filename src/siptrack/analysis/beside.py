"""The statistics of children beside others: how sure their difference is, and how often chance makes one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.student import student_chance, student_critical

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_OF_A_STEP = 12  # a value that is written as a whole step is off by a variance of one in twelve of its square
_FEWEST = 2  # children, below which nothing is known of how they differ


class WeighedSides(NamedTuple):
    """Children with the difference of each from those beside it, and these others with the weight of each.

    `others` are the figures of the others, of which the weights come to 1.
    """

    differences: Numbers
    others: Numbers
    weights: Numbers


class Difference(NamedTuple):
    """The mean difference with its standard error and the degrees of freedom of this."""

    mean: float
    error: float
    freedom: float


def mean_difference(sides: WeighedSides, step: float) -> Difference:
    """The mean of the differences, with the error of two means of unequal spread (Welch, 1947).

    The others count as they are weighed. Neither side is taken to vary by less than writing whole steps makes it.
    """
    count, square = len(sides.differences), float((sides.weights**2).sum())
    least = step**2 / _OF_A_STEP
    among = float((sides.weights * (sides.others - sides.weights @ sides.others) ** 2).sum())
    own = max(float(np.var(sides.differences, ddof=1)) if count >= _FEWEST else 0.0, least) / count
    theirs = max(among / (1 - square) if square < 1 else 0.0, least) * square
    freedom = (own + theirs) ** 2 / (own**2 / max(count - 1, 1) + theirs**2 / max(1 / square - 1, 1))
    return Difference(float(np.mean(sides.differences)), math.sqrt(own + theirs), freedom)


def interval(of: Difference, confidence: float) -> tuple[float, float]:
    """Student's interval of a difference."""
    reach = float(student_critical(confidence, np.array([of.freedom]))[0]) * of.error
    return of.mean - reach, of.mean + reach


def chance_of(of: Difference) -> float:
    """How often chance alone makes a difference at least as large, to either side (Student's t)."""
    return float(student_chance(np.array([abs(of.mean) / of.error]), np.array([of.freedom]))[0])
