"""A scale: an ordered list of grades, what each is worth, and where age-related expectations lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from siptrack.school.term import Season


class Kind(StrEnum):
    """What a scale's points do as a child grows older."""

    CUMULATIVE = "cumulative"  # a child must gain points to stand still, as on National Curriculum sub-levels
    RELATIVE = "relative"  # judged against the year group: keeping the same grade is keeping up


class Attainment(StrEnum):
    """Where a result lies against the reference line."""

    WELL_BELOW = "well below"
    BELOW = "below"
    AT = "at"
    ABOVE = "above"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Grade:
    """One grade: its code as printed, its points, and what a teacher means by it."""

    code: str
    points: float
    meaning: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpecialCode:
    """What is written instead of a grade: absent, disapplied, not assessed.

    `counts` says whether the child stays in the denominator of a percentage; no special code has points.
    """

    code: str
    meaning: str
    counts: bool
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbers:
    """For a scale of scores: any number from `low` to `high` is a grade worth itself."""

    low: float
    high: float


@dataclass(frozen=True)
class Scale:
    """A scale with everything that is needed to judge a result on it, and the sources it was taken from.

    All thresholds are in the scale's points: `at_within` how far under the line still counts as at ARE, `well_below`
    how far under is well below, `above` how far over is above, `step` the smallest honest movement, `tolerance` how
    far progress may fall short before it is insufficient, `accelerated` how far beyond the line is accelerated.
    `prefixes` may stand before a grade; `hints` are words of a heading that speak for the scale.
    """

    name: str
    label: str
    era: str
    kind: Kind
    unit: str
    grades: tuple[Grade, ...]
    codes: tuple[SpecialCode, ...]
    reference: Mapping[tuple[int, Season], float]
    step: float
    tolerance: float
    at_within: float
    well_below: float
    above: float
    accelerated: float
    numbers: Numbers | None = None
    prefixes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""
    by_code: Mapping[str, Grade] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the grades by their codes."""
        object.__setattr__(self, "by_code", {grade.code: grade for grade in self.grades})
