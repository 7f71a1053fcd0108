"""What became of the children of each intervention, beside comparable children who were in none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.in_series import term_labels
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.pairs import paired_interval, swap_chance
from siptrack.analysis.statistics import false_discovery
from siptrack.cycle.matching import STRETCH, Comparable, Peers, compare_with, pair_off, peers_of
from siptrack.cycle.provision_tables import IMPACT, PAIRS, Impact, Lack
from siptrack.cycle.stretches import UNKNOWN, School, find_stretches, look_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame, Series

    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules

_UNIT = ["intervention", "subject", "scale"]
_PERCENT = 100


@dataclass(frozen=True)
class Measured:
    """The tables of IMPACT and PAIRS."""

    impact: DataFrame
    pairs: DataFrame


def measure_impact(opened: Opened, provision: DataFrame, asked: Series[bool], rules: Rules) -> Measured:
    """Every intervention in every subject and on every scale; `asked` are the rows that are spoken of."""
    school = look_back(opened, provision, tuple(rules.columns.subjects))
    stretches = find_stretches(provision[asked], school, dated=opened.term.dated, rules=rules)
    stretches["scale"] = _scale_of_most(stretches)
    told = stretches["reason"] == ""
    again = stretches[told].duplicated([*_UNIT, "pupil"])
    stretches.loc[again.index[again], "reason"] = Lack.AGAIN.value
    peers = peers_of(stretches[stretches["reason"] == ""], school)
    compared = [_of_unit(key, rows, peers, school, rules) for key, rows in stretches.groupby(_UNIT, sort=True)]
    if not compared:
        return Measured(IMPACT.empty(), PAIRS.empty())
    pairs = pd.concat([rows for rows, _ in compared], ignore_index=True)
    impact = pd.DataFrame([row for _, row in compared])
    return Measured(_judged(impact, rules), pairs[PAIRS.names])


def _scale_of_most(stretches: DataFrame) -> Series[str]:
    """Each row's scale; where there is none, that of most others of its intervention and subject."""
    known = stretches[stretches["scale"] != ""]
    counted = known.groupby(_UNIT).size().reset_index(name="count").sort_values("count", kind="stable")
    most = counted.drop_duplicates(_UNIT[:2], keep="last").set_index(_UNIT[:2])["scale"]
    usual = most.astype("object").reindex(pd.MultiIndex.from_frame(stretches[_UNIT[:2]]))
    return stretches["scale"].where(stretches["scale"] != "", usual.fillna("").to_numpy())


def _of_unit(
    key: object,
    rows: DataFrame,
    peers: Mapping[tuple[int, str, float, int, int, int], Peers],
    school: School,
    rules: Rules,
) -> tuple[DataFrame, dict[str, object]]:
    """One intervention in one subject on one scale: its pairs, and what they come to."""
    _, _, scale = key if isinstance(key, tuple) else ("", "", "")
    able = rows[rows["reason"] == ""]
    comparable = _comparable(able, peers, str(scale), rules)
    beside = pair_off(comparable)
    pairs = _pairs(rows, able, comparable, beside, school)
    whole = dict(zip(_UNIT, key if isinstance(key, tuple) else (key,), strict=True))
    return pairs, {**whole, **_summary(rows, pairs), **_shown_without(comparable)}


def _comparable(
    able: DataFrame, peers: Mapping[tuple[int, str, float, int, int, int], Peers], scale: str, rules: Rules
) -> list[Comparable]:
    limits = (rules.provision.similar_start, rules.provision.similar_progress)
    columns = (able[name].tolist() for name in (*STRETCH, "start_distance", "was", "who"))
    return [
        compare_with(start, was, peers[at, name, group, earlier, before, after], rules.scales[scale].step, limits, who)
        for at, name, group, earlier, before, after, start, was, who in zip(*columns, strict=True)
    ]


def _pairs(
    rows: DataFrame, able: DataFrame, comparable: list[Comparable], beside: list[int], school: School
) -> DataFrame:
    """The children of an intervention with whom they stand beside, in the columns of PAIRS."""
    peer = pd.Series(UNKNOWN, index=rows.index, dtype="int64")
    peer.loc[able.index] = np.array(beside, dtype=np.int64)
    count = pd.Series(0, index=rows.index, dtype="int64")
    count.loc[able.index] = np.array([len(one.near) for one in comparable], dtype=np.int64)
    reason = rows["reason"].mask((rows["reason"] == "") & (peer == UNKNOWN), Lack.NO_PEER.value)
    theirs = _distances(rows, peer, school)
    paired = peer != UNKNOWN
    during = (theirs["after"] - theirs["before"]).round(DECIMALS)
    terms = {
        name: term_labels((rows[name] + school.first).where(rows[name] != UNKNOWN))
        for name in ("earlier", "before", "after", "later")
    }
    keys = np.array([*school.pupils, ""], dtype=object)
    return pd.DataFrame(
        {
            **{name: rows[name] for name in (*_UNIT, "pupil")},
            "peer": keys[peer.to_numpy()],
            "year_group": rows["group"],
            **{f"{name}_term": labels for name, labels in terms.items()},
            "start": rows["start_distance"],
            "peer_start": theirs["before"],
            "earlier": rows["was"],
            "peer_earlier": (theirs["before"] - theirs["earlier"]).round(DECIMALS),
            "during": rows["during"],
            "peer_during": during,
            "difference": (rows["during"] - during).round(DECIMALS).where(paired),
            "later": rows["lasting"],
            "peer_later": (theirs["later"] - theirs["after"]).round(DECIMALS),
            "comparable": count,
            "reason": reason,
            "measured": rows["measured"],
        }
    )


def _distances(rows: DataFrame, peer: Series[int], school: School) -> DataFrame:
    """The comparable children's distances in the terms of the children that they stand beside, on the same scale."""
    found = {}
    at, who = rows["at"].to_numpy(), peer.to_numpy()
    for name in ("earlier", "before", "after", "later"):
        term = rows[name].to_numpy()
        there = (term != UNKNOWN) & (who != UNKNOWN)
        value = np.where(there, school.distance[who, at, term], np.nan)
        same = school.scale[who, at, term] == school.scale[who, at, rows["before"].to_numpy()]
        found[name] = np.where(same, value, np.nan)
    return pd.DataFrame(found, index=rows.index)


def _summary(rows: DataFrame, pairs: DataFrame) -> dict[str, object]:
    """What the children of an intervention, and those in pairs, come to."""
    told = pairs[pairs["reason"] == ""]
    lasting = told[told["later"].notna() & told["peer_later"].notna()]
    lacks = Counter(one for one in pairs.drop_duplicates("pupil")["reason"] if one)
    return {
        "children": rows["pupil"].nunique(),
        "measured": int(pairs.loc[pairs["measured"], "pupil"].nunique()),
        "moved": pairs.loc[pairs["measured"]].drop_duplicates("pupil")["during"].mean(),
        "pairs": len(told),
        "before": told["earlier"].mean(),
        "peers_before": told["peer_earlier"].mean(),
        "during": told["during"].mean(),
        "peers_during": told["peer_during"].mean(),
        "difference": told["difference"].mean(),
        "differences": told["difference"].to_numpy(dtype=np.float64),
        "after_pairs": len(lasting),
        "after": lasting["later"].mean(),
        "peers_after": lasting["peer_later"].mean(),
        "lack": max(sorted(lacks), key=lambda why: lacks[why]) if lacks else "",
    }


def _shown_without(comparable: list[Comparable]) -> dict[str, object]:
    """How the children in nothing moved: those who started alike, and all of the same year groups, each once a term."""
    alike: dict[tuple[int, int], float] = {}
    others: dict[tuple[int, int], float] = {}
    for one in comparable:
        of_stretch = id(one.peers)
        moved = {
            (of_stretch, who): during
            for who, during in zip(one.peers.who.tolist(), one.peers.during.tolist(), strict=True)
        }
        others.update(moved)
        alike.update({(of_stretch, who): moved[of_stretch, who] for who in one.peers.who[one.near].tolist()})
    return {
        "alike": len(alike),
        "alike_moved": np.mean(list(alike.values())) if alike else np.nan,
        "others": len(others),
        "others_moved": np.mean(list(others.values())) if others else np.nan,
    }


def _judged(impact: DataFrame, rules: Rules) -> DataFrame:
    """The interventions with the interval and chance of each difference, and what can be said."""
    small, fewest = rules.groups.small, rules.provision.fewest
    enough = impact["pairs"] >= fewest
    told = [one if many else np.empty(0) for one, many in zip(impact["differences"], enough, strict=True)]
    intervals = [paired_interval(one, small.confidence) for one in told]
    chance = np.array([swap_chance(one) if len(one) else np.nan for one in told])
    low, high = (pd.Series([one[end] for one in intervals], dtype="float64") for end in (0, 1))
    q = pd.Series(false_discovery(chance))
    sure = q < small.false_alarms / _PERCENT
    verdict = np.select(
        [~enough, sure & (low > 0), sure & (high < 0)],
        [Impact.NO_COMPARISON.value, Impact.MORE.value, Impact.LESS.value],
        Impact.NOT_TOLD.value,
    )
    few = impact["lack"].where(impact["pairs"] == 0, Lack.TOO_FEW.value)
    judged = impact.assign(low=low, high=high, chance=chance, q=q, verdict=verdict, reason=few.where(~enough, ""))
    numbers = [column.name for column in IMPACT.columns if column.kind == "number"]
    points = [name for name in numbers if name not in ("chance", "q")]
    return judged.assign(**{name: judged[name].astype("float64").round(DECIMALS) for name in points})[IMPACT.names]
