"""The tables of a look back to an earlier term, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum

from siptrack.analysis.vocabulary import Reason
from siptrack.school.actions import ActionStatus
from siptrack.school.tables import Column, Table


class OnList(StrEnum):
    """Whether a child is on the list in a subject in a term."""

    ON = "on the list"
    OFF = "not on the list"
    UNTOLD = "cannot tell"
    ELSEWHERE = "not on roll"


class Moved(StrEnum):
    """What became of a child in a subject since the earlier term; joining and leaving the school stand apart."""

    STAYED = "stayed"
    JOINED = "joined"
    LEFT = "left"
    UNTOLD_THEN = "could not be told then"
    UNTOLD_NOW = "cannot be told now"
    NEW_HERE = "new here"
    LEFT_SCHOOL = "left the school"


ON_NOW = tuple(moved.value for moved in (Moved.STAYED, Moved.JOINED, Moved.UNTOLD_THEN, Moved.NEW_HERE))


class Came(StrEnum):
    """What the record says came of an action."""

    PAST = "past its date"
    UNDATED = "no date and no outcome"
    NOT_DUE = "not due yet"
    GONE = "the child has left"
    REVIEWED = "reviewed"
    DONE = "done"
    STOPPED = "stopped"


_WHO = (
    Column("pupil", "text", "the key that joins the tables: the UPN, else the school's id, else the name", always=True),
    Column("surname", "text", "surname"),
    Column("forename", "text", "forename"),
    Column(
        "year_group",
        "number",
        "year group in the later term; of a child who left the school, in the earlier",
        unit="year group",
    ),
    Column("class", "text", "class likewise"),
)
_MOVEMENT = (
    Column("scale", "text", "the scale of the two grades; empty where they are on two scales or one is missing"),
    Column("from_grade", "text", "the grade in the earlier term"),
    Column("grade", "text", "the grade in the later term"),
    Column(
        "gain", "number", "points gained between the two; empty where they cannot be compared in points", unit="points"
    ),
    Column("expected_gain", "number", "points that the reference line rose in that time", unit="points"),
)

LISTED = Table(
    "list",
    "Every child and subject on the list of insufficient progress in either term, and what became of them.",
    (
        *_WHO,
        Column("subject", "text", "the subject's key", always=True),
        Column(
            "moved", "text", "what became of the child in the subject since the earlier term", tuple(Moved), always=True
        ),
        Column(
            "terms",
            "integer",
            "terms in a row on the list, up to the later term, or else up to the earlier",
            always=True,
        ),
        Column("since", "text", "the first of these terms", always=True),
        Column("reason", "text", "why it cannot be told now, or could not be then", tuple(Reason)),
        *_MOVEMENT,
        Column(
            "interventions",
            "text",
            "the school's provision for the child in the subject, or for no named subject, between the two terms",
        ),
    ),
)

COUNTS = Table(
    "counts",
    "How many children joined, left and stayed on the list, by class and subject.",
    (
        Column("year_group", "number", "year group; empty when not known", unit="year group"),
        Column("class", "text", "class; empty when not known"),
        Column("subject", "text", "the subject's key", always=True),
        Column("then", "integer", "on the list in the earlier term", always=True, unit="children"),
        Column("stayed", "integer", "on it in both", always=True, unit="children"),
        Column(
            "joined",
            "integer",
            "on it now and not then, though progress could be told then",
            always=True,
            unit="children",
        ),
        Column("untold_then", "integer", "on it now; could not be told then", always=True, unit="children"),
        Column(
            "new_here",
            "integer",
            "on it now; no result in the files up to then: new to the school, or to assessment",
            always=True,
        ),
        Column(
            "left", "integer", "on it then and not now, though progress can be told now", always=True, unit="children"
        ),
        Column("untold_now", "integer", "on it then; cannot be told now", always=True, unit="children"),
        Column("left_school", "integer", "on it then; no longer at the school", always=True, unit="children"),
        Column("now", "integer", "on the list in the later term", always=True, unit="children"),
    ),
)

AGREED = Table(
    "actions",
    "What was agreed before the later term and what came of it: a row for each action and subject.",
    (
        *_WHO,
        Column("meeting", "text", "the term of the meeting; empty where the record does not say"),
        Column("subject", "text", "the subject's key; empty where it names none and the child is on no list"),
        Column(
            "named", "flag", "whether it names the subject; else it is one in which the child is or was on the list"
        ),
        Column("barrier", "text", "what stands in the way, as written"),
        Column("action", "text", "what was agreed, as written", always=True),
        Column("who", "text", "who does it, as written"),
        Column("by_when", "text", "by when, as written"),
        Column("due", "text", "the term by whose end; empty where that cannot be told"),
        Column("outcome", "text", "how it went, as written"),
        Column("status", "text", "what the record's status says", tuple(ActionStatus)),
        Column("came", "text", "what the record says came of it", tuple(Came), always=True),
        Column("then", "text", "whether the child was on the list in the earlier term", tuple(OnList), always=True),
        Column("now", "text", "whether the child is on it now", tuple(OnList), always=True),
        Column("terms", "integer", "terms in a row on the list up to now; 0 when not on it", always=True, unit="terms"),
        *_MOVEMENT,
        Column("file", "text", "file of the record", always=True),
        Column("sheet", "text", "its sheet"),
        Column("row", "integer", "the action's row", always=True),
    ),
)
