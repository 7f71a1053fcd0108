"""Records of teaching: what was seen of lessons and books, the staff's training, and the rules of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.tables import Column, Table

HEADINGS_SEEN = "Date, Class, Subject, Judgement, Type and Observer"  # those of a sheet, for whoever has none
HEADINGS_CPD = "Date, CPD focus, Subject, Staff and Hours"
_PLACE = (
    Column("file", "text", "file", always=True),
    Column("sheet", "text", "sheet; empty for a file without sheets"),
    Column("row", "integer", "row, counted from 1", always=True, unit="row"),
)
_WHEN = (
    Column("term", "integer", "number of the term; missing where the row does not say", unit="terms"),
    Column("date", "text", "the day, as 2009-01-15; empty where only the term is known"),
    Column("when", "text", "the date or term as written"),
)
_SUBJECT = (
    Column("subject", "text", "the subject as written"),
    Column("subjects", "text", "keys of the subjects that it names, with commas; empty when it names none"),
)

OBSERVATIONS = Table(
    "observations",
    "What was recorded of lessons and books, one row for each row of the school's own sheets.",
    (
        *_WHEN,
        Column("about", "text", "the class or year group as written"),
        Column("class", "text", "the class, as the results spell it; empty where it names none of theirs"),
        Column("year_group", "number", "the year group, where it names one and no class", unit="year group"),
        *_SUBJECT,
        Column("judgement", "text", "the judgement, as written"),
        Column("grade", "text", "its key in teaching.yaml; empty for other words"),
        Column("good", "flag", "whether that grade is good or better; empty where there is no grade"),
        Column("kind", "text", "lesson observation, book look and so on, as first written"),
        Column("by", "text", "who observed, as first written"),
        Column("notes", "text", "notes, as written"),
        *_PLACE,
    ),
)

CPD = Table(
    "cpd",
    "The staff's training, one row for each row of the school's own sheets.",
    (
        *_WHEN,
        Column("staff", "text", "who took part, as written"),
        Column("focus", "text", "its focus or title, as written", always=True),
        *_SUBJECT,
        Column("hours", "number", "hours", unit="hours"),
        Column("provider", "text", "who gave it, as written"),
        Column("intended", "text", "the impact intended, as written"),
        Column("evaluation", "text", "what was written of it since, as written"),
        *_PLACE,
    ),
)


class JudgementGrade(NamedTuple):
    """A grade of lessons: its name in print, how it may be spelt, and whether it counts as good or better."""

    label: str
    spellings: tuple[str, ...]
    good_or_better: bool


class TeachingRules(NamedTuple):
    """How records of teaching are understood, and when a question is asked.

    `observations` and `cpd` are headings by column; `tells` the columns that tell a sheet of CPD. `sure` is whether the
    grades were read where published. `stands_for` are the subjects in which lessons of another are set beside results.
    `many`, `few` and `same` are percent of children, `after` is terms.
    """

    observations: Mapping[str, tuple[str, ...]]
    cpd: Mapping[str, tuple[str, ...]]
    tells: frozenset[str]
    everybody: tuple[str, ...]
    grades: Mapping[str, JudgementGrade]
    sure: bool
    hours: tuple[str, ...]
    stands_for: Mapping[str, tuple[str, ...]]
    many: float
    few: float
    after: int
    same: float
