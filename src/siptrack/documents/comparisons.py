"""The gaps of an analysis ready for words: each with the names of its groups, and those found by what causes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.causes import lies_in, own_findings
from siptrack.analysis.group_tables import GAPS
from siptrack.analysis.model import Analysis
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import OF_PROGRESS, TOO_FEW, GapVerdict, Measure
from siptrack.documents.gaps import Comparison, Interval, from_other_side
from siptrack.documents.labels import among_label, group_children, group_label, subject_label
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.families import Family
from siptrack.school.frame import Frame
from siptrack.school.groups import Characteristic

if TYPE_CHECKING:
    from collections.abc import Iterable

HELD = (Family.PRIMARY, Family.SECONDARY, Family.PROGRESS, Family.PAIRS)  # among which a clear gap may be
_OF_GAP = ("subject", "characteristic", "group", "peers")


@dataclass(frozen=True)
class Cause:
    """One group that differs from its peers: its gaps, each in its plainest form, and within whom each lies too.

    `same` are the groups of the very same children, as a sentence calls them.
    """

    gaps: tuple[Comparison, ...]
    within: tuple[tuple[str, ...], ...]
    behind: bool
    same: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """How many comparisons were made: over the whole school, of these not clear, and with too few; in parts of it."""

    held: int
    not_clear: int
    few: int
    there: int


def list_causes(analysis: Analysis, rules: Rules) -> list[Cause]:
    """The groups with gaps that are clear and explained by no stronger one, in the order of the gaps table.

    A gap in attainment is told once, and one in progress: by the count, or by the mean where the count alone may be
    chance. Where the peers are the group that is behind, it is told of them. Beside a rate no complement is told of.
    """
    gaps = analysis.compared.found
    clear = gaps[own_findings(gaps)]
    lies = gaps[lies_in(gaps)]
    there: dict[tuple[object, ...], list[str]] = {}
    for key, gap in zip(lies.in_rows(*_OF_GAP), comparisons_of(lies, analysis, rules), strict=True):
        there.setdefault((*key, gap.measure in OF_PROGRESS), []).append(gap.among)
    plainest: dict[tuple[object, ...], tuple[Comparison, tuple[str, ...]]] = {}
    for key, found in zip(clear.in_rows(*_OF_GAP), comparisons_of(clear, analysis, rules), strict=True):
        of, (_, characteristic, group, peers) = (*key, found.measure in OF_PROGRESS), key
        if not found.peers_n and rules.groups.is_complement(text(characteristic), text(group)):
            continue
        from_peers = not found.behind and _is_group(characteristic, peers, analysis, rules)
        gap = from_other_side(found) if from_peers else found
        if of not in plainest or (_may_be_chance(plainest[of][0]) and not _may_be_chance(gap)):
            plainest[of] = gap, _widest(there.get(of, ()), rules)
    return [replace(cause, same=_same_children(cause, gaps, analysis, rules)) for cause in _by_group(plainest.values())]


def _may_be_chance(gap: Comparison) -> bool:
    """Whether the interval of a gap holds 0, though the order of the grades is clear."""
    return gap.low <= 0 <= gap.high


def _same_children(cause: Cause, gaps: Frame, analysis: Analysis, rules: Rules) -> tuple[str, ...]:
    """The other groups that are behind or ahead in the same counts on both sides, as a sentence calls them.

    Of a small group that is no side of the gap to speak of, such as children not on FSM, there is nothing to say.
    """
    first = cause.gaps[0]
    of_the_peers = first.verdict == GapVerdict.FAR_BEHIND and not cause.behind
    if first.characteristic in rules.groups.pairs or not first.peers_n or of_the_peers:
        return ()
    counts = {"n": first.n, "peers_n": first.peers_n, "count": first.count, "peers_count": first.peers_count}
    rows = gaps[(gaps["among"] == EVERYBODY) & (gaps["explained_by"] != "") & (gaps["measure"] == first.measure.value)]
    for name, count in counts.items():
        rows = rows[rows[name] == count]
    alike = [gap for gap in comparisons_of(rows, analysis, rules) if gap.subject == first.subject]
    named = [gap.group_children for gap in alike if gap.characteristic not in rules.groups.pairs]
    return tuple(dict.fromkeys(name for name in named if name != first.group_children))


def _widest(among: Iterable[str], rules: Rules) -> tuple[str, ...]:
    """Within whom a gap lies, each once: the key stages, or the year groups where it is clear in no key stage."""
    parts = list(dict.fromkeys(among))
    stages = {among_label(stage.name, rules) for stage in rules.years.key_stages}
    return tuple([part for part in parts if part in stages] or parts)


def _is_group(characteristic: str, peers: str, analysis: Analysis, rules: Rules) -> bool:
    """Whether those compared with are a group to speak of: boys, and not everybody else."""
    named = peers in analysis.characteristics[characteristic].groups
    return named and not rules.groups.is_complement(characteristic, peers)


def _by_group(found: Iterable[tuple[Comparison, tuple[str, ...]]]) -> list[Cause]:
    """The gaps of each group together; three subjects at once only where none of the three is told."""
    groups: dict[tuple[str, str, bool], list[tuple[Comparison, tuple[str, ...]]]] = {}
    for gap, within in found:
        groups.setdefault((gap.group, gap.peers, gap.behind), []).append((gap, within))
    causes = []
    for (_, _, behind), of_group in groups.items():
        single = [(gap, within) for gap, within in of_group if not gap.together] or of_group
        once = {(gap.subject, gap.measure): (gap, within) for gap, within in single}  # two may go by one name
        causes.append(
            Cause(tuple(gap for gap, _ in once.values()), tuple(within for _, within in once.values()), behind)
        )
    return causes


def list_far_behind(analysis: Analysis, rules: Rules) -> list[Cause]:
    """The groups too small to judge that are far behind, each with its subjects; attainment before progress."""
    gaps = analysis.compared.found
    rows = gaps[(gaps["verdict"] == GapVerdict.FAR_BEHIND.value) & (gaps["explained_by"] == "")]
    found: dict[tuple[str, str], dict[str, Comparison]] = {}
    for gap in comparisons_of(rows, analysis, rules):
        found.setdefault((gap.group, gap.peers), {}).setdefault(gap.subject, gap)
    causes = [Cause(tuple(of.values()), ((),) * len(of), next(iter(of.values())).behind) for of in found.values()]
    return [replace(cause, same=_same_children(cause, gaps, analysis, rules)) for cause in causes]


def count_made(analysis: Analysis, rules: Rules) -> Made:
    """How many comparisons of groups were made, each once though several measures tell of it."""
    gaps = analysis.compared.found
    rows = gaps[gaps["measure"].isin(list(COUNTS))]
    held, too_few = rows["family"].isin(list(HELD)), rows["verdict"].isin(TOO_FEW)
    organised = [key for key, characteristic in analysis.characteristics.items() if characteristic.organisation]
    whole = (rows["among"] == EVERYBODY) & ~rows["characteristic"].isin([*organised, *rules.groups.held.starts])
    not_clear = held & (rows["verdict"] == GapVerdict.NOT_CLEAR.value)
    there = (rows["family"] == Family.THERE) & ~too_few
    return Made(*(int(np.count_nonzero(flags)) for flags in (held & ~too_few, not_clear, whole & too_few, there)))


def comparisons_of(gaps: Frame, analysis: Analysis, rules: Rules) -> list[Comparison]:
    """These rows of the gaps table, each with its groups' names."""
    return [
        comparison_of(row, analysis.characteristics[text(row["characteristic"])], rules)
        for row in records(gaps, GAPS.names)
    ]


def comparison_of(row: dict[str, Cell], characteristic: Characteristic, rules: Rules) -> Comparison:
    """A row of the gaps table, ready for words."""
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
        n=whole(row["n"]),
        count=whole(row["count"]),
        peers_n=whole(row["peers_n"]),
        peers_count=whole(row["peers_count"]),
        children=whole(row["children"]),
        close=whole(row["close"]),
        reverse=whole(row["reverse"]),
        like_n=whole(row["like_n"]),
        like_peers_n=whole(row["like_peers_n"]),
        low=number(row["low"]) or 0,
        high=number(row["high"]) or 0,
        value=number(row["value"]) or 0,
        peers_value=number(row["peers_value"]) or 0,
        exact=number(row["gap"]) or 0,
        placebo=number(row["placebo"]),
        index=number(row["index"]),
        like=_interval(row),
        together=text(row["subject"]) in rules.columns.combined,
    )


def _interval(row: dict[str, Cell]) -> Interval | None:
    gap, low, high = (number(row[name]) for name in ("like_gap", "like_low", "like_high"))
    return None if gap is None or low is None or high is None else Interval(gap, low, high)
