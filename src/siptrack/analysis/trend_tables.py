"""Gaps over time: the tables of trends and of pooled years, and the verdicts on a trend."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.tables import column, declared


class Trend(StrEnum):
    """What became of a gap among the same children."""

    NARROWING = "narrowing"
    WIDENING = "widening"
    CLOSED = "closed"  # it was clear, and is under one child now or inside chance
    REVERSING = "reversing"  # the side that was behind is clearly ahead
    CANNOT_TELL = "cannot tell"


FOLLOWED = (Measure.AT_ARE, Measure.MEAN_DISTANCE)  # what a gap over time may be in
_OF_GAP, _PROBABILITY = "percentage points or points", "probability, 0 to 1"


class GapTrend(NamedTuple):
    """A gap then and now among the same children."""

    from_term: str = column("the term compared with", always=True)
    term: str = column("the term judged", always=True)
    terms: int = column("terms from the one to the other", always=True, unit="terms")
    subject: str = column("the subject's key", always=True)
    characteristic: str = column("the characteristic's key", always=True)
    group: str = column("the group's key", always=True)
    peers: str = column("whom it is compared with: another group's key, or rest", always=True)
    measure: str = column(
        "at_are (percent) or mean_distance (points, of children on one scale both times)", FOLLOWED, always=True
    )
    n: int = column("the same children of the group: assessed in both terms", always=True, unit="pupils")
    peers_n: int = column("the same children of the peers", always=True, unit="pupils")
    then_value: float | None = column(
        "the group then, in percent or mean points; empty for too few children", unit="percent or points"
    )
    now_value: float | None = column("the group now", unit="percent or points")
    peers_then_value: float | None = column("the peers then", unit="percent or points")
    peers_now_value: float | None = column("the peers now", unit="percent or points")
    gap_then: float = column("the group minus the peers then, the same children", always=True, unit=_OF_GAP)
    gap_now: float = column("the group minus the peers now", always=True, unit=_OF_GAP)
    then_low: float | None = column(
        "lower end of the interval of the gap then (Newcombe; of means Welch); empty for too few children", unit=_OF_GAP
    )
    then_high: float | None = column("upper end", unit=_OF_GAP)
    now_low: float | None = column("lower end of the interval of the gap now", unit=_OF_GAP)
    now_high: float | None = column("upper end", unit=_OF_GAP)
    change: float = column("gap now minus gap then", always=True, unit=_OF_GAP)
    low: float | None = column(
        "lower end of its interval: the wider of Welch's and Student's; empty with one child on a side", unit=_OF_GAP
    )
    high: float | None = column("upper end", unit=_OF_GAP)
    chance: float | None = column(
        "how often chance alone makes such a change, by the same test; empty for too few children", unit=_PROBABILITY
    )
    q: float | None = column(
        "the chance after Benjamini and Hochberg, over all gaps followed since that term", unit=_PROBABILITY
    )
    trend: str = column("narrowing, widening, closed, reversing, or cannot tell", Trend, always=True)
    rescaled: int = column("of the same children of both sides, how many were on another scale then", unit="pupils")
    all_gap_then: float | None = column("the gap then of everybody on roll and assessed then", unit=_OF_GAP)
    all_gap_now: float | None = column("the gap now of everybody on roll and assessed now", unit=_OF_GAP)
    stayed: int = column("the group's children on roll in both terms, assessed in at least one", unit="pupils")
    joined: int = column("the group's children assessed now who came after that term", unit="pupils")
    left: int = column("the group's children assessed then who have left", unit="pupils")
    mix: float | None = column(
        "the change in the gap of everybody that is not `change`: who came, left or was absent", unit=_OF_GAP
    )


TRENDS = declared(
    "trends",
    "Each gap then and now among the same children, and how much of the change is due to children who came or went.",
    GapTrend,
)


class PooledGap(NamedTuple):
    """A gap of a year group with the same year group of the years before."""

    subject: str = column("the subject's key", always=True)
    year_group: int = column("the year group", always=True, unit="year group")
    characteristic: str = column("the characteristic's key", always=True)
    group: str = column("the group's key", always=True)
    peers: str = column("whom it is compared with: another group's key, or rest", always=True)
    pooled: str = column("the terms taken together, oldest first, with '; ' between", always=True)
    n: int = column("the group's children assessed in one of these terms", always=True, unit="pupils")
    count_: int = column("of these, at or above age-related expectations", always=True, unit="pupils")
    peers_n: int = column("the peers' children", always=True, unit="pupils")
    peers_count: int = column("of these, at or above age-related expectations", always=True, unit="pupils")
    newest_n: int = column("the group's children of this term alone", always=True, unit="pupils")
    newest_peers_n: int = column("the peers' children of this term alone", always=True, unit="pupils")
    gap: float = column("percent of the group minus percent of the peers", always=True, unit="percentage points")
    low: float = column("lower end of the interval of the gap (Newcombe)", always=True, unit="percentage points")
    high: float = column("upper end", always=True, unit="percentage points")
    needed: bool = column("whether this term alone has too few children on a side to be compared", always=True)
    placebo: float | None = column(
        "how often chance alone makes such a gap; empty for too few children", unit=_PROBABILITY
    )
    p_adjusted: float | None = column("the placebo after Holm, over all pooled gaps", unit=_PROBABILITY)
    verdict: str = column("clear, not clear, or too few", GapVerdict, always=True)


POOLED = declared(
    "pooled",
    "Gaps in a year group with the same year group of the years before: other children, in the same season.",
    PooledGap,
)
