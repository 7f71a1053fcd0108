"""What chance allows a school: the limits of a funnel plot, exact for counts.

Source: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 2005 (24,
1185-1202), appendix A.1: of the binomial distribution, with a line drawn between the two counts about a limit.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Numbers = NDArray[np.float64]

_PERCENT = 100
_ROOM = 1e-9  # shares that differ less are the same


class Limits(NamedTuple):
    """The lower and upper limit of each school, as shares of its children."""

    low: Numbers
    high: Numbers

    def below(self, share: Numbers) -> NDArray[np.bool_]:
        """Which shares lie below the limits."""
        return share < self.low - _ROOM

    def above(self, share: Numbers) -> NDArray[np.bool_]:
        """Which shares lie above the limits."""
        return share > self.high + _ROOM


def limits(n: Counts, rate: float, within: float) -> Limits:
    """Between which shares schools of `n` children lie in `within` percent of cases, if all have this `rate`."""
    tail = (1 - within / _PERCENT) / 2
    found = {size: _ends(size, rate, tail) for size in set(n.tolist())}
    low, high = np.array([found[size] for size in n.tolist()]).reshape(-1, 2).T
    return Limits(low, high)


def _ends(n: int, rate: float, tail: float) -> tuple[float, float]:
    if n == 0 or rate in {0, 1}:
        return (rate, rate) if n else (0.0, 1.0)
    until = np.cumsum(_chances(n, rate))
    return _end(until, n, tail), _end(until, n, 1 - tail)


def _end(until: Numbers, n: int, chance: float) -> float:
    """The share up to which schools lie with that chance: the count that reaches it, less what it goes beyond."""
    count = min(int(np.searchsorted(until, chance)), n)
    before = until[count - 1] if count else 0.0
    beyond = (until[count] - chance) / (until[count] - before)
    return float(min(max((count - beyond) / n, 0.0), 1.0))


def _chances(n: int, rate: float) -> Numbers:
    """The chance of each count from 0 to n."""
    at = np.arange(n)
    steps = np.log(n - at) - np.log(at + 1) + math.log(rate) - math.log1p(-rate)
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(logs - logs.max())
    whole: Numbers = weights / weights.sum()
    return whole
