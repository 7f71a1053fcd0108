"""The children of one intervention in one subject beside all comparable ones: child by child, and what they come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.beside import Difference, WeighedSides, mean_difference
from siptrack.analysis.evidence import own_share, posterior
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.progress import term_labels
from siptrack.cycle.matching import STRETCH, Comparable, InNothing, Stretch, compare_with
from siptrack.cycle.prospects import SPELL, Prospects, Spell
from siptrack.cycle.provision_tables import Lack
from siptrack.cycle.stretches import UNKNOWN, School
from siptrack.school.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.texts import Texts

    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

UNIT = ("intervention", "subject", "scale")
_TERMS = ("earlier", "before", "after", "later")
_OF_PEERS = ("start", "earlier", "during", "expected", "later")
_PERCENT = 100  # of a whole


@dataclass(frozen=True)
class SetBeside:
    """What the children of interventions are set beside: the school, its prospects, and the peers of each stretch."""

    school: School
    prospects: Mapping[Spell, Prospects]
    peers: Mapping[Stretch, InNothing]
    rules: Rules


class Unit(NamedTuple):
    """One intervention in one subject on one scale: its children, what they come to, and how they differ from others.

    `apart` is by how much more the marks of all its children together let expect than those of each by itself.
    """

    children: Frame
    comes_to: Mapping[str, object]
    difference: Difference | None
    apart: float


def unit_of(rows: Frame, around: SetBeside) -> Unit:
    """The rows of one intervention in one subject on one scale, each child beside all that are comparable."""
    beside = _beside_each(rows, around)
    children = _children(rows, beside, around)
    matched = children[children["reason"] == ""]
    others = [child for child in beside if child is not None]
    comparable = [child for child in others if len(child.near)]
    difference, apart = None, 0.0
    if comparable:
        (scale,) = rows[:1]["scale"].tolist()
        sides = WeighedSides(matched["difference"], *_weighed_others(comparable))
        difference = mean_difference(sides, around.rules.scales[scale or ""].step)
        apart = float(np.mean(matched["expected_together"] - matched["expected_alone"]))
    return Unit(children, {**_summary(children), **_without(comparable, others)}, difference, apart)


def _beside_each(rows: Frame, around: SetBeside) -> list[Comparable | None]:
    """Who is comparable with each child; None for one that cannot be compared."""
    found = list[Comparable | None]()
    for why, at, scale, group, before, after, who in rows.in_rows("reason", *STRETCH, "who"):
        if why:
            found.append(None)
            continue
        known, peers = around.prospects[at, scale, before, after], around.peers[at, scale, group, before, after]
        found.append(compare_with(who, known, peers, around.rules.provision))
    return found


def _children(rows: Frame, beside: Sequence[Comparable | None], around: SetBeside) -> Frame:
    """The children with the means of those beside each: the columns of COMPARED, `measured`, and both expectations."""
    start = rows["start_distance"]
    theirs = _of_peers(rows, beside, around.school)
    count = np.array([0 if child is None else len(child.near) for child in beside], dtype=np.int64)
    alone, together = rows["expected"] - start, _expected_together(rows, around) - start
    expected = (alone + together) / 2
    lonely = (rows["reason"] == "") & (count == 0)
    points = {
        "start": start,
        "earlier": rows["was"],
        "during": rows["during"],
        "expected": expected,
        "expected_alone": alone,
        "expected_together": together,
        "later": rows["lasting"],
        "difference": rows["during"] - expected - (theirs["during"] - theirs["expected"]),
        **{f"peers_{name}": values for name, values in theirs.items()},
    }
    return rows[[*UNIT, "pupil", "measured", "results", "stands"]].having(
        {f"{name}_term": _labels(rows[name], around.school) for name in _TERMS},
        **{name: values.round(DECIMALS) for name, values in points.items()},
        year_group=rows["group"],
        heading=(_PERCENT * rows["heading"]).round(DECIMALS),
        comparable=count,
        reason=rows["reason"].where(~lonely, Lack.NO_PEER.value),
    )


def _labels(position: Whole, school: School) -> Texts:
    """The labels of terms that count from the first; missing where there is none."""
    return term_labels(np.where(position == UNKNOWN, np.nan, position + school.first))


def _of_peers(rows: Frame, beside: Sequence[Comparable | None], school: School) -> dict[str, Numbers]:
    """What the comparable children of each child come to on average, over the same terms."""
    found = {name: np.full(len(rows), np.nan) for name in _OF_PEERS}
    for row, (child, spots) in enumerate(zip(beside, rows.in_rows("at", *_TERMS), strict=True)):
        if child is None or not len(child.near):
            continue
        who, (at, earlier, before, after, later) = child.peers.who[child.near], spots
        found["earlier"][row] = _mean(_progress(who, at, earlier, before, before, school))
        found["later"][row] = _mean(_progress(who, at, after, later, before, school))
        for name in ("start", "during", "expected"):
            found[name][row] = getattr(child.peers, name)[child.near].mean()
    return found


def _progress(who: Whole, at: int, since: int, until: int, before: int, school: School) -> Numbers:
    """Progress between two terms, on the scale of the result before; missing where a result is."""
    if UNKNOWN in (since, until):
        return np.full(len(who), np.nan)
    distance, scale = school.distance[who, at], school.scale[who, at]
    same = (scale[:, since] == scale[:, before]) & (scale[:, until] == scale[:, before])
    return np.where(same, distance[:, until] - distance[:, since], np.nan)


def _expected_together(rows: Frame, around: SetBeside) -> Numbers:
    """The distance after it that all its children's marks together let expect of each; missing where nothing can be.

    How many of them rise and fall is worked out of their own marks: of children chosen because they were falling more
    fall than of the school's, which the marks of one by itself do not show.
    """
    found = np.full(len(rows), np.nan)
    weighed = np.flatnonzero(rows["reason"].isin({"", Lack.AT_TOP.value}))
    parts = [
        around.prospects[at, scale, before, after].foreseen_of(who)
        for at, scale, before, after, who in rows.take(weighed).in_rows(*SPELL, "who")
    ]
    if parts:
        likely, share, _, written = (np.concatenate(column) for column in zip(*parts, strict=True))
        chance = posterior(likely, own_share(likely, share, around.rules.provision.counts_as))
        found[weighed] = (chance * written).sum(axis=1)
    return found


def _weighed_others(comparable: Sequence[Comparable]) -> tuple[Numbers, Numbers]:
    """How much further each comparable child moved than expected, each once a stretch, and how much it counts."""
    weight: dict[int, Numbers] = {}
    peers: dict[int, InNothing] = {}
    for child in comparable:
        of = id(child.peers)
        peers[of] = child.peers
        counts = weight.setdefault(of, np.zeros(len(child.peers.who)))
        counts[child.near] += 1 / (len(child.near) * len(comparable))
    surplus = np.concatenate([peers[of].during - peers[of].expected for of in peers])
    counts = np.concatenate([weight[of] for of in peers])
    return surplus[counts > 0], counts[counts > 0]


def _summary(children: Frame) -> dict[str, object]:
    """What the children of an intervention, and those of them that are compared, come to."""
    matched = children[children["reason"] == ""]
    lasting = matched[~np.isnan(matched["later"]) & ~np.isnan(matched["peers_later"])]
    every, seen = (rows[rows.first_of("pupil")] for rows in (children, children[children["measured"]]))
    lacks = Counter(why for why in every["reason"].tolist() if why)
    means = {"before": "earlier", "peers_before": "peers_earlier"} | {
        name: name
        for name in ("during", "expected", "expected_alone", "expected_together", "peers_during", "peers_expected")
    }
    return {
        "children": len(every),
        "measured": len(seen),
        "moved": _mean(seen["during"]),
        "compared": len(matched),
        **{name: _mean(matched[column]) for name, column in means.items()},
        "after_compared": len(lasting),
        "after": _mean(lasting["later"]),
        "peers_after": _mean(lasting["peers_later"]),
        "lack": max(sorted(lacks), key=lambda why: lacks[why]) if lacks else "",
    }


def _mean(values: Numbers) -> float:
    """The mean of those that are known; missing where none is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def _without(comparable: Sequence[Comparable], others: Sequence[Comparable]) -> dict[str, object]:
    """How many are comparable, and how all in nothing of the same year groups moved, each once a stretch."""
    near = {(id(child.peers), at) for child in comparable for at in child.near.tolist()}
    moved = {id(child.peers): child.peers.during for child in others}
    every = np.concatenate([*moved.values(), np.empty(0)])
    return {"comparable": len(near), "others": len(every), "others_moved": _mean(every)}
