"""Larkrise, a school of today: working towards, expected and greater depth, a tracker a year, a sheet a year group."""

from __future__ import annotations

import csv
import math
from functools import partial
from typing import TYPE_CHECKING

import attendance
import circumstances
from books import Book
from children import SUBJECTS, Child, Seat, term_label, weighted
from courses import FALLS, FALLS_SINCE_SUMMER, KEEPS_UP, RELIABILITY, draw, moved, small_steps
from roll import Plan, School, enrol
from today_stories import FIRST, LAST, LAST_SUMMER, MOVES, NEW_YEAR, STORIES, TWINS
from truth import Gap, Ruler

if TYPE_CHECKING:
    import random
    from pathlib import Path

NAME = "Larkrise Primary School (invented)"
TERMS = tuple(range(FIRST, LAST + 1))
TERMS_A_YEAR = 3
SEED = 20260765

POINTS = {"EM": 0, "BLW": 0, **{f"PK{step}": step for step in range(1, 7)}, "WTS": 7, "EXS": 8, "GDS": 9}
SMALL = frozenset({"EM", "BLW", *(f"PK{step}" for step in range(1, 7))})
RULER = Ruler(POINTS, lambda _year_group, _season: 8, at_within=0, tolerance=0, accelerated=1, small_steps=SMALL)

_SIZES = {1: 30, 2: 30, 3: 34, 4: 33, 5: 42, 6: 41, 7: 30}  # by age; those of 7 left for secondary school last July
_CLASSES = {1: "1A", 2: "2F", 3: "3C", 4: "4D", 5: "5G", 6: "6S"}
_SHARED = 13  # the oldest of one year group and the youngest of the next, in one class

_ETHNICITY = {"WBRI": 112, "WOTH": 14, "WIRI": 3, "APKN": 16, "AIND": 10, "ABAN": 7, "AOTH": 4, "BAFR": 11, "BCRB": 4}
_ETHNICITY |= {"MWBC": 7, "MWAS": 5, "MOTH": 5, "CHNE": 3, "OOTH": 4, "NOBT": 2, "REFU": 3, "": 2}
_SPEAKS_MORE = {"WOTH", "APKN", "AIND", "ABAN", "AOTH", "BAFR", "CHNE", "OOTH"}
_FACTS = ("FSM", "Pupil premium", "Ethnicity", "EAL", "SEN")

# How far the children stand over the line, in bands: 75 % of all schools' Year 6 are at it, 25 % a band over it.
_MIDDLE, _OF_CHILDREN, _OF_SUBJECTS = 0.72, 0.56, 0.4
_SPREAD = 0.74  # of what is written
_ERROR = _SPREAD * math.sqrt(1 - RELIABILITY)
_BELOW_THE_BANDS = -1.05
_BEHIND = {"K": -0.5, "E": -1.2}


def describe(chance: random.Random) -> dict[str, str]:
    """What the school has recorded about a child."""
    ethnicity = weighted(chance, _ETHNICITY)
    fsm = weighted(chance, {"N": 72, "Y": 26, "": 2})
    premium = "Y" if fsm == "Y" else weighted(chance, {"N": 93, "Y": 7})
    more = "Y" if ethnicity in _SPEAKS_MORE else "N"
    eal = weighted(chance, {more: 97, "": 3})
    sen = weighted(chance, {"N": 80, "K": 15, "E": 4, "": 1})
    return {"FSM": fsm, "Pupil premium": premium, "Ethnicity": ethnicity, "EAL": eal, "SEN": sen}


def seats(cohort: int, place: int, size: int) -> dict[int, Seat]:
    """The child's class in every term; the mixed one is 4/5P in the first year and 5/6P in the second.

    Reception keeps no results on this scale, so nobody has a place in it.
    """
    shared = {5: place < _SHARED, 6: place >= size - _SHARED}.get(cohort, False)
    found = {}
    for term in TERMS:
        year_group = cohort - (term < NEW_YEAR)
        mixed = "4/5P" if term < NEW_YEAR else "5/6P"
        if year_group in _CLASSES:
            found[term] = Seat(year_group, mixed if shared else _CLASSES[year_group])
    return found


def assess(chance: random.Random, child: Child) -> None:
    """Judgements of what is true, each with its own error, sometimes not made."""
    child.courses = draw(chance)
    ability = chance.gauss(_MIDDLE, _OF_CHILDREN) + _BEHIND.get(child.facts["SEN"], 0)
    first = min(child.seats)
    for subject in SUBJECTS:
        level = ability + chance.gauss(0, _OF_SUBJECTS) + _maths_of_fsm(child, subject)
        course = child.courses[subject] = _course(chance, child, subject)
        begun = chance.uniform(1.2, 3.5)  # small steps, of a child below the bands
        for term in sorted(child.seats):
            error = chance.gauss(0, _ERROR)
            if level < _BELOW_THE_BANDS:
                steps = begun + small_steps(course, term, first, LAST_SUMMER) + error
                grade = f"PK{min(max(int(steps), 1), 6)}"
            else:
                grade = _band(level + moved(course, term, first, LAST_SUMMER) + error)
            away = chance.choice(("", "A")) if chance.random() < 0.015 else None
            child.grades[term, subject] = grade if away is None else away


def _course(chance: random.Random, child: Child, subject: str) -> str:
    """What was drawn for the child; in writing many more fall in 5G this year, and nobody does in 5/6P."""
    drawn = child.courses[subject]
    if subject != "Writing":
        return drawn
    class_name = child.seats[max(child.seats)].class_name
    if class_name == "5G" and drawn == KEEPS_UP and chance.random() < 0.2:
        return FALLS_SINCE_SUMMER
    return KEEPS_UP if class_name == "5/6P" and drawn in (FALLS, FALLS_SINCE_SUMMER) else drawn


def _maths_of_fsm(child: Child, subject: str) -> float:
    """The gap that is really there: children eligible for free school meals are behind in maths."""
    return -0.8 if subject == "Maths" and child.facts["FSM"] == "Y" else 0.08


def _band(over: float) -> str:
    """The band of a child who stands so many bands over the line."""
    return "WTS" if over < 0 else "EXS" if over < 1 else "GDS"


def school() -> School:
    """Larkrise with all its children."""
    return enrol(Plan(SEED, 2025, TERMS, _SIZES, STORIES, TWINS, MOVES, describe, seats, assess))


def write(folder: Path, larkrise: School) -> None:
    """A tracker for each school year, and the pupil list."""
    for autumn in (NEW_YEAR - TERMS_A_YEAR, NEW_YEAR):
        _write_tracker(folder, larkrise, range(autumn, autumn + TERMS_A_YEAR))
    attended, known = attendance.of(larkrise), circumstances.of(larkrise)
    headings = (
        *("UPN", "Surname", "Forename", "Date of birth", "Gender", "Year group", "Class", *_FACTS),
        *("Attendance %", *circumstances.HEADINGS.values()),
    )
    with (folder / "Pupil list.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for child in larkrise.on_roll:
            seat = child.seats[LAST]
            who = (child.upn, child.surname, child.forename, child.born.strftime("%d/%m/%Y"), child.gender)
            facts = (*(child.facts[fact] for fact in _FACTS), attended[child.key])
            of_each = ("Y" if child.key in known[name] else "N" for name in circumstances.HEADINGS)
            writer.writerow((*who, seat.year_group, seat.class_name, *facts, *of_each))


def _write_tracker(folder: Path, larkrise: School, terms: range) -> None:
    """One school year: a sheet a year group, a row for everyone who was in it in any of the terms."""
    year = f"{terms[0] // TERMS_A_YEAR}-{(terms[0] // TERMS_A_YEAR + 1) % 100}"
    with Book(folder / f"Tracker {year}.xlsx") as book:
        for year_group in _CLASSES:
            here = [child for child in larkrise.children if _last_seat(child, terms, year_group)]
            _write_year(book, year_group, year, terms, here)


def _last_seat(child: Child, terms: range, year_group: int) -> Seat | None:
    """Where the child sat last in these terms, if it was in this year group."""
    found = [child.seats[term] for term in terms if term in child.seats]
    return found[-1] if found and found[-1].year_group == year_group else None


def _write_year(book: Book, year_group: int, year: str, terms: range, children: list[Child]) -> None:
    """One sheet: children who left are still in it, each with the class of the last term."""
    columns = [(term, subject) for subject in SUBJECTS for term in terms]
    rows = []
    for child in sorted(children, key=lambda child: child.name):
        seat = _last_seat(child, terms, year_group)
        class_name = seat.class_name if seat else ""
        rows.append((child.upn, child.name, class_name, *(child.grades.get(column, "") for column in columns)))
    headings = ("UPN", "Name", "Class", *(f"{subject} {term_label(term)}" for term, subject in columns))
    book.sheet(f"Year {year_group}", (NAME, f"Year {year_group} - teacher assessment {year}"), headings, rows)


def _yes(fact: str, child: Child) -> bool | None:
    """Yes, no, or not recorded."""
    return {"Y": True, "N": False}.get(child.facts[fact])


def _ethnicity(letter: str, child: Child) -> bool | None:
    """Whether a child belongs to the major group that the code's first letter names."""
    code = child.facts["Ethnicity"]
    return None if code in ("", "NOBT", "REFU") else code.startswith(letter)


def _everyone(_: Child) -> bool:
    """The whole school."""
    return True


GAPS = (
    Gap("Maths", "fsm", "FSM", "not FSM", partial(_yes, "FSM"), "whole school", _everyone, "clear",
        "Planted: children eligible for free school meals are behind in maths, by far more than chance."),
    Gap("Reading", "fsm", "FSM", "not FSM", partial(_yes, "FSM"), "whole school", _everyone,
        "not_clear", "Nothing was planted here: the same children are not clearly behind in reading."),
    Gap("Reading", "eal", "EAL", "English", partial(_yes, "EAL"), "whole school", _everyone, "not_clear",
        "Nothing was planted here."),
    Gap("Writing", "ethnicity", "Mixed", "all others recorded", partial(_ethnicity, "M"), "whole school", _everyone,
        "not_clear", "Luck: nothing was planted, and so many points between groups of this size are within chance."),
    Gap("Maths", "ethnicity", "Other", "all others recorded", partial(_ethnicity, "O"), "whole school", _everyone,
        "too_few", "So few children: names may be acted on, a percentage says nothing."),
)  # fmt: skip
