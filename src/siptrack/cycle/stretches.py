"""When each intervention's results stand: the earlier one, the one before it, the one at its end, and a later one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.cube import NONE, lay_out
from siptrack.analysis.judged import DECIMALS
from siptrack.cycle.provision_tables import Lack
from siptrack.school.in_pandas import to_pandas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from pandas import DataFrame, Index, Series

    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules

    Flags = NDArray[np.bool_]
    Whole = NDArray[np.int64]

UNKNOWN = NONE  # the position of a result that is not there


@dataclass(frozen=True)
class School:
    """Everybody's distance from the line, by pupil, subject and term, and who had provision in a subject when.

    `distance` is missing where there is no result with a line; `scale` numbers the scales, by their names in `scales`;
    `provided` is whether a pupil had any intervention in the subject in the term. Terms count from `first`.
    """

    pupils: Index[str]
    subjects: tuple[str, ...]
    first: int
    distance: NDArray[np.float64]
    scale: Whole
    scales: Mapping[int, str]
    year_group: NDArray[np.float64]
    provided: Flags


def look_back(opened: Opened, provision: DataFrame, known_subjects: tuple[str, ...]) -> School:
    """The results of everybody in the files up to the term judged, laid out by term."""
    past = to_pandas(opened.past)
    everyone = pd.Index(opened.roll.everyone)
    present = set(past["subject"].unique())
    subjects = tuple(subject for subject in known_subjects if subject in present)
    cube = lay_out(opened.past, len(everyone), subjects, opened.term.number)
    here = cube.row != NONE
    distance = np.where(here, past["distance"].to_numpy(dtype=np.float64)[cube.row], np.nan)
    group = np.where(here, past["year_group"].to_numpy(dtype=np.float64)[cube.row], np.nan)
    school = School(
        pupils=everyone,
        subjects=subjects,
        first=cube.first,
        distance=np.where(cube.usable, distance, np.nan),
        scale=cube.scale,
        scales=dict(enumerate(opened.past["scale"].words, 1)),
        year_group=group,
        provided=np.zeros(cube.row.shape, dtype=np.bool_),
    )
    _mark(school, provision)
    return school


def _mark(school: School, provision: DataFrame) -> None:
    """Note who had provision in a subject in which terms; without dates it may have been at any time."""
    last = school.first + school.provided.shape[2] - 1
    who = school.pupils.get_indexer(pd.Index(provision["pupil"]))
    subject = positions(provision["subject"], school.subjects)
    start = provision["start_term"].fillna(school.first).clip(lower=school.first).to_numpy(dtype=np.int64)
    end = provision["end_term"].fillna(last).clip(upper=last).to_numpy(dtype=np.int64)
    for pupil, at, begins, ends in zip(who, subject, start - school.first, end - school.first, strict=True):
        if pupil >= 0 and at >= 0:
            school.provided[pupil, at, begins : ends + 1] = True


def positions(texts: Series[str], known: tuple[str, ...]) -> Whole:
    """Where each text stands among those known; UNKNOWN for one that does not."""
    return pd.Index(known).get_indexer(pd.Index(texts)).astype(np.int64)


@dataclass(frozen=True)
class _Spots:
    """The terms, from the first, of each row's four results; UNKNOWN where there is none."""

    earlier: Whole
    before: Whole
    after: Whole
    later: Whole


def find_stretches(provision: DataFrame, school: School, *, dated: bool, rules: Rules) -> DataFrame:
    """The provision with the positions of its results (UNKNOWN for none), their distances, and what is lacking.

    Added columns: `who`, `at` (pupil and subject), `earlier`, `before`, `after`, `later` (terms from the first),
    `scale`, `group` (year group before), `start_distance`, `was` (earlier progress), `during`, `lasting`, `measured`,
    `reason`.
    """
    found = provision.reset_index(drop=True)
    who = school.pupils.get_indexer(pd.Index(found["pupil"])).astype(np.int64)
    at = positions(found["subject"], school.subjects)
    distance, scale = school.distance[who, at], school.scale[who, at]
    known = ~np.isnan(distance) & (at >= 0)[:, None]
    spots = _spots(found, known, scale, school.first, rules)
    reason = _lacking(found, at, spots, scale, school, dated=dated)
    measured = (reason == "") | (reason == Lack.NO_EARLIER.value)
    own = _taken(scale, spots.before)
    earlier, before, after, later = (
        _taken(distance, spot) for spot in (spots.earlier, spots.before, spots.after, spots.later)
    )
    return found.assign(
        who=who,
        at=at,
        earlier=spots.earlier,
        before=spots.before,
        after=spots.after,
        later=spots.later,
        scale=[school.scales[int(number)] if told else "" for number, told in zip(own, measured, strict=True)],
        group=_taken(school.year_group[who, at], spots.before),
        start_distance=before,
        was=(before - earlier).round(DECIMALS),
        during=np.where(measured, (after - before).round(DECIMALS), np.nan),
        lasting=(later - after).round(DECIMALS),
        measured=measured,
        reason=reason,
    )


def _spots(found: DataFrame, known: Flags, scale: Whole, first: int, rules: Rules) -> _Spots:
    """Where each row's results stand: those of one scale with the result before it, but for the one at its end."""
    limits, terms = rules.provision, np.arange(known.shape[1])
    start, end = ((found[name] - first).to_numpy(dtype=np.float64)[:, None] for name in ("start_term", "end_term"))
    before = _latest(known & (terms < start) & (terms >= start - 1 - limits.delay))
    after = _earliest(known & (end < len(terms)) & (terms >= end) & (terms <= end + limits.delay))
    alike = known & (scale == _taken(scale, before)[:, None])
    earlier = _earliest(alike & (terms < before[:, None]) & (terms >= before[:, None] - limits.before))
    later = _latest(alike & (terms > after[:, None]) & (terms <= after[:, None] + limits.after))
    return _Spots(earlier, before, after, np.where(after == UNKNOWN, UNKNOWN, later))


def _lacking(
    found: DataFrame, at: Whole, spots: _Spots, scale: Whole, school: School, *, dated: bool
) -> NDArray[np.object_]:
    """The first thing that each row lacks to be compared; empty where nothing is lacking."""
    last = school.first + scale.shape[1] - 1
    lacks = [
        (np.full(len(found), not dated), Lack.NO_YEAR),
        ((found["subject"] == "").to_numpy(), Lack.NO_SUBJECT),
        (at < 0, Lack.NO_RESULTS),
        (found["start_term"].isna().to_numpy(), Lack.NO_DATES),
        (~(found["end_term"] <= last).to_numpy(), Lack.RUNNING),
        (spots.before == UNKNOWN, Lack.NO_BEFORE),
        (spots.after == UNKNOWN, Lack.NO_AFTER),
        (_taken(scale, spots.before) != _taken(scale, spots.after), Lack.OTHER_SCALE),
        (spots.earlier == UNKNOWN, Lack.NO_EARLIER),
    ]
    return np.select([lack for lack, _ in lacks], [why.value for _, why in lacks], "").astype(object)


def _taken(values: NDArray[np.float64] | Whole, position: Whole) -> NDArray[np.float64]:
    """The value at each row's position; missing for UNKNOWN."""
    taken = np.take_along_axis(values, np.where(position == UNKNOWN, 0, position)[:, None], axis=1)[:, 0]
    return np.where(position == UNKNOWN, np.nan, taken)


def _earliest(where: Flags) -> Whole:
    return np.where(where.any(axis=1), where.argmax(axis=1), UNKNOWN)


def _latest(where: Flags) -> Whole:
    return np.where(where.any(axis=1), where.shape[1] - 1 - where[:, ::-1].argmax(axis=1), UNKNOWN)
