"""Gaps over time: the tables of trends and of pooled years, and what is said of a trend."""

from __future__ import annotations

from enum import StrEnum

from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.tables import Column, Table


class Trend(StrEnum):
    """What became of a gap among the same children."""

    NARROWING = "narrowing"
    WIDENING = "widening"
    REVERSING = "reversing"  # the side that was behind is ahead, and the change is clear
    CANNOT_TELL = "cannot tell"


FOLLOWED = (Measure.AT_ARE, Measure.MEAN_DISTANCE)  # what a gap over time may be in

TRENDS = Table(
    "trends",
    "Each gap then and now among the same children, and how much of the change is due to children who came or went.",
    (
        Column("from_term", "text", "the term compared with", always=True),
        Column("term", "text", "the term judged", always=True),
        Column("terms", "integer", "terms from the one to the other", always=True, unit="terms"),
        Column("subject", "text", "the subject's key", always=True),
        Column("characteristic", "text", "the characteristic's key", always=True),
        Column("group", "text", "the group's key", always=True),
        Column("peers", "text", "whom it is compared with: another group's key, or rest", always=True),
        Column(
            "measure",
            "text",
            "at_are (percent) or mean_distance (points, of children on one scale both times)",
            FOLLOWED,
            always=True,
        ),
        Column("n", "integer", "the same children of the group: assessed in both terms", always=True, unit="pupils"),
        Column("peers_n", "integer", "the same children of the peers", always=True, unit="pupils"),
        Column(
            "then_value",
            "number",
            "the group then, in percent or mean points; empty for too few children",
            unit="percent or points",
        ),
        Column("now_value", "number", "the group now", unit="percent or points"),
        Column("peers_then_value", "number", "the peers then", unit="percent or points"),
        Column("peers_now_value", "number", "the peers now", unit="percent or points"),
        Column(
            "gap_then",
            "number",
            "the group minus the peers then, the same children",
            always=True,
            unit="percentage points or points",
        ),
        Column("gap_now", "number", "the group minus the peers now", always=True, unit="percentage points or points"),
        Column("change", "number", "gap now minus gap then", always=True, unit="percentage points or points"),
        Column(
            "low",
            "number",
            "lower end of its interval: the wider of Welch's and Student's; empty with one child on a side",
            unit="percentage points or points",
        ),
        Column("high", "number", "upper end", unit="percentage points or points"),
        Column(
            "chance",
            "number",
            "how often chance alone makes such a change, by the same test; empty for too few children",
            unit="probability, 0 to 1",
        ),
        Column(
            "q",
            "number",
            "the chance after Benjamini and Hochberg, over all gaps followed since that term",
            unit="probability, 0 to 1",
        ),
        Column("trend", "text", "narrowing, widening, reversing, or cannot tell", tuple(Trend), always=True),
        Column(
            "rescaled",
            "integer",
            "of the same children of both sides, how many were on another scale then",
            unit="pupils",
        ),
        Column(
            "all_gap_then",
            "number",
            "the gap then of everybody on roll and assessed then",
            unit="percentage points or points",
        ),
        Column(
            "all_gap_now",
            "number",
            "the gap now of everybody on roll and assessed now",
            unit="percentage points or points",
        ),
        Column(
            "stayed", "integer", "the group's children on roll in both terms, assessed in at least one", unit="pupils"
        ),
        Column("joined", "integer", "the group's children assessed now who came after that term", unit="pupils"),
        Column("left", "integer", "the group's children assessed then who have left", unit="pupils"),
        Column(
            "mix",
            "number",
            "the change in the gap of everybody that is not `change`: who came, left or was absent",
            unit="percentage points or points",
        ),
    ),
)

POOLED = Table(
    "pooled",
    "Gaps in a year group with the same year group of the years before: other children, in the same season.",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column("year_group", "integer", "the year group", always=True, unit="year group"),
        Column("characteristic", "text", "the characteristic's key", always=True),
        Column("group", "text", "the group's key", always=True),
        Column("peers", "text", "whom it is compared with: another group's key, or rest", always=True),
        Column("pooled", "text", "the terms taken together, oldest first, with '; ' between", always=True),
        Column("n", "integer", "the group's children assessed in one of these terms", always=True, unit="pupils"),
        Column("count", "integer", "of these, at or above age-related expectations", always=True, unit="pupils"),
        Column("peers_n", "integer", "the peers' children", always=True, unit="pupils"),
        Column("peers_count", "integer", "of these, at or above age-related expectations", always=True, unit="pupils"),
        Column("newest_n", "integer", "the group's children of this term alone", always=True, unit="pupils"),
        Column("newest_peers_n", "integer", "the peers' children of this term alone", always=True, unit="pupils"),
        Column(
            "gap", "number", "percent of the group minus percent of the peers", always=True, unit="percentage points"
        ),
        Column(
            "low", "number", "lower end of the interval of the gap (Newcombe)", always=True, unit="percentage points"
        ),
        Column("high", "number", "upper end", always=True, unit="percentage points"),
        Column("needed", "flag", "whether this term alone has too few children on a side to be compared", always=True),
        Column(
            "placebo",
            "number",
            "how often chance alone makes such a gap; empty for too few children",
            unit="probability, 0 to 1",
        ),
        Column(
            "q", "number", "the placebo after Benjamini and Hochberg, over all pooled gaps", unit="probability, 0 to 1"
        ),
        Column("verdict", "text", "clear, not clear, or too few", tuple(GapVerdict), always=True),
    ),
)
