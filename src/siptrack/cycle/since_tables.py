"""The tables of a look back to an earlier term, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.analysis.vocabulary import Reason
from siptrack.school.actions import ActionStatus
from siptrack.school.tables import column, declared


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


_PUPIL = column("the key that joins the tables: the UPN, else the school's id, else the name", always=True)
_SURNAME, _FORENAME = column("surname"), column("forename")
_YEAR_GROUP = column("year group in the later term; of a child who left the school, in the earlier", unit="year group")
_CLASS = column("class likewise")
_SCALE = column("the scale of the two grades; empty where they are on two scales or one is missing")
_FROM_GRADE, _GRADE = column("the grade in the earlier term"), column("the grade in the later term")
_GAIN = column("points gained between the two; empty where they cannot be compared in points", unit="points")
_EXPECTED_GAIN = column("points that the reference line rose in that time", unit="points")


class ListedChild(NamedTuple):
    """A child and a subject on the list in either term."""

    pupil: str = _PUPIL
    surname: str = _SURNAME
    forename: str = _FORENAME
    year_group: float | None = _YEAR_GROUP
    class_: str = _CLASS
    subject: str = column("the subject's key", always=True)
    moved: str = column("what became of the child in the subject since the earlier term", Moved, always=True)
    terms: int = column("terms in a row on the list, up to the later term, or else up to the earlier", always=True)
    since: str = column("the first of these terms", always=True)
    reason: str = column("why it cannot be told now, or could not be then", Reason)
    behind_in_100: float | None = column(
        "of 100 children with these marks, how many have truly fallen behind; empty where it cannot be told",
        unit="children",
    )
    scale: str = _SCALE
    from_grade: str = _FROM_GRADE
    grade: str = _GRADE
    gain: float | None = _GAIN
    expected_gain: float | None = _EXPECTED_GAIN
    interventions: str = column(
        "the school's provision for the child in the subject, or for no named subject, between the two terms"
    )


class Counts(NamedTuple):
    """How many moved how in a class and a subject."""

    year_group: float | None = column("year group; empty when not known", unit="year group")
    class_: str = column("class; empty when not known")
    subject: str = column("the subject's key", always=True)
    then: int = column("on the list in the earlier term", always=True, unit="children")
    stayed: int = column("on it in both", always=True, unit="children")
    joined: int = column("on it now and not then, though progress could be told then", always=True, unit="children")
    untold_then: int = column("on it now; could not be told then", always=True, unit="children")
    new_here: int = column(
        "on it now; no result in the files up to then: new to the school, or to assessment", always=True
    )
    left: int = column("on it then and not now, though progress can be told now", always=True, unit="children")
    untold_now: int = column("on it then; cannot be told now", always=True, unit="children")
    left_school: int = column("on it then; no longer at the school", always=True, unit="children")
    now: int = column("on the list in the later term", always=True, unit="children")


class Agreed(NamedTuple):
    """An action and a subject that it is about."""

    pupil: str = _PUPIL
    surname: str = _SURNAME
    forename: str = _FORENAME
    year_group: float | None = _YEAR_GROUP
    class_: str = _CLASS
    meeting: str = column("the term of the meeting; empty where the record does not say")
    subject: str = column("the subject's key; empty where it names none and the child is on no list")
    named: bool = column("whether it names the subject; else it is one in which the child is or was on the list")
    barrier: str = column("what stands in the way, as written")
    action: str = column("what was agreed, as written", always=True)
    who: str = column("who does it, as written")
    by_when: str = column("by when, as written")
    due: str = column("the term by whose end; empty where that cannot be told")
    outcome: str = column("how it went, as written")
    status: str = column("what the record's status says", ActionStatus)
    came: str = column("what the record says came of it", Came, always=True)
    then: str = column("whether the child was on the list in the earlier term", OnList, always=True)
    now: str = column("whether the child is on it now", OnList, always=True)
    terms: int = column("terms in a row on the list up to now; 0 when not on it", always=True, unit="terms")
    scale: str = _SCALE
    from_grade: str = _FROM_GRADE
    grade: str = _GRADE
    gain: float | None = _GAIN
    expected_gain: float | None = _EXPECTED_GAIN
    file: str = column("file of the record", always=True)
    sheet: str = column("its sheet")
    row: int = column("the action's row", always=True)


LISTED = declared(
    "list",
    "Every child and subject on the list of insufficient progress in either term, and what became of them.",
    ListedChild,
)
COUNTS = declared("counts", "How many children joined, left and stayed on the list, by class and subject.", Counts)
AGREED = declared(
    "actions",
    "What was agreed before the later term and what came of it: a row for each action and subject.",
    Agreed,
)
