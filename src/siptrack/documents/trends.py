"""Gaps over time: the facts of each that narrowed, widened, closed or turned round, and of all that were followed.

Their words are the macros of `trends.jinja`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.trend_tables import GapTrend, PooledGap, Trend
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.documents.labels import children_of, group_label, subject_label
from siptrack.rendering.numbers import plain_number
from siptrack.school.rounding import half_up
from siptrack.school.tables import rows_of
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame
    from siptrack.school.groups import Characteristic

_PERCENT = 100


class ChangedGap(NamedTuple):
    """A gap that has clearly changed, with the children of both sides as a sentence calls them."""

    row: GapTrend
    subject: str
    group: str
    peers: str

    @property
    def in_percent(self) -> bool:
        """Whether it is in percentage points, and not in points of a scale."""
        return self.row.measure == Measure.AT_ARE

    @property
    def ahead(self) -> str:
        """Who is ahead now, or was, where nobody is."""
        return self.group if (self.row.gap_now or self.row.gap_then) > 0 else self.peers

    @property
    def ahead_then(self) -> str:
        """Who was ahead."""
        return self.group if self.row.gap_then > 0 else self.peers

    @property
    def closed(self) -> bool:
        """Whether it was clear and is under one child now or inside chance."""
        return self.row.trend == Trend.CLOSED

    @property
    def other_side(self) -> bool:
        """Whether the side that was behind is ahead now, if only by a little."""
        return self.row.gap_then * self.row.gap_now < 0

    @property
    def now_ends(self) -> list[float]:
        """The ends of the interval of the gap now, from the side ahead then; the smaller first."""
        sign = 1 if self.row.gap_then > 0 else -1
        return sorted((sign * (self.row.now_low or 0), sign * (self.row.now_high or 0)))

    @property
    def interval(self) -> list[float]:
        """The ends of the interval of the change, the smaller first whatever their signs."""
        return sorted((self.row.low or 0, self.row.high or 0), key=abs)

    @property
    def mix(self) -> float:
        """The change in the gap among everybody that is not among the same children."""
        return self.row.mix or 0

    @property
    def mixed(self) -> bool:
        """Whether that comes to a whole percentage point, or to something in points."""
        return bool(half_up(self.mix)) if self.in_percent else plain_number(self.mix) != "0"

    @property
    def adds(self) -> bool:
        """Whether that makes the gap among everybody larger."""
        return self.mix * (self.row.gap_now or self.row.gap_then) > 0


class Followed(NamedTuple):
    """How many gaps were followed since a term, and what became of them.

    `alone` is how many would seem to have changed, had each been the only one, and `lucky` how many would by luck;
    `few` have too few of the same children.
    """

    since: str
    gaps: int
    alone: int
    lucky: int
    moved: Mapping[str, int]
    few: int


def changed_gaps(
    rows: Sequence[GapTrend], characteristics: Mapping[str, Characteristic], rules: Rules
) -> list[ChangedGap]:
    """Those of these gaps that have clearly changed."""
    return [
        ChangedGap(
            row,
            subject_label(row.subject, rules),
            *(children_of(characteristics[row.characteristic], group) for group in (row.group, row.peers)),
        )
        for row in rows
        if row.trend != Trend.CANNOT_TELL
    ]


def followed(rows: Sequence[GapTrend], rules: Rules) -> Followed:
    """What became of these gaps, all followed since one term."""
    small = rules.groups.small
    tested = [row for row in rows if row.chance is not None]
    return Followed(
        since=rows[0].from_term,
        gaps=len(tested),
        alone=sum((row.chance or 0) < small.false_alarms / _PERCENT for row in tested),
        lucky=half_up(len(tested) * small.false_alarms / _PERCENT),
        moved=Counter(row.trend for row in tested),
        few=len(rows) - len(tested),
    )


class GapLine(NamedTuple):
    """A gap of a table, its subject and both sides in print."""

    row: GapTrend | PooledGap
    subject: str
    group: str
    peers: str


def gap_line(row: GapTrend | PooledGap, characteristics: Mapping[str, Characteristic], rules: Rules) -> GapLine:
    """A gap with its labels."""
    group, peers = (group_label(characteristics[row.characteristic], side) for side in (row.group, row.peers))
    return GapLine(row, subject_label(row.subject, rules), group, peers)


class GapsOverTime(NamedTuple):
    """What became of the gaps over time: those that changed, all that were followed, and what several years show.

    So many gaps are `compared` in years taken together, for which the newest has too few children; those `together`
    are clear.
    """

    changed: Sequence[ChangedGap]
    followed: Sequence[Followed]
    compared: int
    together: Sequence[GapLine]


def gaps_over_time(
    trends: Frame, pooled: Frame, characteristics: Mapping[str, Characteristic], rules: Rules
) -> GapsOverTime:
    """The gaps since the earliest term and since a year ago, each that has changed once, over the longer time."""
    compared = [row for row in rows_of(PooledGap, pooled) if row.needed and row.verdict != GapVerdict.TOO_FEW]
    together = [gap_line(row, characteristics, rules) for row in compared if row.verdict == GapVerdict.CLEAR_THERE]
    of_each = [followed(rows, rules) for rows in _spans(trends, rules)]
    return GapsOverTime(gaps_that_changed(trends, characteristics, rules), of_each, len(compared), together)


def gaps_that_changed(
    trends: Frame, characteristics: Mapping[str, Characteristic], rules: Rules
) -> Sequence[ChangedGap]:
    """Those that have clearly changed, each once."""
    changed: dict[tuple[str, ...], ChangedGap] = {}
    for rows in _spans(trends, rules):
        for gap in changed_gaps(rows, characteristics, rules):
            changed.setdefault((gap.row.subject, gap.row.characteristic, gap.row.group, gap.row.peers), gap)
    return list(changed.values())


def _spans(trends: Frame, rules: Rules) -> list[list[GapTrend]]:
    """The gaps by the terms from which they are spoken of: the earliest, and the same term a year ago.

    Never over one term alone.
    """
    there = [terms for terms in sorted(set(trends["terms"].tolist())) if terms >= rules.years.shortest_window]
    spoken = {max(there), *(span for span in there if span == SEASONS_IN_A_YEAR)} if there else ()
    return [rows_of(GapTrend, trends[trends["terms"] == terms]) for terms in sorted(spoken, reverse=True)]
