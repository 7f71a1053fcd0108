"""Larkrise's provision over two school years, with what must come of it, and the results that were written for it.

Some results were changed for it: all but one child in the writing group rise to EXS in Spring 2026 and stay there, and
the children in the reading group, with as many who are in nothing, dip to WTS in Autumn 2025 and come back, but for two
in the group.
"""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

from courses import KEEPS_UP, RISES
from provision_sheet import Given, Planted, Spell, moved, spells
from today_school import RULER
from today_stories import FIRST, LAST, NEW_YEAR, SPRING

if TYPE_CHECKING:
    from pathlib import Path

    from children import Child
    from roll import School

_WRITING = Given("Write Away Together", "Writing", 2, dt.date(2026, 1, 5), dt.date(2026, 3, 27), 30, 30, 6, "TA", 55)
_READING = Given("Reading Boost", "Reading", 2, dt.date(2026, 1, 5), dt.date(2026, 3, 27), 24, 20, 6, "TA", 40)
_TABLES = Given(
    "Times Tables Club", "Maths", 2, dt.date(2025, 9, 15), dt.date(2025, 12, 12), 36, 20, 8, "Volunteer", 10
)
_PHONICS = Given("Phonics Catch-up", "Phonics", 2, dt.date(2024, 9, 16), dt.date(2025, 7, 4), 100, 15, 4, "TA", 70)
_SPEECH = Given("Talk Time", "Communication and interaction", 3, dt.date(2025, 9, 8), None, 60, 15, 1, "TA", 120)
_LEGO = Given(
    "Lego Therapy", "Social, emotional and mental health", 2, dt.date(2026, 1, 5), None, 12, 40, 4, "Mentor", 30
)
_FINGERS = Given("Fine Motor Gym", "Sensory and physical", 2, dt.date(2026, 1, 5), None, 20, 10, 5, "TA", 10)
_SUMS = Given("Number Sense", "Maths", 3, dt.date(2026, 1, 5), None, 24, 20, 1, "TA", 80)
_PAIRED = Given("Paired Reading", "Reading", 2, dt.date(2026, 1, 5), None, 30, 15, 2, "Volunteer", 0)

NOTHING = "Gimlet, Connor"
FIVE_AT_ONCE = "Whimbrel, Ismail"
PLANTED = (
    Planted("Write Away Together", "moved more",
            "Its children rose to EXS, all but one, and comparable children in nothing did not."),
    Planted("Reading Boost", "no fair comparison",
            "Its children had just slipped and came back, all but two, as did as many who had slipped and were not in "
            "it: regression to the mean. But whether its children had slipped by luck or were falling, "
            "marks do not tell."),
    Planted("Times Tables Club", "nobody-attends", "A sixth of its sessions were attended."),
    Planted("Phonics Catch-up", "no fair comparison", "It is of a subject without results."),
)  # fmt: skip
_TERMS = (FIRST, NEW_YEAR, SPRING)  # a school year before, the term before, the term in which it was given
_IN_A_GROUP = 4  # of a year group
_NOT_BACK = 2


def _alike(larkrise: School, subject: str, distance: tuple[int, int]) -> dict[int, list[Child]]:
    """The children on roll without a story who began at these distances from EXS, by year group."""
    told = {child.key for _, child in larkrise.told}
    found: dict[int, list[Child]] = {}
    for one in moved(larkrise.on_roll, subject, _TERMS, RULER):
        if (one.start - one.earlier, one.start) == distance and one.child.key not in told:
            found.setdefault(one.year_group, []).append(one.child)
    return found


def _in_writing(larkrise: School) -> list[Child]:
    """Half of those in each year group who were at WTS a year before and just before, those first who rose without it.

    Then those of Mixed heritage, so that the planted gap in writing stays what it was: luck.
    """
    by_year = _alike(larkrise, "Writing", (-1, -1))
    for children in by_year.values():
        children.sort(key=lambda child: (child.grades[SPRING, "Writing"] != "EXS", child.facts["Ethnicity"][:1] != "M"))
    return [child for children in by_year.values() for child in children[: len(children) // 2]]


def _slipped(larkrise: School) -> tuple[list[Child], list[Child]]:
    """Those of Years 4, 5 and 6 who dip in reading in Autumn 2025 and come back: in the group, and not in it."""
    by_year = _alike(larkrise, "Reading", (0, 0))
    inside: list[Child] = []
    outside: list[Child] = []
    for year_group in (4, 5, 6):
        steady = [child for child in by_year[year_group] if child.courses["Reading"] == KEEPS_UP]
        inside += steady[0 : 2 * _IN_A_GROUP : 2]
        outside += steady[1 : 2 * _IN_A_GROUP : 2]
    return inside, outside


def _write_results(writing: list[Child], reading: list[Child], unaided: list[Child]) -> None:
    """Let the writing group rise but for the last of it, and the slipped dip and come back but for two in the group."""
    for child in writing:
        rises = child is not writing[-1]
        child.courses["Writing"] = RISES if rises else KEEPS_UP
        for term in (SPRING, LAST):
            child.grades[term, "Writing"] = "EXS" if rises else "WTS"
    for child in (*reading, *unaided):
        back = "WTS" if child in reading[-_NOT_BACK:] else "EXS"
        child.grades |= {(NEW_YEAR, "Reading"): "WTS", (SPRING, "Reading"): back}


def school_with_provision(larkrise: School) -> list[Spell]:
    """Every row of the sheet; the results of the two groups are written into the school."""
    writing, (reading, unaided) = _in_writing(larkrise), _slipped(larkrise)
    _write_results(writing, reading, unaided)
    here = [child for child in larkrise.on_roll if child.name not in (NOTHING, FIVE_AT_ONCE)]
    of_year = {year: [child for child in here if child.cohort == year] for year in range(1, 7)}
    (many,) = [child for child in larkrise.on_roll if child.name == FIVE_AT_ONCE]
    running = (_SPEECH, _LEGO, _FINGERS, _SUMS, _PAIRED)
    return [
        *spells(_WRITING, writing),
        *spells(_READING, reading),
        *spells(_TABLES, of_year[4][6:14], lambda given, place: given.planned // 6 - place % 2),
        *spells(_PHONICS, [child for child in of_year[2] if FIRST in child.seats][3:9]),
        *spells(_SPEECH, of_year[1][5:7]),
        *spells(_LEGO, of_year[3][2:6]),
        *(Spell(many, given, given.planned // 2) for given in running),
    ]


def write(folder: Path, found: list[Spell]) -> None:
    """The sheet as the school keeps it: names and classes, no numbers, dates as text."""
    headings = ["Name", "Class", "Provision", "Area of need", "Wave", "From", "To", "Number of sessions", "Attended"]
    headings += ["Session length (mins)", "Ratio", "Staff", "Cost per child", "Comments"]
    with (folder / "Provision map.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for spell in sorted(found, key=lambda one: (one.given.start, one.given.name, one.child.name)):
            given, child = spell.given, spell.child
            end = given.end.strftime("%d/%m/%Y") if given.end else ""
            who = (child.name, child.seats[max(child.seats)].class_name, given.name, given.need, f"Wave {given.wave}")
            when = (given.start.strftime("%d/%m/%Y"), end, given.planned, spell.attended, f"{given.minutes} mins")
            writer.writerow((*who, *when, f"1:{given.group}", given.staff, f"£{given.cost}", spell.notes))
