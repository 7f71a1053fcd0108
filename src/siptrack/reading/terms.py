"""The term that a heading, title, sheet name or file name speaks of."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain
from typing import NamedTuple, TypeVar

from siptrack.reading.spelling import words
from siptrack.reading.values import read_date
from siptrack.rules.model import Rules
from siptrack.school.errors import ChoiceError
from siptrack.school.term import Before, Season, Term

Part = TypeVar("Part")
_CENTURY = 100
_THIS_CENTURY = 70  # two figures from here on are a year of the last century
_YEARS = re.compile(r"(?<!\d)((?:19|20)?\d\d) (?:to )?((?:19|20)?\d\d|\d)\b")
_GLUED_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)\b")  # 202425
_FULL_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SHORT_YEAR = re.compile(r"\b(\d\d)\b")
_DAY = re.compile(r"\b(\d{1,2}) (\d{1,2}) ((?:19|20)?\d\d)\b|\b((?:19|20)\d\d) (\d\d) (\d\d)(?: 00 00 00)?\b")
_TERM = "term"
_NEAR = re.compile(r"(?:the )?(last|this) (.+)")
_HALF = re.compile(r"\b([12])(?:st|nd)?\b")


class TermParts(NamedTuple):
    """As much of a term as a text says.

    `year_group` is of `Y3 Summer` or `KS1`, `half` of `Aut1`, `month` of `March 2026`. `number` is that of a term
    which is only counted, as `Term 2`: how many terms a school counts is known when all files are read. `calendar` is
    the calendar year beside such a number.
    """

    season: Season | None = None
    academic_year: int | None = None
    year_group: int | None = None
    half: int | None = None
    month: int | None = None
    number: int | None = None
    calendar: int | None = None

    def filled(self, other: TermParts) -> TermParts:
        """These parts, with the missing ones taken from `other`."""
        if other == NO_TERM:
            return self
        return TermParts(
            season=_first(self.season, other.season),
            academic_year=_first(self.academic_year, other.academic_year),
            year_group=_first(self.year_group, other.year_group),
            half=_first(self.half, other.half),
            month=_first(self.month, other.month),
            number=_first(self.number, other.number),
            calendar=_first(self.calendar, other.calendar),
        )

    @property
    def speaks(self) -> bool:
        """Whether the text says anything of a term."""
        return self != NO_TERM

    @property
    def names_term(self) -> bool:
        """Whether the text says which term of a year it is."""
        return self.season is not None or self.number is not None

    @property
    def dated(self) -> bool:
        """Whether the text says which year it is of."""
        return self.academic_year is not None or self.calendar is not None

    def counted(self, seasons: Sequence[Season]) -> TermParts:
        """A numbered term as the season it is where a school counts these, so that Term 2 of three is Spring.

        Beside a season the number can only be that of a half-term.
        """
        if self.number is None:
            return self
        if self.season is not None:
            half = self.number if self.number in _HALVES else None
            return self._replace(number=None, calendar=None).filled(TermParts(half=half))
        if self.number > len(seasons):
            return self
        season = seasons[self.number - 1]
        year = None if self.calendar is None else self.calendar - (season is not Season.AUTUMN)
        half = seasons[: self.number].count(season) if len(seasons) > len(Season) else None
        return self._replace(season=season, number=None, calendar=None).filled(TermParts(academic_year=year, half=half))


NO_TERM = TermParts()
_HALVES = (1, 2)


class TermFinder:
    """Finds the term in a text by the spellings in the rules, and gives back what is left of the text."""

    def __init__(self, rules: Rules) -> None:
        columns, years = rules.columns, rules.years
        self.rules = rules
        self.seasons = {words(word): season for season, spellings in columns.seasons.items() for word in spellings}
        self.codes = {words(word): season for season, spellings in columns.season_codes.items() for word in spellings}
        self.months = {words(word): month for month, spellings in columns.months.items() for word in spellings}
        self.points = {words(word): point for point in columns.assessment_points for word in point.headings}
        self.season = _any_of(self.seasons, glued=True)
        # One letter tells a season only close before its number: A1, and not "A 1".
        self.code = re.compile(rf"\b({_alternatives(self.codes)})(?:(?=\d)|(?<=\w\w) (?=\d))")
        self.month = _any_of(self.months, glued=True)
        self.point = _any_of(self.points)
        self.year_group = re.compile(rf"\b(?:{_alternatives(years.prefixes)}) ?(\d{{1,2}})\b")
        telling = (*self.seasons, *self.months, *(word for word in years.spellings if len(word) > 1))
        prefixes, counting = _alternatives(years.prefixes), _alternatives(columns.numbered_terms.words)
        self.numbered = re.compile(rf"\b(?:{counting}) ?([1-{len(columns.numbered_terms.six) or 1}])\b")
        self.anything = re.compile(rf"^(?:(?:{_alternatives(telling)})\d*|(?:{prefixes}|{counting})\d{{1,2}}|\d\d+)$")
        self.named_year = _any_of(word for word in years.spellings if len(word) > 2)  # noqa: PLR2004  # R and N are subjects too

    def tells(self, word: str) -> bool:
        """Whether a single word says anything of a term: a season, a month, a year, a year group."""
        return self.anything.search(word) is not None

    def find(self, text: str, *, points: bool = True) -> tuple[TermParts, str]:
        """What the text says of a term, and the rest of its words; without `points`, KS1 is no term.

        `Reading Autumn 2025` says Autumn of 2025-26 and leaves `reading`.
        """
        rest = words(text)
        parts = NO_TERM
        if points and (match := self.point.search(rest)):
            point = self.points[match[0]]
            parts = TermParts(point.season, None, point.year_group)
            rest = _without(rest, match)
        found, rest = self._day(rest)
        if found.speaks:
            return found.filled(parts), rest
        year_group, rest = self._year_group(rest)
        academic_year, rest = _academic_year(rest)
        season, rest = self._season(rest)
        month, rest = self._month(rest)
        if season is None and month is not None:
            season = self.rules.columns.season_months[month]
        calendar, half, rest = self._year_and_half(rest, season, academic_year)
        found = TermParts(season, academic_year if academic_year is not None else calendar, year_group, half, month)
        if season is None and (match := self.numbered.search(rest)):
            found, rest = found._replace(number=int(match[1])), _without(rest, match)
            if academic_year is None and (match := _FULL_YEAR.search(rest)):
                found, rest = found._replace(calendar=int(match[1])), _without(rest, match)
        return found.filled(parts), rest

    def of_cell(self, text: str) -> TermParts:
        """What a cell says of a term: a date in any form, or the name of a term."""
        columns = self.rules.columns
        if day := read_date(text, columns.date_formats):
            term = term_on(day, columns.season_months)
            return TermParts(term.season, term.academic_year)
        return self.find(text)[0]

    def _day(self, rest: str) -> tuple[TermParts, str]:
        """The term of a day, the day before the month, and the rest; nothing where no day stands."""
        for match in _DAY.finditer(rest):
            day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
            with suppress(ValueError):
                on = date(_full(year), int(month), int(day))
                term = term_on(on, self.rules.columns.season_months)
                return TermParts(term.season, term.academic_year, month=on.month), _without(rest, match)
        return NO_TERM, rest

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
        known: Mapping[str, Season] = self.seasons
        if not matches:
            matches, known = list(self.code.finditer(rest)), self.codes
        if len({known[match[1]] for match in matches}) != 1:
            return None, rest
        return known[matches[0][1]], _without(rest, matches[0], group=1)

    def _month(self, rest: str) -> tuple[int | None, str]:
        """The one month named; None where a text names several."""
        matches = list(self.month.finditer(rest))
        if len({self.months[match[1]] for match in matches}) != 1:
            return None, rest
        return self.months[matches[0][1]], _without(rest, matches[0], group=1)

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


def term_text(term: TermParts) -> str:
    """A term as a heading would say it, so that reading it again gives the same: `Y3 Summer`, `March 2025-26`."""
    season = term.season.label if term.season is not None else ""
    parts = (
        f"Y{term.year_group}" if term.year_group is not None else "",
        season if term.month is None else month_name[term.month],
        f"Term {term.number}" if term.number is not None else "",
        f"{term.academic_year}-{(term.academic_year + 1) % 100:02d}" if term.academic_year is not None else "",
        str(term.calendar) if term.calendar is not None else "",
        str(term.half) if term.half else "",
    )
    return " ".join(filter(None, parts))


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
    if parts.season is None or rest not in ("", _TERM):
        raise _no_term(text)
    return Term(parts.academic_year or 0, parts.season)


def parse_wanted(text: str, finder: TermFinder) -> Term | Before:
    """The term that is asked for: as `parse_term` takes it, or `last summer`, `this spring` or `last term`.

    Raises ChoiceError when it is not a term.
    """
    match = _NEAR.fullmatch(words(text))
    if match is None:
        return parse_term(text, finder)
    last = match[1] == "last"
    if last and match[2] == _TERM:
        return Before()
    parts, rest = finder.find(match[2])
    if parts.season is None or parts.dated or rest not in ("", _TERM):
        raise _no_term(text)
    return Before(parts.season) if last else Term(0, parts.season)


def _no_term(text: str) -> ChoiceError:
    return ChoiceError(f"'{text}' is not a term. Write it as Spring 2026 or Spring 2025-26.")


def _academic_year(rest: str) -> tuple[int | None, str]:
    """`2025 26`, `2025 2026`, `2025 6`, `2025 to 2026` and `202526` as 2025."""
    for match in chain(_YEARS.finditer(rest), _GLUED_YEARS.finditer(rest)):
        first = _full(match[1])
        if str(first + 1).endswith(match[2]) and (len(match[2]) > 1 or len(match[1]) > len("25")):
            return first, _without(rest, match)
    return None, rest


def _full(year: str) -> int:
    """Two figures of a year as four."""
    number = int(year)
    if number >= _CENTURY:
        return number
    return number + (1900 if number >= _THIS_CENTURY else 2000)


def _any_of(phrases: Iterable[str], *, glued: bool = False) -> re.Pattern[str]:
    """One of the phrases as whole words; `glued` lets digits follow at once, as in Aut25."""
    end = r"(?=\d|\b)" if glued else r"\b"
    return re.compile(rf"\b({_alternatives(phrases)}){end}")


def _first(part: Part | None, other: Part | None) -> Part | None:
    """The first that is there."""
    return other if part is None else part


def _alternatives(phrases: Iterable[str]) -> str:
    """Any of the phrases, the longest first; where there is none, what fits nothing."""
    plain = filter(None, map(words, phrases))
    return "|".join(sorted(map(re.escape, plain), key=len, reverse=True)) or "(?!)"


def _without(rest: str, match: re.Match[str], group: int = 0) -> str:
    return " ".join(f"{rest[: match.start(group)]} {rest[match.end(group) :]}".split())
