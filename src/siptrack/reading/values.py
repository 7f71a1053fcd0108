"""Single cells understood: year groups, classes and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from siptrack.reading.spelling import words
from siptrack.rules.model import ColumnRules, YearRules

_CLASS_YEAR = re.compile(r"^(?:class )?(\d{1,2})[^\W\d]+$")
_CLASS_TITLE = re.compile(r"\bclass[:\s]+([^\W_][\w/-]*)", re.IGNORECASE)
_CLASS_SHEET = re.compile(r"^\d{1,2}(?:[-/&]\d{1,2})?[^\W\d]{1,3}$")
_POINT_NOUGHT = re.compile(r"\.0+\s*$")  # which a tool has added to a whole number
OUT_OF_RANGE = -99
_ANY_YEAR = 2000  # a leap year, so that every day is one of it


class YearGroupReader:
    """Understands `5`, `5.0`, `Year 5`, `Y5`, `R`."""

    def __init__(self, years: YearRules) -> None:
        self.years = years
        prefixes = "|".join(sorted((re.escape(words(word)) for word in years.prefixes), key=len, reverse=True))
        self.numbered = re.compile(rf"^(?:(?:{prefixes}) ?)?(\d{{1,2}})$")
        self.read = lru_cache(maxsize=None)(self._read)

    def _read(self, text: str) -> int | None:
        """The year group; OUT_OF_RANGE for what is no year group of a primary school; None for blank."""
        plain = words(_POINT_NOUGHT.sub("", text))
        if not plain:
            return None
        if plain in self.years.spellings:
            return self.years.spellings[plain]
        match = self.numbered.match(plain)
        number = int(match[1]) if match else OUT_OF_RANGE
        return number if self.years.lowest <= number <= self.years.highest else OUT_OF_RANGE

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
    day = read_date(text, columns.date_formats) or _day_of_a_year(text, columns.day_formats)
    if day is None or day.day not in year_groups or day.month not in year_groups or abs(day.day - day.month) != 1:
        return ""
    return f"{day.day}/{day.month}"


def _day_of_a_year(text: str, formats: tuple[str, ...]) -> date | None:
    return read_date(f"{text.strip()} {_ANY_YEAR}", tuple(f"{form} %Y" for form in formats))


@lru_cache(maxsize=4096)
def read_date(text: str, formats: tuple[str, ...]) -> date | None:
    """A date, day before month; None when the text is not one."""
    bare = text.strip().split(" 00:00")[0]
    if not bare:
        return None
    for pattern in formats:
        try:
            return datetime.strptime(bare, pattern).date()  # noqa: DTZ007  # a birthday has no time zone
        except ValueError:
            continue
    return None
