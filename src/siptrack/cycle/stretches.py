"""When each intervention's results stand: the earlier one, the one before it, the one at its end, and a later one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.cube import NONE, lay_out
from siptrack.analysis.judged import DECIMALS
from siptrack.cycle.provision_tables import Lack
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]

UNKNOWN = NONE  # the position of a result that is not there


@dataclass(frozen=True)
class School:
    """Everybody's distance from the line, by pupil, subject and term, and who had provision in a subject when.

    `distance` is missing where there is no result with a line; `scale` is the place of its scale in `scales`;
    `provided` is whether a pupil had any intervention in the subject in the term. Terms count from `first`.
    """

    pupils: tuple[str, ...]
    subjects: tuple[str, ...]
    first: int
    distance: Numbers
    scale: Whole
    scales: tuple[str, ...]
    year_group: Numbers
    provided: Flags


def look_back(opened: Opened, provision: Frame, known_subjects: tuple[str, ...]) -> School:
    """The results of everybody in the files up to the term judged, laid out by term."""
    past, everyone = opened.past, opened.roll.everyone
    present = set(past["subject"].distinct())
    subjects = tuple(subject for subject in known_subjects if subject in present)
    cube = lay_out(past, len(everyone), subjects, opened.term.number)
    return School(
        pupils=everyone,
        subjects=subjects,
        first=cube.first,
        distance=np.where(cube.usable, past["distance"][cube.row], np.nan),
        scale=cube.scale - 1,
        scales=past["scale"].words,
        year_group=np.where(cube.row != NONE, past["year_group"][cube.row], np.nan),
        provided=_provided(provision, everyone, subjects, cube.terms),
    )


def _provided(provision: Frame, pupils: tuple[str, ...], subjects: tuple[str, ...], terms: Whole) -> Flags:
    """Who had provision in a subject in which terms; without dates it may have been at any time."""
    who, subject = provision["pupil"].in_words(pupils), provision["subject"].in_words(subjects)
    begun, ended = (provision[name][:, np.newaxis] for name in ("start_term", "end_term"))
    had = ~(terms < begun) & ~(terms > ended)
    row, term = np.nonzero(had & ((who >= 0) & (subject >= 0))[:, np.newaxis])
    provided = np.zeros((len(pupils), len(subjects), len(terms)), dtype=np.bool_)
    provided[who[row], subject[row], term] = True
    return provided


@dataclass(frozen=True)
class _Spots:
    """The terms, from the first, of each row's four results; UNKNOWN where there is none."""

    earlier: Whole
    before: Whole
    after: Whole
    later: Whole


def find_stretches(provision: Frame, school: School, *, dated: bool, rules: Rules) -> Frame:
    """The provision with the positions of its results (UNKNOWN for none), their distances, and what is lacking.

    Added columns: `who`, `at` (pupil and subject), `earlier`, `before`, `after`, `later` (terms from the first),
    `scale`, `group` (year group before), `start_distance`, `was` (progress from the earlier one, missing without it),
    `during`, `lasting`, `measured`, `reason`.
    """
    who, at = provision["pupil"].in_words(school.pupils), provision["subject"].in_words(school.subjects)
    distance, scale = school.distance[who, at], school.scale[who, at]
    known = ~np.isnan(distance) & (at >= 0)[:, np.newaxis]
    spots = _spots(provision, known, scale, school.first, rules)
    reason = _lacking(provision, at, spots, scale, school, dated=dated)
    measured = reason == ""
    earlier, before, after, later = (
        _taken(distance, spot) for spot in (spots.earlier, spots.before, spots.after, spots.later)
    )
    return provision.having(
        who=who,
        at=at,
        earlier=spots.earlier,
        before=spots.before,
        after=spots.after,
        later=spots.later,
        scale=Texts(_at(scale, spots.before), school.scales).where(measured, ""),
        group=_taken(school.year_group[who, at], spots.before),
        start_distance=before,
        was=(before - earlier).round(DECIMALS),
        during=np.where(measured, (after - before).round(DECIMALS), np.nan),
        lasting=(later - after).round(DECIMALS),
        measured=measured,
        reason=reason,
    )


def _spots(provision: Frame, known: Flags, scale: Whole, first: int, rules: Rules) -> _Spots:
    """Where each row's results stand: those of one scale with the result before it, but for the one at its end."""
    limits, terms, counting = rules.provision, np.arange(known.shape[1]), rules.evidence.terms
    start, end = ((provision[name] - first)[:, np.newaxis] for name in ("start_term", "end_term"))
    before = _latest(known & (terms < start) & (terms >= start - 1 - limits.delay))
    after = _earliest(known & (end < len(terms)) & (terms >= end) & (terms <= end + limits.delay))
    alike = known & (scale == _at(scale, before)[:, np.newaxis]) & (before != UNKNOWN)[:, np.newaxis]
    earlier = _earliest(alike & (terms < before[:, np.newaxis]) & (terms > before[:, np.newaxis] - counting))
    later = _latest(alike & (terms > after[:, np.newaxis]) & (terms <= after[:, np.newaxis] + limits.after))
    return _Spots(earlier, before, after, np.where(after == UNKNOWN, UNKNOWN, later))


def _lacking(provision: Frame, at: Whole, spots: _Spots, scale: Whole, school: School, *, dated: bool) -> Texts:
    """The first thing that each row lacks to be compared; empty where nothing is lacking."""
    last = school.first + scale.shape[1] - 1
    lacks = {
        Lack.NO_YEAR: np.full(len(provision), not dated),
        Lack.NO_SUBJECT: provision["subject"] == "",
        Lack.NO_RESULTS: at < 0,
        Lack.NO_DATES: np.isnan(provision["start_term"]),
        Lack.RUNNING: ~(provision["end_term"] <= last),
        Lack.NO_BEFORE: spots.before == UNKNOWN,
        Lack.NO_AFTER: spots.after == UNKNOWN,
        Lack.OTHER_SCALE: _at(scale, spots.before) != _at(scale, spots.after),
    }
    return Texts.chosen(list(lacks.values()), [why.value for why in lacks], "")


def _at(values: Whole, position: Whole) -> Whole:
    """The value at each row's position, whatever it is for UNKNOWN."""
    found: Whole = np.take_along_axis(values, position[:, np.newaxis], axis=1)[:, 0]
    return found


def _taken(values: Numbers, position: Whole) -> Numbers:
    """The number at each row's position; missing for UNKNOWN."""
    taken = np.take_along_axis(values, position[:, np.newaxis], axis=1)[:, 0]
    return np.where(position == UNKNOWN, np.nan, taken)


def _earliest(where: Flags) -> Whole:
    return np.where(where.any(axis=1), where.argmax(axis=1), UNKNOWN)


def _latest(where: Flags) -> Whole:
    return np.where(where.any(axis=1), where.shape[1] - 1 - where[:, ::-1].argmax(axis=1), UNKNOWN)
