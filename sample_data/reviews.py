"""The self-review that the school of today filled in two terms ago, and what must be said of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from books import Book

if TYPE_CHECKING:
    from pathlib import Path

    from truth import Answer

TERM = "Autumn 2025"
DONE, OVERDUE, NOT_DUE = "reviewed", "past its date", "not due yet"


class Reviewed(NamedTuple):
    """A heading of the guidance: the stage chosen, the evidence, the next step, and what is known of the step now."""

    heading: str
    stage: str
    evidence: str
    step: str
    who: str
    by_when: dt.date | str
    outcome: str
    came: str


TODAY = (
    Reviewed("Monitoring, evaluation and review of impact on pupil progress", "Developing",
             "Pupil progress meetings in every class, actions not always followed up",
             "Begin each meeting with the actions of the last", "Mrs Elder", dt.date(2026, 3, 27),
             "Done in every class since February", DONE),
    Reviewed("Explicit focus on improving learning and teaching: Pedagogy for personalisation", "Establishing",
             "Books show tasks that fit; feedback is uneven", "Staff meeting on feedback, and a book look after it",
             "Mr Bracken", dt.date(2026, 5, 22), "", OVERDUE),
    Reviewed("Review of attainment and progress: Tracking and intervention to prevent underperformance", "Establishing",
             "One tracker for all classes", "Moderate writing with Hollybank", "Ms Campion", "Autumn 2026",
             "", NOT_DUE),
    Reviewed("The single plan", "Focusing", "Many actions, few with a date", "", "", "", "", ""),
)  # fmt: skip


def answer() -> Answer:
    """The stages chosen, and what is known of each next step at the end of the school year."""
    return {
        "term": TERM,
        "stages": {of.heading: of.stage.casefold() for of in TODAY},
        "steps": {of.step: of.came for of in TODAY if of.step},
    }


def write(folder: Path) -> None:
    """The workbook of the review as it came back filled in."""
    headings = ("Heading", "Stage", "Evidence", "Next step", "Who", "By when", "What came of it")
    with Book(folder / f"Self-review {TERM}.xlsx") as book:
        book.sheet("Review", (f"Self-review: {TERM}",), headings, [of[:7] for of in TODAY])
