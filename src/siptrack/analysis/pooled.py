"""A year group with the same year group of the years before, so that a small school has enough children to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis import statistics as st
from siptrack.analysis.everybody import Everybody
from siptrack.analysis.many_at_once import holm
from siptrack.analysis.over_time import LaidOverTime
from siptrack.analysis.trend_tables import POOLED
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.school.families import Family
from siptrack.school.frame import Frame
from siptrack.school.term import SEASONS_IN_A_YEAR, Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.groups import GroupRules

    Flags = NDArray[np.bool_]

_PERCENT = 100  # of a whole
_LEAST = 2  # years, below which there is nothing to pool
JOINT = "; "  # between the terms pooled


class _Cohorts(NamedTuple):
    """The children of each year group in one season of several years, the newest first.

    `assessed` and `met` are by year, child, subject and year group (a place in `year_groups`); a child who was in a
    year group twice is there the last time.
    """

    year_groups: tuple[int, ...]
    assessed: Flags
    met: Flags


def pool_years(over: LaidOverTime, everybody: Everybody, rules: Rules) -> Frame:
    """The pooled table: how many are at expectations in each year group, over this year's cohort and those before it.

    A year is left out of a subject and year group whose commonest scale was another then: the line was not the same.
    """
    cohorts = _cohorts(over, everybody, rules.trends.years_pooled)
    kept = _kept(over, cohorts)
    rows = _counted(over, everybody, cohorts, kept)
    return _with_gaps(rows, rules.groups)[POOLED.names] if len(rows) else POOLED.no_rows()


def _cohorts(over: LaidOverTime, everybody: Everybody, years: int) -> _Cohorts:
    """Who was in which year group in this season of each year and was assessed, once a year group."""
    of_year = everybody.year_group
    now = of_year[everybody.here & everybody.alike, 0]
    groups = np.array(sorted(set(now[np.isfinite(now)].tolist())))
    shape = (years, len(everybody.here), len(over.subjects), len(groups))
    assessed, met = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    for back in range(min(years, of_year.shape[1])):
        ago = SEASONS_IN_A_YEAR * back
        there = everybody.alike & everybody.on_roll(over.term.number - ago)
        within = (of_year[:, back, None] == groups) & there[:, None]
        fresh = over.assessed[:, :, ago, None] & within[:, None, :] & ~assessed[:back].any(axis=0)
        assessed[back], met[back] = fresh, fresh & over.met[:, :, ago, None]
    return _Cohorts(tuple(groups.astype(np.int64).tolist()), assessed, met)


def _kept(over: LaidOverTime, cohorts: _Cohorts) -> Flags:
    """By year, subject and year group: whether the year has children there, most of them on this year's scale."""
    has: Flags = np.asarray(cohorts.assessed.any(axis=1), dtype=np.bool_)
    commonest = np.full(has.shape, -1, dtype=np.int64)
    for year, subject, group in zip(*np.nonzero(has), strict=True):
        scales = over.scale[cohorts.assessed[year, :, subject, group], subject, SEASONS_IN_A_YEAR * year]
        found, count = np.unique(scales, return_counts=True)
        commonest[year, subject, group] = found[count.argmax()]
    kept: Flags = has & (commonest == commonest[:1]) & has[:1]
    kept &= kept.sum(axis=0) >= _LEAST
    return kept


def _counted(over: LaidOverTime, everybody: Everybody, cohorts: _Cohorts, kept: Flags) -> Frame:
    """The children of every group and of its peers, over the years kept and of the newest alone."""
    assessed, met = (flags & kept[:, None] for flags in (cohorts.assessed, cohorts.met))
    values = np.stack([assessed.sum(axis=0), met.sum(axis=0), assessed[0]], axis=3).astype(np.float64)
    own, others = everybody.sides.sums(values)
    compared = np.array([bool(called) for called in everybody.sides.named], dtype=np.bool_)[:, None, None]
    key, subject, group = at = np.nonzero((own[..., 0] > 0) & (others[..., 0] > 0) & compared)
    order = np.lexsort((key, group, subject))
    key, subject, group = (places[order] for places in at)
    labels = [Term.numbered(over.term.number - SEASONS_IN_A_YEAR * year).label for year in range(len(kept))]
    ours, theirs = (side[key, subject, group].astype(np.int64) for side in (own, others))
    pooled = {
        place: JOINT.join(label for label, there in reversed(list(zip(labels, kept[:, *place], strict=True))) if there)
        for place in set(zip(subject.tolist(), group.tolist(), strict=True))
    }
    return Frame(
        {
            "subject": Texts.of(over.subjects).take(subject),
            "year_group": np.array(cohorts.year_groups, dtype=np.int64)[group],
            "characteristic": Texts.of(name for name, _ in everybody.sides.keys).take(key),
            "group": Texts.of(name for _, name in everybody.sides.keys).take(key),
            "peers": Texts.of(everybody.sides.named).take(key),
            "pooled": Texts.of(pooled[place] for place in zip(subject.tolist(), group.tolist(), strict=True)),
            **{name: ours[:, at] for at, name in enumerate(("n", "count", "newest_n"))},
            **{name: theirs[:, at] for at, name in enumerate(("peers_n", "peers_count", "newest_peers_n"))},
        }
    )


def _with_gaps(rows: Frame, rules: GroupRules) -> Frame:
    """The gaps with their intervals, and which are more than chance: all of them held together."""
    small = rules.small
    count, n, peers_count, peers_n = (rows[name] for name in ("count", "n", "peers_count", "peers_n"))
    sides = (count, n, peers_count, peers_n)
    low, high = st.newcombe(*sides, st.critical_value(small.confidence))
    enough = np.minimum(n, peers_n) >= small.compared_from
    placebo = np.full(len(rows), np.nan)
    placebo[enough] = st.placebo(*(side[enough] for side in sides))
    adjusted = holm(placebo, np.zeros(len(rows), dtype=np.int64), np.arange(len(rows)))
    enough_children = np.abs(st.whole_children(*sides)) >= small.whole_children
    clear = (adjusted < rules.held.false_alarms[Family.POOLED] / _PERCENT) & enough_children
    return rows.having(
        gap=100 * (count / n - peers_count / peers_n),
        low=100 * low,
        high=100 * high,
        needed=np.minimum(rows["newest_n"], rows["newest_peers_n"]) < small.compared_from,
        placebo=placebo,
        p_adjusted=adjusted,
        verdict=Texts.chosen(
            [~enough, clear], [GapVerdict.TOO_FEW.value, GapVerdict.CLEAR_THERE.value], GapVerdict.NOT_CLEAR.value
        ),
    )
