"""The tables of the audit that opens a school year, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum

from siptrack.cycle.since_tables import OnList
from siptrack.school.scale import Attainment
from siptrack.school.tables import Column, Table


class Lacks(StrEnum):
    """What is missing from the data."""

    RESULTS = "results"
    PRIOR = "prior attainment"
    UPN = "UPN"
    BIRTH = "date of birth"
    CHARACTERISTIC = "characteristic"


_YEAR_GROUP = Column(
    "year_group", "number", "year group in the year that is opened; empty when not known", unit="year group"
)
_SUBJECT = Column("subject", "text", "the subject's key", always=True)

ON_ROLL = Table(
    "on_roll",
    "The pupils of the school year that is opened, one row each.",
    (
        Column(
            "pupil", "text", "the key that joins the tables: the UPN, else the school's id, else the name", always=True
        ),
        Column("upn", "text", "unique pupil number, as written"),
        Column("surname", "text", "surname"),
        Column("forename", "text", "forename"),
        _YEAR_GROUP,
        Column("class", "text", "class in that year; where it is not known yet, that of the year before"),
        Column("prior", "text", "the group of prior attainment; not_recorded where nothing tells it", always=True),
        Column("new", "flag", "whether there is no result from before that year", always=True),
    ),
)

PRIOR = Table(
    "prior",
    "How many children of each year group have which prior attainment.",
    (
        _YEAR_GROUP,
        Column("group", "text", "the group of prior attainment; not_recorded where nothing tells it", always=True),
        Column("children", "integer", "children in it", always=True, unit="pupils"),
        Column("n", "integer", "children of the year group", always=True, unit="pupils"),
    ),
)

_STANDINGS = tuple(standing for standing in Attainment if standing is not Attainment.NOT_KNOWN)
STANDING = Table(
    "standing",
    "How the children of each year group stood in a subject in a term.",
    (
        _YEAR_GROUP,
        _SUBJECT,
        Column("term", "text", "the term of the results", always=True),
        Column("n", "integer", "children of the year group", always=True, unit="pupils"),
        Column("assessed", "integer", "of these, how many are in a percentage at ARE", always=True, unit="pupils"),
        Column("at_are", "integer", "of these, how many are at or above expectations", always=True, unit="pupils"),
        *(
            Column(
                standing.name.lower(),
                "integer",
                f"children who stand {standing.value}; empty for subjects taken together",
                unit="pupils",
            )
            for standing in _STANDINGS
        ),
        Column("not_known", "integer", "children of whom it is not known", unit="pupils"),
    ),
)

CARRIED = Table(
    "carried_over",
    "Every child and subject on the list of insufficient progress at the end of the year before, of those still here.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("surname", "text", "surname"),
        Column("forename", "text", "forename"),
        _YEAR_GROUP,
        Column("class", "text", "class in that year; where it is not known yet, that of the year before"),
        _SUBJECT,
        Column("terms", "integer", "terms in a row on the list, up to then", always=True, unit="terms"),
        Column("since", "text", "the first of these terms", always=True),
        Column("grade", "text", "the grade then"),
        Column("attainment", "text", "where it lay against expectations", tuple(Attainment), always=True),
        Column(
            "now", "text", "whether the child is on the list now; empty without a result of this year", tuple(OnList)
        ),
        Column("actions", "integer", "actions that the school's record holds for the child", always=True),
    ),
)

COURSES = Table(
    "courses",
    "How many children of each year group are on course for the school's targets.",
    (
        _YEAR_GROUP,
        _SUBJECT,
        Column("target_term", "text", "the term in which the targets are to be met", always=True),
        Column("n", "integer", "children of the year group", always=True, unit="pupils"),
        Column("targets", "integer", "of these, how many have a target", always=True, unit="pupils"),
        Column("met", "integer", "have met it already", always=True, unit="pupils"),
        Column("on_course", "integer", "are on course at the present rate", always=True, unit="pupils"),
        Column("not_on_course", "integer", "are not", always=True, unit="pupils"),
        Column("not_met", "integer", "have not met it, its term being over", always=True, unit="pupils"),
        Column("cannot_tell", "integer", "of whom it cannot be told", always=True, unit="pupils"),
    ),
)

LINES = Table(
    "lines",
    "Where age-related expectations lie at the end of the year, and how many children stand there already.",
    (
        _YEAR_GROUP,
        _SUBJECT,
        Column("scale", "text", "the scale of the newest results", always=True),
        Column("by_term", "text", "the last term of the year", always=True),
        Column("line", "number", "the fewest points that are at expectations then", always=True, unit="points"),
        Column("graded", "integer", "children with a grade on that scale", always=True, unit="pupils"),
        Column("there", "integer", "of these, how many have so many points already", always=True, unit="pupils"),
    ),
)

MISSING = Table(
    "missing",
    "What the data does not hold: where, for how many children, and of how many.",
    (
        Column("what", "text", "what is missing", tuple(Lacks), always=True),
        _YEAR_GROUP,
        Column("subject", "text", "the subject's key, of results"),
        Column("term", "text", "the term, of results"),
        Column("characteristic", "text", "the characteristic's key, where one is not recorded"),
        Column("children", "integer", "children without it", always=True, unit="pupils"),
        Column("of", "integer", "children who should have it", always=True, unit="pupils"),
    ),
)
