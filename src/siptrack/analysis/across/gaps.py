"""The gaps between groups: in each school with all schools' comparisons held together, and in all schools together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis import statistics as st
from siptrack.analysis.across.counting import primary_of
from siptrack.analysis.across.linked import shown_groups
from siptrack.analysis.across.tables import ACROSS, IN_SCHOOLS, Across
from siptrack.analysis.cells import add_cells
from siptrack.analysis.gaps import compare
from siptrack.analysis.like_for_like import pooled_shares
from siptrack.analysis.many_at_once import holm
from siptrack.analysis.tally import EVERYBODY, REST, lay_out, year_key
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.school.families import Family
from siptrack.school.frame import Frame
from siptrack.school.register import NOT_RECORDED
from siptrack.school.rounding import to_multiple
from siptrack.school.sharing import Status
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.across.counting import SchoolCounts
    from siptrack.analysis.across.laid import Laid
    from siptrack.rules.model import Rules
    from siptrack.school.groups import Characteristic
    from siptrack.school.sharing import SharingMode

    Counts = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

_PERCENT = 100
_ON_A_SCALE = ("order", "distance", "progress", "start")  # of the cells
_GAP = ("subject", "measure", "characteristic", "group", "peers")
_ASKED = (Family.PRIMARY, Family.PROGRESS)  # the families of what every school is asked about
_SIDES = ("n", "count", "peers_n", "peers_count")


def gaps_in_schools(
    schools: Mapping[str, SchoolCounts], laid: Laid, rules: Rules, mode: SharingMode
) -> tuple[Frame, Counts, int]:
    """The gaps of each school with all schools' comparisons held together; how many are clear by themselves.

    Between the two, which way each gap goes that is clear, all held together, shown or not: 1 or -1; else 0.
    """
    rows = Frame.stacked([counts.gaps.having(school=name) for name, counts in schools.items()])
    if rows.empty:
        return IN_SCHOOLS.no_rows(), np.zeros(0, dtype=np.int64), 0
    family = rows["family"]
    asked = family.isin([each.value for each in _ASKED])
    chance = np.where(asked, rows["p"], np.nan)
    adjusted = holm(chance, family.in_words(family.distinct()), np.arange(len(rows)))
    limit = family.looked_up(dict(rules.groups.held.false_alarms.items())) / _PERCENT
    alone = rows["verdict"]
    clear = (alone == GapVerdict.CLEAR.value) & (adjusted < limit)
    verdict = Texts.chosen(
        [clear, alone.isin([GapVerdict.TOO_FEW.value, GapVerdict.FAR_BEHIND.value])],
        [GapVerdict.CLEAR.value, GapVerdict.TOO_FEW.value],
        GapVerdict.NOT_CLEAR.value,
    )
    hide, school = np.zeros(len(rows), dtype=np.bool_), rows["school"].in_words(list(schools))
    for characteristic in rows["characteristic"].distinct():
        for measure in rows["measure"].distinct():
            hidden = laid.hidden(characteristic, measure)
            of = (rows["characteristic"] == characteristic) & (rows["measure"] == measure)
            hide |= of & hidden[school]
    status = Texts.chosen([hide], [Status.SUPPRESSED.value], Status.SHOWN.value)
    found = rows.having(
        _sides(rows, hide, mode),
        alone=alone.where(~hide, GapVerdict.TOO_FEW.value),
        verdict=verdict.where(~hide, GapVerdict.TOO_FEW.value),
        p_adjusted=_chance_shown(adjusted, ~hide, mode),
        status=status,
    )
    way = np.where(clear, np.sign(np.nan_to_num(rows["gap"])), 0).astype(np.int64)
    return found[IN_SCHOOLS.names], way, int(np.count_nonzero(asked & (alone == GapVerdict.CLEAR.value)))


def _chance_shown(chance: Numbers, known: Flags, mode: SharingMode) -> Numbers:
    """The chances beside counts that are shown as they are: one that is exact gives away what is hidden or rounded."""
    return np.where(known & (mode.round_to == 1), chance, np.nan)


def _sides(rows: Frame, hide: Flags, mode: SharingMode) -> dict[str, Numbers]:
    """Both sides' counts and the gap as they are shown."""
    n, count, peers_n, peers_count = (to_multiple(np.nan_to_num(rows[name]), mode.round_to) for name in _SIDES)
    enough = ~hide & (n > 0) & (peers_n > 0)
    gap = _PERCENT * (count / np.maximum(n, 1) - peers_count / np.maximum(peers_n, 1))
    sides = dict(zip(_SIDES, (n, count, peers_n, peers_count), strict=True))
    shown = {name: np.where(hide, np.nan, side) for name, side in sides.items()}
    few = np.minimum(n, peers_n) < mode.percentages_from
    return {**shown, "gap": np.where(enough & ~few, gap, np.nan)}


def gaps_across(
    each: Iterable[Frame],
    laid: Laid,
    several: Sequence[str],
    clear_ways: Mapping[tuple[object, ...], int],
    rules: Rules,
    mode: SharingMode,
) -> tuple[Frame, bool]:
    """The gaps of all schools together, and whether there are more, of which a side is hidden.

    Their verdicts rest on the order of grades, where one scale gives it.
    """
    cells = add_cells(_without_scales(cells, several) for cells in each)
    if cells.empty:
        return ACROSS.no_rows(), False
    characteristics = _characteristics(cells, rules)
    subjects = [subject for subject in rules.columns.subjects if subject in set(cells["subject"].distinct())]
    gaps = compare(lay_out(cells, characteristics, subjects, rules.years), rules)
    gaps = gaps[gaps["measure"].isin([Across.AT_ARE.value, Across.INSUFFICIENT.value])]
    there, gaps = gaps[gaps["among"] != EVERYBODY], gaps[gaps["among"] == EVERYBODY]
    primary = gaps["characteristic"].isin(primary_of(characteristics, rules))
    hide = _small_sides(gaps, laid)
    hide = np.where(primary, hide, ~shown_groups(gaps, laid, rules))
    kept_back = bool(np.any(hide & ~primary))
    shown = primary | ~hide
    gaps, hide, primary = gaps[shown], hide[shown], primary[shown]
    sides = _sides(gaps, hide, mode)
    ways = np.sign(np.nan_to_num(gaps["gap"])).tolist()
    clear_in = [clear_ways.get((*key, way), 0) for key, way in zip(gaps.in_rows(*_GAP), ways, strict=True)]
    low, high = _newcombe(sides, rules.groups.small.confidence)
    known = ~np.isnan(sides["gap"])
    verdict = gaps["verdict"].where(known, GapVerdict.TOO_FEW.value)
    within = {name: np.where(known, ends, np.nan) for name, ends in _within(gaps, laid, rules).items()}
    chance = _chance_shown(gaps["p_adjusted"], known, mode)
    counted = np.where(primary, np.array(clear_in, dtype=np.float64), np.nan)
    lies_in = Texts.of(_lies_in(gaps, there, rules, mode)).where(verdict == GapVerdict.CLEAR.value, "")
    given = {"low": low, "high": high, "p_adjusted": chance, "clear_in": counted, **within}
    return gaps.having(sides, **given, verdict=verdict, lies_in=lies_in)[ACROSS.names], kept_back


def _lies_in(gaps: Frame, there: Frame, rules: Rules, mode: SharingMode) -> list[str]:
    """The year groups in which each gap is clear there and no count of it is small."""
    n, count, peers_n, peers_count = (there[name] for name in _SIDES)
    least = np.minimum.reduce([count, n - count, peers_count, peers_n - peers_count])
    clear = there[(there["verdict"] == GapVerdict.CLEAR_THERE.value) & (least >= mode.hide_below)]
    years = [year_key(year) for year in range(rules.years.lowest, rules.years.highest + 1)]
    found: dict[tuple[object, ...], list[str]] = {}
    for *key, among in clear.in_rows(*_GAP, "among"):
        found.setdefault(tuple(key), []).append(str(among))
    return [" ".join(year for year in years if year in found.get(key, ())) for key in gaps.in_rows(*_GAP)]


def _without_scales(cells: Frame, several: Sequence[str]) -> Frame:
    """The cells, without what is measured on a scale in the subjects with more than one."""
    blank = cells["subject"].isin(several)
    return cells.having({name: np.where(blank, np.nan, cells[name]) for name in _ON_A_SCALE})


def _characteristics(cells: Frame, rules: Rules) -> dict[str, Characteristic]:
    """The characteristics of the cells, each with the groups that stand in them."""
    every = rules.groups.all()
    found = {}
    for key in dict.fromkeys((*rules.groups.compared, *cells["characteristic"].distinct())):
        groups = cells["group"][cells["characteristic"] == key].distinct()
        if groups:
            known = every[key].groups
            others = rules.groups.all_others
            named = {
                name: known.get(name) or (others.group if others else None) for name in groups if name != NOT_RECORDED
            }
            order = [*known, *(name for name in named if name not in known)]
            found[key] = every[key]._replace(groups={name: group for name in order if (group := named.get(name))})
    return found


def _small_sides(gaps: Frame, laid: Laid) -> Flags:
    """Which gaps have a side that is too small to be shown in all schools together."""
    small = dict(zip(laid.of, laid.small().tolist(), strict=True))
    hidden = {(key, subject, measure) for (key, _, subject, measure), is_small in small.items() if is_small}
    at = gaps.in_rows("characteristic", "subject", "measure")
    return np.array([key in hidden for key in at], dtype=np.bool_)


def _newcombe(sides: Mapping[str, Numbers], confidence: float) -> tuple[Numbers, Numbers]:
    """The interval of each gap that is shown."""
    known = ~np.isnan(sides["gap"])
    n, count, peers_n, peers_count = (
        np.where(known, np.nan_to_num(sides[name]), 1).astype(np.int64) for name in _SIDES
    )
    ends = st.newcombe(count, n, peers_count, peers_n, st.critical_value(confidence))
    low, high = (np.where(known, _PERCENT * end, np.nan) for end in ends)
    return low, high


def _within(gaps: Frame, laid: Laid, rules: Rules) -> dict[str, Numbers]:
    """The gap among children of the same school, pooled over the schools, with its interval."""
    place = {key: at for at, key in enumerate(laid.of)}
    groups: dict[tuple[str, str, str], list[str]] = {}
    for key, group, subject, measure in laid.of:
        if group != NOT_RECORDED:
            groups.setdefault((key, subject, measure), []).append(group)
    ours, theirs = [], []
    for subject, measure, key, group, peers in gaps.in_rows(*_GAP):
        known = groups[key, subject, measure]
        ours.append([place[key, group, subject, measure]])
        theirs.append([place[key, name, subject, measure] for name in known if name != group and peers in {name, REST}])
    sides = [
        np.array([table[:, at].sum(axis=1) for at in those], dtype=np.float64).reshape(len(those), -1)
        for those in (ours, theirs)
        for table in (laid.count, laid.n)
    ]
    pooled = pooled_shares(*sides, z=st.critical_value(rules.groups.small.confidence))
    return {
        name: np.round(_PERCENT * values)  # to whole points: more digits would tell what is hidden
        for name, values in (("within", pooled.gap), ("within_low", pooled.low), ("within_high", pooled.high))
    }


def clear_ways(in_schools: Frame, way: Counts) -> Mapping[tuple[object, ...], int]:
    """In how many schools each gap is clear, by the gap and which way it goes."""
    return Counter((*key, side) for key, side in zip(in_schools.in_rows(*_GAP), way.tolist(), strict=True) if side)
