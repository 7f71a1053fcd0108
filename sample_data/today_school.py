"""Larkrise, a school of today: working towards, expected and greater depth, one tracker with a sheet a year group."""

from __future__ import annotations

import csv
from functools import partial
from typing import TYPE_CHECKING

from books import Book
from children import SUBJECTS, Child, Seat, term_label, weighted
from roll import Plan, School, enrol
from today_stories import FIRST, LAST, MOVES, STORIES, TWINS
from truth import Gap, Ruler

if TYPE_CHECKING:
    import random
    from pathlib import Path

NAME = "Larkrise Primary School (invented)"
TERMS = tuple(range(FIRST, LAST + 1))
_THIS_YEAR = FIRST + 1

POINTS = {"EM": 0, "BLW": 0, **{f"PK{step}": step for step in range(1, 7)}, "WTS": 7, "EXS": 8, "GDS": 9}
LADDER = [grade for grade in POINTS if grade != "BLW"]
SMALL = frozenset({"EM", "BLW", *(f"PK{step}" for step in range(1, 7))})
RULER = Ruler(POINTS, lambda _year_group, _season: 8, at_within=0, tolerance=0, accelerated=1, small_steps=SMALL)

_SIZES = {1: 30, 2: 30, 3: 34, 4: 33, 5: 42, 6: 41}
_CLASSES = {1: "1A", 2: "2F", 3: "3C", 4: "4D", 5: "5G", 6: "6S"}
_MIXED = "5/6P"
_SHARED = 13  # the oldest of Year 5 and the youngest of Year 6

_ETHNICITY = {"WBRI": 112, "WOTH": 14, "WIRI": 3, "APKN": 16, "AIND": 10, "ABAN": 7, "AOTH": 4, "BAFR": 11, "BCRB": 4}
_ETHNICITY |= {"MWBC": 7, "MWAS": 5, "MOTH": 5, "CHNE": 3, "OOTH": 4, "NOBT": 2, "REFU": 3, "": 2}
_SPEAKS_MORE = {"WOTH", "APKN", "AIND", "ABAN", "AOTH", "BAFR", "CHNE", "OOTH"}
_FACTS = ("FSM", "Pupil premium", "Ethnicity", "EAL", "SEN")
_STEPS = ((-2.3, "PK"), (-0.75, "WTS"), (1.0, "EXS"))  # of ability, below which a grade is given; above all, GDS


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
    """The child's class in every term. The tracker knows only this year's, as trackers do."""
    shared = {5: place < _SHARED, 6: place >= size - _SHARED}.get(cohort, False)
    class_name = _MIXED if shared else _CLASSES[cohort]
    return {term: Seat(cohort - (term < _THIS_YEAR), class_name) for term in TERMS}


def assess(chance: random.Random, child: Child) -> None:
    """Bands that mostly stay, sometimes fall or rise by one. Reception is not judged on this scale."""
    ability = chance.gauss(0.25, 0.85) - {"K": 1.0, "E": 2.2}.get(child.facts["SEN"], 0)
    for subject in SUBJECTS:
        grade = _first(chance, ability + chance.gauss(0, 0.5) + _maths_of_fsm(child, subject))
        change = weighted(chance, {"-1": 18, "0": 73, "1": 9})
        when = chance.choice(TERMS[1:])
        for term, seat in sorted(child.seats.items()):
            if term == when:
                grade = _moved(grade, int(change))
            away = chance.choice(("", "A")) if chance.random() < 0.015 else None
            child.grades[term, subject] = "" if seat.year_group < 1 else grade if away is None else away


def _maths_of_fsm(child: Child, subject: str) -> float:
    """The gap that is really there: children eligible for free school meals are behind in maths."""
    return -1.4 if subject == "Maths" and child.facts["FSM"] == "Y" else 0.15


def _first(chance: random.Random, ability: float) -> str:
    """The band a child begins with."""
    band = next((grade for below, grade in _STEPS if ability < below), "GDS")
    return f"PK{chance.randint(2, 6)}" if band == "PK" else band


def _moved(grade: str, change: int) -> str:
    """One band up or down; between the bands of most children, not into the pre-key-stage standards."""
    lowest = 0 if grade.startswith("PK") else LADDER.index("WTS")
    return LADDER[min(max(LADDER.index(grade) + change, lowest), len(LADDER) - 1)]


def school() -> School:
    """Larkrise with all its children."""
    return enrol(Plan(20260356, 2025, TERMS, _SIZES, STORIES, TWINS, MOVES, describe, seats, assess))


def write(folder: Path, larkrise: School) -> None:
    """The tracker and the pupil list."""
    with Book(folder / "Tracker 2025-26.xlsx") as book:
        for year_group in _CLASSES:
            _write_year(book, year_group, [child for child in larkrise.children if child.cohort == year_group])
    headings = ("UPN", "Surname", "Forename", "Date of birth", "Gender", "Year group", "Class", *_FACTS)
    with (folder / "Pupil list.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for child in larkrise.on_roll:
            seat = child.seats[LAST]
            who = (child.upn, child.surname, child.forename, child.born.strftime("%d/%m/%Y"), child.gender)
            writer.writerow((*who, seat.year_group, seat.class_name, *(child.facts[fact] for fact in _FACTS)))


def _write_year(book: Book, year_group: int, children: list[Child]) -> None:
    """One sheet: a row for everyone who was here in any of the terms, those who left included."""
    columns = [(term, subject) for subject in SUBJECTS for term in TERMS]
    rows = []
    for child in sorted(children, key=lambda child: child.name):
        seat = child.seats[max(child.seats)]
        rows.append((child.upn, child.name, seat.class_name, *(child.grades.get(column, "") for column in columns)))
    headings = ("UPN", "Name", "Class", *(f"{subject} {term_label(term)}" for term, subject in columns))
    book.sheet(f"Year {year_group}", (NAME, f"Year {year_group} - teacher assessment 2025-26"), headings, rows)


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
