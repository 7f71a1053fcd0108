"""The tables of the audit that opens a school year, each declared once, and the words in them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from siptrack.cycle.since_tables import OnList
from siptrack.school.scale import Attainment
from siptrack.school.tables import column, declared


class Lacks(StrEnum):
    """What is missing from the data."""

    RESULTS = "results"
    PRIOR = "prior attainment"
    UPN = "UPN"
    BIRTH = "date of birth"
    CHARACTERISTIC = "characteristic"


_YEAR_GROUP = column("year group in the year that is opened; empty when not known", unit="year group")
_SUBJECT = column("the subject's key", always=True)
_CLASS = column("class in that year; where it is not known yet, that of the year before")
_STANDS = "children who stand {}; empty for subjects taken together"
_SIZE = column("children of the year group", always=True, unit="pupils")


def _counted(meaning: str, *, always: bool = True) -> Any:  # noqa: ANN401  # as `column`
    """A column of how many children."""
    return column(meaning, always=always, unit="pupils")


class OnRoll(NamedTuple):
    """A pupil of the school year that is opened."""

    pupil: str = column("the key that joins the tables: the UPN, else the school's id, else the name", always=True)
    upn: str = column("unique pupil number, as written")
    surname: str = column("surname")
    forename: str = column("forename")
    year_group: float | None = _YEAR_GROUP
    class_: str = _CLASS
    prior: str = column("the group of prior attainment; not_recorded where nothing tells it", always=True)
    new: bool = column("whether there is no result from before that year", always=True)


ON_ROLL = declared("on_roll", "The pupils of the school year that is opened, one row each.", OnRoll)


class StartOfYear(NamedTuple):
    """How many children of a year group have a prior attainment."""

    year_group: float | None = _YEAR_GROUP
    group: str = column("the group of prior attainment; not_recorded where nothing tells it", always=True)
    children: int = _counted("children in it")
    n: int = _SIZE


PRIOR = declared("prior", "How many children of each year group have which prior attainment.", StartOfYear)


class YearStanding(NamedTuple):
    """How the children of a year group stood in a subject in a term."""

    year_group: float | None = _YEAR_GROUP
    subject: str = _SUBJECT
    term: str = column("the term of the results", always=True)
    n: int = _SIZE
    assessed: int = _counted("of these, how many are in a percentage at ARE")
    at_are: int = _counted("of these, how many are at or above expectations")
    well_below: int | None = _counted(_STANDS.format(Attainment.WELL_BELOW.value), always=False)
    below: int | None = _counted(_STANDS.format(Attainment.BELOW.value), always=False)
    at: int | None = _counted(_STANDS.format(Attainment.AT.value), always=False)
    above: int | None = _counted(_STANDS.format(Attainment.ABOVE.value), always=False)
    not_known: int | None = _counted("children of whom it is not known", always=False)


STANDING = declared("standing", "How the children of each year group stood in a subject in a term.", YearStanding)


class CarriedOver(NamedTuple):
    """A child and subject on the list at the end of the year before."""

    pupil: str = column("the pupil's key", always=True)
    surname: str = column("surname")
    forename: str = column("forename")
    year_group: float | None = _YEAR_GROUP
    class_: str = _CLASS
    subject: str = _SUBJECT
    terms: int = column("terms in a row on the list, up to then", always=True, unit="terms")
    since: str = column("the first of these terms", always=True)
    grade: str = column("the grade then")
    attainment: str = column("where it lay against expectations", tuple(Attainment), always=True)
    now: str = column("whether the child is on the list now; empty without a result of this year", tuple(OnList))
    actions: int = column("actions that the school's record holds for the child", always=True)


CARRIED = declared(
    "carried_over",
    "Every child and subject on the list of insufficient progress at the end of the year before, of those still here.",
    CarriedOver,
)


class OfCourse(NamedTuple):
    """How many children of a year group are on course for the school's targets in a subject."""

    year_group: float | None = _YEAR_GROUP
    subject: str = _SUBJECT
    target_term: str = column("the term in which the targets are to be met", always=True)
    n: int = _SIZE
    targets: int = _counted("of these, how many have a target")
    met: int = _counted("have met it already")
    on_course: int = _counted("are on course at the present rate")
    not_on_course: int = _counted("are not")
    not_met: int = _counted("have not met it, its term being over")
    cannot_tell: int = _counted("of whom it cannot be told")


COURSES = declared("courses", "How many children of each year group are on course for the school's targets.", OfCourse)


class YearEnd(NamedTuple):
    """Where age-related expectations lie for a year group at the end of the year."""

    year_group: float | None = _YEAR_GROUP
    subject: str = _SUBJECT
    scale: str = column("the scale of the newest results", always=True)
    by_term: str = column("the last term of the year", always=True)
    line: float = column("the fewest points that are at expectations then", always=True, unit="points")
    graded: int = _counted("children with a grade on that scale")
    there: int = _counted("of these, how many have so many points already")


LINES = declared(
    "lines",
    "Where age-related expectations lie at the end of the year, and how many children stand there already.",
    YearEnd,
)


class Lacking(NamedTuple):
    """What the data does not hold, and where."""

    what: str = column("what is missing", tuple(Lacks), always=True)
    year_group: float | None = _YEAR_GROUP
    subject: str = column("the subject's key, of results")
    term: str = column("the term, of results")
    characteristic: str = column("the characteristic's key, where one is not recorded")
    children: int = _counted("children without it")
    of: int = _counted("children who should have it")


MISSING = declared("missing", "What the data does not hold: where, for how many children, and of how many.", Lacking)
