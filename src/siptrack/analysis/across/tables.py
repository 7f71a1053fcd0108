"""The tables of schools beside each other: how each stands, the gaps of all and of each, who moved, and what failed."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.sharing import Status
from siptrack.school.tables import Table, column, declared

ALL = "all"  # all children of a school, or of all schools

# What the tables have in common.
_SCHOOL = column("the school's name", always=True)
_SUBJECT = column("the subject's key", always=True)
_GAP_MEASURE = column("at_are or insufficient", (Measure.AT_ARE, Measure.INSUFFICIENT), always=True)
_CHARACTERISTIC = column("the characteristic's key", always=True)
_GROUP = column("the group's key", always=True)
_PEERS = column("the group compared with, or rest", always=True)
_N = column("pupils of the group; empty where hidden", unit="pupils")
_COUNT = column("of them, how many", unit="pupils")
_PEERS_N = column("peers", unit="pupils")
_GAP = column("the group's percentage minus the peers'", unit="percentage points")


class Across(StrEnum):
    """What schools are set beside each other on."""

    AT_ARE = Measure.AT_ARE.value
    INSUFFICIENT = Measure.INSUFFICIENT.value
    TEST_BELOW = "test_below"  # of those whom the teacher places at expectations, whose test lies below them


class Position(StrEnum):
    """Where a school lies in a funnel."""

    WITHIN = "within"
    BELOW = "below"
    ABOVE = "above"
    FAR_BELOW = "far below"
    FAR_ABOVE = "far above"
    NOT_KNOWN = "not known"  # hidden, of too few children, or beside too few schools


class SchoolLine(NamedTuple):
    """A school that was asked for, and what became of it."""

    school: str = _SCHOOL
    exit_code: int = column("0, or what kept the school out: as siptrack ends with for one school", always=True)
    term: str = column("the term judged; empty where none was")
    own_rules: bool = column(
        "whether it is judged by other rules than most, those of its own siptrack.yaml", always=True
    )
    on_roll: int | None = column("pupils on roll who are counted", unit="pupils")
    named: int | None = column(
        "of them, who make insufficient progress in a subject; empty where hidden", unit="pupils"
    )
    strong: int | None = column("of these, whose marks name them strongly; empty where hidden", unit="pupils")
    came: int | None = column("counted here, with older results in another school", unit="pupils")
    left: int | None = column("with results here, and counted in another school", unit="pupils")
    in_two: int | None = column(
        "with a result of the same term in another school too, and counted in neither", unit="pupils"
    )
    without_upn: int | None = column("counted, and without a UPN: not known in another school", unit="pupils")
    errors: int | None = column("errors in its data", unit="errors")
    files: int | None = column("files read", unit="files")
    results: int | None = column("results used", unit="results")
    message: str = column("why it is left out, or what to know of it; empty for nothing")


class SchoolStanding(NamedTuple):
    """How a school stands in a subject, with the limits of what chance allows it."""

    school: str = column("the school's name, or all", always=True)
    subject: str = _SUBJECT
    measure: str = column("at_are, insufficient, or test_below", Across, always=True)
    n: float | None = column("pupils in the denominator; empty where hidden", unit="pupils")
    count_: float | None = column("of them, how many; empty where hidden", unit="pupils")
    percent: float | None = column("their percentage; empty where hidden or of too few", unit="percent")
    low: float | None = column("lower inner limit of what chance allows", unit="percent")
    high: float | None = column("upper inner limit", unit="percent")
    lowest: float | None = column("lower outer limit of what chance allows", unit="percent")
    highest: float | None = column("upper outer limit", unit="percent")
    position: str = column(
        "within the limits; below or above the inner; far: beyond the outer; not known", Position, always=True
    )
    status: str = column("shown, or why it is not", Status, always=True)


class AcrossGap(NamedTuple):
    """A group beside its peers in all schools together, and within the schools."""

    subject: str = _SUBJECT
    measure: str = _GAP_MEASURE
    characteristic: str = _CHARACTERISTIC
    group: str = _GROUP
    peers: str = _PEERS
    n: float | None = _N
    count_: float | None = _COUNT
    peers_n: float | None = _PEERS_N
    peers_count: float | None = _COUNT
    gap: float | None = _GAP
    low: float | None = column("lower end of its interval (Newcombe)", unit="percentage points")
    high: float | None = column("upper end", unit="percentage points")
    within: float | None = column("the gap within the schools, pooled (Mantel and Haenszel)", unit="percentage points")
    within_low: float | None = column("lower end of its interval (Miettinen and Nurminen)", unit="percentage points")
    within_high: float | None = column("upper end", unit="percentage points")
    p_adjusted: float | None = column("how often chance makes it, after Holm in its family", unit="probability, 0 to 1")
    verdict: str = column("clear, not clear, or too few", GapVerdict, always=True)
    clear_in: int | None = column(
        "schools in which it is clear, all schools held together; empty where no school by itself is asked",
        unit="schools",
    )
    lies_in: str = column("year groups in which it is clear by itself, such as year_3 year_4; empty for none")


class SchoolGap(NamedTuple):
    """A group beside its peers in one school, all schools held together."""

    school: str = _SCHOOL
    subject: str = _SUBJECT
    measure: str = _GAP_MEASURE
    characteristic: str = _CHARACTERISTIC
    group: str = _GROUP
    peers: str = _PEERS
    n: float | None = _N
    count_: float | None = _COUNT
    peers_n: float | None = _PEERS_N
    peers_count: float | None = _COUNT
    gap: float | None = _GAP
    p_adjusted: float | None = column(
        "how often chance makes it, after Holm over all schools' comparisons", unit="probability, 0 to 1"
    )
    verdict: str = column("clear, all schools held together, not clear, or too few", GapVerdict, always=True)
    alone: str = column("the verdict of the school by itself", GapVerdict, always=True)
    status: str = column("shown, or suppressed", Status, always=True)


SCHOOLS: Table = declared("schools", "The schools that were asked for, and what became of each.", SchoolLine)
STANDINGS: Table = declared("standings", "Each school in each subject, beside what chance allows.", SchoolStanding)
ACROSS: Table = declared("across", "The gaps in all schools together, and within them.", AcrossGap)
IN_SCHOOLS: Table = declared("in_schools", "The gaps in each school, all schools held together.", SchoolGap)
