"""What is said of gaps over time: which narrowed, widened or turned round, and what several years together show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.analysis.trend_tables import Trend
from siptrack.analysis.vocabulary import Measure
from siptrack.rendering.numbers import (
    listed,
    plain_number,
    plural,
    quantity,
    thousands,
)
from siptrack.school.groups import SmallNumbers
from siptrack.school.rounding import half_up

HEADING = "Gaps over time"
_PERCENT = 100
_DONE = {Trend.WIDENING: "widened", Trend.NARROWING: "narrowed", Trend.REVERSING: "turned round"}


class Moved(NamedTuple):
    """A gap then and now, ready for words: the children of both sides as a sentence calls them, and its numbers."""

    subject: str
    group: str
    peers: str
    measure: Measure
    trend: Trend
    since: str
    n: int
    peers_n: int
    gap_then: float
    gap_now: float
    change: float
    low: float
    high: float
    mix: float
    joined: int
    left: int
    rescaled: int

    @property
    def ahead(self) -> str:
        """Who is ahead now, or was, where nobody is."""
        return self.group if (self.gap_now or self.gap_then) > 0 else self.peers

    def said(self, value: float) -> str:
        """A number of this gap without its sign: whole percentage points, or points with a decimal."""
        return thousands(abs(half_up(value))) if self.measure is Measure.AT_ARE else plain_number(abs(value))

    def in_points(self, value: float) -> str:
        """The same with its unit: `1 percentage point`, `2.5 points`."""
        said = self.said(value)
        return f"{said} {'percentage ' if self.measure is Measure.AT_ARE else ''}{'point' if said == '1' else 'points'}"


def trend_sentence(gap: Moved, small: SmallNumbers) -> str:
    """What became of one gap among the same children, and what those who came or went did beside it."""
    of = "" if gap.measure is Measure.AT_ARE else "in mean distance from the reference line "
    who = f"{thousands(gap.n)} {gap.group} and {thousands(gap.peers_n)} {gap.peers} who were assessed in both terms"
    low, high = sorted((gap.low, gap.high), key=abs)
    how = f"(change {gap.said(gap.change)}, {small.confidence:g} % interval {gap.said(low)} to {gap.said(high)})"
    changed = f"{gap.subject}: the gap {of}between {who} has {_DONE[gap.trend]} since {gap.since}"
    return f"{changed}{_from_and_to(gap)} {how}{_mixed(gap)}.{_rescaled(gap)}"


def _from_and_to(gap: Moved) -> str:
    then, now = gap.said(gap.gap_then), gap.in_points(gap.gap_now)
    if gap.trend is Trend.REVERSING:
        was = gap.group if gap.gap_then > 0 else gap.peers
        return f": {was} were {gap.in_points(gap.gap_then)} ahead then, and {gap.ahead} are {now} ahead now"
    when = "ahead" if gap.gap_now else "ahead then"
    return f", from {then} to {now}, {gap.ahead} {when}"


def _mixed(gap: Moved) -> str:
    """`; 4 of the boys joined and 2 left since, ..`: what is not due to the children who stayed."""
    parts = []
    if gap.joined or gap.left:
        parts.append(f"; {gap.joined or 'none'} of the {gap.group} joined and {gap.left or 'none'} left since")
    if gap.said(gap.mix) != "0":
        adds = gap.mix * (gap.gap_now or gap.gap_then) > 0
        by = f"{gap.in_points(gap.mix)} {'to' if adds else 'from'} the gap among everybody"
        parts.append(f"; children who came, went or were assessed once {'add' if adds else 'take'} {by}")
    return "".join(parts)


def _rescaled(gap: Moved) -> str:
    if not gap.rescaled:
        return ""
    children = quantity(gap.rescaled, "of these children was", "of these children were")
    return f" {children} on another scale then, so part of it may be the scale's."


def followed_sentence(
    since: str, followed: int, alone: int, moved: Mapping[Trend, int], few: int, small: SmallNumbers
) -> str:
    """How many gaps were followed since a term and what became of them, and how many would seem to move by luck.

    `alone` is how many would seem to have changed, had each been the only one; `few` have too few of the same children.
    """
    rest = f"fewer than {small.compared_from} of the same children on a side"
    if not followed:
        return f"No gap can be followed since {since}: there are {rest}."
    kinds = [f"{thousands(moved[one])} {done}" for one, done in _DONE.items() if moved.get(one)]
    untold = "; of the others it cannot be told" if moved.get(Trend.CANNOT_TELL) else ""
    what = f", {listed(kinds)}{untold}" if kinds else " none can be told to have changed"
    lucky = half_up(followed * small.false_alarms / _PERCENT)
    about = f"about {thousands(lucky)}" if lucky else "fewer than one"
    more = f" {thousands(few)} more {plural(few, 'has', 'have')} {rest}." if few else ""
    return (
        f"Of {quantity(followed, 'gap')} followed since {since} among the same children{what}. "
        f"Taken one by one {thousands(alone)} would seem to have changed, and {about} would by luck.{more}"
    )


def pooled_sentence(compared: int, clear: int) -> str:
    """How many gaps in year groups can be compared with the years before only, and how many of them are clear."""
    of_them = f"{thousands(clear) if clear else 'none'} of them {'is' if clear == 1 else 'are'} clear"
    return (
        f"Taken together with the same year group of the years before, {quantity(compared, 'gap')} at age-related "
        f"expectations can be compared for which this term has too few children; {of_them}."
    )
