"""What became of the children of each intervention, beside comparable children who were in none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.pairs import paired_interval, swap_chance
from siptrack.analysis.progress import term_labels
from siptrack.analysis.statistics import false_discovery
from siptrack.cycle.matching import STRETCH, Comparable, MatchedPeers, Stretch, compare_with, pair_off, peers_of
from siptrack.cycle.provision_tables import IMPACT, PAIRS, Impact, Lack
from siptrack.cycle.stretches import UNKNOWN, School, find_stretches, look_back
from siptrack.school.frame import Frame, numbered
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

_UNIT = ("intervention", "subject", "scale")
_TERMS = ("earlier", "before", "after", "later")
_PERCENT = 100  # of a whole


@dataclass(frozen=True)
class MeasuredImpact:
    """The tables of IMPACT and PAIRS."""

    impact: Frame
    pairs: Frame


@dataclass(frozen=True)
class _Compared:
    """One intervention in one subject on one scale: its pairs, what they come to, and their differences one by one."""

    pairs: Frame
    comes_to: Mapping[str, object]
    differences: Numbers


def measure_impact(opened: Opened, provision: Frame, asked: Flags, rules: Rules) -> MeasuredImpact:
    """Every intervention in every subject and on every scale; `asked` are the rows that are spoken of."""
    school = look_back(opened, provision, tuple(rules.columns.subjects))
    stretches = find_stretches(provision[asked], school, dated=opened.term.dated, rules=rules)
    if stretches.empty:
        return MeasuredImpact(IMPACT.no_rows(), PAIRS.no_rows())
    stretches = stretches.having(scale=_scale_of_most(stretches))
    stretches = stretches.having(reason=stretches["reason"].where(~_again(stretches), Lack.AGAIN.value))
    peers = peers_of(stretches[stretches["reason"] == ""], school)
    unit, first = numbered([stretches[name] for name in _UNIT])
    compared = [_of_unit(stretches[unit == number], peers, school, rules) for number in range(len(first))]
    return MeasuredImpact(_judged(compared, rules), Frame.stacked([unit.pairs for unit in compared])[PAIRS.names])


def _again(stretches: Frame) -> Flags:
    """Which rows could be compared and are of a child who stands there already in the same intervention."""
    again = stretches["reason"] == ""
    again[again] = ~stretches[again].first_of(*_UNIT, "pupil")
    return again


def _scale_of_most(stretches: Frame) -> Texts:
    """Each row's scale; where there is none, that of most others of its intervention and subject."""
    scale = stretches["scale"]
    known = stretches[scale != ""]
    unit, first = numbered([known[name] for name in _UNIT])
    most_first = np.argsort(np.bincount(unit, minlength=len(first)), kind="stable")[::-1]
    units = known.take(first[most_first])
    usual = units["scale"].take(stretches.found_in(units, "intervention", "subject"))
    return scale.where(scale != "", usual.filled(""))


def _of_unit(rows: Frame, peers: Mapping[Stretch, MatchedPeers], school: School, rules: Rules) -> _Compared:
    """The rows of one intervention in one subject on one scale, each child beside a comparable one."""
    able = rows["reason"] == ""
    comparable = _comparable(rows[able], peers, rules)
    peer, count = np.full(len(rows), UNKNOWN), np.zeros(len(rows), dtype=np.int64)
    peer[able] = pair_off(comparable)
    count[able] = [len(child.near) for child in comparable]
    pairs = _pairs(rows, peer, count, school)
    measured = pairs[pairs["reason"] == ""]
    (unit,) = rows[:1].in_rows(*_UNIT)
    named = dict(zip(_UNIT, unit, strict=True))
    comes_to = {**named, **_summary(pairs, measured), **_shown_without(comparable)}
    return _Compared(pairs, comes_to, measured["difference"])


def _comparable(able: Frame, peers: Mapping[Stretch, MatchedPeers], rules: Rules) -> list[Comparable]:
    limits = (rules.provision.similar_start, rules.provision.similar_progress)
    return [
        compare_with(start, was, peers[at, scale, group, earlier, before, after], rules.scales[scale].step, limits, who)
        for at, scale, group, earlier, before, after, start, was, who in able.in_rows(
            *STRETCH, "start_distance", "was", "who"
        )
    ]


def _pairs(rows: Frame, peer: Whole, count: Whole, school: School) -> Frame:
    """The children of an intervention with whom they stand beside, in the columns of PAIRS and `measured`."""
    theirs = {name: _distance_of(peer, rows, name, school) for name in _TERMS}
    during = (theirs["after"] - theirs["before"]).round(DECIMALS)
    alone = (rows["reason"] == "") & (peer == UNKNOWN)
    return rows[[*_UNIT, "pupil", "measured"]].having(
        {f"{name}_term": _labels(rows[name], school) for name in _TERMS},
        peer=Texts(peer, school.pupils).filled(""),
        year_group=rows["group"],
        start=rows["start_distance"],
        peer_start=theirs["before"],
        earlier=rows["was"],
        peer_earlier=(theirs["before"] - theirs["earlier"]).round(DECIMALS),
        during=rows["during"],
        peer_during=during,
        difference=np.where(peer == UNKNOWN, np.nan, (rows["during"] - during).round(DECIMALS)),
        later=rows["lasting"],
        peer_later=(theirs["later"] - theirs["after"]).round(DECIMALS),
        comparable=count,
        reason=rows["reason"].where(~alone, Lack.NO_PEER.value),
    )


def _labels(position: Whole, school: School) -> Texts:
    """The labels of terms that count from the first; missing where there is none."""
    return term_labels(np.where(position == UNKNOWN, np.nan, position + school.first))


def _distance_of(peer: Whole, rows: Frame, name: str, school: School) -> Numbers:
    """The comparable children's distances in a term of the children that they stand beside, on the same scale."""
    at, term = rows["at"], rows[name]
    same = school.scale[peer, at, term] == school.scale[peer, at, rows["before"]]
    there = (term != UNKNOWN) & (peer != UNKNOWN)
    return np.where(there & same, school.distance[peer, at, term], np.nan)


def _summary(pairs: Frame, measured: Frame) -> dict[str, object]:
    """What the children of an intervention, and those `measured`, which are in pairs, come to."""
    lasting = measured[~np.isnan(measured["later"]) & ~np.isnan(measured["peer_later"])]
    children, seen = (rows[rows.first_of("pupil")] for rows in (pairs, pairs[pairs["measured"]]))
    lacks = Counter(why for why in children["reason"].tolist() if why)
    return {
        "children": len(children),
        "measured": len(seen),
        "moved": _mean(seen["during"]),
        "pairs": len(measured),
        "before": _mean(measured["earlier"]),
        "peers_before": _mean(measured["peer_earlier"]),
        "during": _mean(measured["during"]),
        "peers_during": _mean(measured["peer_during"]),
        "difference": _mean(measured["difference"]),
        "after_pairs": len(lasting),
        "after": _mean(lasting["later"]),
        "peers_after": _mean(lasting["peer_later"]),
        "lack": max(sorted(lacks), key=lambda why: lacks[why]) if lacks else "",
    }


def _mean(values: Numbers) -> float:
    """The mean of those that are known; missing where none is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def _shown_without(comparable: list[Comparable]) -> dict[str, object]:
    """How the children in nothing moved: those who started alike, and all of the same year groups, each once a term."""
    alike: dict[tuple[int, int], float] = {}
    others: dict[tuple[int, int], float] = {}
    for child in comparable:
        of_stretch = id(child.peers)
        moved = {
            (of_stretch, who): during
            for who, during in zip(child.peers.who.tolist(), child.peers.during.tolist(), strict=True)
        }
        others.update(moved)
        alike.update({(of_stretch, who): moved[of_stretch, who] for who in child.peers.who[child.near].tolist()})
    return {
        "alike": len(alike),
        "alike_moved": np.mean(list(alike.values())) if alike else np.nan,
        "others": len(others),
        "others_moved": np.mean(list(others.values())) if others else np.nan,
    }


def _judged(compared: Sequence[_Compared], rules: Rules) -> Frame:
    """The interventions with the interval and chance of each difference, and its verdict."""
    small = rules.groups.small
    pairs = np.array([len(unit.differences) for unit in compared])
    enough = pairs >= rules.provision.fewest
    differences = [unit.differences if many else np.empty(0) for unit, many in zip(compared, enough, strict=True)]
    low, high = np.array([paired_interval(of_unit, small.confidence) for of_unit in differences]).T
    chance = np.array([swap_chance(of_unit) if len(of_unit) else np.nan for of_unit in differences])
    q = false_discovery(chance)
    sure = q < small.false_alarms / _PERCENT
    verdict = Texts.chosen(
        [~enough, sure & (low > 0), sure & (high < 0)],
        [Impact.NO_COMPARISON.value, Impact.MORE.value, Impact.LESS.value],
        Impact.CANNOT_TELL.value,
    )
    impact = IMPACT.of([unit.comes_to.get(name) for name in IMPACT.names] for unit in compared)
    lack = Texts.of(unit.comes_to["lack"] for unit in compared)
    few = lack.where(pairs == 0, Lack.TOO_FEW.value)
    judged = impact.having(low=low, high=high, chance=chance, q=q, verdict=verdict, reason=few.where(~enough, ""))
    points = [
        column.name for column in IMPACT.columns if column.kind == "number" and column.name not in ("chance", "q")
    ]
    return judged.having({name: judged[name].round(DECIMALS) for name in points})
