"""The tables of an analysis, each declared once: its columns, their kinds and what they mean."""

from __future__ import annotations

from siptrack.analysis.vocabulary import (
    CheckCode,
    Course,
    Measured,
    Reason,
    Verdict,
    Window,
)
from siptrack.school.scale import Attainment
from siptrack.school.tables import Column, Table

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
        Column("year_group", "number", "year group in the term; Reception is 0, Nursery -1; empty when not known"),
        Column("class", "text", "class in the academic year"),
    ),
)

PROGRESS = Table(
    "progress",
    "A pupil's attainment and progress in a subject over a window: two rows for each pupil and subject.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("scale", "text", "the scale of this term's result"),
        Column("window", "text", "year (since last summer) or key_stage", tuple(Window), always=True),
        Column("start_term", "text", "the term that progress is measured from"),
        Column("start_grade", "text", "the grade then"),
        Column("start_points", "number", "its points"),
        Column("start_attainment", "text", "where that lay against the line of its term", tuple(Attainment)),
        Column("term", "text", "the term judged", always=True),
        Column("grade", "text", "the grade now, or a special code"),
        Column("points", "number", "its points"),
        Column("reference", "number", "points at age-related expectations now"),
        Column("distance", "number", "points minus reference"),
        Column("attainment", "text", "well below, below, at, above, or not known", tuple(Attainment), always=True),
        Column(
            "measured",
            "text",
            "line (in points) or small steps (in grades); empty when there is no start",
            tuple(Measured),
        ),
        Column("gain", "number", "points now minus points at the start; in small steps, grades up the ladder"),
        Column("expected_gain", "number", "reference now minus reference at the start; or the small steps expected"),
        Column("progress", "number", "gain minus expected gain"),
        Column("verdict", "text", "insufficient, expected, accelerated, or cannot tell", tuple(Verdict), always=True),
        Column("reason", "text", "why it cannot be told", tuple(Reason)),
        Column("file", "text", "file of this term's result"),
        Column("sheet", "text", "its sheet"),
        Column("cell", "text", "its cell"),
        Column("start_file", "text", "file of the start's result"),
        Column("start_sheet", "text", "its sheet"),
        Column("start_cell", "text", "its cell"),
        Column("bridge", "text", "the bridge by which the start counts on this term's scale; empty when on the same"),
    ),
)

FLAGS = Table(
    "flags",
    "What is said about a pupil in a subject, one row a flag; the results it rests on are in its evidence.",
    (
        Column("code", "text", "the flag's code, as in flags.yaml", always=True),
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("window", "text", "the window it rests on; empty when it rests on none", tuple(Window)),
        Column("from_term", "text", "the term compared with; empty when there is none"),
        Column("from_grade", "text", "the grade then"),
        Column("from_points", "number", "its points"),
        Column("from_place", "text", "where it is written"),
        Column("grade", "text", "the grade now; empty when there is none"),
        Column("points", "number", "its points"),
        Column("reference", "number", "points at age-related expectations now"),
        Column(
            "measured",
            "text",
            "line (in points) or small steps (in grades); empty when no gain is told",
            tuple(Measured),
        ),
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
        Column("subject", "text", "the subject's key", always=True),
        Column("n", "integer", "pupils on roll", always=True),
        Column("assessed", "integer", "pupils in the percentage's denominator: with a grade, or a code that counts"),
        Column("at_are", "integer", "pupils at or above age-related expectations"),
        Column("insufficient", "integer", "pupils whose progress is insufficient in either window"),
        Column("accelerated", "integer", "pupils whose progress is accelerated in a window and insufficient in none"),
        Column("cannot_tell", "integer", "pupils whose progress cannot be told in either window"),
        Column("at_are_low", "number", "percent of those on roll at ARE, had none of the pupils left out been so"),
        Column("at_are_high", "number", "percent of those on roll at ARE, had all of them been"),
    ),
)

PACE = Table(
    "pace",
    "What a pupil must gain a term to reach age-related expectations, beside what the pupil has gained.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("scale", "text", "the scale"),
        Column(
            "horizon",
            "text",
            "year or key_stage: by the end of which the line is to be reached",
            tuple(Window),
            always=True,
        ),
        Column("by_term", "text", "the last term of it", always=True),
        Column("grade", "text", "the grade now"),
        Column("points", "number", "its points"),
        Column("line", "number", "the fewest points that are at age-related expectations then"),
        Column("short", "number", "points from here to there; 0 when the pupil has them already"),
        Column("terms", "integer", "terms from now until then", always=True),
        Column("needed", "number", "points a term needed; empty when no term is left"),
        Column("made", "number", "points a term gained in the year or key stage so far; empty when it cannot be told"),
    ),
)

TARGETS = Table(
    "targets",
    "The school's targets of this term or later: how far off each is, and whether the pupil is on course.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("scale", "text", "the target's scale"),
        Column("target_term", "text", "the term in which it is to be met", always=True),
        Column("target_grade", "text", "the target", always=True),
        Column("target_points", "number", "its points"),
        Column("grade", "text", "the grade now"),
        Column("points", "number", "its points; empty when it is on another scale"),
        Column("distance", "number", "points now minus the target's"),
        Column("terms", "integer", "terms from now until then", always=True),
        Column("needed", "number", "points a term needed; empty when no term is left"),
        Column("made", "number", "points a term gained so far, this year or else this key stage"),
        Column("low", "number", "points then at the present rate, as low as the scale's width allows"),
        Column("high", "number", "the same, as high"),
        Column("course", "text", "met, not met, on course, not on course, or cannot tell", tuple(Course), always=True),
        Column("reason", "text", "why it cannot be told", tuple(Reason)),
        Column("target_file", "text", "file in which the target is written"),
        Column("target_sheet", "text", "its sheet"),
        Column("target_cell", "text", "its cell"),
    ),
)

FORECASTS = Table(
    "forecasts",
    "Where comparable children of earlier years ended: a range, and none from too few.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("scale", "text", "the scale"),
        Column("horizon", "text", "year or key_stage: whose end is looked at", tuple(Window), always=True),
        Column("by_term", "text", "the last term of it", always=True),
        Column("grade", "text", "the grade now"),
        Column("points", "number", "its points"),
        Column(
            "comparable",
            "integer",
            "children of earlier years who stood about here in this term of this year group",
            always=True,
        ),
        Column("low", "number", "points at the lower end of the middle of them; empty without a forecast"),
        Column("high", "number", "points at the upper end"),
        Column("low_grade", "text", "the grade at the lower end; empty on a scale of scores"),
        Column("high_grade", "text", "the grade at the upper end"),
        Column("met", "integer", "how many of them ended at age-related expectations"),
        Column("reason", "text", "why there is no forecast", tuple(Reason)),
    ),
)

JOURNEYS = Table(
    "journeys",
    "A pupil's results in each subject term by term, and the terms without one in which the year group has results.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("term", "text", "the term", always=True),
        Column("order", "integer", "the term's number: two numbers are as far apart as the terms are", always=True),
        Column("year_group", "number", "the pupil's year group in that term; empty when not known"),
        Column("told", "flag", "whether progress is told by this result; no where it stands beside", always=True),
        Column("scale", "text", "the scale it counts on"),
        Column("written_scale", "text", "the scale it was written on, where it crossed by a bridge"),
        Column("bridge", "text", "that bridge"),
        Column("text", "text", "what was written; empty where there is no result"),
        Column("grade", "text", "the grade or special code"),
        Column("points", "number", "its points"),
        Column("reference", "number", "points at age-related expectations in that term"),
        Column("distance", "number", "points minus reference"),
        Column("attainment", "text", "well below, below, at, above, or not known", tuple(Attainment), always=True),
        Column("file", "text", "the result's file"),
        Column("sheet", "text", "its sheet"),
        Column("row", "integer", "its row, counted from 1"),
        Column("column", "integer", "its column, counted from 1"),
    ),
)

CHECKS = Table(
    "checks",
    "Comparisons of judgements, each of which may lead to a question; none is a verdict on a teacher.",
    (
        Column("code", "text", "the question's code, as in checks.yaml", tuple(CheckCode), always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column(
            "characteristic",
            "text",
            "by what the children are grouped: class, year_group, or a characteristic's key",
            always=True,
        ),
        Column("group", "text", "the class, year group, or group", always=True),
        Column("direction", "text", "lower or higher, where a comparison has a direction"),
        Column("n", "integer", "children who could be compared", always=True),
        Column("count", "integer", "of these, how many are as the question has it", always=True),
        Column("peers_n", "integer", "the others who could be compared, where they are compared with others"),
        Column("peers_count", "integer", "of these, how many"),
        Column(
            "low", "number", "lower end of the interval of the share, or of the difference from the peers', in percent"
        ),
        Column("high", "number", "upper end"),
        Column("from_term", "text", "the term compared with; empty when there is none"),
        Column("term", "text", "the term", always=True),
        Column("asked", "flag", "whether the comparison leads to a question", always=True),
    ),
)
