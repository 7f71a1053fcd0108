"""Groups and gaps: how each group stands, and each compared with its peers on every measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from siptrack.analysis import statistics as st
from siptrack.analysis.families import judge_gaps
from siptrack.analysis.gap_chances import chances_of
from siptrack.analysis.group_tables import GAPS, GROUPS
from siptrack.analysis.like_for_like import pooled_means, pooled_shares
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.summary import with_bounds
from siptrack.analysis.tally import Tally
from siptrack.analysis.vocabulary import Measure
from siptrack.school.frame import Frame
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.groups import SmallNumbers

    Rows = tuple[NDArray[np.intp], ...]  # key, subject and among of each comparison
    Numbers = NDArray[np.float64]

_POINTS = {Measure.MEAN_DISTANCE: "distance", Measure.MEAN_PROGRESS: "progress"}
_LIKE = ("like_gap", "like_low", "like_high", "like_n", "like_peers_n")
_MISSING = {column.name: np.nan for column in GAPS.columns if column.kind != "text"}


def count_groups(tally: Tally) -> Frame:
    """The groups table: every group with a pupil in it, and not recorded, in each subject and among each."""
    if not tally.keys:
        return GROUPS.no_rows()
    counts = {name: tally.count(name) for name in ("assessed", "at_are", "judged", "insufficient")}
    n = tally.count()
    at = np.nonzero(n > 0)
    columns = {name: values[at] for name, values in counts.items()}
    has_progress = _has_progress(tally)[at[1]]
    for name in COUNTS[Measure.INSUFFICIENT]:
        columns[name] = np.where(has_progress, columns[name], np.nan)
    for measure, column in _POINTS.items():
        known, total, _ = _moments(tally, column)
        columns[measure.value] = np.divide(
            total[at], known[at], out=np.full(len(has_progress), np.nan), where=known[at] > 0
        )
    order = np.lexsort((at[0], at[2], at[1]))
    return with_bounds(_named(tally, at).having(columns, n=n[at].astype(np.int64)).take(order))[GROUPS.names]


def compare(tally: Tally, rules: Rules, rate: float | None = None) -> Frame:
    """The gaps table. With `rate`, a percentage, the groups' percentages at ARE are compared with it."""
    gaps = compare_all(tally, rules, rate)
    return gaps if rate is not None else among_equal_starts(gaps, tally, rules.groups.small)


def compare_all(tally: Tally, rules: Rules, rate: float | None = None) -> Frame:
    """The same, without what is left of the gaps among children of equal start."""
    if not tally.keys:
        return GAPS.no_rows()
    small = rules.groups.small
    if rate is not None:
        return _in_order(tally, [_with_rate(tally, small, rate)], rules)
    parts = [_of_counts(tally, measure, rules) for measure in COUNTS]
    parts += [_of_points(tally, measure, small) for measure in _POINTS]
    return _in_order(tally, parts, rules)


def among_equal_starts(gaps: Frame, tally: Tally, small: SmallNumbers) -> Frame:
    """The gaps with what is left of each among children of equal start, which costs as much as all the rest."""
    keys = {key: at for at, key in enumerate(tally.keys)}
    at = (
        np.array([keys[key] for key in gaps.in_rows("characteristic", "group")], dtype=np.intp),
        gaps["subject"].in_words(tally.subjects),
        gaps["among"].in_words([stage.key for stage in tally.among]),
    )
    enough = _enough(gaps["n"], gaps["peers_n"], small)
    found = {name: gaps[name].copy() for name in _LIKE}
    for measure in Measure:
        rows = gaps["measure"] == measure.value
        if rows.any():
            places: Rows = tuple(axis[rows] for axis in at)
            for name, values in _like_for_like(tally, measure, places, enough[rows], small).items():
                found[name][rows] = values
    return gaps.having(found)


def _in_order(tally: Tally, parts: list[Frame], rules: Rules) -> Frame:
    """The comparisons by subject, among, characteristic, measure and group, with their verdicts."""
    rows = Frame.stacked(parts)
    places = {
        "subject": rows["subject"].in_words(tally.subjects),
        "among": rows["among"].in_words([stage.key for stage in tally.among]),
        "characteristic": rows["characteristic"].in_words(list(dict.fromkeys(name for name, _ in tally.keys))),
        "measure": rows["measure"].in_words([measure.value for measure in Measure]),
        "group": rows["key"],
    }
    rows = rows.take(np.lexsort(tuple(places.values())[::-1]))
    return judge_gaps(rows, tally, rules).having(explained_by="")[GAPS.names]


def _of_counts(tally: Tally, measure: Measure, rules: Rules) -> Frame:
    """Gaps in how many are at ARE, or make insufficient progress."""
    everybody, counted = COUNTS[measure]
    small = rules.groups.small
    n, count = tally.count(everybody), tally.count(counted)
    if measure is Measure.INSUFFICIENT:
        n = n * _has_progress(tally)[np.newaxis, :, np.newaxis]
    peers_n, peers_count = tally.of_peers(n), tally.of_peers(count)
    at = _compared(tally, n, peers_n, small)
    ours, theirs = (_whole(n, count, at), _whole(peers_n, peers_count, at))
    sides = (*ours, *theirs)
    enough = _enough(sides[1], sides[3], small)
    low, high = st.newcombe(*sides, st.critical_value(small.confidence))
    close, reverse = st.closing(*sides)
    children = st.whole_children(*sides)
    gap = 100 * (sides[0] / sides[1] - sides[2] / sides[3])
    exact = st.placebo(*sides)
    p, ahead = chances_of(tally, measure, at, list(rules.groups.pairs), exact, gap)
    return _frame(tally, at, measure).having(
        n=sides[1],
        count=sides[0],
        peers_n=sides[3],
        peers_count=sides[2],
        value=_shown(100 * sides[0] / sides[1], sides[1], small),
        peers_value=_shown(100 * sides[2] / sides[3], sides[3], small),
        gap=gap,
        low=100 * low,
        high=100 * high,
        children=children,
        moved=children,
        close=close,
        reverse=reverse,
        placebo=np.where(enough, exact, np.nan),
        p=p,
        ahead=ahead,
    )


def _of_points(tally: Tally, measure: Measure, small: SmallNumbers) -> Frame:
    """Gaps in mean distance or mean progress, with the gap index."""
    column = _POINTS[measure]
    moments = _moments(tally, column)
    peers = [tally.of_peers(moment) for moment in moments]
    n = moments[0]
    at = _compared(tally, n, peers[0], small)
    ours, theirs = _mean_and_variance(moments, at), _mean_and_variance(peers, at)
    size, peers_size = n[at].astype(np.int64), peers[0][at].astype(np.int64)
    enough = _enough(size, peers_size, small)
    low, high = st.welch(n[at], *ours, peers[0][at], *theirs, confidence=small.confidence)
    ranked = _values(tally, column)
    group, others = ranked[at], tally.of_peers(ranked)[at]
    index, index_low, index_high = st.index(group, others, st.critical_value(small.confidence))
    return _frame(tally, at, measure).having(
        n=size,
        peers_n=peers_size,
        value=_shown(ours[0], size, small),
        peers_value=_shown(theirs[0], peers_size, small),
        gap=ours[0] - theirs[0],
        low=low,
        high=high,
        moved=np.trunc(index / 10 * size),
        placebo=_where(enough, lambda rows: st.rank_placebo(group[rows], others[rows])),
        index=index,
        index_low=index_low,
        index_high=index_high,
    )


def _with_rate(tally: Tally, small: SmallNumbers, rate: float) -> Frame:
    """Each group's percentage at ARE beside a percentage that was named."""
    n, count = tally.count("assessed"), tally.count("at_are")
    at = _compared(tally, n, np.full_like(n, np.inf), small)
    size, counted = n[at].astype(np.int64), count[at].astype(np.int64)
    enough = _enough(size, size, small)
    low, high = st.wilson(counted, size, st.critical_value(small.confidence))
    children = np.trunc((100 * counted - rate * size) / 100)
    placebo = _where(enough, lambda rows: st.rate_placebo(counted[rows], size[rows], rate / 100))
    return _frame(tally, at, Measure.AT_ARE).having(
        n=size,
        count=counted,
        value=_shown(100 * counted / size, size, small),
        peers_value=rate,
        gap=100 * counted / size - rate,
        low=100 * low - rate,
        high=100 * high - rate,
        children=children,
        moved=children,
        placebo=placebo,
        p=placebo,
        ahead=children,
    )


def _like_for_like(
    tally: Tally, measure: Measure, at: Rows, enough: NDArray[np.bool_], small: SmallNumbers
) -> dict[str, Numbers]:
    """The gap among children of equal start, pooled over the bands; missing where there are too few to compare."""
    band, bands = tally.places("start")
    found = {name: np.full(len(enough), np.nan) for name in _LIKE}
    if not bands or not enough.any():
        return found
    rows: Rows = tuple(axis[enough] for axis in at)
    if measure in COUNTS:
        everybody, counted = (tally.cells[name] for name in COUNTS[measure])
        weights = (counted * everybody, everybody)
        count, n, peers_count, peers_n = _both_sides(tally, [tally.spread(band, bands, w) for w in weights], rows)
        z = st.critical_value(small.confidence)
        pooled = pooled_shares(count, n, peers_count, peers_n, z=z)
        pooled = pooled._replace(gap=100 * pooled.gap, low=100 * pooled.low, high=100 * pooled.high)
    else:
        value = tally.cells[_POINTS[measure]]
        sums = (np.isfinite(value).astype(np.float64), value, value**2)
        sides = _both_sides(tally, [tally.spread(band, bands, w) for w in sums], rows)
        pooled = pooled_means(*sides, confidence=small.confidence)
    alike = np.minimum(pooled.n, pooled.peers_n) >= small.like_from
    for name, values in zip(found, pooled, strict=True):
        found[name][enough] = np.where(alike, values, np.nan)
    return found


def _both_sides(tally: Tally, of_side: list[Numbers], rows: Rows) -> list[Numbers]:
    return [side[rows] for side in (*of_side, *(tally.of_peers(side) for side in of_side))]


def _moments(tally: Tally, column: str) -> tuple[Numbers, Numbers, Numbers]:
    """How many have a value there, their sum, and the sum of their squares."""
    value = tally.cells[column]
    place = np.where(np.isfinite(value), 0, -1)
    n, total, squares = (tally.spread(place, 1, weight)[..., 0] for weight in (None, value, value**2))
    return n, total, squares


def _values(tally: Tally, column: str) -> Numbers:
    """How many have each distinct value, the lowest first."""
    place, distinct = tally.places(column)
    return tally.spread(place, max(distinct, 1))


def _whole(n: Numbers, count: Numbers, at: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return count[at].astype(np.int64), n[at].astype(np.int64)


def _mean_and_variance(moments: Sequence[Numbers], at: Rows) -> tuple[Numbers, Numbers]:
    n, total, squares = (moment[at] for moment in moments)
    mean = total / n
    variance = np.maximum(squares - n * mean**2, 0) / np.maximum(n - 1, 1)
    return mean, variance


def _has_progress(tally: Tally) -> NDArray[np.bool_]:
    """The subjects in which progress is judged at all; in a combined one it is not."""
    with_progress = tally.cells["subject"][~np.isnan(tally.cells["insufficient"])].distinct()
    return np.array([subject in with_progress for subject in tally.subjects], dtype=np.bool_)


def _compared(tally: Tally, n: Numbers, peers_n: Numbers, small: SmallNumbers) -> Rows:
    """The comparisons to make: everybody's always, those within year groups and key stages where both are enough."""
    has_peers = np.array([bool(called) for called in tally.named], dtype=np.bool_)
    kept = (n > 0) & (peers_n > 0) & has_peers[:, np.newaxis, np.newaxis]
    kept[:, :, 1:] &= (np.minimum(n, peers_n) >= small.compared_from)[:, :, 1:]
    return np.nonzero(kept)


def _enough(n: NDArray[np.int64], peers_n: NDArray[np.int64], small: SmallNumbers) -> NDArray[np.bool_]:
    enough: NDArray[np.bool_] = np.minimum(n, peers_n) >= small.compared_from
    return enough


def _shown(value: Numbers, n: NDArray[np.int64], small: SmallNumbers) -> Numbers:
    """A percentage or mean, missing where there are too few children for one."""
    return np.where(n >= small.percentages_from, value, np.nan)


def _where(rows: NDArray[np.bool_], work: Callable[[NDArray[np.bool_]], NDArray[Any]]) -> Numbers:
    """What is worked out for these rows; missing in the others."""
    whole = np.full(len(rows), np.nan)
    if rows.any():
        whole[rows] = work(rows)
    return whole


def _named(tally: Tally, at: Rows) -> Frame:
    """The names of these places in a tally."""
    return Frame(
        {
            "characteristic": Texts.of(name for name, _ in tally.keys).take(at[0]),
            "group": Texts.of(group for _, group in tally.keys).take(at[0]),
            "subject": Texts.of(tally.subjects).take(at[1]),
            "among": Texts.of(stage.key for stage in tally.among).take(at[2]),
        }
    )


def _frame(tally: Tally, at: Rows, measure: Measure) -> Frame:
    """These comparisons in one measure, with every figure still missing."""
    peers = Texts.of(tally.named).take(at[0])
    return _named(tally, at).having(_MISSING, peers=peers, measure=measure.value, key=at[0], ahead=np.nan)
