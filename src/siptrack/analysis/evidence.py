"""How sure it is that a child has fallen behind: of 100 children with these marks, how many truly have.

A child may have kept up, risen, or fallen since one time or another (siptrack.analysis.courses). Each course says how
likely the child's marks are, whatever the child's own level (siptrack.analysis.likelihood); the shares of children who
take each course, multiplied by that and made to come to 100, are what the marks say. docs/evidence.md has an example.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.courses import FALLS, courses
from siptrack.analysis.evidence_tables import EVIDENCE
from siptrack.analysis.judged import reference
from siptrack.analysis.judged_edges import Edges, edges
from siptrack.analysis.likelihood import Marks, likelihoods, marks
from siptrack.analysis.noise import named_by_noise
from siptrack.analysis.own_level import own_levels
from siptrack.analysis.vocabulary import FigureFrom, Unsure
from siptrack.school.frame import Frame
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.in_term import InTerm
    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules
    from siptrack.school.evidence import EvidenceRules

    Numbers = NDArray[np.float64]

_OF_COURSE = np.array([0, 1, 2, 2, 2])  # whether each course keeps up, rises or falls
_ROUNDS, _SETTLED = 1000, 1e-9  # of working out shares again
_TRIED, _BEGUN = 6, 2  # reliabilities between the lowest and the highest, and the place of the first tried


class Results(NamedTuple):
    """The results that count of children with a result this term, by child and term; the last is the term judged.

    `low` and `high` are the edges between which each judged value lay and `line` the reference line; NaN for none.
    """

    low: Numbers
    high: Numbers
    line: Numbers

    def of(self, rows: NDArray[np.int64]) -> Results:
        """Those of some of the children."""
        return Results(*(column[rows] for column in self))


class Weighing(NamedTuple):
    """How likely each course makes the marks of some children in a subject, and what was taken to say so.

    `seen` are the marks and `moved` how far each course moved each child; `likely` is the logarithm of how likely they
    are on it, `share` how many children take it; the rest is as in `Weighed`.
    """

    seen: Marks
    moved: Numbers
    likely: Numbers
    share: Numbers
    reliability: float
    own: float
    own_base: bool


class Weighed(NamedTuple):
    """What the marks of some children in a subject say: whether each has fallen, and what was taken to say it.

    `own` is this school's reliability at most, NaN where it has too few results; `own_base` whether the share of
    children who fall is its own.
    """

    behind: Numbers
    reliability: float
    own: float
    base: Numbers
    own_base: bool


def weigh_evidence(judged: InTerm) -> Frame:
    """The evidence table: a row for each pupil and subject that is taught.

    It is worked out of everybody on roll in the child's school, so that no filter changes what is said of a child.
    """
    now, results = _results_now(judged.opened, judged.rules)
    terms = (~np.isnan(results.low)).sum(axis=1)
    reason = now["reason"].where((now["reason"] != "") | (terms >= judged.rules.evidence.least), Unsure.TOO_EARLY.value)
    number, base = np.full(len(now), np.nan), np.full(len(now), np.nan)
    reliability = now["scale"].looked_up(
        {name: judged.rules.evidence.reliability_of(scale) for name, scale in judged.rules.scales.items()}
    )
    own, own_base = np.full(len(now), np.nan), np.zeros(len(now), dtype=np.bool_)
    for school, subject, scale in sorted(set(now[reason == ""].in_rows("school", "subject", "scale"))):
        alike = (now["school"] == school) & (now["subject"] == subject) & (now["scale"] == scale)
        here = np.flatnonzero(alike & (reason == ""))
        found = weigh(now.take(here), results.of(here), judged.opened.term.number, judged.rules)
        reliability[alike], own[alike] = found.reliability, found.own
        number[here], base[here], own_base[here] = found.behind, found.base, found.own_base
    return _of_the_taught(
        judged,
        results,
        now.having(
            terms=terms,
            behind_in_100=100 * number,
            reliability=reliability,
            own_reliability=own,
            base_in_100=100 * base,
            base_from=Texts.chosen([np.isnan(base), own_base], ["", FigureFrom.SCHOOL.value], FigureFrom.STATED.value),
            reason=reason,
        ),
    )


def _of_the_taught(judged: InTerm, results: Results, now: Frame) -> Frame:
    """What was found, for each pupil and subject that is taught; without a result this term, that reason."""
    progress = judged.progress
    rows = progress[progress.first_of("pupil", "subject")][["pupil", "subject"]]
    at = rows.found_in(now, "pupil", "subject")
    there = at != NONE
    known = now.take(at)
    own = own_levels(now, *results, _agreement(now), judged.rules)
    table = rows.having(
        {name: known[name] for name in ("behind_in_100", "reliability", "own_reliability", "base_in_100")},
        noise_in_100=named_by_noise(progress, _agreement(known), own.of(at), judged.rules),
        scale=known["scale"].where(there, ""),
        base_from=known["base_from"].where(there, ""),
        terms=np.nan_to_num(known["terms"]).astype(np.int64),
        reason=known["reason"].where(there, Unsure.NO_RESULT.value),
    )
    return EVIDENCE.completed(table)


def _agreement(rows: Frame) -> Numbers:
    """How reliable the marks of each child are: as this school's own have it, whatever that is, else as is stated."""
    own = rows["own_reliability"]
    return np.where(np.isnan(own), rows["reliability"], own)


# --- the results that count ----------------------------------------------------------------------------------------


def _results_now(opened: Opened, rules: Rules) -> tuple[Frame, Results]:
    """This term's results of all on roll in the subjects asked for, why one cannot be told, and all that count."""
    past = opened.past
    on_roll = Texts(past["who"], opened.roll.everyone).in_words(opened.roll.pupils["pupil"].distinct()) != NONE
    return results_until(opened.term.number, past[on_roll & past["subject"].isin(set(opened.subjects))], opened, rules)


def results_until(last: int, past: Frame, opened: Opened, rules: Rules) -> tuple[Frame, Results]:
    """The results of a term among these, why nothing can be told of one, and all that count with it."""
    terms, pupils = rules.evidence.terms, opened.roll.pupils
    past = past[(past["term"] <= last) & (past["term"] > last - terms)]
    now = past[past["term"] == last]
    now = now.having(school=pupils["school"].take(now.found_in(pupils, "pupil")).filled(""))
    now = now.having(reason=_reasons(now, rules))
    at = past.found_in(now, "pupil", "subject")
    counts = (at != NONE) & (past["scale"] == now["scale"].take(at)) & _on_the_line(past) & (past["bridge"] == "")
    counts &= np.isnan(past["stands_from"])
    counting, at = past[counts], at[counts]
    bands = np.bincount(at[~counting["small"]], minlength=len(now))
    only_small = (now["reason"] == "") & (bands == 0) & (np.bincount(at, minlength=len(now)) > 0)
    now = now.having(reason=now["reason"].where(~only_small, Unsure.SMALL_STEP.value))
    low, high = (np.full((len(now), terms), np.nan) for _ in range(2))
    column = counting["term"] - (last - terms + 1)
    low[at, column], high[at, column] = _with_end(edges(counting, rules), counting, at, len(now))
    return now, Results(low, high, lines_in(np.arange(last - terms + 1, last + 1), now, opened, rules))


def _with_end(found: Edges, counting: Frame, at: NDArray[np.int64], children: int) -> Edges:
    """The edges, where the lowest band of a child who is given small steps too ends at its own points."""
    both = np.bincount(at[counting["small"]], minlength=children)[at] > 0
    lowest = both & ~counting["small"] & np.isneginf(found.low)
    return found._replace(low=np.where(lowest, counting["distance"], found.low))


def _on_the_line(rows: Frame) -> NDArray[np.bool_]:
    """Which results can be set against the line: graded, with points, and a line for the year group."""
    on_it: NDArray[np.bool_] = rows["graded"] & ~np.isnan(rows["distance"])
    return on_it


def _reasons(now: Frame, rules: Rules) -> Texts:
    """Why nothing can be told of a child's marks this term; empty where something can."""
    scales = rules.scales
    once = {name for name, scale in scales.items() if not scale.measures_progress}
    unstated = {
        name
        for name, scale in scales.items()
        if rules.evidence.spread_of(scale) is None or rules.evidence.falls(scale) is None
    }
    return Texts.chosen(
        [
            now["scale"] == "",
            ~now["graded"],
            now["scale"].isin(once),
            np.isnan(now["distance"]),
            now["scale"].isin(unstated),
        ],
        [
            Unsure.NO_SCALE.value,
            Unsure.NO_RESULT.value,
            Unsure.TAKEN_ONCE.value,
            Unsure.OUTSIDE_LINE.value,
            Unsure.NO_SPREAD.value,
        ],
        "",
    )


def lines_in(terms: NDArray[np.int64], now: Frame, opened: Opened, rules: Rules) -> Numbers:
    """The reference line of each child's scale in each of these terms; NaN where there is none."""
    year_group, count = year_groups_in(terms, now, opened), len(terms)
    scale = Texts(np.repeat(now["scale"].codes, count), now["scale"].words)
    flat = reference(scale, year_group.ravel(), np.tile(terms, len(now)), rules.scales)
    return flat.reshape(len(now), count)


def year_groups_in(terms: NDArray[np.int64], now: Frame, opened: Opened) -> Numbers:
    """The year group of each child in each of these terms; NaN where it is not known."""
    years = terms // SEASONS_IN_A_YEAR
    known = np.clip(years, opened.roll.years.start, None) - opened.roll.years.start
    found: Numbers = opened.roll.cohorts[now["who"][:, None], known] + years
    return found


# --- what they say -------------------------------------------------------------------------------------------------


def weigh(now: Frame, results: Results, term: int, rules: Rules) -> Weighed:
    """What the results of children in one subject on one scale say, `now` being this term's."""
    found = weighing(now, results, term, rules)
    behind = posterior(found.likely, found.share)[:, FALLS].sum(axis=1)
    return Weighed(behind, found.reliability, found.own, found.share[:, FALLS].sum(axis=1), found.own_base)


def weighing(now: Frame, results: Results, term: int, rules: Rules) -> Weighing:
    """How likely each course makes these results, and how many children take it."""
    scale, stated = rules.scales[now["scale"].distinct()[0]], rules.evidence
    spread = stated.spread_of(scale)
    assert spread is not None  # noqa: S101  # of a child of whom something can be told
    counting = ~np.isnan(results.low)
    taken = courses(scale, results.line, counting.argmax(axis=1), term, rules)
    seen = marks(results.low, results.high, taken.moved, spread, now["year_group"])
    reliability = stated.reliability_of(scale)
    results_there = int(counting.sum())
    own = math.nan
    if results_there >= stated.reliability.own_from:
        own = own_reliability(seen, taken.share, stated)
    used = reliability if math.isnan(own) else min(reliability, own)
    likely = likelihoods(seen, used, stated)
    own_base = results_there >= stated.courses.own_from and not own > reliability + stated.courses.over
    share = own_share(likely, taken.share, stated.courses.counts_as) if own_base else taken.share
    return Weighing(seen, taken.moved, likely, share, used, own, own_base)


def posterior(likely: Numbers, share: Numbers) -> Numbers:
    """The chance that each child took each course, of the shares that take it and how likely it makes the marks."""
    weight = share * np.exp(likely - likely.max(axis=1, keepdims=True))
    chance: Numbers = weight / weight.sum(axis=1, keepdims=True)
    return chance


def own_reliability(seen: Marks, share: Numbers, stated: EvidenceRules) -> float:
    """The reliability that makes the marks of this school's children likeliest.

    Tried at a few, evenly in the logarithm of the error, up the hill from the third, near what is stated; then the
    highest point of the parabola through the best and its neighbours.
    """
    few = np.linspace(0, len(share) - 1, min(len(share), stated.reliability.own_most)).astype(np.int64)
    some, share = seen._replace(at=seen.at[few]), share[few]
    most, least = (math.log(1 - bound) for bound in (stated.reliability.lowest, stated.reliability.highest))
    error = np.linspace(most, least, _TRIED)

    @cache
    def fit(at: int) -> float:
        return _fit(likelihoods(some, 1 - math.exp(error[at]), stated), share)

    best = _BEGUN
    while (step := max(best - 1, best, best + 1, key=fit)) != best and 0 < step < _TRIED - 1:
        best = step
    before, at, after = (fit(place) for place in (best - 1, best, best + 1))
    bend = before - 2 * at + after
    moved = (before - after) / (2 * bend) if bend < 0 else 0.0
    return 1 - math.exp(float(np.clip(error[best] + moved * (error[1] - error[0]), least, most)))


def _fit(likely: Numbers, share: Numbers) -> float:
    """The logarithm of how likely all marks are."""
    most = likely.max(axis=1, keepdims=True)
    return float((most[:, 0] + np.log((share * np.exp(likely - most)).sum(axis=1))).sum())


def own_share(likely: Numbers, share: Numbers, counts_as: float) -> Numbers:
    """The shares of these children who keep up, rise and fall, by expectation-maximisation.

    The usual shares count as a few children who were seen before (Dempster, Laird and Rubin, 1977).
    """
    usual = np.stack([share[:, 0], share[:, 1], share[:, FALLS].sum(axis=1)], axis=1)
    each = share / usual[:, _OF_COURSE]
    before = usual.mean(axis=0)
    taken = before
    for _ in range(_ROUNDS):
        chance = posterior(likely, each * taken[_OF_COURSE]).sum(axis=0)
        seen = np.bincount(_OF_COURSE, chance) + counts_as * before
        last, taken = taken, seen / seen.sum()
        if np.abs(taken - last).max() < _SETTLED:
            break
    return each * taken[_OF_COURSE]
