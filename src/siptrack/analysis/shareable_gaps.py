"""The gaps that may leave the school: those of which both sides are shown, from what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.all_others import peers_with_all_others, with_all_others
from siptrack.analysis.analyse import compare_groups
from siptrack.analysis.membership import members_of
from siptrack.analysis.model import Analysis
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.shareable_tables import SHARED_GAPS
from siptrack.analysis.tally import EVERYBODY, REST
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.school.frame import Frame
from siptrack.school.register import NOT_RECORDED
from siptrack.school.rounding import half_up
from siptrack.school.sharing import SharingMode, Status

if TYPE_CHECKING:
    from siptrack.rules.model import Rules
    from siptrack.school.groups import SmallNumbers


def compare_with_all_others(analysis: Analysis, rules: Rules) -> Frame:
    """The gaps of an analysis where whoever is not recorded is among all others."""
    pupils, with_others = with_all_others(analysis.children.pupils, rules)
    peers = peers_with_all_others(analysis.peers, rules)
    members = members_of(pupils, with_others)
    gaps: Frame = compare_groups(analysis.children.standing, members, pupils, with_others, peers)["gaps"]()
    return gaps


def gaps_to_share(gaps: Frame, rows: Frame, mode: SharingMode, small: SmallNumbers) -> tuple[Frame, bool]:
    """The gaps of which both sides are shown, with figures from what is shown; and whether there are others.

    `rows` are all of the rows with their statuses, those that are not listed too.
    """
    gaps = gaps[(gaps["among"] == EVERYBODY) & gaps["measure"].isin(set(COUNTS))]
    sides = _sides(rows)
    shared: list[dict[str, object]] = []
    wanted = 0
    for subject, characteristic, group, peers, measure, verdict, explained_by in gaps.in_rows(
        "subject", "characteristic", "group", "peers", "measure", "verdict", "explained_by"
    ):
        of = sides.get((subject, characteristic, measure))
        if of is None:
            continue
        wanted += 1
        ours, theirs = of.get(group), _together(of, group, peers)
        if ours and theirs and ours[0] and theirs[0]:
            named = {"subject": subject, "characteristic": characteristic, "group": group, "peers": peers}
            figures = _gap(ours, theirs, verdict, mode, small)
            shared.append({**named, "measure": measure, "explained_by": explained_by, **figures})
    known = {(gap["subject"], gap["measure"], f"{gap['characteristic']}={gap['group']}") for gap in shared}
    for gap in shared:  # a gap that is kept back is not named by another
        if (gap["subject"], gap["measure"], gap["explained_by"]) not in known:
            gap["explained_by"] = ""
    return SHARED_GAPS.of([gap[name] for name in SHARED_GAPS.names] for gap in shared), wanted > len(shared)


Side = tuple[int, int]


def _sides(rows: Frame) -> dict[tuple[str, str, str], dict[str, Side | None]]:
    """By subject, characteristic and measure, each group's n and count as shown; None for a group that is hidden."""
    sides: dict[tuple[str, str, str], dict[str, Side | None]] = {}
    for subject, characteristic, group, measure, n, count, status in rows.in_rows(
        "subject", "characteristic", "group", "measure", "n", "count", "status"
    ):
        nothing = (0, 0) if status == Status.NOT_AVAILABLE else None
        side = nothing if np.isnan(n) else (int(n), int(count))
        sides.setdefault((subject, characteristic, measure), {})[group] = side
    return sides


def _together(of: Mapping[str, Side | None], group: str, peers: str) -> Side | None:
    """The peers' n and count; of several groups only when every one is shown."""
    if peers != REST:
        return of.get(peers)
    others = [side for name, side in of.items() if name not in (group, NOT_RECORDED)]
    shown = [side for side in others if side is not None]
    return _sum(shown) if shown and len(shown) == len(others) else None


def _sum(sides: Sequence[Side]) -> Side:
    return sum(n for n, _ in sides), sum(count for _, count in sides)


def _gap(ours: Side, theirs: Side, verdict: str, mode: SharingMode, small: SmallNumbers) -> dict[str, object]:
    """A gap from what is shown. A verdict never tells which side of a limit a rounded count was on."""
    least = min(ours[0], theirs[0]) - mode.round_to // 2
    few = least < small.compared_from or verdict == GapVerdict.TOO_FEW
    percents = [
        half_up(Fraction(100 * count, n)) if n >= mode.percentages_from else None for n, count in (ours, theirs)
    ]
    shown = None not in percents and not few
    gap = half_up(Fraction(100 * ours[1], ours[0]) - Fraction(100 * theirs[1], theirs[0])) if shown else None
    return {
        "n": ours[0],
        "count": ours[1],
        "percent": percents[0],
        "peers_n": theirs[0],
        "peers_count": theirs[1],
        "peers_percent": percents[1],
        "gap": gap,
        "verdict": (GapVerdict.TOO_FEW if few else GapVerdict(verdict)).value,
        "status": (Status.SHOWN if shown else Status.LOW_RELIABILITY).value,
    }
