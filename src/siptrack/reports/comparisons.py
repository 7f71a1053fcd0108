"""The gaps of an analysis ready for words: each with the names of its groups, and within whom it is."""

from __future__ import annotations

from siptrack.analysis.group_tables import GAPS
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.documents.labels import among_label, group_children, group_label, subject_label
from siptrack.reports.wording.gaps import Comparison, Interval
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.frame import Frame
from siptrack.school.groups import Characteristic


def list_comparisons(analysis: Analysis, rules: Rules, verdict: GapVerdict | None = None) -> list[Comparison]:
    """Every gap, or those of a verdict, with its groups' names, in the order of the gaps table."""
    gaps = analysis.compared.gaps
    return comparisons_of(gaps if verdict is None else gaps[gaps["verdict"] == verdict.value], analysis, rules)


def comparisons_of(gaps: Frame, analysis: Analysis, rules: Rules) -> list[Comparison]:
    """These rows of the gaps table, each with its groups' names."""
    return [
        comparison_of(row, analysis.characteristics[text(row["characteristic"])], rules)
        for row in records(gaps, GAPS.names)
    ]


def comparison_of(row: dict[str, Cell], characteristic: Characteristic, rules: Rules) -> Comparison:
    """A row of the gaps table, ready for words."""

    def whole(name: str) -> int:
        return int(number(row[name]) or 0)

    return Comparison(
        subject=subject_label(text(row["subject"]), rules),
        characteristic=characteristic.key,
        group=group_label(characteristic, text(row["group"])),
        peers=group_label(characteristic, text(row["peers"]), number(row["peers_value"])),
        measure=Measure(text(row["measure"])),
        verdict=text(row["verdict"]),
        group_children=group_children(characteristic, text(row["group"])),
        peers_children=group_children(characteristic, text(row["peers"])),
        among=among_label(text(row["among"]), rules),
        n=whole("n"),
        count=whole("count"),
        peers_n=whole("peers_n"),
        peers_count=whole("peers_count"),
        children=whole("children"),
        close=whole("close"),
        reverse=whole("reverse"),
        like_n=whole("like_n"),
        low=number(row["low"]) or 0,
        high=number(row["high"]) or 0,
        value=number(row["value"]) or 0,
        peers_value=number(row["peers_value"]) or 0,
        exact=number(row["gap"]) or 0,
        placebo=number(row["placebo"]),
        index=number(row["index"]),
        like=_interval(row),
    )


def _interval(row: dict[str, Cell]) -> Interval | None:
    gap, low, high = (number(row[name]) for name in ("like_gap", "like_low", "like_high"))
    return None if gap is None or low is None or high is None else Interval(gap, low, high)
