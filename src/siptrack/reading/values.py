"""Single cells understood: year groups, classes and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from siptrack.reading.spelling import words
from siptrack.rules.model import ColumnRules, DateForms, YearRules
from siptrack.school.ages import MONTHS_IN_A_YEAR

_CLASS_YEAR = re.compile(r"^(?:class )?(\d{1,2})[^\W\d]+$")
_CLASS_TITLE = re.compile(r"\bclass[:\s]+([^\W_][\w/-]*)", re.IGNORECASE)
_CLASS_SHEET = re.compile(r"^\d{1,2}(?:[-/&]\d{1,2})?[^\W\d]{1,3}$")
_ASIDE = re.compile(r"[()\[\]/,;:]|\s[-\u2013]\s")  # between two ways to write one year group
_POINT_NOUGHT = re.compile(r"\.0+\s*$")  # which a tool has added to a whole number
OUT_OF_RANGE = -99
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d{1,2}) ?(?:st|nd|rd|th)\b(?: of\b)?", re.IGNORECASE)
_LONG_MONTH = re.compile(r"\b(sep)t\b", re.IGNORECASE)
_TIME_OF_DAY = re.compile(
    r"(?:(?<=\d)[T ]|,? (?:at )?)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?:Z| ?[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s./,\u2013-]+")  # between a day, a month and a year
_FULL, _SERIAL = 8, 5  # figures of a year, month and day; of the number that a spreadsheet gives a day
_FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Years and months: 7:06, 7-06, 7y 6m; the time that a spreadsheet makes of 7:06 has seconds of nought behind it.
_AGE = re.compile(
    r"(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2})\s*(?:[:;-]|y(?:ea)?r?s?\.?,?(?: and)?)\s*(\d{1,2})\s*"
    r"(?::00(?:\.0+)?|m(?:on)?t?h?s?\.?)?",
    re.IGNORECASE,
)
_YEARS_ALONE = re.compile(r"(\d{1,2})\s*(?:y|yrs?|years?)\.?", re.IGNORECASE)
_ANY_YEAR = 2000  # a leap year, so that every day is one of it


class YearGroupReader:
    """Understands `5`, `5.0`, `Year 5`, `Y5`, `Year Five`, `R`, `FS2`, `Year 5 (Y5)`."""

    def __init__(self, years: YearRules) -> None:
        self.years = years
        self.known = {words(text): number for text, number in (*years.cells.items(), *years.spellings.items())}
        prefixes = "|".join(sorted((re.escape(words(word)) for word in years.prefixes), key=len, reverse=True))
        self.numbered = re.compile(rf"(?:(?:{prefixes}) ?)?(\d{{1,2}})")
        self.named = re.compile(rf"(?:{prefixes}) ?(.+)")
        self.read = lru_cache(maxsize=None)(self._read)

    def _read(self, text: str) -> int | None:
        """The year group; OUT_OF_RANGE for what is no year group of a primary school; None for blank."""
        if not words(text):
            return None
        named = [self._named(part) for part in (text, *_ASIDE.split(text)) if words(part)]
        whole, *parts = named
        if whole is None and len(parts) > 1 and len(set(parts)) == 1:
            whole = parts[0]
        return OUT_OF_RANGE if whole is None else whole

    def _named(self, text: str) -> int | None:
        """The year group that a text names as a whole; None where it names none of a primary school."""
        plain = words(_POINT_NOUGHT.sub("", text))
        if plain in self.known:
            return self.known[plain]
        if match := self.numbered.fullmatch(plain):
            number = -int(match[1]) if text.strip().startswith("-") else int(match[1])
            return number if self.years.lowest <= number <= self.years.highest else None
        match = self.named.fullmatch(plain)
        return self.known.get(match[1]) if match else None

    def of_class(self, text: str) -> int | None:
        """The year group that a class is named after, such as 5 for `5K`; None when it names none or two."""
        match = _CLASS_YEAR.match(words(text))
        if match and self.years.lowest <= int(match[1]) <= self.years.highest:
            return int(match[1])
        return None


def class_named_by(titles: Iterable[str], names: Iterable[str]) -> str:
    """The class that a title (`Class 5K, Autumn`) or the name of a sheet or file (`5K`) speaks of; empty for none."""
    names = list(names)
    for text in (*titles, *names):
        if match := _CLASS_TITLE.search(text):
            return match[1]
    return next((name.strip() for name in names if _CLASS_SHEET.match(name.strip())), "")


def class_made_a_date(text: str, columns: ColumnRules, year_groups: range) -> str:
    """The class 3/4 of what a spreadsheet has made 3 April; empty for a text that is no such date.

    That is a day and month which are two year groups next to each other.
    """
    day = _dated_as_text(text, columns.date_formats) or _day_of_a_year(text, columns.day_formats)
    if day is None or day.day not in year_groups or day.month not in year_groups or abs(day.day - day.month) != 1:
        return ""
    return f"{day.day}/{day.month}"


def _dated_as_text(text: str, forms: DateForms) -> date | None:
    """A date that is written out: a class of figures alone, such as 42464, is no date."""
    return None if text.strip().isdigit() else read_date(text, forms)


def _day_of_a_year(text: str, formats: tuple[str, ...]) -> date | None:
    return read_date(f"{text.strip()} {_ANY_YEAR}", DateForms(tuple(f"{form} %Y" for form in formats)))


@lru_cache(maxsize=65536)
def read_date(text: str, forms: DateForms) -> date | None:
    """A date, day before month, whatever time of day stands behind it; None when the text is not one."""
    plain = _plain_date(text)
    if plain.isdigit():
        return _of_figures(plain, forms)
    return next(filter(None, (_by_form(plain, form) for form in forms.formats)), None)


def _plain_date(text: str) -> str:
    """A date with one sign between its parts, without a weekday before it, an ordinal's letters and a time of day."""
    bare = _TIME_OF_DAY.sub("", " ".join(text.split()))
    bare = _ORDINAL.sub(r"\1", _WEEKDAY.sub("", bare))
    return _BETWEEN.sub("/", _LONG_MONTH.sub(r"\1", bare)).strip("/")


def _of_figures(plain: str, forms: DateForms) -> date | None:
    """A date in figures without a sign between: 20160902, or the number that a spreadsheet gives a day."""
    day = _FIRST_DAY + timedelta(days=int(plain)) if len(plain) == _SERIAL else None
    if len(plain) == _FULL:
        day = _by_form(plain, "%Y%m%d")
    return day if day is not None and day.year in forms.numbered_years else None


def _by_form(plain: str, form: str) -> date | None:
    try:
        return datetime.strptime(plain, _BETWEEN.sub("/", form)).date()  # noqa: DTZ007  # a birthday has no time zone
    except ValueError:
        return None


def read_number(text: str, *, of_ratio: bool = False) -> float | None:
    """The one number in a cell, whatever unit stands with it; with `of_ratio` also the second of two, as 6 in 1:6."""
    found = _NUMBER.findall(text)
    return float(found[-1].replace(",", "")) if len(found) in ((1, 2) if of_ratio else (1,)) else None


def read_age(text: str) -> int | None:
    """A reading or spelling age written as 7:06 or 7y 6m, in months; None for anything else, such as 7.10."""
    bare = text.strip()
    if years := _YEARS_ALONE.fullmatch(bare):
        return int(years[1]) * MONTHS_IN_A_YEAR
    found = _AGE.fullmatch(bare)
    if found is None or int(found[2]) >= MONTHS_IN_A_YEAR:
        return None
    return int(found[1]) * MONTHS_IN_A_YEAR + int(found[2])
