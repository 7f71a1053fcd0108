"""A term: an academic year and a season."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

SEASONS_IN_A_YEAR = 3
_FIRST_MONTH = 9  # of an academic year
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


_SEASON = rf"({'|'.join(season.label for season in Season)})"
_LABEL = re.compile(rf"{_SEASON} ((?:19|20)\d\d)")
_COUNTED = re.compile(rf"{_SEASON},? (?:(\w+) year|(\d+) years (ago|on))", re.IGNORECASE)
_NEAR = {0: "this", -1: "last", 1: "next"}  # years, as the data counts them that names none


class Term(NamedTuple):
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

    @property
    def calendar_year(self) -> int:
        """The calendar year in which most of it lies."""
        return self.academic_year + (self.season is not Season.AUTUMN)

    def year_of(self, month: int) -> int:
        """The calendar year in which a month of its academic year lies."""
        return self.academic_year + (month < _FIRST_MONTH)

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

    @classmethod
    def counted(cls, label: str) -> Term | None:
        """The term with a `label` that names no year, such as `Summer, last year`; None for any other text."""
        match = _COUNTED.fullmatch(label.strip())
        if match is None:
            return None
        season = Season[match[1].upper()]
        if match[2]:
            near = {word: years for years, word in _NEAR.items()}
            years = near.get(match[2].lower())
            return None if years is None else cls(years, season)
        return cls(int(match[3]) * (-1 if match[4].lower() == "ago" else 1), season)

    @property
    def dated(self) -> bool:
        """Whether the data says which calendar year it is."""
        return self.academic_year >= _FIRST_CALENDAR_YEAR

    @property
    def label(self) -> str:
        """As teachers say it: `Spring 2026`; without a year, `Summer, last year`."""
        if self.dated:
            return f"{self.season.label} {self.academic_year + (self.season is not Season.AUTUMN)}"
        years = self.academic_year
        far = f"{abs(years)} years {'ago' if years < 0 else 'on'}"
        return f"{self.season.label}, {f'{_NEAR[years]} year' if years in _NEAR else far}"

    @property
    def academic_year_label(self) -> str | None:
        """`2025-26`, or None where the data names no year."""
        return f"{self.academic_year}-{(self.academic_year + 1) % 100:02d}" if self.dated else None

    @property
    def in_full(self) -> str:
        """`Summer 2009 (school year 2008-09)`; the label alone where no year is known."""
        return f"{self.label} (school year {self.academic_year_label})" if self.dated else self.label


class Before(NamedTuple):
    """The newest term before another, of a season or of any: what `last summer` and `last term` mean."""

    season: Season | None = None

    def among(self, terms: Iterable[Term], than: Term) -> Term | None:
        """Which of these it is; None where none lies before."""
        return max((term for term in terms if term < than and self.season in (None, term.season)), default=None)


def counted_from(wanted: Term | Before, now: Term) -> Term:
    """The term that is asked for, where there are no results to count from, but the term that it is now."""
    if isinstance(wanted, Term) and (wanted.dated or wanted.academic_year):
        return wanted if wanted.dated else Term(now.academic_year + wanted.academic_year, wanted.season)
    last = now.number - isinstance(wanted, Before)
    year = (Term.numbered(number) for number in range(last, last - SEASONS_IN_A_YEAR, -1))
    return next(term for term in year if wanted.season in (None, term.season))
