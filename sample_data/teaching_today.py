"""Larkrise's records of lessons, books and CPD, mostly in words, with what must stand beside them."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

from teaching_truth import PlantedClass, PlantedCpd, Seen, Trained
from today_stories import LAST, LAST_SUMMER, NEW_YEAR

if TYPE_CHECKING:
    from pathlib import Path

_HEAD, _ENGLISH, _MATHS = "Headteacher", "English leader", "Maths leader"
_LESSON, _BOOKS, _WALK, _TALK = "Lesson visit", "Book look", "Learning walk", "Pupil voice"

SEEN: tuple[Seen, ...] = (
    Seen(dt.date(2025, 10, 8), "5G", "Writing", _LESSON, "Good", _ENGLISH, "Model text taken apart together"),
    Seen(dt.date(2026, 1, 28), "5G", "Writing", _BOOKS, "Good", _HEAD, "Much writing, well presented"),
    Seen(dt.date(2025, 10, 15), "5/6P", "Writing", _LESSON, "Requires improvement", _ENGLISH, "Some unsure what to do"),
    Seen(dt.date(2026, 2, 4), "5/6P", "Writing", _BOOKS, "RI", _HEAD, "Few longer pieces"),
    Seen(dt.date(2025, 11, 5), "1A", "Reading", _LESSON, "", _ENGLISH, "Phonics at a good pace; every child joins in"),
    Seen(dt.date(2025, 11, 12), "2F", "Maths", _BOOKS, "Strong start", _MATHS, "Number facts secure"),
    Seen(dt.date(2025, 11, 26), "4D", "Reading", _TALK, "", _ENGLISH, "Children name books they like; few from home"),
    Seen(dt.date(2026, 1, 14), "6S", "Maths", _BOOKS, "Good", _MATHS, ""),
    Seen(dt.date(2026, 2, 11), "Year 6", "Reading", _TALK, "", _ENGLISH, "Can find answers; unsure about inference"),
    Seen(dt.date(2026, 3, 11), "Whole school", "", _WALK, "", _HEAD, "Working walls in use"),
)  # fmt: skip

TRAINED: tuple[Trained, ...] = (
    Trained("Autumn 2025", "Sentence structure", "Writing", "All teaching staff", "2 hours", _ENGLISH,
            "More children at the expected standard in writing"),
    Trained("Autumn 2025", "Safeguarding update", "", "All staff", "1.5", _HEAD, ""),
    Trained("Spring 2026", "Reading fluency", "Reading", "Years 4 to 6", "1", _ENGLISH, "Children read with expression",
            "Too early to say"),
)  # fmt: skip

CLASSES = (
    PlantedClass("5G", "Writing", LAST_SUMMER, LAST, "recorded good or better, many insufficient",
                 "Planted: two records of good, and of all classes the most who have fallen behind in writing."),
    PlantedClass("5/6P", "Writing", LAST_SUMMER, LAST, "not recorded good, few insufficient",
                 "Planted: two records that ask for more, and hardly a child whose progress is insufficient."),
)  # fmt: skip
CPD = (
    PlantedCpd("Writing", NEW_YEAR, LAST_SUMMER, LAST, (), 2,
               "Planted: CPD for everybody, after which no year group has more children at the expected standard."),
)  # fmt: skip
WITHOUT = "3C"
PLANTED = (CLASSES, CPD, WITHOUT)


def write(folder: Path) -> None:
    """Two files, as they were kept by two people; the CPD log puts the staff under Name."""
    with (folder / "Lessons and books.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Date", "Class", "Subject", "Type of evidence", "Judgement", "Seen by", "Comments"))
        for one in sorted(SEEN, key=lambda one: (one.when, one.about)):
            day = one.when.strftime("%d/%m/%Y")
            writer.writerow((day, one.about, one.subject, one.kind, one.judgement, one.by, one.notes))
    with (folder / "CPD log.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Term", "CPD", "Subject", "Name", "Hours", "Led by", "Purpose", "Impact"))
        for row in TRAINED:
            about = (row.when, row.focus, row.subject, row.staff, row.hours, row.provider)
            writer.writerow((*about, row.intended, row.evaluation))
