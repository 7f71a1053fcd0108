"""The tables of the lines of enquiry, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum

from siptrack.school.questions import EvidenceKind
from siptrack.school.tables import Column, Table


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
