"""The school's review of its own stage of development: its stages, its columns, and what was written in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.tables import Column, Table

REVIEWS = Table(
    "reviews",
    "What the school recorded in its own reviews: one row for each row of a review in which something is written.",
    (
        Column("term", "number", "number of the term of the review; empty where it does not say"),
        Column("heading", "text", "the heading of the guidance", always=True),
        Column("stage", "text", "the stage's key; empty where none is chosen, or one that is none of the four"),
        Column("stage_written", "text", "the stage as written"),
        Column("evidence", "text", "the school's evidence, as written"),
        Column("dated", "text", "date of the evidence: 2009-07-08, or as written where it is no date"),
        Column("step", "text", "the next step, as written"),
        Column("who", "text", "who takes it, as written"),
        Column("by_when", "text", "by when: 2009-12-18, or as written where it is no date"),
        Column("due", "number", "number of the term by whose end; empty where that cannot be told"),
        Column("last_step", "text", "the next step of last time that the row is about"),
        Column("came", "text", "what came of that, as written"),
        Column("file", "text", "file", always=True),
        Column("sheet", "text", "sheet"),
        Column("row", "integer", "row, counted from 1", always=True),
    ),
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
