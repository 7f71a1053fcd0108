"""A register judged by the rules in one term: the one path from what was read to what is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from siptrack.analysis.cube import Cube, lay_out
from siptrack.analysis.flags import Evidence, find_flags
from siptrack.analysis.forecast import forecast
from siptrack.analysis.gaps import compare, count_groups, group_of
from siptrack.analysis.history import beside, crossings, histories
from siptrack.analysis.judged import judge
from siptrack.analysis.model import PROGRESS, Analysis
from siptrack.analysis.pace import measure_pace, measure_targets
from siptrack.analysis.prior import prior_attainment
from siptrack.analysis.progress import cells, measure
from siptrack.analysis.selection import EVERYBODY, Chosen, Filters, Roll, call_roll, choose, nothing_left
from siptrack.analysis.summary import standings, summarise, warn
from siptrack.analysis.windows import find_starts, stage_began
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.problem import Severity
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules

__all__ = ["Filters", "analyse", "judged_term"]


def analyse(register: Register, rules: Rules, term: Term | None = None, filters: Filters = EVERYBODY) -> Analysis:
    """The analysis of a term, the newest with a result unless one is named.

    Raises NothingToJudgeError when no pupil, subject or graded result is left.
    """
    if register.results.empty:
        raise NothingToJudgeError(_why_nothing(register, rules))
    term = judged_term(register, term)
    subjects = [subject for subject in register.subjects if not filters.subjects or subject in filters.subjects]
    roll = call_roll(register, term)
    told = histories(register.results, rules, term)
    past = judge(told.results, roll.cohorts, roll.everyone, roll.years, rules.scales)
    roll = _with_prior_attainment(roll, past, term, rules)
    chosen = choose(roll, rules, filters)
    judged = _of_the_chosen(past, roll, chosen)
    if not (judged["subject"].isin(subjects) & (judged["term"] == term.number)).any():
        raise NothingToJudgeError(nothing_left(term, filters))
    cube = lay_out(judged, len(chosen.pupils), subjects, term.number)
    starts = find_starts(cube, chosen.cohort, roll.years, rules.years)
    taught = _taught(cube, chosen.pupils["year_group"], term)
    progress = measure(cube, judged, starts, chosen.index, subjects, taught, rules.scales)
    targets = judge(register.targets, chosen.cohort, chosen.index, roll.years, rules.scales)
    targets["cell"] = cells(targets)
    due = _in_year_group(cube.now >= 0, chosen.pupils["year_group"])
    flags = find_flags(Evidence(progress, judged, targets, cube, pd.Index(subjects), rules, due))
    return Analysis(
        term=term,
        register=register,
        pupils=chosen.pupils,
        progress=progress[PROGRESS.names],
        flags=flags,
        pace=measure_pace(progress, term, rules),
        targets=measure_targets(progress, targets, term, rules),
        forecasts=forecast(progress, past, term, rules),
        leavers=roll.leavers,
        beside=beside(told, chosen.index, term),
        crossings=crossings(told, chosen.index, term, rules),
        filters=filters.words(),
        **_counts(progress, judged[judged["term"] == term.number], flags, chosen.pupils, rules),
    )


def _with_prior_attainment(roll: Roll, past: DataFrame, term: Term, rules: Rules) -> Roll:
    """The roll with each pupil's prior attainment, where anybody has a baseline."""
    began = stage_began(roll.cohorts, roll.years, term.number, rules.years)
    prior = prior_attainment(past, began, term, rules)
    if (prior == NOT_RECORDED).all():
        return roll
    of_roll = prior.to_numpy()[roll.everyone.get_indexer(pd.Index(roll.pupils["pupil"]))]
    return replace(roll, pupils=roll.pupils.assign(**{rules.groups.prior.key: of_roll}))


def _of_the_chosen(past: DataFrame, roll: Roll, chosen: Chosen) -> DataFrame:
    """The judged results of the pupils chosen, `who` being their position among these, with the `cell` of each."""
    who = chosen.index.get_indexer(roll.everyone)[past["who"].to_numpy()]
    judged: DataFrame = past.assign(who=who)[who >= 0].reset_index(drop=True)
    judged["cell"] = cells(judged)
    return judged


def _counts(
    progress: DataFrame, judged_now: DataFrame, flags: DataFrame, pupils: DataFrame, rules: Rules
) -> dict[str, Any]:
    """Every table of counts, all of them sums over the standings, and where too many children are flagged."""
    standing = standings(progress, judged_now, rules.columns.combined)
    order = [subject for subject in rules.columns.subjects if subject in set(standing["subject"])]
    summary = summarise(standing, pupils, order)
    groups = count_groups(standing, group_of(pupils, rules.groups), pupils, order)
    counting = [code for code, rule in rules.flags.flags.items() if rule.counts]
    return {
        "subjects": order,
        "summary": summary,
        "groups": groups,
        "gaps": compare(groups, rules.groups),
        "warned": warn(flags, pupils, summary, counting, rules.flags.too_many),
    }


def judged_term(register: Register, wanted: Term | None) -> Term:
    """The term named; one that names no year is the newest of its season; with none named, the newest of all."""
    terms = [Term.numbered(int(number)) for number in register.results["term"].unique()]
    if wanted is None:
        return max(terms)
    if wanted.dated:
        return wanted
    return max((term for term in terms if term.season is wanted.season), default=wanted)


def _why_nothing(register: Register, rules: Rules) -> list[str]:
    """What kept every result from being used: a line for each kind of error, without what the cells hold."""
    errors: dict[str, list[str]] = {}
    for problem in register.problems:
        if problem.severity is Severity.ERROR:
            errors.setdefault(problem.code, []).append(problem.place.label)
    lines = [
        f"{places[0]}{f' and {len(places) - 1} more' if len(places) > 1 else ''}: "
        f"{rules.problems[code].meaning} {rules.problems[code].remedy}"
        for code, places in errors.items()
    ]
    files = ", ".join(register.ledger.files)
    return [f"{files}: no result could be used, so there is nothing to judge.", *lines]


def _taught(cube: Cube, year_group: Series[float], term: Term) -> NDArray[np.bool_]:
    """For each pupil and subject, whether anybody of the pupil's year group has a result in it this academic year."""
    this_year = cube.terms >= term.academic_year * SEASONS_IN_A_YEAR
    has = np.asarray((cube.row[:, :, this_year] >= 0).any(axis=2))
    return _in_year_group(has, year_group)


def _in_year_group(has: NDArray[np.bool_], year_group: Series[float]) -> NDArray[np.bool_]:
    codes, groups = pd.factorize(year_group, use_na_sentinel=False)
    some = np.zeros((len(groups), has.shape[1]), dtype=np.bool_)
    np.logical_or.at(some, codes, has)
    return some[codes]
