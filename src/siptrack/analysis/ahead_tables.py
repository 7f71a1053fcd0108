"""The tables of what lies ahead of each child: pace, targets and forecasts."""

from __future__ import annotations

from typing import NamedTuple

from siptrack.analysis.vocabulary import Course, Reason, Window
from siptrack.school.tables import column, declared


class Pace(NamedTuple):
    """What a pupil must gain by a horizon."""

    pupil: str = column("the pupil's key", always=True)
    subject: str = column("the subject's key", always=True)
    scale: str = column("the scale")
    horizon: str = column("year or key_stage: by the end of which the line is to be reached", Window, always=True)
    by_term: str = column("the last term of it", always=True)
    grade: str = column("the grade now")
    points: float | None = column("its points", unit="points")
    line: float | None = column("the fewest points that are at age-related expectations then", unit="points")
    short: float | None = column("points from here to there; 0 when the pupil has them already", unit="points")
    terms: int = column("terms from now until then", always=True, unit="terms")
    needed: float | None = column("points a term needed; empty when no term is left", unit="points a term")
    made: float | None = column(
        "points a term gained in the year or key stage so far; empty when it cannot be told", unit="points a term"
    )


PACE = declared(
    "pace",
    "What a pupil must gain a term to reach age-related expectations, beside what the pupil has gained.",
    Pace,
    order=("pupil", "subject", "horizon"),
)


class Target(NamedTuple):
    """A target of the school's, and whether the pupil is on course for it."""

    pupil: str = column("the pupil's key", always=True)
    subject: str = column("the subject's key", always=True)
    scale: str = column("the target's scale")
    target_term: str = column("the term in which it is to be met", always=True)
    target_grade: str = column("the target", always=True)
    target_points: float | None = column("its points", unit="points")
    grade: str = column("the grade now")
    points: float | None = column("its points; empty when it is on another scale", unit="points")
    distance: float | None = column("points now minus the target's", unit="points")
    terms: int = column("terms from now until then", always=True, unit="terms")
    needed: float | None = column("points a term needed; empty when no term is left", unit="points a term")
    made: float | None = column("points a term gained so far, this year or else this key stage", unit="points a term")
    low: float | None = column("points then at the present rate, as low as the scale's width allows", unit="points")
    high: float | None = column("the same, as high", unit="points")
    course: str = column("met, not met, on course, not on course, or cannot tell", Course, always=True)
    reason: str = column("why it cannot be told", Reason)
    target_file: str = column("file in which the target is written")
    target_sheet: str = column("its sheet")
    target_cell: str = column("its cell")


TARGETS = declared(
    "targets",
    "The school's targets of this term or later: how far off each is, and whether the pupil is on course.",
    Target,
    order=("pupil", "subject", "terms"),
)


class Forecast(NamedTuple):
    """Where comparable children of earlier years ended."""

    pupil: str = column("the pupil's key", always=True)
    subject: str = column("the subject's key", always=True)
    scale: str = column("the scale")
    horizon: str = column("year or key_stage: whose end is looked at", Window, always=True)
    by_term: str = column("the last term of it", always=True)
    grade: str = column("the grade now")
    points: float | None = column("its points", unit="points")
    comparable: int = column(
        "children of earlier years who stood about here in this term of this year group", always=True, unit="pupils"
    )
    low: float | None = column(
        "points at the lower end of the narrowest run in which most of them ended; empty without a forecast",
        unit="points",
    )
    high: float | None = column("points at the upper end", unit="points")
    low_grade: str = column("the grade at the lower end; empty on a scale of scores")
    high_grade: str = column("the grade at the upper end")
    chance: float | None = column(
        "how many of 100 such children end in that run, told by children left out of its choice", unit="percent"
    )
    met: int | None = column("how many of them ended at age-related expectations", unit="pupils")
    reason: str = column("why there is no forecast", Reason)


FORECASTS = declared(
    "forecasts",
    "Where comparable children of earlier years ended: a run of grades with its chance, and none from too few.",
    Forecast,
    order=("pupil", "subject", "horizon"),
)
