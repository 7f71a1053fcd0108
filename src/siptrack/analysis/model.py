"""What an analysis is: the tables of progress, flags, summary, groups and gaps, each declared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from siptrack.school.register import Register
from siptrack.school.tables import Column, Table
from siptrack.school.term import Term

if TYPE_CHECKING:
    from pandas import DataFrame


class Window(StrEnum):
    """The two stretches of time over which progress is measured."""

    YEAR = "year"
    KEY_STAGE = "key_stage"


class Verdict(StrEnum):
    """What is said of progress."""

    INSUFFICIENT = "insufficient"
    EXPECTED = "expected"
    ACCELERATED = "accelerated"
    CANNOT_TELL = "cannot tell"


class Reason(StrEnum):
    """Why progress cannot be told."""

    NO_RESULT = "no result this term"
    NO_SCALE = "the marks are on no known scale"
    OUTSIDE_LINE = "outside the reference line"
    ONE_RESULT = "one result only"
    SCALE_CHANGED = "the scale changed"
    SHORT_WINDOW = "fewer than two terms between the results"


class FlagCode(StrEnum):
    """Every flag there is; its rule stands in flags.yaml, its finder in analysis/flags.py, its words in reports."""

    INSUFFICIENT_YEAR = "insufficient-year"
    INSUFFICIENT_KEY_STAGE = "insufficient-key-stage"
    FELL_BELOW = "fell-below"
    NO_LONGER_ABOVE = "no-longer-above"
    NO_MOVEMENT = "no-movement"
    FELL_BACK = "fell-back"
    BEHIND_TARGET = "behind-target"
    WELL_BELOW = "well-below"
    BELOW = "below"
    NO_RESULT = "no-result"


class GapVerdict(StrEnum):
    """Whether a gap is more than chance."""

    CLEAR = "clear"
    NOT_CLEAR = "not clear"
    TOO_FEW = "too few"


class Measure(StrEnum):
    """What groups are compared on."""

    AT_ARE = "at_are"
    INSUFFICIENT = "insufficient"


PUPIL_TABLE = Table(
    "pupils",
    "The pupils on roll in the term, one row each; a column for each characteristic follows these.",
    (
        Column("pupil", "text", "the key that joins the tables: the UPN, else the school's id, else the name"),
        Column("upn", "text", "unique pupil number, as written"),
        Column("surname", "text", "surname"),
        Column("forename", "text", "forename"),
        Column("year_group", "number", "year group in the term; Reception is 0, Nursery -1; empty when not known"),
        Column("class", "text", "class in the academic year"),
    ),
)

PROGRESS = Table(
    "progress",
    "A pupil's attainment and progress in a subject over a window: two rows for each pupil and subject.",
    (
        Column("pupil", "text", "the pupil's key"),
        Column("subject", "text", "the subject's key"),
        Column("scale", "text", "the scale of this term's result"),
        Column("window", "text", "year (since last summer) or key_stage"),
        Column("start_term", "text", "the term that progress is measured from"),
        Column("start_grade", "text", "the grade then"),
        Column("start_points", "number", "its points"),
        Column("term", "text", "the term judged"),
        Column("grade", "text", "the grade now, or a special code"),
        Column("points", "number", "its points"),
        Column("reference", "number", "points at age-related expectations now"),
        Column("distance", "number", "points minus reference"),
        Column("attainment", "text", "well below, below, at, above, or not known"),
        Column("gain", "number", "points now minus points at the start"),
        Column("expected_gain", "number", "reference now minus reference at the start"),
        Column("progress", "number", "gain minus expected gain"),
        Column("verdict", "text", "insufficient, expected, accelerated, or cannot tell"),
        Column("reason", "text", "why it cannot be told"),
        Column("file", "text", "file of this term's result"),
        Column("sheet", "text", "its sheet"),
        Column("cell", "text", "its cell"),
        Column("start_file", "text", "file of the start's result"),
        Column("start_sheet", "text", "its sheet"),
        Column("start_cell", "text", "its cell"),
    ),
)

FLAGS = Table(
    "flags",
    "What is said about a pupil in a subject, one row a flag; the results it rests on are in its evidence.",
    (
        Column("code", "text", "the flag's code, as in flags.yaml"),
        Column("pupil", "text", "the pupil's key"),
        Column("subject", "text", "the subject's key"),
        Column("window", "text", "the window it rests on; empty when it rests on none"),
        Column("from_term", "text", "the term compared with; empty when there is none"),
        Column("from_grade", "text", "the grade then"),
        Column("from_points", "number", "its points"),
        Column("from_place", "text", "where it is written"),
        Column("grade", "text", "the grade now; empty when there is none"),
        Column("points", "number", "its points"),
        Column("reference", "number", "points at age-related expectations now"),
        Column("gain", "number", "points gained since the term compared with"),
        Column("expected_gain", "number", "points the reference line rose in that time"),
        Column("place", "text", "where this term's result is written"),
    ),
)

SUMMARY = Table(
    "summary",
    "How each year group stands in each subject.",
    (
        Column("year_group", "number", "year group; Reception is 0, Nursery -1; empty when not known"),
        Column("subject", "text", "the subject's key"),
        Column("n", "integer", "pupils on roll"),
        Column("assessed", "integer", "pupils in the percentage's denominator: with a grade, or a code that counts"),
        Column("at_are", "integer", "pupils at or above age-related expectations"),
        Column("insufficient", "integer", "pupils whose progress is insufficient in either window"),
        Column("accelerated", "integer", "pupils whose progress is accelerated in a window and insufficient in none"),
        Column("cannot_tell", "integer", "pupils whose progress cannot be told in either window"),
    ),
)

GROUPS = Table(
    "groups",
    "How each group stands in each subject; not recorded is a group of its own.",
    (
        Column("subject", "text", "the subject's key"),
        Column("characteristic", "text", "the characteristic's key"),
        Column("group", "text", "the group's key, or not_recorded"),
        Column("n", "integer", "pupils on roll"),
        Column("assessed", "integer", "pupils in the denominator of the percentage at ARE"),
        Column("at_are", "integer", "pupils at or above age-related expectations"),
        Column("judged", "integer", "pupils whose progress can be told in a window"),
        Column("insufficient", "integer", "pupils whose progress is insufficient in either window"),
    ),
)

GAPS = Table(
    "gaps",
    "Each group compared with its peers on one measure.",
    (
        Column("subject", "text", "the subject's key"),
        Column("characteristic", "text", "the characteristic's key"),
        Column("group", "text", "the group's key"),
        Column("peers", "text", "the group compared with, or rest: everybody else whose value is known"),
        Column("measure", "text", "at_are or insufficient"),
        Column("n", "integer", "pupils of the group in the denominator"),
        Column("count", "integer", "of these, how many are at ARE or make insufficient progress"),
        Column("value", "number", "the percentage; empty when there are too few for one"),
        Column("peers_n", "integer", "peers in the denominator"),
        Column("peers_count", "integer", "of these, how many"),
        Column("peers_value", "number", "the percentage; empty when there are too few for one"),
        Column("gap", "number", "value minus peers_value in percentage points"),
        Column("low", "number", "lower end of the interval of the gap (Newcombe)"),
        Column("high", "number", "upper end"),
        Column("children", "integer", "the gap in children of the group, cut to whole ones"),
        Column("placebo", "number", "how often chance alone makes such a gap; empty in this version"),
        Column("q", "number", "the same over all gaps compared; empty in this version"),
        Column("index", "number", "gap index, 10 times Cliff's delta; empty in this version"),
        Column("verdict", "text", "clear, not clear, or too few"),
    ),
)


@dataclass(frozen=True)
class Warned:
    """A year group of which so many children are flagged in a subject that the rule may be wrong."""

    year_group: int | None
    subject: str
    flagged: int
    n: int


@dataclass(frozen=True)
class Analysis:
    """Everything that siptrack has to say of a school in a term. The tables have the columns declared above.

    `pupils` are those on roll in `term` who pass the filters; the other tables are about these pupils only.
    """

    term: Term
    register: Register
    subjects: Sequence[str]
    pupils: DataFrame
    progress: DataFrame
    flags: DataFrame
    summary: DataFrame
    groups: DataFrame
    gaps: DataFrame
    leavers: int
    warned: tuple[Warned, ...]
    filters: Mapping[str, str]
