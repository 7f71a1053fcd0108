"""Gaps as dots with their intervals, on one scale, each in the row of a table that tells the same in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import ClassVar

from siptrack.analysis.model import Analysis
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import TOO_FEW, GapVerdict, Measure
from siptrack.documents import gaps as gap_wording
from siptrack.documents.comparisons import comparisons_of, list_causes, list_far_behind
from siptrack.documents.gaps import Comparison
from siptrack.rendering.numbers import percentage, share, signed
from siptrack.rules.model import Rules

_WIDTH = 220
_MARGIN = 14  # so that a dot at the end, and the numbers under the scale, are whole
_STEP = 20  # the scale ends at a multiple of this many points


@dataclass(frozen=True)
class DrawnGap:
    """One gap: its words, and where on the scale its dot and the ends of its interval lie."""

    group: tuple[str, str]
    peers: tuple[str, str]
    interval: tuple[str, str]
    verdict: str
    gap: Comparison
    clear: bool
    dot: float
    low: float
    high: float


@dataclass(frozen=True)
class Tick:
    """A mark of the scale."""

    x: float
    label: str


@dataclass(frozen=True)
class GapChart:
    """The gaps of one subject on one measure, on a scale from minus to plus `most`."""

    width: ClassVar[int] = _WIDTH
    height: ClassVar[int] = 24
    subject: str
    measure: str
    most: int
    ticks: tuple[Tick, ...]
    gaps: tuple[DrawnGap, ...]


@dataclass(frozen=True)
class Drawn:
    """The charts, and how many gaps are in none of them since they are of several characteristics and not clear."""

    charts: tuple[GapChart, ...]
    left_out: int


def drawn_gaps(analysis: Analysis, rules: Rules) -> Drawn:
    """Every gap of counts over the whole school that rests on enough children, by subject and measure."""
    table = analysis.compared.gaps
    enough = table[(table["among"] == EVERYBODY) & ~table["verdict"].isin(TOO_FEW)]
    counted = [
        gap
        for gap in comparisons_of(enough, analysis, rules)
        if gap.measure in gap_wording.COUNTED and gap.peers_n
        if not analysis.characteristics[gap.characteristic].organisation
    ]
    chosen = [gap for gap in counted if gap.verdict == GapVerdict.CLEAR or gap.characteristic not in rules.groups.pairs]
    most = _most(chosen)
    by_chart: dict[tuple[Measure, str], list[Comparison]] = {}
    for gap in chosen:
        by_chart.setdefault((gap.measure, gap.subject), []).append(gap)
    charts = tuple(
        GapChart(
            subject,
            gap_wording.HEADINGS[measure],
            most,
            _ticks(most),
            tuple(_drawn(gap, most, rules) for gap in gaps),
        )
        for measure in Measure
        for (of, subject), gaps in by_chart.items()
        if of is measure
    )
    return Drawn(charts, len(counted) - len(chosen))


def _most(gaps: Sequence[Comparison]) -> int:
    """How far the scale reaches to either side: as far as the widest interval, the same for all charts."""
    widest = max((max(abs(gap.low), abs(gap.high)) for gap in gaps), default=_STEP)
    return max(_STEP, _STEP * ceil(widest / _STEP))


def position(value: float, most: int) -> float:
    """Where on the drawing a gap of so many points lies."""
    inside = _WIDTH - 2 * _MARGIN
    return round(_MARGIN + inside * (value + most) / (2 * most), 1)


def _ticks(most: int) -> tuple[Tick, ...]:
    return tuple(Tick(position(value, most), signed(value)) for value in (-most, 0, most))


def _drawn(gap: Comparison, most: int, rules: Rules) -> DrawnGap:
    small = rules.groups.small
    points = float(gap.points)
    return DrawnGap(
        group=(gap.group, share(gap.count, gap.n, small.percentages_from)),
        peers=(gap.peers, share(gap.peers_count, gap.peers_n, small.percentages_from)),
        interval=gap_wording.interval(gap),
        verdict=gap.verdict,
        gap=gap,
        clear=gap.verdict == GapVerdict.CLEAR,
        dot=position(points, most),
        low=position(gap.low, most),
        high=position(gap.high, most),
    )


_SIDES_WIDTH, _SIDES_MARGIN = 360, 48  # so that the figures beside the dots are whole


def _across(percent: float) -> float:
    """Where a percentage lies on the scale from nobody to everybody."""
    return round(_SIDES_MARGIN + (_SIDES_WIDTH - 2 * _SIDES_MARGIN) * percent / 100, 1)


@dataclass(frozen=True)
class DrawnSides:
    """A gap as two dots on a scale from nobody to everybody: the group's and its peers', each with its figure."""

    subject: str
    group: tuple[str, float]
    peers: tuple[str, float]
    title: str
    described: str


@dataclass(frozen=True)
class DrawnCause:
    """What is said of a group, and its gaps that are of counts; `clear`, or of too few children to judge."""

    sentence: str
    sides: tuple[DrawnSides, ...]
    clear: bool


@dataclass(frozen=True)
class GapPicture:
    """The clear gaps, and the groups too small to judge that are far behind, on one scale."""

    width: ClassVar[int] = _SIDES_WIDTH
    height: ClassVar[int] = 24
    ticks: ClassVar[Sequence[Tick]] = tuple(Tick(_across(at), f"{at} %") for at in (0, 50, 100))
    causes: tuple[DrawnCause, ...]


def gap_picture(analysis: Analysis, rules: Rules) -> GapPicture:
    """The picture of an analysis."""
    small = rules.groups.small
    clear = [(gap_wording.cause_sentence(of.gaps, of.within, small), of) for of in list_causes(analysis, rules)]
    far = [(gap_wording.far_behind_sentence(of.gaps), of) for of in list_far_behind(analysis, rules)]
    return GapPicture(
        tuple(
            DrawnCause(sentence, tuple(_sides(gap, rules) for gap in cause.gaps if _in_percent(gap)), is_clear)
            for is_clear, found in ((True, clear), (False, far))
            for sentence, cause in found
        )
    )


def _in_percent(gap: Comparison) -> bool:
    return gap.measure in gap_wording.COUNTED and gap.peers_n > 0


def _sides(gap: Comparison, rules: Rules) -> DrawnSides:
    few = rules.groups.small.percentages_from
    counts = ((gap.count, gap.n), (gap.peers_count, gap.peers_n))
    group, peers = ((_figure(count, n, few), _across(100 * count / n)) for count, n in counts)
    of_group, of_peers = (share(count, n, few) for count, n in counts)
    title = f"{gap.subject}: {gap_wording.HEADINGS[gap.measure]}"
    return DrawnSides(gap.subject, group, peers, title, f"{gap.group}: {of_group}; {gap.peers}: {of_peers}.")


def _figure(count: int, n: int, few: int) -> str:
    """A percentage, or the count of too few children."""
    return f"{percentage(count, n)} %" if n >= few else f"{count} of {n}"
