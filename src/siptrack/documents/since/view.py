"""The facts of the page of a look back, its gaps among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from siptrack.analysis.trend_tables import TRENDS, GapTrend, Trend
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.since import Since
from siptrack.cycle.since_tables import LISTED, Moved, OnList
from siptrack.documents import flags
from siptrack.documents.read import Read
from siptrack.documents.since.looked_back import LookedBack
from siptrack.documents.trends import ChangedGap, Followed, GapLine, changed_gaps, followed, gap_line
from siptrack.documents.written import Written, head_of, rows_but, term_object
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.tables import rows_of


def since_document(since: Since, rules: Rules, *, every: bool) -> Document:
    """The page; `every` asks for every gap, and every place of a problem."""
    analysis = since.analysis
    leavers = None if analysis.filters else analysis.leavers
    read = Read(analysis.register, analysis.begun, len(analysis.children.pupils), leavers)
    return document(
        "since/page.jinja",
        ruler_line(rules.ruler),
        look=LookedBack(since, rules),
        since=since,
        read=read,
        asked=read._replace(filters=analysis.filters),
        gaps=gaps_since(since, rules, every=every),
        rules=rules,
        Moved=Moved,
        OnList=OnList,
        movement=flags.movement,
        what_came=flags.what_came,
        every=every,
    )


def of_a_look_back(since: Since, rules: Rules) -> Written:
    """Who joined, left and stayed on the list since an earlier term, and what came of what was agreed."""
    then = {"on_roll": since.roll_then, "told": since.with_progress_then}
    now = {"on_roll": since.roll_now, "told": since.with_progress_now}
    return Written(
        "since",
        rules,
        since.analysis,
        rows_but(since.frame, {LISTED.name: lambda: since.frame("listed"), TRENDS.name: lambda: since.frame("gaps")}),
        {"from_term": term_object(since.from_term), **head_of(since.analysis)},
        {"told": {"then": then, "now": now}, "agreed_now": since.later_actions, "by_noise": _rounded(since)},
        also_about={"from_term": since.from_term.label},
    )


def _rounded(since: Since) -> dict[str, float]:
    """How many children noise alone would have moved, no more exactly than is known."""
    return {name: round(number, 1) for name, number in since.by_noise._asdict().items()}


class Gaps(NamedTuple):
    """The gaps since then: those that changed, what became of all, those shown, and how many `more` might be."""

    changed: Sequence[ChangedGap]
    followed: Followed
    shown: Sequence[GapLine]
    more: int


def gaps_since(since: Since, rules: Rules, *, every: bool) -> Gaps | None:
    """The gaps then and now on the same children; those are shown that are clear now or have clearly changed."""
    rows, characteristics = rows_of(GapTrend, since.frame("gaps")), since.analysis.characteristics
    if not rows:
        return None
    least, clear = rules.groups.small.compared_from, _clear_now(since)
    enough = [row for row in rows if row.measure == Measure.AT_ARE and min(row.n, row.peers_n) >= least]
    shown = [row for row in enough if every or row.trend != Trend.CANNOT_TELL or _key(row) in clear]
    lines = [gap_line(row, characteristics, rules) for row in shown]
    changed = changed_gaps(rows, characteristics, rules)
    return Gaps(changed, followed(rows, rules), lines, len(enough) - len(shown))


def _key(row: GapTrend) -> tuple[str, str, str, str]:
    return row.subject, row.characteristic, row.group, row.peers


def _clear_now(since: Since) -> set[tuple[object, ...]]:
    gaps = since.analysis.compared.gaps
    at_are = (gaps["among"] == "all") & (gaps["measure"] == Measure.AT_ARE.value)
    clear = gaps[at_are & (gaps["verdict"] == GapVerdict.CLEAR.value)]
    return set(clear.in_rows("subject", "characteristic", "group", "peers"))
