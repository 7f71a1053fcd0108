"""Schools beside each other on the same rules: how each stands, and the gaps of all together and of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis import statistics as st
from siptrack.analysis.across.funnel import limits
from siptrack.analysis.across.hiding import hidden_schools, small_totals
from siptrack.analysis.across.tables import ACROSS, ALL, IN_SCHOOLS, STANDINGS, Across, Position
from siptrack.analysis.cells import add_cells
from siptrack.analysis.gaps import compare
from siptrack.analysis.like_for_like import pooled_shares
from siptrack.analysis.many_at_once import holm
from siptrack.analysis.tally import REST, lay_out
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.school.families import Family
from siptrack.school.frame import Frame
from siptrack.school.groups import ALL_OTHERS
from siptrack.school.register import NOT_RECORDED
from siptrack.school.rounding import half_up
from siptrack.school.sharing import Status
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.across.counting import SchoolCounts
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


class SchoolsBeside(NamedTuple):
    """Schools beside each other: the tables STANDINGS, ACROSS and IN_SCHOOLS.

    `several_scales` are the subjects that these schools judge on more than one scale; `clear_alone` is how many gaps
    are clear in a school by itself.
    """

    standings: Frame
    across: Frame
    in_schools: Frame
    several_scales: Sequence[str]
    clear_alone: int


@dataclass(frozen=True)
class _Laid:
    """The counts of all schools: a line a school, a column for each group, subject and measure in `of`."""

    of: Sequence[tuple[str, str, str, str]]
    n: Counts
    count: Counts

    def places(self, characteristic: str, measure: str) -> list[int]:
        """The columns of a characteristic and measure."""
        return [at for at, (key, _, _, name) in enumerate(self.of) if (key, name) == (characteristic, measure)]

    def hidden(self, characteristic: str, measure: str, below: int) -> Flags:
        """The schools that are hidden in it: those too whose figures here add up to one that is hidden elsewhere.

        A school's groups add up to all of its children; those who took a test may be all who are at expectations.
        """
        also = None
        if characteristic != ALL:
            also = self.hidden(ALL, measure, below)
        elif measure == Across.TEST_BELOW:
            also = self.hidden(ALL, Across.AT_ARE, below)
        places = self.places(characteristic, measure)
        return hidden_schools(self.n[:, places], self.count[:, places], below, also)


def set_beside(
    schools: Mapping[str, SchoolCounts], cells: Iterable[Frame], rules: Rules, mode: SharingMode
) -> SchoolsBeside:
    """All that is told of these schools, in their order, with small numbers hidden as the mode of sharing has it.

    `cells` are those of each school, which may come one after another so that none has to be kept.
    """
    if not schools:
        return SchoolsBeside(STANDINGS.no_rows(), ACROSS.no_rows(), IN_SCHOOLS.no_rows(), (), 0)
    schools = {name: _known(counts, rules) for name, counts in schools.items()}
    cells = (_of_rules(each, rules) for each in cells)
    laid = _lay(schools)
    in_schools, way, clear_alone = _in_schools(schools, laid, rules, mode)
    several = _on_several_scales(schools)
    return SchoolsBeside(
        _standings(list(schools), laid, rules, mode),
        _across(cells, laid, several, _clear_ways(in_schools, way), rules, mode),
        in_schools,
        several,
        clear_alone,
    )


def _lay(schools: Mapping[str, SchoolCounts]) -> _Laid:
    names = list(schools)
    counted = Frame.stacked([counts.counted.having(school=name) for name, counts in schools.items()])
    keys = list(counted.in_rows("characteristic", "group", "subject", "measure"))
    of = list(dict.fromkeys(keys))
    at = {key: place for place, key in enumerate(of)}
    n, count = np.zeros((2, len(names), len(of)), dtype=np.int64)
    place = counted["school"].in_words(names), np.array([at[key] for key in keys], dtype=np.int64)
    n[place], count[place] = counted["n"], counted["count"]
    return _Laid(of, n, count)


def _known(counts: SchoolCounts, rules: Rules) -> SchoolCounts:
    """A school's counts and gaps in what these rules know: its own may name more."""
    counted = _of_rules(counts.counted, rules)
    same = counts.gaps["subject"].isin(list(rules.columns.subjects))
    gaps = counts.gaps[same & counts.gaps["characteristic"].isin(counted["characteristic"].distinct())]
    return counts._replace(counted=counted, gaps=gaps)


def _of_rules(rows: Frame, rules: Rules) -> Frame:
    """The rows in subjects and characteristics of these rules; none of a characteristic that has a group of its own."""
    every = rules.groups.all()
    strange = {
        key
        for key, group in rows.in_rows("characteristic", "group")
        if key != ALL and (key not in every or group not in {*every[key].groups, NOT_RECORDED, ALL_OTHERS})
    }
    return rows[rows["subject"].isin(list(rules.columns.subjects)) & ~rows["characteristic"].isin(strange)]


def _on_several_scales(schools: Mapping[str, SchoolCounts]) -> list[str]:
    """The subjects whose results of this term are on more than one scale in these schools."""
    scales: dict[str, set[str]] = {}
    for counts in schools.values():
        for subject, found in counts.scales.items():
            scales.setdefault(subject, set()).update(found)
    return [subject for subject, found in scales.items() if len(found) > 1]


# --- how each school stands -------------------------------------------------------------------------------------------


def _standings(names: Sequence[str], laid: _Laid, rules: Rules, mode: SharingMode) -> Frame:
    """Each school and all of them in each subject, with the limits of a funnel about the rate of all."""
    parts = [STANDINGS.no_rows()]
    for measure in Across:
        places = laid.places(ALL, measure)
        hide = laid.hidden(ALL, measure, mode.hide_below)
        totals = small_totals(laid.n[:, places], laid.count[:, places], mode.hide_below)
        for place, total in zip(places, totals.tolist(), strict=True):
            there = laid.n[:, place] > 0
            n, count = laid.n[there, place], laid.count[there, place]
            known = Texts.of([*np.array(names)[there].tolist(), ALL])
            n, count = np.append(n, n.sum()), np.append(count, count.sum())
            rows = _with_limits(n, count, np.append(hide[there], total), rules, mode)
            parts.append(rows.having(school=known, subject=laid.of[place][2], measure=measure.value)[STANDINGS.names])
    return Frame.stacked(parts)


def _with_limits(n: Counts, count: Counts, hide: Flags, rules: Rules, mode: SharingMode) -> Frame:
    """Rows with these counts as they are shown, the last being all schools, and the limits that they leave chance."""
    n, count = rounded(n, mode), rounded(count, mode)
    rate = count[-1] / n[-1] if n[-1] else 0.0
    of_some = ~hide & (n >= mode.percentages_from)
    share = np.where(n > 0, count / np.maximum(n, 1), np.nan)
    inner, outer = (limits(n, float(rate), within) for within in rules.schools.limits)
    known = of_some.copy()
    known[-1] = False
    if hide[-1] or len(n) - 1 < rules.schools.together_from:
        known[:] = False
    position = Texts.chosen(
        [~known, outer.below(share), outer.above(share), inner.below(share), inner.above(share)],
        [*map(str, (Position.NOT_KNOWN, Position.FAR_BELOW, Position.FAR_ABOVE, Position.BELOW, Position.ABOVE))],
        Position.WITHIN.value,
    )
    ends = {"low": inner.low, "high": inner.high, "lowest": outer.low, "highest": outer.high}
    return Frame(
        {
            "n": np.where(hide, np.nan, n),
            "count": np.where(hide, np.nan, count),
            "percent": _percent(n, count, of_some),
            **{name: np.where(known, _PERCENT * end, np.nan) for name, end in ends.items()},
            "position": position,
            "status": Texts.chosen(
                [hide, ~of_some], [Status.SUPPRESSED.value, Status.LOW_RELIABILITY.value], Status.SHOWN.value
            ),
        }
    )


def _percent(n: Counts, count: Counts, of_some: Flags) -> Numbers:
    """The percentages, halves up, where they are of enough children."""
    percent = np.full(len(n), np.nan)
    pairs = zip(count[of_some].tolist(), n[of_some].tolist(), strict=True)
    percent[of_some] = [half_up(Fraction(_PERCENT * part, of)) for part, of in pairs]
    return percent


def rounded(counts: Counts, mode: SharingMode) -> Counts:
    """The counts to the nearest multiple that the mode asks for, halves up."""
    rounded: Counts = (np.floor(counts / mode.round_to + 0.5) * mode.round_to).astype(np.int64)
    return rounded


# --- gaps -------------------------------------------------------------------------------------------------------------


def _in_schools(
    schools: Mapping[str, SchoolCounts], laid: _Laid, rules: Rules, mode: SharingMode
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
            hidden = laid.hidden(characteristic, measure, mode.hide_below)
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
    n, count, peers_n, peers_count = (rounded(np.nan_to_num(rows[name]), mode) for name in _SIDES)
    enough = ~hide & (n > 0) & (peers_n > 0)
    gap = _PERCENT * (count / np.maximum(n, 1) - peers_count / np.maximum(peers_n, 1))
    sides = dict(zip(_SIDES, (n, count, peers_n, peers_count), strict=True))
    shown = {name: np.where(hide, np.nan, side) for name, side in sides.items()}
    few = np.minimum(n, peers_n) < mode.percentages_from
    return {**shown, "gap": np.where(enough & ~few, gap, np.nan)}


def _across(
    each: Iterable[Frame],
    laid: _Laid,
    several: Sequence[str],
    clear_ways: Mapping[tuple[object, ...], int],
    rules: Rules,
    mode: SharingMode,
) -> Frame:
    """The gaps of all schools together; their verdicts rest on the order of grades, where one scale gives it."""
    cells = add_cells(_without_scales(cells, several) for cells in each)
    if cells.empty:
        return ACROSS.no_rows()
    characteristics = _characteristics(cells, rules)
    subjects = [subject for subject in rules.columns.subjects if subject in set(cells["subject"].distinct())]
    gaps = compare(lay_out(cells, characteristics, subjects, rules.years), rules)
    gaps = gaps[gaps["measure"].isin([Across.AT_ARE.value, Across.INSUFFICIENT.value])]
    hide = _small_sides(gaps, laid, mode)
    sides = _sides(gaps, hide, mode)
    ways = np.sign(np.nan_to_num(gaps["gap"])).tolist()
    clear_in = [clear_ways.get((*key, way), 0) for key, way in zip(gaps.in_rows(*_GAP), ways, strict=True)]
    low, high = _newcombe(sides, rules.groups.small.confidence)
    known = ~np.isnan(sides["gap"])
    verdict = gaps["verdict"].where(known, GapVerdict.TOO_FEW.value)
    within = {name: np.where(known, ends, np.nan) for name, ends in _within(gaps, laid, rules).items()}
    chance = _chance_shown(gaps["p_adjusted"], known, mode)
    counted = np.array(clear_in, dtype=np.int64)
    shown = gaps.having(sides, low=low, high=high, verdict=verdict, p_adjusted=chance, clear_in=counted, **within)
    return shown[ACROSS.names]


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


def _small_sides(gaps: Frame, laid: _Laid, mode: SharingMode) -> Flags:
    """Which gaps have a side that is too small to be shown in all schools together."""
    small = dict(zip(laid.of, small_totals(laid.n, laid.count, mode.hide_below).tolist(), strict=True))
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


def _within(gaps: Frame, laid: _Laid, rules: Rules) -> dict[str, Numbers]:
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


def _clear_ways(in_schools: Frame, way: Counts) -> Mapping[tuple[object, ...], int]:
    """In how many schools each gap is clear, by the gap and which way it goes."""
    return Counter((*key, side) for key, side in zip(in_schools.in_rows(*_GAP), way.tolist(), strict=True) if side)
