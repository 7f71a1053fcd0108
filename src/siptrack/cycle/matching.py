"""Comparable children: of all who were in nothing, those whose marks had gone the same way and who stood as high."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from siptrack.analysis.judged import DECIMALS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.cycle.prospects import Prospects
    from siptrack.cycle.stretches import School
    from siptrack.school.provision import ProvisionRules

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

STRETCH = ("at", "scale", "group", "before", "after")
Stretch: TypeAlias = tuple[int, str, float, int, int]


class InNothing(NamedTuple):
    """The children in no provision in the subject over one stretch of terms, on one scale, in one year group.

    `who` are their positions; `start`, `during` and `expected` their distance before, their progress, and that which
    their marks let expect; `stands` and `heading` are as in Prospects.
    """

    who: Whole
    start: Numbers
    during: Numbers
    expected: Numbers
    stands: Numbers
    heading: Numbers


class Comparable(NamedTuple):
    """The peers of one child's stretch, and which of them are comparable."""

    peers: InNothing
    near: Whole


def find_peers(stretch: Stretch, school: School, prospects: Prospects) -> InNothing:
    """The children of whom as much is known over the same terms, in nothing for that subject meanwhile."""
    at, scale, group, before, after = stretch
    distance, scales = school.distance[:, at], school.scale[:, at]
    fits = (school.year_group[:, at, before] == group) & ~school.provided[:, at, before + 1 : after + 1].any(axis=1)
    fits &= (prospects.lack == "") & ~np.isnan(distance[:, after])
    for term in (before, after):
        fits &= scales[:, term] == school.scales.index(scale)
    who = np.flatnonzero(fits)
    start = distance[who, before]
    return InNothing(
        who=who,
        start=start,
        during=(distance[who, after] - start).round(DECIMALS),
        expected=prospects.expected[who] - start,
        stands=prospects.stands[who],
        heading=prospects.heading[who],
    )


def compare_with(own: int, prospects: Prospects, peers: InNothing, rules: ProvisionRules) -> Comparable:
    """Which peers of its school stood about as high as a child and had gone about the same way; never itself."""
    high = np.abs(peers.stands - prospects.stands[own]).round(DECIMALS) <= rules.similar_start
    alike = np.abs(peers.heading - prospects.heading[own]).round(DECIMALS) <= rules.similar_course
    here = (peers.who != own) & (prospects.school[peers.who] == prospects.school[own])
    return Comparable(peers, np.flatnonzero(high & alike & here))
