"""A term: an academic year and a season."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

SEASONS_IN_A_YEAR = 3
_FIRST_CALENDAR_YEAR = 1900  # smaller numbers count years from "this year" (0) in data that names no year


class Season(IntEnum):
    """The three terms of an English school year, in order."""

    AUTUMN = 0
    SPRING = 1
    SUMMER = 2

    @property
    def label(self) -> str:
        """As it is written: `Autumn`."""
        return self.name.capitalize()


_LABEL = re.compile(rf"({'|'.join(season.label for season in Season)}) ((?:19|20)\d\d)")


@dataclass(frozen=True, order=True)
class Term:
    """One term of one academic year; `Term(2025, Season.SPRING)` is Spring 2026.

    `academic_year` is the calendar year in which it begins. Data which names no year counts from the
    newest, 0, back to -1 and -2; such a term is not `dated`.
    """

    academic_year: int
    season: Season

    @property
    def number(self) -> int:
        """Terms counted on one line, so that the difference of two numbers is how many terms lie between."""
        return self.academic_year * SEASONS_IN_A_YEAR + self.season

    @classmethod
    def numbered(cls, number: int) -> Term:
        """The term with that `number`."""
        year, season = divmod(number, SEASONS_IN_A_YEAR)
        return cls(year, Season(season))

    @classmethod
    def named(cls, label: str) -> Term | None:
        """The dated term with that `label`, such as `Spring 2026`; None for any other text."""
        match = _LABEL.fullmatch(label)
        if match is None:
            return None
        season = Season[match[1].upper()]
        return cls(int(match[2]) - (season is not Season.AUTUMN), season)

    @property
    def dated(self) -> bool:
        """Whether the data says which calendar year it is."""
        return self.academic_year >= _FIRST_CALENDAR_YEAR

    @property
    def label(self) -> str:
        """As teachers say it: `Spring 2026`; without a year, `Summer, last year`."""
        if self.dated:
            return f"{self.season.label} {self.academic_year + (self.season is not Season.AUTUMN)}"
        back = -self.academic_year
        when = {-1: "next year", 0: "this year", 1: "last year"}.get(
            back, f"{back} years ago" if back > 0 else f"{-back} years on"
        )
        return f"{self.season.label}, {when}"

    @property
    def academic_year_label(self) -> str | None:
        """`2025-26`, or None where the data names no year."""
        return f"{self.academic_year}-{(self.academic_year + 1) % 100:02d}" if self.dated else None
