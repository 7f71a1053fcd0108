"""Comparable children: who may stand beside a child of an intervention, and who does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from siptrack.analysis.judged import DECIMALS
from siptrack.cycle.stretches import UNKNOWN, School

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.frame import Frame

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]


@dataclass(frozen=True)
class MatchedPeers:
    """The children in no provision in the subject over one stretch of terms, on one scale, in one year group.

    `who` are their positions; `start`, `was` and `during` their distance and progress over the same terms.
    """

    who: Whole
    start: Numbers
    was: Numbers
    during: Numbers


@dataclass(frozen=True)
class Comparable:
    """The peers of one child's stretch, which of them are comparable, and how far away each of these is, in steps."""

    peers: MatchedPeers
    near: Whole
    away: Numbers


STRETCH = ("at", "scale", "group", "earlier", "before", "after")
Stretch: TypeAlias = tuple[int, str, float, int, int, int]


def find_peers(stretch: Stretch, school: School) -> MatchedPeers:
    """The children with results of the same scale in the same three terms, in nothing for that subject meanwhile."""
    at, scale, group, earlier, before, after = stretch
    distance, scales = school.distance[:, at], school.scale[:, at]
    fits = (school.year_group[:, at, before] == group) & ~school.provided[:, at, before + 1 : after + 1].any(axis=1)
    for term in (earlier, before, after):
        fits &= ~np.isnan(distance[:, term]) & (scales[:, term] == school.scales.index(scale))
    who = np.flatnonzero(fits)
    d = distance[who]
    return MatchedPeers(
        who=who,
        start=d[:, before],
        was=(d[:, before] - d[:, earlier]).round(DECIMALS),
        during=(d[:, after] - d[:, before]).round(DECIMALS),
    )


def compare_with(
    start: float, was: float, peers: MatchedPeers, step: float, limits: tuple[float, float], own: int
) -> Comparable:
    """Which peers started about where the child did and had moved about as much; `limits` are in steps."""
    off, other = np.abs(peers.start - start) / step, np.abs(peers.was - was) / step
    similar = (off.round(DECIMALS) <= limits[0]) & (other.round(DECIMALS) <= limits[1]) & (peers.who != own)
    near = np.flatnonzero(similar)
    return Comparable(peers, near, (off + other)[near].round(DECIMALS))


def pair_off(comparables: Sequence[Comparable]) -> list[int]:
    """For each child the comparable one beside it, by position among the pupils; UNKNOWN where nobody is left.

    Whoever has the fewest to choose from goes first, and takes the nearest who is still free, of equals the first in
    the order of the pupils. Nobody stands beside two children.
    """
    order = sorted(range(len(comparables)), key=lambda child: (len(comparables[child].near), child))
    taken: set[int] = set()
    chosen = [UNKNOWN] * len(comparables)
    for child in order:
        comparable = comparables[child]
        who = comparable.peers.who[comparable.near]
        for place in np.lexsort((who, comparable.away)):
            if int(who[place]) not in taken:
                chosen[child] = int(who[place])
                taken.add(chosen[child])
                break
    return chosen


def peers_of(stretches: Frame, school: School) -> Mapping[Stretch, MatchedPeers]:
    """The peers of every different stretch."""
    return {stretch: find_peers(stretch, school) for stretch in dict.fromkeys(stretches.in_rows(*STRETCH))}
