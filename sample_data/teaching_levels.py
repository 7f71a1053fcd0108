"""Hollybank's records of lessons, books and CPD over two school years, with what must stand beside them.

Nobody's results were changed for it: what was recorded of a class was chosen by what its children did.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from books import Book, Cell
from children import term_number
from levels_school import NAME
from teaching_truth import PlantedClass, PlantedCpd, Seen, Trained

if TYPE_CHECKING:
    from pathlib import Path

_HEAD, _LITERACY, _MATHS, _CONSULTANT = "Mrs Larch", "Mr Alder", "Miss Rowan", "LA consultant"
_LESSON, _BOOKS, _WALK, _TALK = "Lesson observation", "Book look", "Learning walk", "Pupil interviews"


SEEN: tuple[Seen, ...] = (
    Seen(dt.date(2008, 1, 23), "3K", "Writing", _LESSON, "Satisfactory", _HEAD, "Long introduction"),
    Seen(dt.date(2008, 3, 5), "5R", "Maths", _BOOKS, "Satisfactory", _MATHS, "Few problems to solve"),
    Seen(dt.date(2008, 3, 12), "5R", "Maths", _LESSON, "Good", _HEAD, ""),
    Seen(dt.date(2008, 5, 21), "4T", "Writing", _BOOKS, "Good", _LITERACY, "Marking says what comes next"),
    Seen(dt.date(2008, 6, 11), "Whole school", "Reading", _WALK, "", _CONSULTANT, "Reading corners in every room"),
    Seen(dt.date(2008, 10, 15), "2B", "Maths", _LESSON, "Good", _HEAD, "Clear aims; children keen"),
    Seen(dt.date(2009, 2, 4), "2B", "Maths", _BOOKS, "Good", _MATHS, "Neat, marked every day"),
    Seen(dt.date(2009, 5, 13), "2B", "Maths", _LESSON, "Outstanding", _CONSULTANT, "Lively; much talk"),
    Seen(dt.date(2008, 11, 12), "2B", "Writing", _LESSON, "Good", _LITERACY, ""),
    Seen(dt.date(2008, 11, 5), "6W", "Writing", _LESSON, "Satisfactory", _LITERACY, "Children wait a long time"),
    Seen(dt.date(2009, 2, 25), "6W", "Writing", _BOOKS, "Satisfactory", _HEAD, "Little marking"),
    Seen(dt.date(2008, 11, 19), "6W", "Maths", _LESSON, "Outstanding", _HEAD, ""),
    Seen(dt.date(2009, 3, 4), "6W", "Maths", _BOOKS, "Good", _MATHS, ""),
    Seen(dt.date(2008, 11, 26), "1H", "Reading", _LESSON, "Good", _LITERACY, "Brisk phonics"),
    Seen(dt.date(2009, 1, 28), "1H", "Maths", _LESSON, "Good", _MATHS, ""),
    Seen(dt.date(2008, 10, 22), "3K", "Maths", _LESSON, "Satisfactory", _MATHS, "Same task for all"),
    Seen(dt.date(2009, 5, 6), "3K", "Maths", _LESSON, "Good", _MATHS, "Three tasks, well chosen"),
    Seen(dt.date(2009, 1, 14), "3K", "Writing", _LESSON, "Good", _HEAD, ""),
    Seen(dt.date(2009, 3, 18), "3K", "Writing", _TALK, "", _LITERACY, "Children know what makes writing better"),
    Seen(dt.date(2008, 12, 3), "4T", "Reading", _LESSON, "Satisfactory", _LITERACY, "Questions mostly about facts"),
    Seen(dt.date(2009, 5, 20), "4T", "Reading", _LESSON, "Good", _LITERACY, "Questions about meaning"),
    Seen(dt.date(2009, 2, 11), "4T", "Maths", _LESSON, "Good", _HEAD, ""),
    Seen(dt.date(2009, 6, 3), "4T", "Maths", _BOOKS, "Satisfactory", _MATHS, "Gaps in place value not picked up"),
    Seen(dt.date(2008, 11, 19), "4/5M", "Maths", _LESSON, "Good", _MATHS, "Two year groups, both stretched"),
    Seen(dt.date(2009, 3, 11), "4/5M", "Maths", _BOOKS, "Good", _MATHS, ""),
    Seen(dt.date(2009, 3, 11), "4/5M", "Literacy", _BOOKS, "Good with some outstanding", _LITERACY, ""),
    Seen(dt.date(2009, 6, 10), "Whole school", "", _WALK, "", _HEAD, "Calm; aims on every board"),
)  # fmt: skip

TRAINED: tuple[Trained, ...] = (
    Trained(dt.date(2007, 10, 10), "A calculation policy", "Maths", "All teachers", "2", _MATHS,
            "One way of setting out"),
    Trained(dt.date(2008, 5, 7), "Talk for Writing", "Writing", "All teachers", "5", _CONSULTANT,
            "More children at age-related expectations in writing in Years 3 to 6", "Story maps in 3K since September"),
    Trained(dt.date(2008, 9, 3), "Assessing pupils' progress (APP)", "Reading", "All teachers", "3", _LITERACY,
            "Judgements that teachers agree on"),
    Trained(dt.date(2009, 1, 7), "Problem solving", "Maths", "Teachers of Years 5 and 6", "2", _MATHS, ""),
    Trained(dt.date(2009, 1, 21), "Behaviour for learning", "", "All staff", "2", "Educational psychologist",
            "Calmer starts to lessons"),
)  # fmt: skip

_SPRING_2008, _SUMMER_2008, _NOW = (term_number(label) for label in ("Spring 2008", "Summer 2008", "Summer 2009"))
CLASSES = (
    PlantedClass("2B", "Maths", _SUMMER_2008, _NOW, "recorded good or better, many insufficient",
                 "Planted: three records of good or better, and more children who do not move than in any class."),
    PlantedClass("6W", "Writing", _SUMMER_2008, _NOW, "not recorded good, few insufficient",
                 "Planted: two records of satisfactory, and hardly a child whose progress is insufficient."),
    PlantedClass("4T", "Reading", _SUMMER_2008, _NOW, "",
                 "As many do not move, but the records differ among themselves: nothing is asked."),
)  # fmt: skip
CPD = (
    PlantedCpd("Writing", _SUMMER_2008, _SPRING_2008, _NOW, (3,), 4,
               "Planted: whole-school CPD, after which more children are at ARE in Year 3 and nowhere else."),
)  # fmt: skip
WITHOUT = "5R"
PLANTED = (CLASSES, CPD, WITHOUT)


def write(folder: Path) -> None:
    """One workbook with a sheet of each."""
    lessons: list[tuple[Cell, ...]] = [
        (one.when, one.about, one.subject, one.kind, one.judgement, one.by, one.notes)
        for one in sorted(SEEN, key=lambda one: (one.when, one.about))
    ]
    courses: list[tuple[Cell, ...]] = [
        (
            *(one.when, one.focus, one.subject, one.staff, int(one.hours), one.provider),
            *(one.intended, one.evaluation),
        )
        for one in TRAINED
    ]
    with Book(folder / "Teaching and CPD.xlsx") as book:
        above = (NAME, "Monitoring of teaching and learning 2007-08 and 2008-09")
        headings = ("Date", "Class", "Subject", "Kind of evidence", "Judgement", "Observer", "Notes")
        book.sheet("Lessons and books", above, headings, lessons)
        further = ("Date", "CPD focus", "Subject", "Staff", "Hours", "Provider", "Intended impact", "Evaluation")
        book.sheet("CPD", (NAME, "Whole-school CPD"), further, courses)
