"""What siptrack says of groups in simulated schools: of those that do not differ, and of a gap that is there."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import disimpact
import numpy as np
from gap_schools import COMBINED, SUBJECTS, families_of, pupils_of, standing_of

from siptrack.analysis.cells import count_cells
from siptrack.analysis.gaps import compare, count_groups
from siptrack.analysis.membership import members_of
from siptrack.analysis.tally import lay_out
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.frame import numbered
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gap_schools import School
    from numpy.typing import NDArray

    from siptrack.analysis.tally import Tally
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

    Flags = NDArray[np.bool_]

OURS = "siptrack"
DIVIDES = ("year_group", "class")  # how the school divides its children: no headline is of them, and they cost time


class Seen(NamedTuple):
    """What a measure flags in a school: a group that the planted gap has nothing to do with, and the planted gap.

    `told` is whether such a group too small to judge is said to be far behind.
    """

    falsely: bool
    found: bool
    told: bool = False


def tally_of(pupils: Frame, standing: Frame, rules: Rules) -> Tally:
    """The groups that siptrack compares, over the whole school; equal starts are in no verdict, and cost time."""
    known = pupils[[name for name in pupils if name not in DIVIDES]]
    members = members_of(known, rules)
    cells = count_cells(standing.having(start=np.nan), members.groups, np.full(len(pupils), np.nan))
    return lay_out(cells, members.characteristics, (*SUBJECTS, COMBINED), rules.years)


def seen_in_each(kinds: Iterable[School], rules: Rules, schools: int, seed: int) -> dict[School, dict[str, list[Seen]]]:
    """The same of each kind of school, several at a time: each has its own random numbers."""
    each = list(dict.fromkeys(kinds))
    with ProcessPoolExecutor() as several:
        seen = several.map(partial(seen_in, rules=rules, schools=schools, seed=seed), each)
        return dict(zip(each, seen, strict=True))


def seen_in(school: School, rules: Rules, schools: int, seed: int) -> dict[str, list[Seen]]:
    """By measure, what it flags in each of so many schools."""
    chance = np.random.default_rng([seed, school.count, school.clustered])
    seen: dict[str, list[Seen]] = {OURS: [], **{measure: [] for measure in disimpact.MEASURES}}
    for _ in range(schools):
        family = families_of(school, chance)
        pupils = pupils_of(family, rules, chance)
        tally = tally_of(pupils, standing_of(school, pupils, family, chance), rules)
        seen[OURS].append(_by_us(tally, school, rules))
        for measure, one in _by_others(tally, school, rules).items():
            seen[measure].append(one)
    return seen


def _by_us(tally: Tally, school: School, rules: Rules) -> Seen:
    """What a report leads with: gaps that are clear in a family that is held over the whole school."""
    gaps = compare(tally, rules)
    clear = (gaps["verdict"] == GapVerdict.CLEAR.value) & (gaps["family"] != "")
    attainment = gaps["measure"].isin([Measure.AT_ARE.value, Measure.MEAN_DISTANCE.value])
    few = _seen(gaps, gaps["verdict"] == GapVerdict.FAR_BEHIND.value, attainment, school, rules)
    return _seen(gaps, clear, attainment, school, rules)._replace(told=few.falsely)


def _by_others(tally: Tally, school: School, rules: Rules) -> dict[str, Seen]:
    """What each measure of DisImpact flags, of the groups that have enough children for siptrack, without the pairs."""
    groups = count_groups(tally)
    single = ~groups["characteristic"].isin(list(rules.groups.pairs)) & (groups["group"] != NOT_RECORDED)
    groups = groups[single & (groups["assessed"] >= rules.groups.small.compared_from)]
    of = numbered([groups["characteristic"], groups["subject"]])[0]
    is_it = np.ones(len(groups), dtype=np.bool_) if school.planted is None else groups["group"] == school.planted.group
    return {
        measure: _seen(groups, flags(groups["at_are"], groups["assessed"], of), is_it, school, rules)
        for measure, flags in disimpact.MEASURES.items()
    }


def _seen(rows: Frame, flagged: Flags, may_find: Flags, school: School, rules: Rules) -> Seen:
    """What these flags come to; the planted gap is found in rows that may find it."""
    planted = school.planted
    if planted is None:
        return Seen(bool(flagged.any()), found=False)
    every = rules.groups.all()
    pairs = [pair for pair in rules.groups.pairs if planted.characteristic in every[pair].of]
    related = rows["characteristic"].isin([planted.characteristic, *pairs])
    it = (rows["characteristic"] == planted.characteristic) & rows["subject"].isin(planted.subjects) & may_find
    return Seen(bool((flagged & ~related).any()), bool((flagged & it).any()))
