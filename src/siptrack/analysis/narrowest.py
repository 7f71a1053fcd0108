"""The narrowest run of grades in which most children of a kind ended, and how likely the next one ends in it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

_SURE = 1e-9  # 0.8 of 20 is 16, whatever a computer makes of it


class NarrowestRun(NamedTuple):
    """From which points to which, both of them among the points of the children, and the chance of the next child."""

    low: float
    high: float
    chance: float


def narrowest_run(points: Numbers, share: float, counted: Flags) -> NarrowestRun:
    """The narrowest run that holds at least this share of at least two children, its chance counted on some of them.

    Of runs as narrow, the one that holds most, and of those the lowest. A run chosen because it holds these children
    holds fewer of the next, so the chance is counted on children who had no part in it: each is left out in turn, the
    run chosen from the others, and the child found in it or not. The others are one fewer. The run they choose
    must hold one child fewer as well where the one left out is taken to be of those held, and as many where not.
    """
    values, at, children = np.unique(points, return_inverse=True, return_counts=True)
    count = len(points)
    held = ceil(share * count - _SURE)
    low, high = _chosen(values, children[None, :], held)
    others = children[None, :] - np.eye(len(values), dtype=np.int64)
    left_out = at[counted]
    fewer, as_many = (_share_met(left_out, _chosen(values, others, least)) for least in (held - 1, held))
    of_those_held = (held - 1) / (count + 1)
    chance = of_those_held * fewer + (1 - of_those_held) * as_many
    return NarrowestRun(float(values[low[0]]), float(values[high[0]]), chance)


def _share_met(left_out: Whole, runs: tuple[Whole, Whole]) -> float:
    """The share of children left out who ended in the run that was chosen without them: one run for each value."""
    low, high = runs
    return float(((low[left_out] <= left_out) & (left_out <= high[left_out])).mean())


def _chosen(values: Numbers, children: Whole, least: int) -> tuple[Whole, Whole]:
    """For each row of numbers of children, the first and the last value of the narrowest run with so many of them."""
    until = np.concatenate([np.zeros((len(children), 1), dtype=np.int64), np.cumsum(children, axis=1)], axis=1)
    held = until[:, None, 1:] - until[:, :-1, None]
    width = values[None, :] - values[:, None]
    width = np.where((held >= least) & (width >= 0), width, np.inf)
    as_narrow = width <= width.min(axis=(1, 2), keepdims=True) + _SURE
    at = np.where(as_narrow, held, -1).reshape(len(children), -1).argmax(axis=1)
    return at // len(values), at % len(values)
