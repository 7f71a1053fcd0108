"""A register judged by the rules in one term: the one path from what was read to what is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.characteristics import characteristics_in
from siptrack.analysis.cube import Cube, lay_out
from siptrack.analysis.flags import Evidence, find_flags
from siptrack.analysis.gaps import compare, count_groups, group_of
from siptrack.analysis.judged import cohorts, judge, years_of
from siptrack.analysis.model import PROGRESS, PUPIL_TABLE, Analysis
from siptrack.analysis.progress import cells, measure
from siptrack.analysis.summary import standings, summarise, warn
from siptrack.analysis.windows import find_starts
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.problem import Severity
from siptrack.school.register import PUPILS, STILL_HERE, Register
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules


@dataclass(frozen=True)
class Filters:
    """Which pupils and subjects to speak of; an empty filter lets all through.

    `groups` are pairs of a characteristic and one of its groups; a pupil must be in one group of each characteristic.
    """

    years: frozenset[int] = frozenset()
    classes: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    groups: frozenset[tuple[str, str]] = frozenset()

    def words(self) -> dict[str, str]:
        """The filters in force, by name, for the head of the report."""
        chosen = {
            "year": ", ".join(str(year) for year in sorted(self.years)),
            "class": ", ".join(sorted(self.classes)),
            "subject": ", ".join(sorted(self.subjects)),
            "group": ", ".join(group for _, group in sorted(self.groups)),
        }
        return {name: text for name, text in chosen.items() if text}


def analyse(register: Register, rules: Rules, term: Term | None = None, filters: Filters = Filters()) -> Analysis:
    """The analysis of a term, the newest with a result unless one is named.

    Raises NothingToJudgeError when no pupil, subject or graded result is left.
    """
    if register.results.empty:
        raise NothingToJudgeError(_why_nothing(register, rules))
    term = _judged(register, term)
    subjects = [subject for subject in register.subjects if not filters.subjects or subject in filters.subjects]
    on_roll, leavers = _on_roll(characteristics_in(term, register), term)
    years = years_of(register.results, register.placements, term.academic_year)
    index = pd.Index(on_roll["pupil"])
    cohort = cohorts(register.placements, index, years)
    pupils = _pupil_table(on_roll, register.placements, cohort[:, term.academic_year - years.start], term)
    kept = _kept(pupils, filters, rules)
    pupils, cohort = pupils[kept].reset_index(drop=True), cohort[kept]
    index = pd.Index(pupils["pupil"])

    judged = judge(register.results, cohort, index, years, rules.scales)
    judged["cell"] = cells(judged)
    if pupils.empty or not (judged["subject"].isin(subjects) & (judged["term"] == term.number)).any():
        raise NothingToJudgeError(_nothing(term, filters))
    cube = lay_out(judged, len(pupils), subjects, term.number)
    starts = find_starts(cube, cohort, years, rules.years)
    taught = _taught(cube, pupils["year_group"], term)
    progress = measure(cube, judged, starts, index, subjects, taught, rules.scales)
    targets = register.targets.assign(cell=cells(register.targets))
    due = _in_year_group(cube.now >= 0, pupils["year_group"])
    flags = find_flags(Evidence(progress, judged, targets, cube, pd.Index(subjects), rules, due))
    standing = standings(progress, judged[judged["term"] == term.number], rules.columns.combined)
    order = [subject for subject in rules.columns.subjects if subject in set(standing["subject"])]
    summary = summarise(standing, pupils, order)
    groups = count_groups(standing, group_of(pupils, rules.groups), pupils, order)
    counting = [code for code, rule in rules.flags.flags.items() if rule.counts]
    return Analysis(
        term=term,
        register=register,
        subjects=order,
        pupils=pupils,
        progress=progress[PROGRESS.names],
        flags=flags,
        summary=summary,
        groups=groups,
        gaps=compare(groups, rules.groups),
        leavers=leavers,
        warned=warn(flags, pupils, summary, counting, rules.flags.too_many),
        filters=filters.words(),
    )


def _judged(register: Register, wanted: Term | None) -> Term:
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


def _nothing(term: Term, filters: Filters) -> str:
    chosen = "".join(f", {name} {text}" for name, text in filters.words().items())
    return f"No result is left to judge in {term.label}{chosen}. Name another term or take a filter away."


def _on_roll(pupils: DataFrame, term: Term) -> tuple[DataFrame, int]:
    """The pupils on roll in the term, and how many had left by then."""
    came = (pupils["on_roll_from"] <= term.number) | (pupils["on_roll_from"] == STILL_HERE)
    left = pupils["on_roll_until"] < term.number
    return pupils[came & ~left].reset_index(drop=True), int(left.sum())


def _pupil_table(on_roll: DataFrame, placements: DataFrame, cohort: NDArray[np.float64], term: Term) -> DataFrame:
    """The pupils with their year group and class in the term's academic year."""
    here = placements[placements["academic_year"] == term.academic_year].set_index("pupil")["class"]
    table = on_roll.assign(
        year_group=cohort + term.academic_year,
        **{"class": on_roll["pupil"].map(here).astype("object").fillna("")},
    )
    characteristics = [name for name in on_roll.columns if name not in PUPILS.names]
    return table[[*PUPIL_TABLE.names, *characteristics]]


def _kept(pupils: DataFrame, filters: Filters, rules: Rules) -> NDArray[np.bool_]:
    """Which pupils pass the filters."""
    kept = np.ones(len(pupils), dtype=np.bool_)
    if filters.years:
        kept &= pupils["year_group"].isin(filters.years).to_numpy()
    if filters.classes:
        kept &= pupils["class"].isin(filters.classes).to_numpy()
    groups = group_of(pupils, rules.groups)
    for characteristic in sorted({characteristic for characteristic, _ in filters.groups}):
        wanted = [group for name, group in filters.groups if name == characteristic]
        known = groups[characteristic] if characteristic in groups else pupils.get(characteristic)
        kept &= known.isin(wanted).to_numpy() if known is not None else np.False_
    return kept


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
