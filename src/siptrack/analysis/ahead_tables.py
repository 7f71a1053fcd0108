"""The tables of what lies ahead of each child: pace, targets and forecasts."""

from __future__ import annotations

from siptrack.analysis.vocabulary import Course, Reason, Window
from siptrack.school.tables import Column, Table

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
        Column("points", "number", "its points", unit="points"),
        Column("line", "number", "the fewest points that are at age-related expectations then", unit="points"),
        Column("short", "number", "points from here to there; 0 when the pupil has them already", unit="points"),
        Column("terms", "integer", "terms from now until then", always=True, unit="terms"),
        Column("needed", "number", "points a term needed; empty when no term is left", unit="points a term"),
        Column(
            "made",
            "number",
            "points a term gained in the year or key stage so far; empty when it cannot be told",
            unit="points a term",
        ),
    ),
    order=(
        "pupil",
        "subject",
        "horizon",
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
        Column("target_points", "number", "its points", unit="points"),
        Column("grade", "text", "the grade now"),
        Column("points", "number", "its points; empty when it is on another scale", unit="points"),
        Column("distance", "number", "points now minus the target's", unit="points"),
        Column("terms", "integer", "terms from now until then", always=True, unit="terms"),
        Column("needed", "number", "points a term needed; empty when no term is left", unit="points a term"),
        Column("made", "number", "points a term gained so far, this year or else this key stage", unit="points a term"),
        Column("low", "number", "points then at the present rate, as low as the scale's width allows", unit="points"),
        Column("high", "number", "the same, as high", unit="points"),
        Column("course", "text", "met, not met, on course, not on course, or cannot tell", tuple(Course), always=True),
        Column("reason", "text", "why it cannot be told", tuple(Reason)),
        Column("target_file", "text", "file in which the target is written"),
        Column("target_sheet", "text", "its sheet"),
        Column("target_cell", "text", "its cell"),
    ),
    order=(
        "pupil",
        "subject",
        "terms",
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
        Column("points", "number", "its points", unit="points"),
        Column(
            "comparable",
            "integer",
            "children of earlier years who stood about here in this term of this year group",
            always=True,
            unit="pupils",
        ),
        Column(
            "low", "number", "points at the lower end of the middle of them; empty without a forecast", unit="points"
        ),
        Column("high", "number", "points at the upper end", unit="points"),
        Column("low_grade", "text", "the grade at the lower end; empty on a scale of scores"),
        Column("high_grade", "text", "the grade at the upper end"),
        Column("met", "integer", "how many of them ended at age-related expectations", unit="pupils"),
        Column("reason", "text", "why there is no forecast", tuple(Reason)),
    ),
    order=(
        "pupil",
        "subject",
        "horizon",
    ),
)
