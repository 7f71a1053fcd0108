"""What the invented schools' pupil progress meetings agreed last term, and what must be said of it now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from books import Book, Cell
from children import Child, Seat, term_number

if TYPE_CHECKING:
    from pathlib import Path

    from roll import School

KEY_STAGE_1 = term_number("Summer 2007")
LEVELS_MEETING, TODAY_MEETING = term_number("Spring 2009"), term_number("Spring 2026")


@dataclass(frozen=True)
class Agreement:
    """One action as the school wrote it down, and what the record itself says came of it."""

    surname: str
    forename: str
    class_name: str
    subject: str
    barrier: str
    action: str
    who: str
    by_when: dt.date | str
    status: str
    outcome: str
    came: str
    why: str


LEVELS = (
    Agreement("Billhook", "Jamal", "4T", "Writing", "Begins late, writes little", "Guided writing three times a week",
              "Mrs Iris", dt.date(2009, 5, 22), "", "", "past its date",
              "Planted: never done. Nothing is written of it, its date is past, and the child has not moved."),
    Agreement("Campion", "Maisie", "4T", "Reading", "Reads word by word", "Daily reading with the teaching assistant",
              "Mr Teasel", dt.date(2009, 6, 12), "Done", "Reads every day; still word by word", "done",
              "Planted: five terms on the list. It was done, and the child has stayed at 2a since Key Stage 1."),
    Agreement("Okonkwo-Fern", "Kwame", "6W", "Writing", "Sentences run on", "Sentence work before every piece",
              "Mrs Sedge", dt.date(2009, 6, 26), "Done", "Sentences are secure in every piece since May", "done",
              "Planted: left the list after an action."),
    Agreement("Skylark", "Samuel", "4/5M", "Maths", "Gaps in place value", "Number group on Tuesdays", "Mr Teasel",
              dt.date(2009, 7, 3), "Stopped", "Moved to another school at Easter", "stopped",
              "Planted: left the school, which is not leaving the list by doing well."),
    Agreement("Świerk", "Zofia", "5R", "Reading", "Vocabulary", "Words of the week, taken home", "Mrs Iris",
              "Autumn 2009", "Under way", "", "not due yet", "Its date is still to come."),
    Agreement("Toadflax", "Idris", "2B", "Reading and writing", "Has missed much of school", "Phonics every morning",
              "Mrs Sedge", dt.date(2009, 7, 10), "", "Has begun to blend", "reviewed",
              "About two subjects: still on the list in both, although the child has begun to move in writing."),
    Agreement("Finch", "Amelia", "3K", "Maths", "Number facts", "Ten minutes of number facts a day", "Mrs Iris",
              dt.date(2009, 6, 12), "", "Quicker; not yet sure of them", "reviewed",
              "One of the two children called Amelia Finch: the class says which."),
)  # fmt: skip

TODAY = (
    Agreement("Gimlet", "Connor", "5G", "Maths", "Fractions", "Pre-teaching before each unit", "Mr Bracken",
              dt.date(2026, 5, 22), "", "", "past its date",
              "Planted: never done. On the list in Spring 2026, and still."),
    Agreement("Larkspur", "Habiba", "4D", "Reading", "Inference", "Reading group twice a week", "Ms Campion",
              dt.date(2026, 7, 3), "", "Back at the expected standard", "reviewed",
              "Dipped in Spring 2026 and recovered: left the list after an action."),
    Agreement("O'Rowan", "Jean-Luc", "3C", "Reading", "Blending", "Phonics in a small group", "Ms Campion",
              dt.date(2026, 7, 3), "", "", "the child has left",
              "Left the school after Spring 2026: nobody can say what came of it."),
    Agreement("Dibber", "Tobias", "5/6P", "", "Often absent", "Breakfast club", "Mrs Elder", "", "", "",
              "no date and no outcome", "Names no subject and no date."),
)  # fmt: skip


def find_key_stage_1(hollybank: School) -> None:
    """Give Maisie Campion the one Key Stage 1 result that the school has found: with it five terms on the list."""
    child = whose(hollybank, LEVELS[1])
    child.seats[KEY_STAGE_1] = Seat(2, "")
    child.grades |= {(KEY_STAGE_1, "Reading"): "2a", (KEY_STAGE_1, "Writing"): "", (KEY_STAGE_1, "Maths"): ""}


def whose(school: School, agreement: Agreement) -> Child:
    """The child for whom it was agreed."""
    name = f"{agreement.surname}, {agreement.forename}"
    found = [
        child
        for child in school.children
        if child.name == name and agreement.class_name in {seat.class_name for seat in child.seats.values()}
    ]
    (child,) = found
    return child


def write_levels(folder: Path, hollybank: School, name: str) -> None:
    """What the meeting of Spring 2009 left behind, and the Key Stage 1 results that were found."""
    headings = ("Name", "Class", "Subject", "Barrier", "Action agreed", "Who", "By when", "Status", "How it went")
    rows: list[tuple[Cell, ...]] = [
        (
            *(f"{one.surname}, {one.forename}", one.class_name, one.subject, one.barrier, one.action),
            *(one.who, one.by_when, one.status, one.outcome),
        )
        for one in LEVELS
    ]
    with Book(folder / "Pupil progress meeting Spring 2009.xlsx") as book:
        book.sheet("Actions", (name, "Pupil progress meeting - Spring 2009", ""), headings, rows)
    child = whose(hollybank, LEVELS[1])
    found: list[tuple[Cell, ...]] = [
        (child.upn, child.surname, child.forename, 2, child.grades[KEY_STAGE_1, "Reading"])
    ]
    with Book(folder / "Key Stage 1 2007.xlsx") as book:
        above = (name, "Key Stage 1 results found in children's files - Summer 2007", "")
        book.sheet("Summer 2007", above, ("UPN", "Surname", "Forename", "Year group", "Reading"), found)


def write_today(folder: Path, larkrise: School, name: str) -> None:
    """What the meeting of Spring 2026 left behind, under other headings."""
    headings = ("UPN", "Pupil", "Subject", "Barrier to learning", "Agreed action", "Led by", "Deadline", "Review")
    rows: list[tuple[Cell, ...]] = [
        (
            *(whose(larkrise, one).upn, f"{one.forename} {one.surname}", one.subject, one.barrier, one.action),
            *(one.who, one.by_when, one.outcome),
        )
        for one in TODAY
    ]
    with Book(folder / "Pupil progress meeting Spring 2026.xlsx") as book:
        book.sheet("Spring 2026", (name, "Pupil progress meeting", ""), headings, rows)
