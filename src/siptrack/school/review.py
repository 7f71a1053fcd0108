"""The school's review of its own stage of development: its stages, its columns, and what was written in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.tables import column, declared


class ReviewRow(NamedTuple):
    """A row of a review in which something is written."""

    term: str = column("the term of the review; empty where it does not say")
    heading: str = column("the heading of the guidance", always=True)
    stage: str = column("the stage's key; empty where none is chosen, or one that is none of the four")
    stage_written: str = column("the stage as written")
    evidence: str = column("the school's evidence, as written")
    dated: str = column("date of the evidence: 2009-07-08, or as written where it is no date")
    step: str = column("the next step, as written")
    who: str = column("who takes it, as written")
    by_when: str = column("by when: 2009-12-18, or as written where it is no date")
    due: str = column("the term by whose end; empty where that cannot be told")
    last_step: str = column("the next step of last time that the row is about")
    came: str = column("what came of that, as written")
    file: str = column("file", always=True)
    sheet: str = column("sheet")
    row: int = column("row, counted from 1", always=True)


HELD = declared(
    "reviews",
    "What the school recorded in its own reviews: one row for each row of a review in which something is written.",
    ReviewRow,
)
_NUMBERS = {
    "term": "number of the term of the review; empty where it does not say",
    "due": "number of the term by whose end; empty where that cannot be told",
}
REVIEWS = HELD._replace(  # as a register holds them
    columns=tuple(
        column._replace(kind="number", meaning=_NUMBERS[column.name]) if column.name in _NUMBERS else column
        for column in HELD.columns
    )
)


class Stage(NamedTuple):
    """One stage of development: what it is called, what it means, and how else it may be written."""

    key: str
    label: str
    means: str
    spellings: tuple[str, ...]
    source: str


class ReviewRules(NamedTuple):
    """The stages in order, the headings of each column of a review, and shorter words for the guidance's headings.

    `headings` are words for each heading of the guidance, by its text, the text among them; `own` the headings of the
    sheet that siptrack lays beside a review.
    """

    stages: Mapping[str, Stage]
    columns: Mapping[str, tuple[str, ...]]
    headings: Mapping[str, tuple[str, ...]]
    own: tuple[str, ...]
