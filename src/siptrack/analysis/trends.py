"""The same gap term by term among the same children, apart from what those who came or went did to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from siptrack.analysis import statistics as st
from siptrack.analysis.everybody import Everybody
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.over_time import LaidOverTime
from siptrack.analysis.student import student_chance, student_critical
from siptrack.analysis.trend_tables import FOLLOWED, TRENDS, Trend
from siptrack.analysis.vocabulary import Measure
from siptrack.school.frame import Frame
from siptrack.school.term import SEASONS_IN_A_YEAR, Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.groups import SmallNumbers

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Sums = Mapping[str, Numbers]
    Rows = tuple[NDArray[np.intp], ...]  # key, scene and subject of each row

_PERCENT = 100  # of a whole


class _Scene(NamedTuple):
    """Two terms in one measure, by child and subject: the values, who has one, and whether they are on two scales."""

    then: Numbers
    now: Numbers
    known_then: Flags
    known_now: Flags
    rescaled: Flags


def measure_trends(over: LaidOverTime, everybody: Everybody, rules: Rules) -> Frame:
    """The trends table: from each term of the last years with a result, the newest first, to the term judged."""
    back = SEASONS_IN_A_YEAR * rules.trends.years_followed
    scenes = [(ago, measure) for ago in range(1, back + 1) if over.assessed[:, :, ago].any() for measure in FOLLOWED]
    if not scenes or not everybody.sides.keys:
        return TRENDS.no_rows()
    values = [_values(_scene(over, everybody, *scene), everybody, over.term.number - scene[0]) for scene in scenes]
    own, others = everybody.sides.sums(
        np.stack([np.stack(list(measured.values()), axis=2) for measured in values], axis=1)
    )
    compared = np.array([bool(called) for called in everybody.sides.named], dtype=np.bool_)[:, None, None]
    at = np.nonzero((own[..., 0] > 0) & (others[..., 0] > 0) & compared)
    at = tuple(axis[_in_order(at, scenes, everybody)] for axis in at)
    group, peers = (dict(zip(values[0], side[at].T, strict=True)) for side in (own, others))
    counts = {name: group[name].astype(np.int64) for name in ("n", "stayed", "joined", "left")}
    of_what = _table(at, scenes, over, everybody)
    percent, small = of_what["measure"] == Measure.AT_ARE.value, rules.groups.small
    rows = of_what.having(
        {**_gaps(group, peers, small), **_ends_of_gaps(group, peers, percent, small), **counts},
        peers_n=peers["n"].astype(np.int64),
        rescaled=(group["rescaled"] + peers["rescaled"]).astype(np.int64),
    )
    return _with_trends(rows, small)[TRENDS.names]


def _in_order(at: Rows, scenes: Sequence[tuple[int, Measure]], everybody: Everybody) -> NDArray[np.intp]:
    """By term, subject, characteristic, measure and group."""
    key, scene, subject = at
    names = [name for name, _ in everybody.sides.keys]
    characteristic = np.array([names.index(name) for name in names], dtype=np.int64)[key]
    ago = np.array([ago for ago, _ in scenes], dtype=np.int64)[scene]
    return np.lexsort((key, scene, characteristic, subject, ago))


def _table(at: Rows, scenes: Sequence[tuple[int, Measure]], over: LaidOverTime, everybody: Everybody) -> Frame:
    """What each row is about."""
    key, scene, subject = at
    return Frame(
        {
            "from_term": Texts.of(Term.numbered(over.term.number - ago).label for ago, _ in scenes).take(scene),
            "term": Texts.every(over.term.label, len(scene)),
            "terms": np.array([ago for ago, _ in scenes], dtype=np.int64)[scene],
            "subject": Texts.of(over.subjects).take(subject),
            "characteristic": Texts.of(name for name, _ in everybody.sides.keys).take(key),
            "group": Texts.of(group for _, group in everybody.sides.keys).take(key),
            "peers": Texts.of(everybody.sides.named).take(key),
            "measure": Texts.of(measure.value for _, measure in scenes).take(scene),
        }
    )


def _scene(over: LaidOverTime, everybody: Everybody, ago: int, measure: Measure) -> _Scene:
    """Those spoken of now, and those who were on roll then and would be, had they not left."""
    there = (everybody.on_roll(over.term.number - ago) & (everybody.here | everybody.gone))[:, None]
    here = everybody.here[:, None]
    rescaled = over.scale[:, :, ago] != over.scale[:, :, 0]
    if measure is Measure.MEAN_DISTANCE:
        then, now = over.distance[:, :, ago], over.distance[:, :, 0]
        known_then, known_now = np.isfinite(then) & there, np.isfinite(now) & here
        return _Scene(np.nan_to_num(then), np.nan_to_num(now), known_then, known_now, rescaled)
    then, now = (_PERCENT * over.met[:, :, at].astype(np.float64) for at in (ago, 0))
    return _Scene(then, now, over.assessed[:, :, ago] & there, over.assessed[:, :, 0] & here, rescaled)


def _values(scene: _Scene, everybody: Everybody, then: int) -> dict[str, Numbers]:
    """What is summed over each group, by child and subject; `n` is the first and counts the same children."""
    same, either = scene.known_then & scene.known_now, scene.known_then | scene.known_now
    was, here = everybody.on_roll(then)[:, None], everybody.here[:, None]
    change = np.where(same, scene.now - scene.then, 0.0)
    return {
        "n": same.astype(np.float64),
        "then": np.where(same, scene.then, 0.0),
        "now": np.where(same, scene.now, 0.0),
        "then_squares": np.where(same, scene.then, 0.0) ** 2,
        "now_squares": np.where(same, scene.now, 0.0) ** 2,
        "change": change,
        "squares": change**2,
        "all_then_n": scene.known_then.astype(np.float64),
        "all_then": np.where(scene.known_then, scene.then, 0.0),
        "all_now_n": scene.known_now.astype(np.float64),
        "all_now": np.where(scene.known_now, scene.now, 0.0),
        "stayed": (either & was & here).astype(np.float64),
        "joined": (scene.known_now & ~was).astype(np.float64),
        "left": (scene.known_then & ~here).astype(np.float64),
        "rescaled": (same & scene.rescaled).astype(np.float64),
    }


def _gaps(group: Sums, peers: Sums, small: SmallNumbers) -> dict[str, NDArray[Any]]:
    """The gap then and now, its change with its interval and chance, and the same of everybody."""
    sides = (group, peers)
    then, now = ([side[name] / side["n"] for side in sides] for name in ("then", "now"))
    change = group["change"] / group["n"] - peers["change"] / peers["n"]
    reach, chance = _by_welch_and_student(change, group, peers, small)
    all_then, all_now = (
        group[f"all_{when}"] / group[f"all_{when}_n"] - peers[f"all_{when}"] / peers[f"all_{when}_n"]
        for when in ("then", "now")
    )
    enough = np.minimum(group["n"], peers["n"]) >= max(small.compared_from, 2)
    shown = [side["n"] >= small.percentages_from for side in sides]
    return {
        "then_value": np.where(shown[0], then[0], np.nan),
        "now_value": np.where(shown[0], now[0], np.nan),
        "peers_then_value": np.where(shown[1], then[1], np.nan),
        "peers_now_value": np.where(shown[1], now[1], np.nan),
        "gap_then": then[0] - then[1],
        "gap_now": now[0] - now[1],
        "change": change,
        "low": change - reach,
        "high": change + reach,
        "chance": np.where(enough, chance, np.nan),
        "all_gap_then": all_then,
        "all_gap_now": all_now,
        "mix": all_now - all_then - change,
    }


def _ends_of_gaps(group: Sums, peers: Sums, percent: Flags, small: SmallNumbers) -> dict[str, Numbers]:
    """The interval of the gap then and of the gap now: Newcombe's of percentages, Welch's of means."""
    enough = np.minimum(group["n"], peers["n"]) >= max(small.compared_from, 2)
    found = {}
    for when in ("then", "now"):
        met = [(side[when] / _PERCENT).round().astype(np.int64) for side in (group, peers)]
        n, peers_n = (side["n"].astype(np.int64) for side in (group, peers))
        shares = st.newcombe(
            np.where(percent, met[0], 0), n, np.where(percent, met[1], 0), peers_n, st.critical_value(small.confidence)
        )
        means = st.welch(*_mean(group, when), *_mean(peers, when), confidence=small.confidence)
        for end, of_shares, of_means in zip(("low", "high"), shares, means, strict=True):
            found[f"{when}_{end}"] = np.where(enough, np.where(percent, _PERCENT * of_shares, of_means), np.nan)
    return found


def _mean(side: Sums, when: str) -> tuple[Numbers, Numbers, Numbers]:
    """How many children a side has, their mean, and the variance of a sample."""
    n, mean = side["n"], side[when] / side["n"]
    return n, mean, np.maximum(side[f"{when}_squares"] - n * mean**2, 0).round(DECIMALS) / np.maximum(n - 1, 1)


def _by_welch_and_student(change: Numbers, group: Sums, peers: Sums, small: SmallNumbers) -> tuple[Numbers, Numbers]:
    """How far the interval reaches to either side, and the chance of such a change; missing with one child on a side.

    Of Welch's test and of Student's the one that is less sure. Where nobody of a side changed, Welch's takes this for a
    certainty about them; where the few of a small side changed, Student's takes them to be as steady as the others.
    """
    squares = [
        np.maximum(side["squares"] - side["change"] ** 2 / side["n"], 0).round(DECIMALS) for side in (group, peers)
    ]
    n, peers_n = group["n"], peers["n"]
    enough = (n > 1) & (peers_n > 1)
    a, b = squares[0] / (n * np.maximum(n - 1, 1)), squares[1] / (peers_n * np.maximum(peers_n - 1, 1))
    varies = enough & (a + b > 0)
    both = np.where(varies, n + peers_n - 2, 1)
    tests = [
        (st.welch_freedom(a, n, b, peers_n), np.sqrt(a + b)),
        (both, np.sqrt((squares[0] + squares[1]) / both * (1 / n + 1 / peers_n))),
    ]
    reach, chance = np.zeros(len(n)), np.zeros(len(n))
    for freedom, error in tests:
        t = np.divide(np.abs(change), error, out=np.zeros(len(n)), where=varies)
        reach = np.fmax(reach, student_critical(small.confidence, freedom) * np.where(varies, error, 0))
        chance = np.fmax(chance, student_chance(t, freedom))
    unmoved = (change.round(DECIMALS) == 0).astype(np.float64)
    return np.where(enough, reach, np.nan), np.where(enough, np.where(varies, chance, unmoved), np.nan)


def _with_trends(rows: Frame, small: SmallNumbers) -> Frame:
    """What became of each gap, as docs/trends.md defines the words.

    Clear is a change whose interval leaves out 0, on its own and among all gaps followed since that term, between sides
    that both have enough children; and in a percentage one of at least a whole child.
    """
    q = np.full(len(rows), np.nan)
    for ago in set(rows["terms"].tolist()):
        since = rows["terms"] == ago
        q[since] = st.false_discovery(rows["chance"][since])
    changed = _large(rows, "change", small) & _leaves_out_0(rows, "low", "high")
    changed &= q < small.false_alarms / _PERCENT
    was, is_now = (_large(rows, f"gap_{when}", small) for when in ("then", "now"))
    clear_then, clear_now = (
        there & _leaves_out_0(rows, f"{when}_low", f"{when}_high") for when, there in (("then", was), ("now", is_now))
    )
    then, now = rows["gap_then"].round(DECIMALS), rows["gap_now"].round(DECIMALS)
    smaller, other_side = np.abs(now) < np.abs(then), was & is_now & (then * now < 0)
    larger = np.abs(now) > np.abs(then)
    choices = {
        Trend.CLOSED: clear_then & ~clear_now & (~is_now | changed & (smaller | other_side)),
        Trend.CANNOT_TELL: ~changed | other_side & ~clear_now & ~larger,
        Trend.REVERSING: other_side & clear_now,
        Trend.NARROWING: smaller,
    }
    trend = Texts.chosen(list(choices.values()), [trend.value for trend in choices], Trend.WIDENING.value)
    return rows.having(q=q, trend=trend)


def _large(rows: Frame, name: str, small: SmallNumbers) -> Flags:
    """Whether a gap or its change is anything: in a percentage at least so many whole children of the group."""
    size = np.abs(rows[name]).round(DECIMALS)
    children = (size * rows["n"] / _PERCENT).round(DECIMALS)
    large: Flags = (size > 0) & ((rows["measure"] != Measure.AT_ARE.value) | (children >= small.whole_children))
    return large


def _leaves_out_0(rows: Frame, low: str, high: str) -> Flags:
    """Whether these are the ends of an interval that does not hold 0."""
    apart: Flags = (rows[low].round(DECIMALS) > 0) | (rows[high].round(DECIMALS) < 0)
    return apart
