"""Figures with their standard errors, had by leaving out one part of the children after another (the jackknife).

A part is a school, where the children of a school share something beside the truth, such as its own reliability.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

LEAST = 30  # children in a figure that is printed


class Figure(NamedTuple):
    """Percent or points, the standard error, and how many children it rests on."""

    value: float
    error: float
    count: int

    @property
    def shown(self) -> str:
        """As it stands in a table; a dash where it rests on too few."""
        return "–" if self.count < LEAST else f"{self.value:.0f} ± {self.error:.1f}"  # noqa: RUF001

    @property
    def fine(self) -> str:
        """The same to a tenth of a point."""
        return "–" if self.count < LEAST else f"{self.value:.1f} ± {self.error:.1f}"  # noqa: RUF001


NOTHING = Figure(math.nan, math.nan, 0)


def mean(values: Numbers, part: NDArray[np.int64]) -> Figure:
    """The mean of some children's values, `part` being the part that each is of."""
    _, which, counts = np.unique(part, return_inverse=True, return_counts=True)
    parts = len(counts)
    if not parts:
        return NOTHING
    rest = len(values) - counts
    without = (values.sum() - np.bincount(which, values)) / np.where(rest > 0, rest, np.nan)
    error = math.sqrt((parts - 1) / parts * float(((without - without.mean()) ** 2).sum()))
    return Figure(float(values.mean()), error, len(values))


def share(which: NDArray[np.bool_], part: NDArray[np.int64]) -> Figure:
    """How many percent of some children are such."""
    return mean(100 * which.astype(np.float64), part)
