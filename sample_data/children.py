"""An invented child, and what both schools write down about one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

SUBJECTS = ("Reading", "Writing", "Maths")
SEASONS = ("Autumn", "Spring", "Summer")
NO_ROW = "-"  # in a story: the child is not in that term's sheet at all
BLANK = "_"  # in a story: the child is there, the cell is empty

_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_OUR_SCHOOL = "9992001"  # local authority 999 and school 2001 exist nowhere
_ANOTHER_SCHOOL = "9992002"


def term_number(label: str) -> int:
    """Terms counted on one line: `Spring 2009` comes one after `Autumn 2008`."""
    season, year = label.split()
    return (int(year) - (season != "Autumn")) * 3 + SEASONS.index(season)


def term_label(number: int) -> str:
    """As teachers say it: `Spring 2009`."""
    year, season = divmod(number, 3)
    return f"{SEASONS[season]} {year + (season > 0)}"


@dataclass(frozen=True)
class Seat:
    """Where a child sat in one term: the year group and the class."""

    year_group: int
    class_name: str


@dataclass
class Child:
    """One invented child, with every result the school has written down."""

    surname: str
    forename: str
    gender: str
    born: dt.date
    cohort: int  # the year group of children of this age now; 7 is those who left for secondary school last summer
    upn: str = ""
    on_roll: bool = True
    facts: dict[str, str] = field(default_factory=dict)
    seats: dict[int, Seat] = field(default_factory=dict)  # by term
    grades: dict[tuple[int, str], str] = field(default_factory=dict)  # by term and subject
    courses: dict[str, str] = field(default_factory=dict)  # by subject: what is true, whatever was written

    @property
    def name(self) -> str:
        """As it stands in a list: `Finch, Amelia`."""
        return f"{self.surname}, {self.forename}"

    @property
    def key(self) -> str:
        """What tells this child from every other: the UPN, or the name of a child who has none."""
        return self.upn or self.name

    def stay(self, terms: Iterable[int]) -> None:
        """Keep only these terms: the child joined after the others, or left before them."""
        kept = set(terms)
        self.seats = {term: seat for term, seat in self.seats.items() if term in kept}
        self.grades = {(term, subject): text for (term, subject), text in self.grades.items() if term in kept}


@dataclass(frozen=True)
class Story:
    """A child written by hand: what the results in one subject were, and what must be said of them."""

    forename: str
    surname: str
    gender: str
    cohort: int
    subject: str
    grades: str  # one for each term, with NO_ROW and BLANK
    why: str
    verdicts: tuple[str, str]  # this year, this key stage
    facts: tuple[tuple[str, str], ...] = ()
    has_upn: bool = True
    repeats_in: str = ""  # the class of a child who is in the same year group for a second year
    course: str = ""  # what truly becomes of the child; empty for one who keeps up

    @property
    def leaves(self) -> bool:
        """Whether the child is gone by the last term."""
        return self.grades.split()[-1] == NO_ROW

    def written(self, terms: Sequence[int]) -> dict[int, str]:
        """The text of the cell in every term in which the child has a row."""
        texts = zip(terms, self.grades.split(), strict=True)
        return {term: "" if text == BLANK else text for term, text in texts if text != NO_ROW}


def birthday(chance: random.Random, cohort: int, autumn: int) -> dt.date:
    """A day in the school year that puts a child into this year group in the autumn of that year."""
    return dt.date(autumn - cohort - 5, 9, 1) + dt.timedelta(days=chance.randrange(365))


def upn(first_year: int, serial: int, *, elsewhere: bool = False, temporary: bool = False) -> str:
    """A Unique Pupil Number with its right check letter; a temporary one ends in a letter."""
    body = f"{_ANOTHER_SCHOOL if elsewhere else _OUR_SCHOOL}{first_year % 100:02d}"
    body += f"{serial % 100:02d}A" if temporary else f"{serial:03d}"
    values = [_CHECK_LETTERS.index(mark) if mark.isalpha() else int(mark) for mark in body]
    total = sum(place * value for place, value in enumerate(values, start=2))
    return _CHECK_LETTERS[total % 23] + body


def weighted(chance: random.Random, table: dict[str, int]) -> str:
    """One of the keys, each as likely as its number says."""
    return chance.choices(list(table), weights=list(table.values()))[0]
