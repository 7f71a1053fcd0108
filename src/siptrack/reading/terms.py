"""The term that a heading, title, sheet name or file name speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from siptrack.reading.spelling import words
from siptrack.rules.model import Rules
from siptrack.school.errors import ChoiceError
from siptrack.school.term import Season, Term

_CENTURY = 100
_YEARS = re.compile(r"\b((?:19|20)?\d\d) ((?:19|20)?\d\d)\b")
_FULL_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SHORT_YEAR = re.compile(r"\b(\d\d)\b")
_HALF = re.compile(r"\b([12])\b")


@dataclass(frozen=True)
class TermParts:
    """As much of a term as a text says. `year_group` is said by `Y3 Summer` or `KS1`; `half` by `Aut1`."""

    season: Season | None = None
    academic_year: int | None = None
    year_group: int | None = None
    half: int | None = None

    def filled(self, other: TermParts) -> TermParts:
        """These parts, with the missing ones taken from `other`."""
        missing = [part.name for part in fields(self) if getattr(self, part.name) is None]
        return replace(self, **{name: getattr(other, name) for name in missing})

    @property
    def speaks(self) -> bool:
        """Whether the text says anything of a term."""
        return any(getattr(self, part.name) is not None for part in fields(self))


NO_TERM = TermParts()


class TermFinder:
    """Finds the term in a text by the spellings in the rules, and gives back what is left of the text."""

    def __init__(self, rules: Rules) -> None:
        columns, years = rules.columns, rules.years
        self.rules = rules
        self.seasons = {words(word): season for season, spellings in columns.seasons.items() for word in spellings}
        self.points = {words(word): point for point in columns.assessment_points for word in point.headings}
        self.season = _any_of(self.seasons, glued=True)
        self.point = _any_of(self.points)
        self.year_group = re.compile(rf"\b(?:{_alternatives(years.prefixes)}) ?(\d{{1,2}})\b")
        self.named_year = _any_of(word for word in years.spellings if len(word) > 2)  # noqa: PLR2004  # R and N are subjects too

    def find(self, text: str) -> tuple[TermParts, str]:
        """What the text says of a term, and the rest of its words.

        `Reading Autumn 2025` says Autumn of 2025-26 and leaves `reading`.
        """
        rest = words(text)
        parts = NO_TERM
        if match := self.point.search(rest):
            point = self.points[match[0]]
            parts = TermParts(point.season, None, point.year_group)
            rest = _without(rest, match)
        year_group, rest = self._year_group(rest)
        academic_year, rest = _academic_year(rest)
        season, rest = self._season(rest)
        calendar, half, rest = self._year_and_half(rest, season, academic_year)
        found = TermParts(season, academic_year if academic_year is not None else calendar, year_group, half)
        return found.filled(parts), rest

    def _year_group(self, rest: str) -> tuple[int | None, str]:
        years = self.rules.years
        if (match := self.year_group.search(rest)) and years.lowest <= int(match[1]) <= years.highest:
            return int(match[1]), _without(rest, match)
        if match := self.named_year.search(rest):
            return years.spellings[match[0]], _without(rest, match)
        return None, rest

    def _season(self, rest: str) -> tuple[Season | None, str]:
        """The one season named; None where a text names several."""
        matches = list(self.season.finditer(rest))
        if len({self.seasons[match[1]] for match in matches}) != 1:
            return None, rest
        return self.seasons[matches[0][1]], _without(rest, matches[0], group=1)

    def _year_and_half(
        self, rest: str, season: Season | None, academic_year: int | None
    ) -> tuple[int | None, int | None, str]:
        """The academic year from a calendar year beside a season (Spring 2026 is of 2025-26), and the half-term."""
        calendar = None
        if season is None:
            return None, None, rest
        if academic_year is None and (match := _FULL_YEAR.search(rest) or _SHORT_YEAR.search(rest)):
            calendar = _full(match[1]) - (season is not Season.AUTUMN)
            rest = _without(rest, match)
        if match := _HALF.search(rest):
            return calendar, int(match[1]), _without(rest, match)
        return calendar, None, rest


def term_on(day: date, season_months: Mapping[int, Season]) -> Term:
    """The term in which a day falls."""
    season = season_months[day.month]
    return Term(day.year - (season is not Season.AUTUMN), season)


def parse_term(text: str, finder: TermFinder) -> Term:
    """A whole term from one text, such as `Spring 2026`; `Spring` alone, or `Spring, last year`, is not dated.

    Raises ChoiceError when it is not a term.
    """
    if (counted := Term.counted(text)) is not None:
        return counted
    parts, rest = finder.find(text)
    if parts.season is None or rest not in ("", "term"):
        raise ChoiceError(f"'{text}' is not a term. Write it as Spring 2026 or Spring 2025-26.")
    return Term(parts.academic_year or 0, parts.season)


def _academic_year(rest: str) -> tuple[int | None, str]:
    """`2025 26` and `2025 2026` as 2025."""
    for match in _YEARS.finditer(rest):
        first, second = _full(match[1]), _full(match[2])
        if second == first + 1:
            return first, _without(rest, match)
    return None, rest


def _full(year: str) -> int:
    """Two digits of a year as four; schools' data is of this century."""
    return int(year) if int(year) >= _CENTURY else 2000 + int(year)


def _any_of(phrases: Iterable[str], *, glued: bool = False) -> re.Pattern[str]:
    """One of the phrases as whole words; `glued` lets digits follow at once, as in Aut25."""
    end = r"(?=\d|\b)" if glued else r"\b"
    return re.compile(rf"\b({_alternatives(phrases)}){end}")


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(words(phrase)) for phrase in phrases), key=len, reverse=True))


def _without(rest: str, match: re.Match[str], group: int = 0) -> str:
    return " ".join(f"{rest[: match.start(group)]} {rest[match.end(group) :]}".split())
