"""The tables of an analysis, each declared once: its columns, their kinds and what they mean."""

from __future__ import annotations

from typing import NamedTuple

from siptrack.analysis.vocabulary import Measured, Reason, Verdict, Window
from siptrack.school.codes import CheckCode
from siptrack.school.scale import Attainment
from siptrack.school.tables import Column, Table, column, declared

described = column  # in a table that has a column of that name

PUPIL_TABLE = Table(
    "pupils",
    "The pupils on roll in the term, one row each; a column for each characteristic follows these.",
    (
        Column(
            "pupil", "text", "the key that joins the tables: the UPN, else the school's id, else the name", always=True
        ),
        Column("upn", "text", "unique pupil number, as written"),
        Column("surname", "text", "surname"),
        Column("forename", "text", "forename"),
        Column(
            "year_group",
            "integer",
            "year group in the term; Reception is 0, Nursery -1; empty when not known",
            unit="year group",
        ),
        Column("class", "text", "class in the academic year"),
        Column("school", "text", "the school; empty where the files name none"),
    ),
    order=(
        "year_group",
        "class",
        "surname",
        "forename",
        "pupil",
    ),
)


class Progress(NamedTuple):
    """A pupil's attainment and progress in a subject over a window."""

    pupil: str = column("the pupil's key", always=True)
    subject: str = column("the subject's key", always=True)
    scale: str = column("the scale of this term's result")
    window: str = column("year (since last summer) or key_stage", Window, always=True)
    start_term: str = column("the term that progress is measured from")
    start_grade: str = column("the grade then")
    start_points: float | None = column("its points", unit="points")
    start_attainment: str = column("where that lay against the line of its term", Attainment)
    term: str = column("the term judged", always=True)
    grade: str = column("the grade now, or a special code")
    points: float | None = column("its points", unit="points")
    reference: float | None = column("points at age-related expectations now", unit="points")
    distance: float | None = column("points minus reference", unit="points")
    attainment: str = column("well below, below, at, above, or not known", Attainment, always=True)
    measured: str = column("line (in points) or small steps (in grades); empty when there is no start", Measured)
    gain: float | None = column(
        "points now minus points at the start; in small steps, grades up the ladder", unit="points or grades"
    )
    expected_gain: float | None = column(
        "reference now minus reference at the start; or the small steps expected", unit="points or grades"
    )
    progress: float | None = column("gain minus expected gain", unit="points or grades")
    verdict: str = column("insufficient, expected, accelerated, or cannot tell", Verdict, always=True)
    reason: str = column("why it cannot be told", Reason)
    file: str = column("file of this term's result")
    sheet: str = column("its sheet")
    cell: str = column("its cell")
    start_file: str = column("file of the start's result")
    start_sheet: str = column("its sheet")
    start_cell: str = column("its cell")
    bridge: str = column("the bridge by which the start counts on this term's scale; empty when on the same")


PROGRESS = declared(
    "progress",
    "A pupil's attainment and progress in a subject over a window: two rows for each pupil and subject.",
    Progress,
    order=("pupil", "subject", "window"),
)

FLAGS = Table(
    "flags",
    "What is said about a pupil in a subject, one row a flag; the results it rests on are in its evidence.",
    (
        Column("code", "text", "the flag's code, as in flags.yaml", always=True),
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("window", "text", "the window it rests on; empty when it rests on none", tuple(Window)),
        Column(
            "from_term", "text", "the term compared with, or of the test that gave an age; empty when there is none"
        ),
        Column("from_grade", "text", "the grade then; of a reading or spelling age the age"),
        Column("from_points", "number", "its points; of an age its months", unit="points"),
        Column("from_place", "text", "where it is written"),
        Column("grade", "text", "the grade now; empty when there is none"),
        Column("points", "number", "its points", unit="points"),
        Column(
            "reference",
            "number",
            "points at age-related expectations now; of an age the months of the child's own then",
            unit="points",
        ),
        Column(
            "measured",
            "text",
            "line (in points) or small steps (in grades); empty when no gain is told",
            tuple(Measured),
        ),
        Column("gain", "number", "points gained since the term compared with", unit="points or grades"),
        Column("expected_gain", "number", "points the reference line rose in that time", unit="points or grades"),
        Column("place", "text", "where this term's result is written"),
        Column(
            "newer_term",
            "text",
            "a newer term whose result shows that the child has recovered, if any",
        ),
        Column("newer_grade", "text", "the grade in it"),
        Column("newer_points", "number", "its points", unit="points"),
        Column("newer_place", "text", "where it is written"),
    ),
)

SUMMARY = Table(
    "summary",
    "How each year group stands in each subject.",
    (
        Column(
            "year_group", "integer", "year group; Reception is 0, Nursery -1; empty when not known", unit="year group"
        ),
        Column("subject", "text", "the subject's key", always=True),
        Column("n", "integer", "pupils on roll", always=True, unit="pupils"),
        Column(
            "assessed",
            "integer",
            "pupils in the percentage's denominator: with a grade, or a code that counts",
            unit="pupils",
        ),
        Column("at_are", "integer", "pupils at or above age-related expectations", unit="pupils"),
        Column("insufficient", "integer", "pupils whose progress is insufficient in either window", unit="pupils"),
        Column(
            "accelerated",
            "integer",
            "pupils whose progress is accelerated in a window and insufficient in none",
            unit="pupils",
        ),
        Column("cannot_tell", "integer", "pupils whose progress cannot be told in either window", unit="pupils"),
        Column(
            "at_are_low",
            "number",
            "percent of those on roll at ARE, had none of the pupils left out been so",
            unit="percent",
        ),
        Column("at_are_high", "number", "percent of those on roll at ARE, had all of them been", unit="percent"),
    ),
    order=(
        "year_group",
        "subject",
    ),
)


class Result(NamedTuple):
    """A term of a pupil's journey in a subject."""

    pupil: str = described("the pupil's key", always=True)
    subject: str = described("the subject's key", always=True)
    term: str = described("the term", always=True)
    order: int = described("the term's number: two numbers are as far apart as the terms are", always=True)
    year_group: float | None = described("the pupil's year group in that term; empty when not known")
    told: bool = described("whether progress is told by this result; no where it stands beside", always=True)
    scale: str = described("the scale it counts on")
    written_scale: str = described("the scale it was written on, where it crossed by a bridge")
    bridge: str = described("that bridge")
    text: str = described("what was written; empty where there is no result")
    grade: str = described("the grade or special code")
    mark: str = described("what stood beside the grade, such as + or (mod); empty for nothing")
    lean: float | None = described(
        "-1 where it lies under the grade as it counts, as in EXS- and <70; 1 over it; else 0"
    )
    points: float | None = described("its points")
    reference: float | None = described("points at age-related expectations in that term")
    distance: float | None = described("points minus reference")
    attainment: str = described("well below, below, at, above, or not known", Attainment, always=True)
    file: str = described("the result's file")
    sheet: str = described("its sheet")
    row: int | None = described("its row, counted from 1")
    column: int | None = described("its column, counted from 1")


JOURNEYS = declared(
    "journeys",
    "A pupil's results in each subject term by term, and the terms without one in which the year group has results.",
    Result,
)


class Check(NamedTuple):
    """A comparison of judgements, which may lead to a question."""

    code: str = column("the question's code, as in checks.yaml", CheckCode, always=True)
    subject: str = column("the subject's key", always=True)
    characteristic: str = column(
        "by what the children are grouped: class, year_group, a characteristic's key, or all", always=True
    )
    group: str = column("the class, year group, or group; all where nobody is grouped", always=True)
    direction: str = column("lower or higher, where a comparison has a direction")
    n: int = column("children who could be compared", always=True, unit="pupils")
    count: int = column("of these, how many are as the question has it", always=True, unit="pupils")  # type: ignore[assignment]  # of a tuple's method
    peers_n: int = column("the others who could be compared, where they are compared with others", unit="pupils")
    peers_count: int = column("of these, how many", unit="pupils")
    low: float = column(
        "lower end of the interval of the share, or of the difference from the peers', in percent",
        unit="percent or percentage points",
    )
    high: float = column("upper end", unit="percent or percentage points")
    from_term: str = column("the term compared with; empty when there is none")
    term: str = column("the term", always=True)
    asked: bool = column("whether the comparison leads to a question", always=True)


CHECKS = declared(
    "checks",
    "Comparisons of judgements, each of which may lead to a question; none is a verdict on a teacher.",
    Check,
    order=("code", "subject", "characteristic", "group", "direction"),
)


class ChildBehind(NamedTuple):
    """A child behind a question about judgements."""

    code: str = column("the question's code, as in checks.yaml", CheckCode, always=True)
    subject: str = column("the subject's key", always=True)
    characteristic: str = column("by what the children are grouped, as in the table checks", always=True)
    group: str = column("the class, year group, or group", always=True)
    direction: str = column("lower or higher, where a comparison has a direction")
    pupil: str = column("the pupil's key", always=True)
    surname: str = column("surname")
    forename: str = column("forename")
    class_: str = column("class in the academic year")
    grade: str = column("the grade asked about", always=True)
    beside: str = column("what it is set beside: the earlier term's grade, or the test's; empty for neither")
    apart: float | None = column(
        "points beyond the line of growth, or by which the score lies outside what the judgement means", unit="points"
    )


BEHIND = declared(
    "behind",
    "The children behind each question about judgements, for whom to look into it.",
    ChildBehind,
    order=("code", "subject", "characteristic", "group", "direction", "class", "surname", "forename", "pupil"),
)
