"""Gaps over time: a sentence for each that narrowed, widened or turned round, and the rest in a line."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from siptrack.analysis.pooled import JOINT
from siptrack.analysis.trend_tables import POOLED, TRENDS, Trend
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.documents.labels import children_of, group_label, subject_label
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import share, signed
from siptrack.rendering.page import Page
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.wording import trends as wording
from siptrack.reports.wording.trends import Moved
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.groups import Characteristic
from siptrack.school.term import SEASONS_IN_A_YEAR

_HEADINGS = (
    ColumnHead("Subject"),
    ColumnHead("Year group"),
    ColumnHead("Group"),
    ColumnHead("Compared with"),
    ColumnHead(("Gap in", "points"), numbers=True),
    ColumnHead("Terms"),
)
_GAP = ("subject", "characteristic", "group", "peers")


def put_trends(
    page: Page, trends: Frame, pooled: Frame, characteristics: Mapping[str, Characteristic], rules: Rules
) -> None:
    """What became of the gaps since the earliest term and since a year ago, and what only several years show."""
    since = _spans(trends, rules)
    enough = pooled[np.asarray(pooled["needed"], dtype=np.bool_) & (pooled["verdict"] != GapVerdict.TOO_FEW.value)]
    if not since and enough.empty:
        return
    page.heading(wording.HEADING)
    for sentence in (*changed_sentences(trends, characteristics, rules), *followed_sentences(trends, rules)):
        page.say(sentence, hang=2)
    _put_together(page, enough, characteristics, rules)


def changed_sentences(trends: Frame, characteristics: Mapping[str, Characteristic], rules: Rules) -> list[str]:
    """Each gap that has clearly changed, once: since the earliest term, else since a year ago."""
    said: dict[tuple[str, ...], str] = {}
    for terms in _spans(trends, rules):
        rows = records(trends[(trends["terms"] == terms) & (trends["trend"] != Trend.CANNOT_TELL.value)], TRENDS.names)
        for row in rows:
            sentence = wording.trend_sentence(_moved(row, characteristics, rules), rules.groups.small)
            said.setdefault(tuple(text(row[name]) for name in _GAP), sentence)
    return list(said.values())


def followed_sentences(trends: Frame, rules: Rules) -> list[str]:
    """How many gaps were followed since each of these terms, and what became of them."""
    return [_followed(trends[trends["terms"] == terms], rules) for terms in _spans(trends, rules)]


def put_changes(page: Page, trends: Frame, characteristics: Mapping[str, Characteristic], rules: Rules) -> None:
    """A sentence for each gap of these, followed since one term, that has clearly changed, and one for all of them."""
    small = rules.groups.small
    for row in records(trends[trends["trend"] != Trend.CANNOT_TELL.value], TRENDS.names):
        page.say(wording.trend_sentence(_moved(row, characteristics, rules), small), hang=2)
    page.say(_followed(trends, rules), hang=2)


def _spans(trends: Frame, rules: Rules) -> list[int]:
    """From which terms on gaps are spoken of: the earliest, and the same term a year ago; never over one term alone."""
    there = [terms for terms in sorted(set(trends["terms"].tolist())) if terms >= rules.years.shortest_window]
    return sorted({max(there), *(one for one in there if one == SEASONS_IN_A_YEAR)}, reverse=True) if there else []


def _followed(rows: Frame, rules: Rules) -> str:
    small = rules.groups.small
    told = rows[~np.isnan(rows["chance"])]
    alone = int((told["chance"] < small.false_alarms / 100).sum())
    moved = {trend: int((told["trend"] == trend.value).sum()) for trend in Trend}
    since = _when(str(rows["from_term"].tolist()[0]))
    return wording.followed_sentence(since, len(told), alone, moved, len(rows) - len(told), small)


def _when(label: str) -> str:
    """A term inside a sentence: `Summer last year` without its comma."""
    return label.replace(", ", " ")


def _moved(row: dict[str, Cell], characteristics: Mapping[str, Characteristic], rules: Rules) -> Moved:
    characteristic = characteristics[text(row["characteristic"])]
    return Moved(
        subject=subject_label(text(row["subject"]), rules),
        group=children_of(characteristic, text(row["group"])),
        peers=children_of(characteristic, text(row["peers"])),
        measure=Measure(text(row["measure"])),
        trend=Trend(text(row["trend"])),
        since=_when(text(row["from_term"])),
        gap_then=number(row["gap_then"]) or 0,
        gap_now=number(row["gap_now"]) or 0,
        change=number(row["change"]) or 0,
        low=number(row["low"]) or 0,
        high=number(row["high"]) or 0,
        mix=number(row["mix"]) or 0,
        n=_whole(row["n"]),
        peers_n=_whole(row["peers_n"]),
        joined=_whole(row["joined"]),
        left=_whole(row["left"]),
        rescaled=_whole(row["rescaled"]),
    )


def _whole(cell: Cell) -> int:
    return int(number(cell) or 0)


def _put_together(page: Page, enough: Frame, characteristics: Mapping[str, Characteristic], rules: Rules) -> None:
    """The clear gaps that this term alone has too few children for, and how many such comparisons there are."""
    if enough.empty:
        return
    clear = records(enough[enough["verdict"] == GapVerdict.CLEAR.value], POOLED.names)
    page.say(wording.pooled_sentence(len(enough), len(clear)), hang=2)
    if clear:
        page.gap()
        page.table(_HEADINGS, [_line(row, characteristics[text(row["characteristic"])], rules) for row in clear])


def _line(row: dict[str, Cell], characteristic: Characteristic, rules: Rules) -> tuple[str | tuple[str, ...], ...]:
    few = rules.groups.small.percentages_from
    gap, low, high = (signed(number(row[name]) or 0) for name in ("gap", "low", "high"))
    return (
        subject_label(text(row["subject"]), rules),
        rules.years.label(_whole(row["year_group"])),
        (group_label(characteristic, text(row["group"])), share(_whole(row["count"]), _whole(row["n"]), few)),
        (
            group_label(characteristic, text(row["peers"])),
            share(_whole(row["peers_count"]), _whole(row["peers_n"]), few),
        ),
        (gap, f"({low} to {high})"),
        tuple(_when(label) for label in text(row["pooled"]).split(JOINT)),
    )
