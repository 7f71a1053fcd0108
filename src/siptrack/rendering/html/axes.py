"""Where things stand on drawings whose breadth is time: terms from left to right, and which of them are named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

_NAME_WIDTH = 62  # what the longest name of a term needs, its season over its year


class Named(NamedTuple):
    """A name or number beside an axis, and where it stands."""

    x: float
    y: float
    label: str


class NamedTerm(NamedTuple):
    """A term's name under a drawing: its season, and under that its year."""

    x: float
    season: str
    year: str


class Axis(NamedTuple):
    """A stretch of a drawing from `start` to `end`, on which values from `low` to `high` lie."""

    start: float
    end: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """Where a value lies; in the middle where there is only one."""
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        return round(self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low), 1)


def named_terms(axis: Axis, terms: Sequence[tuple[int, str]]) -> tuple[NamedTerm, ...]:
    """The names of as many terms as have room, the last always among them."""
    ordered = sorted(dict(terms).items())
    apart = (axis.end - axis.start) / max(axis.high - axis.low, 1)
    every = max(1, ceil(_NAME_WIDTH / apart))
    last = ordered[-1][0]
    named = [(axis.at(order), label.partition(" ")) for order, label in ordered if (last - order) % every == 0]
    return tuple(NamedTerm(x, season, year) for x, (season, _, year) in named)


def pushed_apart(places: Sequence[float], least: float, end: float) -> list[float]:
    """The places of labels beside lines, moved so far apart that none covers another, in the same order of height."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    moved = list(places)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + least)
    over = max((moved[order[-1]] - end), 0) if order else 0
    if over:
        moved[order[-1]] -= over
        for below, above in pairwise(reversed(order)):
            moved[above] = min(moved[above], moved[below] - least)
    return [round(place, 1) for place in moved]


def points_of(places: Sequence[tuple[float, float]]) -> str:
    """The corners of a line as SVG writes them."""
    return " ".join(f"{x:g},{y:g}" for x, y in places)
