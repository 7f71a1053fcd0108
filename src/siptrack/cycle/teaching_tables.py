"""The tables of teaching and CPD beside progress, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum

from siptrack.school.tables import Column, Table
from siptrack.school.teaching import CPD, OBSERVATIONS


class Asks(StrEnum):
    """In which way records and progress point in different directions, so that people should look into it together."""

    GOOD_AND_NOT_MOVING = "recorded good or better, many insufficient"
    NOT_GOOD_AND_MOVING = "not recorded good, few insufficient"


COUNTS = (
    Column("from_term", "text", "the last term with results before; empty where there is none"),
    Column("to_term", "text", "the term after; empty where there are no results in that time"),
    Column("children", "integer", "the same children, on roll in both terms", unit="children"),
    Column("told_then", "integer", "of whom progress can be told in from_term", unit="children"),
    Column("insufficient_then", "integer", "of these, insufficient", unit="children"),
    Column("told", "integer", "of whom progress can be told in to_term", unit="children"),
    Column("insufficient", "integer", "of these, insufficient", unit="children"),
    Column("assessed_then", "integer", "assessed in from_term", unit="children"),
    Column("at_are_then", "integer", "of these, at age-related expectations", unit="children"),
    Column("assessed", "integer", "assessed in to_term", unit="children"),
    Column("at_are", "integer", "of these, at age-related expectations", unit="children"),
)
_YEAR = Column("academic_year", "integer", "the calendar year in which the school year begins", unit="year")
_BESIDE = Column("beside", "text", "keys of the subjects beside whose results it is set, with commas")
_RECORDS = (
    Column("records", "integer", "records of lessons and books", always=True, unit="records"),
    Column("graded", "integer", "of these, records with a grade", always=True, unit="records"),
    Column("good", "integer", "of these, records that say good or better", always=True, unit="records"),
)

SEEN = Table(
    OBSERVATIONS.name,
    OBSERVATIONS.meaning,
    (*OBSERVATIONS.columns, _YEAR, _BESIDE),
)
TRAINED = Table(
    CPD.name,
    CPD.meaning,
    (*CPD.columns, _YEAR, _BESIDE),
)

RECORDED = Table(
    "recorded",
    "How much of what was recorded of a subject in a school year says good or better, by whom it was recorded and of "
    "which kinds, and the progress of the children in the classes that it is about.",
    (
        _YEAR,
        Column("subject", "text", "the subject's key; as written where it is none of siptrack's; empty for none"),
        *_RECORDS,
        Column("by", "text", "who recorded it, and how often, in alphabetical order"),
        Column("kinds", "text", "the kinds of evidence likewise"),
        Column("classes", "integer", "classes and year groups that it is about", always=True, unit="classes"),
        *COUNTS,
    ),
)

BESIDE = Table(
    "beside",
    "What was recorded of a class in a subject, and the progress of its children before and after; in the school year "
    "judged every class, with a record or without.",
    (
        _YEAR,
        Column("year_group", "number", "the lowest year group in the class", unit="year group"),
        Column("to_year_group", "number", "the highest", unit="year group"),
        Column("class", "text", "the class; empty for a record about a whole year group"),
        Column("subject", "text", "the subject's key", always=True),
        *_RECORDS,
        *COUNTS,
        Column("asks", "text", "whether the two point in different directions, by teaching.yaml", tuple(Asks)),
    ),
)

CPD_BESIDE = Table(
    "cpd_beside",
    "The results of the subject of CPD before and after, by year group, for each pair of terms; rows of the table cpd "
    "of the same subject and term lead to it.",
    (
        Column("term", "integer", "number of the term of the CPD", always=True, unit="terms"),
        Column("subject", "text", "the subject's key", always=True),
        Column("year_group", "number", "year group in to_term", unit="year group"),
        *COUNTS,
    ),
)
