"""How sure the marks are: what a child may have done, how reliable marks are, and how widely children are spread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.scale import Scale


class Spread(NamedTuple):
    """The middle and the standard deviation of what is written on a scale, in points over the line.

    Each at the end of Year 2 and of Year 6; on a straight line between.
    """

    middle: tuple[float, float]
    deviation: tuple[float, float]


class Broad(NamedTuple):
    """Grades that stand for more than their own step, in points under and over it."""

    grades: frozenset[str]
    under: float
    over: float


class Reliability(NamedTuple):
    """The correlation of two judgements of the same children, for judgements and for tests.

    A school's own is worked out from `own_from` results of `own_most` children, between `lowest` and `highest`.
    """

    judgement: float
    test: float
    own_from: int
    own_most: int
    lowest: float
    highest: float


class CourseShares(NamedTuple):
    """How many of 100 children keep up, rise and fall; `counts_as` children stand for these beside the school's own.

    The school's own shares are worked out from `own_from` results, unless its reliability lies more than `over` over
    the stated. `gain_missed` is the share of the expected gain that a child who falls misses; `a_year` what it loses in
    a year on a scale judged against the year group, by what the scale counts in.
    """

    keep: float
    rise: float
    fall: float
    gain_missed: float
    a_year: Mapping[str, float]
    own_from: int
    counts_as: float
    over: float


class ListLimits(NamedTuple):
    """Where a child is listed, by the number of 100 children with such marks who have fallen.

    `first` is how many children are to be talked about first.
    """

    hardly: float
    slipping: float
    first: int


class EvidenceRules(NamedTuple):
    """The results that count, what is assumed of children and marks, and what the numbers are used for.

    `terms` is how many terms count, `least` of how many a child must have results; `slips` is the share of marks that
    say nothing of the child; `points` and `reach` are the grid
    over which a child's level is integrated, `reach` in standard deviations.
    """

    terms: int
    least: int
    courses: CourseShares
    reliability: Reliability
    slips: float
    points: int
    reach: float
    spread: Mapping[str, Spread]
    broad: Mapping[str, Broad]
    listed: ListLimits

    def spread_of(self, scale: Scale) -> Spread | None:
        """The spread that is stated for a scale, or for the one that it is like; None where none is."""
        return self.spread.get(scale.name) or self.spread.get(scale.like)

    def reliability_of(self, scale: Scale) -> float:
        """The reliability that is stated for a scale's kind of assessment."""
        return self.reliability.test if scale.test else self.reliability.judgement

    def falls(self, scale: Scale) -> float | None:
        """What a child who falls misses: a share of the expected gain, or points a year; None where none is stated."""
        return self.courses.gain_missed if scale.grows else self.courses.a_year.get(scale.unit)
