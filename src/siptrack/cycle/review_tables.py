"""The tables of `siptrack review`, each declared once."""

from __future__ import annotations

from siptrack.cycle.since_tables import Came
from siptrack.school.review import REVIEWS
from siptrack.school.tables import Column, Table

_TERM = Column("term", "text", "the term of the review; empty where it does not say")
_DUE = Column("due", "text", "the term by whose end; empty where that cannot be told")
SAID = (Came.REVIEWED, Came.PAST, Came.NOT_DUE, Came.UNDATED)  # what can be said of a next step

HELD = REVIEWS._replace(
    columns=tuple({"term": _TERM, "due": _DUE}.get(column.name, column) for column in REVIEWS.columns)
)

CHANGES = Table(
    "changes",
    "Each heading of the guidance in the newest review and in the one before, as the school recorded it.",
    (
        Column("heading", "text", "the heading of the guidance", always=True),
        Column("before", "text", "the stage recorded in the review before, or the words that stand there"),
        Column("now", "text", "the stage recorded in the newest review, or the words that stand there"),
        Column("evidence", "integer", "pieces of evidence in the newest review", always=True, unit="pieces"),
        Column("dated", "integer", "of these, how many have a date", always=True, unit="pieces"),
        Column("next_steps", "integer", "next steps in the newest review", always=True, unit="next steps"),
        Column("filled", "flag", "whether anything stands under it in the newest review", always=True),
    ),
)

STEPS = Table(
    "next_steps",
    "The next steps of the newest review, and those of the one before with what came of them.",
    (
        _TERM,
        Column("heading", "text", "the heading of the guidance", always=True),
        Column("step", "text", "the next step, as written", always=True),
        Column("who", "text", "who takes it, as written"),
        Column("by_when", "text", "by when: 2009-12-18, or as written where it is no date"),
        _DUE,
        Column("came", "text", "what came of it, as the newest review has it"),
        Column("said", "text", "what can be said of it", SAID, always=True),
        Column("file", "text", "file", always=True),
        Column("sheet", "text", "sheet"),
        Column("row", "integer", "row, counted from 1", always=True),
    ),
)

BEARS_ON = Table(
    "data",
    "What the data give under each heading: counts that bear on its questions. It is no stage, and suggests none.",
    (
        Column("heading", "text", "the heading of the guidance", always=True),
        Column("evidence", "text", "the kind of evidence, as in questions.yaml", always=True),
        Column("sentence", "text", "the evidence in words", always=True),
    ),
)
