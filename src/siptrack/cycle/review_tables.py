"""The tables of `siptrack review`, each declared once."""

from __future__ import annotations

from typing import NamedTuple

from siptrack.cycle.since_tables import Came
from siptrack.school.tables import column, declared

_AFTER_A_STEP = (Came.REVIEWED, Came.PAST, Came.NOT_DUE, Came.UNDATED)  # what became of a next step


class HeadingChange(NamedTuple):
    """A heading of the guidance in the newest review and in the one before."""

    heading: str = column("the heading of the guidance", always=True)
    before: str = column("the stage recorded in the review before, or the words that stand there")
    now: str = column("the stage recorded in the newest review, or the words that stand there")
    evidence: int = column("pieces of evidence in the newest review", always=True, unit="pieces")
    dated: int = column("of these, how many have a date", always=True, unit="pieces")
    next_steps: int = column("next steps in the newest review", always=True, unit="next steps")
    filled: bool = column("whether anything stands under it in the newest review", always=True)


class Step(NamedTuple):
    """A next step, and what came of it."""

    term: str = column("the term of the review; empty where it does not say")
    heading: str = column("the heading of the guidance", always=True)
    step: str = column("the next step, as written", always=True)
    who: str = column("who takes it, as written")
    by_when: str = column("by when: 2009-12-18, or as written where it is no date")
    due: str = column("the term by whose end; empty where that cannot be told")
    came: str = column("what came of it, as the newest review has it")
    said: str = column("what can be said of it", _AFTER_A_STEP, always=True)
    file: str = column("file", always=True)
    sheet: str = column("sheet")
    row: int = column("row, counted from 1", always=True)


class BearsOn(NamedTuple):
    """A count that bears on the questions under a heading."""

    heading: str = column("the heading of the guidance", always=True)
    evidence: str = column("the kind of evidence, as in questions.yaml", always=True)
    sentence: str = column("the evidence in words", always=True)


CHANGES = declared(
    "changes",
    "Each heading of the guidance in the newest review and in the one before, as the school recorded it.",
    HeadingChange,
)
STEPS = declared(
    "next_steps",
    "The next steps of the newest review, and those of the one before with what came of them.",
    Step,
)
BEARS_ON = declared(
    "data",
    "What the data give under each heading: counts that bear on its questions. It is no stage, and suggests none.",
    BearsOn,
)
