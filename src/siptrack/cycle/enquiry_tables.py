"""The tables of the lines of enquiry, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.school.questions import EvidenceKind
from siptrack.school.tables import Column, Table, column, declared


class Answer(StrEnum):
    """Whether the data answers; a copy to share leaves out what names children or staff."""

    ANSWERED = "told"
    SILENT = "cannot be answered from this data"
    LEFT_OUT = "left out of this copy"


QUESTIONS = Table(
    "questions",
    "The questions of a School Improvement Partner, in the guidance's words, with what this data says to each.",
    (
        Column("number", "integer", "the question's number in the whole list", always=True),
        Column("question", "text", "the question's key, as in questions.yaml", always=True),
        Column("heading", "text", "the heading it stands under", always=True),
        Column("asks", "text", "the question", always=True),
        Column("evidence", "text", "the kinds of evidence that bear on it, with commas; empty where none does"),
        Column("answer", "text", "whether the data tells something", tuple(Answer), always=True),
        Column("says", "text", "what the data says in short; the rest is in the table evidence"),
        Column("ask", "text", "what to ask, and whom", always=True),
        Column("look_at", "text", "what to look at", always=True),
    ),
)

EVIDENCE = Table(
    "evidence",
    "What the data says of each kind of evidence, a row a sentence, in order.",
    (
        Column("evidence", "text", "the kind of evidence", tuple(EvidenceKind), always=True),
        Column("answer", "text", "whether the data tells something", tuple(Answer), always=True),
        Column("line", "integer", "the sentence's place; 0 is the one that says it in short", always=True),
        Column("says", "text", "the sentence", always=True),
    ),
)


class Book(NamedTuple):
    """A child whose books a visit looks at, in a subject."""

    year_group: float | None = column("year group in the term", unit="year group")
    class_: str = column("class in the academic year")
    pupil: str = column("the pupil's key", always=True)
    surname: str = column("surname")
    forename: str = column("forename")
    subject: str = column("the subject's key", always=True)
    marks: str = column("the marks of the last terms, the oldest first, a blank between; - for a term without one")
    behind_in_100: float | None = column(
        "of 100 children with the pupil's marks in it, how many have truly fallen behind", unit="children"
    )
    terms: int = column("terms in a row on the list in it, this one too", always=True, unit="terms")
    look_for: str = column("what to look for in the book", always=True)


BOOKS = declared(
    "books",
    "The children whose books a visit looks at: of each year group and subject those of whom the marks say most "
    "strongly that they have fallen behind; each child once.",
    Book,
    order=("year_group", "class", "surname", "forename", "pupil"),
)
