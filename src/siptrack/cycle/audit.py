"""The audit that opens a school year: who the children are, how they stand, who carries over, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.ahead_tables import TARGETS
from siptrack.analysis.analyse import analyse
from siptrack.analysis.group_tables import GAPS
from siptrack.analysis.in_series import limit, reference, standings
from siptrack.analysis.model import Analysis
from siptrack.analysis.pace import measure_targets
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.vocabulary import Course, GapVerdict
from siptrack.cycle.audit_tables import CARRIED, COURSES, LINES, ON_ROLL, PRIOR, STANDING, Lacks
from siptrack.cycle.missing import list_missing
from siptrack.cycle.on_the_list import WHAT, ListInTerm, Lists
from siptrack.cycle.working_groups import GROUPED, in_groups
from siptrack.cycle.year_opened import YearOpened, open_year
from siptrack.school.begun import Begun
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.in_pandas import to_pandas
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.scale import Attainment
from siptrack.school.term import Season, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from siptrack.rules.model import Rules

_WHO = ["pupil", "surname", "forename", "year_group", "class"]
_OF_YEAR = ["year_group", "subject_at", "subject"]


@dataclass(frozen=True)
class Audit:
    """All that opens a school year; the tables have the columns declared in `audit_tables`.

    `register` is all that was read, `year` the year with the children spoken of. `end` is the analysis of these
    children at the end of the year before, from which gaps are inherited; None where nothing is known of it. `gaps` are
    the clear ones. `targets` has the columns of TARGETS. `told` is of how many of the children progress could be told
    at the end of the year before, without which nobody can carry over.
    """

    register: Register
    year: YearOpened
    filters: Mapping[str, str]
    subjects: tuple[str, ...]
    end: Analysis | None
    told: int
    on_roll: DataFrame
    prior: DataFrame
    standing: DataFrame
    working_groups: DataFrame
    carried_over: DataFrame
    targets: DataFrame
    courses: DataFrame
    lines: DataFrame
    missing: DataFrame

    @property
    def begun(self) -> tuple[Begun, ...]:
        """Newer terms in which few children have a result."""
        return self.year.begun

    @property
    def term(self) -> Term:
        """The term that opens the year, or the one as at which it is opened."""
        return self.year.term if self.year.moved_up else self.year.newest

    @property
    def recorded(self) -> int:
        """How many actions the school's record holds from up to the term, for anybody."""
        return int((~(self.register.actions["term"] > self.year.term.number)).sum())

    @property
    def behind(self) -> int:
        """How many children are not on course for one of their targets or more."""
        return int(self.targets.loc[self.targets["course"] == Course.NOT_ON_COURSE.value, "pupil"].nunique())

    @property
    def without_results(self) -> int:
        """In how many year groups, subjects and terms nobody has a result."""
        rows = self.missing[self.missing["what"] == Lacks.RESULTS.value]
        return int((rows["children"] == rows["of"]).sum())

    @cached_property
    def gaps(self) -> DataFrame:
        """The gaps that were clear at the end of the year before."""
        if self.end is None:
            return GAPS.empty()
        return self.end.gaps[self.end.gaps["verdict"] == GapVerdict.CLEAR.value].reset_index(drop=True)


def audit(register: Register, rules: Rules, wanted: Term | None = None, filters: Filters = EVERYBODY) -> Audit:
    """The audit of the year of a term, or of the year that the newest results open.

    Raises NothingToJudgeError when nothing is left to judge, ChoiceError when the year has no results near it.
    """
    year = open_year(register, rules, wanted, filters)
    lists = Lists(year.register, rules, filters.subjects)
    then, now = (None if term is None else lists.at_if_graded(term) for term in (year.before, year.now))
    newest = now or then
    if newest is None:
        raise NothingToJudgeError(
            f"No graded result of these children is left to judge in {year.newest.label}. Name another term or take a "
            "filter away."
        )
    maker = _Maker(year, rules, newest)
    targets = maker.targets()
    return Audit(
        register=register,
        year=year,
        filters=filters.words(rules.years),
        subjects=tuple(maker.subjects),
        end=None if then is None else analyse(year.register, rules, then.term, Filters(subjects=filters.subjects)),
        told=0 if then is None else maker.told(then),
        on_roll=maker.on_roll,
        prior=maker.prior(),
        standing=pd.concat([maker.standing(one) for one in (then, now) if one is not None], ignore_index=True),
        working_groups=maker.working_groups(),
        carried_over=maker.carried_over(lists, then, now),
        targets=targets,
        courses=maker.courses(targets),
        lines=maker.lines(),
        missing=list_missing(year, maker.on_roll, maker.subjects, rules),
    )


class _Maker:
    """Makes the tables of the children of the year; `newest` are the results that they stand by."""

    def __init__(self, year: YearOpened, rules: Rules, newest: ListInTerm) -> None:
        self.year, self.rules, self.newest = year, rules, newest
        self.subjects = [
            one for one in rules.columns.subjects if one in {*newest.judged.opened.subjects, *rules.columns.combined}
        ]
        self.on_roll = self._on_roll()
        self.sizes = self.on_roll.groupby("year_group", dropna=False).size()

    def _on_roll(self) -> DataFrame:
        pupils, prior = self.year.pupils, self.rules.groups.prior.key
        results = self.year.register.results
        began = Term(self.year.term.academic_year, Season.AUTUMN).number
        earlier = results.loc[results["term"] < began, "pupil"]
        rows = pupils.assign(prior=pupils.get(prior, NOT_RECORDED), new=~pupils["pupil"].isin(earlier))
        return rows.sort_values([*_WHO[3:], *_WHO[1:3], "pupil"], kind="stable", ignore_index=True)[ON_ROLL.names]

    def prior(self) -> DataFrame:
        """How many of each year group have which prior attainment."""
        groups = pd.Index([*self.rules.groups.prior.groups, NOT_RECORDED], name="group")
        counts = pd.crosstab(self.on_roll["year_group"].fillna(np.inf), self.on_roll["prior"])
        counts = counts.reindex(columns=groups, fill_value=0)
        table = counts.reset_index().melt("year_group", var_name="group", value_name="children")
        table["at"] = groups.get_indexer(pd.Index(table["group"]))
        table["n"] = table["year_group"].map(counts.sum(axis=1))
        table = table.sort_values(["year_group", "at"], ignore_index=True)
        return table.assign(year_group=table["year_group"].replace(np.inf, np.nan))[PRIOR.names]

    def standing(self, of: ListInTerm) -> DataFrame:
        """How each year group stood in each subject in a term."""
        at_hand = of.results
        rows = standings(
            of.progress, at_hand[at_hand["term"] == of.term.number], self.rules.columns.combined, self.rules.scales
        )
        places = of.progress.drop_duplicates(WHAT).set_index(WHAT)["attainment"]
        known = places.reindex(pd.MultiIndex.from_frame(rows[WHAT])).to_numpy(dtype=object)
        counted = {standing: known == standing.value for standing in Attainment}
        rows = rows.assign(**{one.name.lower(): self._single(rows, is_so) for one, is_so in counted.items()})
        columns = ["assessed", "at_are", *(one.name.lower() for one in Attainment)]
        table = self._by_year(rows).groupby(_OF_YEAR, dropna=False)[columns].sum(min_count=1).reset_index()
        table["n"] = self._of_year_group(table)
        # Who had no row in that term, because the child came later, is not known either.
        there = table[[one.name.lower() for one in Attainment]].sum(axis=1, min_count=1)
        table["not_known"] += table["n"] - there
        return table.assign(term=of.term.label).astype({"assessed": "int64", "at_are": "int64"})[STANDING.names]

    def _single(self, rows: DataFrame, counted: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Who counts in single subjects; of subjects taken together there is no standing."""
        combined = rows["subject"].isin(self.rules.columns.combined).to_numpy()
        return np.where(combined, np.nan, counted.astype(np.float64))

    def working_groups(self) -> DataFrame:
        """The working group of every child and subject by the newest results."""
        groups = in_groups(self.newest.progress, self.rules.working_groups)
        return self._in_order(groups)[GROUPED.names]

    def told(self, then: ListInTerm) -> int:
        """Of how many children progress in some subject could be told in a term."""
        who = then.told[then.told == ""].index.get_level_values(0).unique()
        return int(who.isin(self.on_roll["pupil"]).sum())

    def carried_over(self, lists: Lists, then: ListInTerm | None, now: ListInTerm | None) -> DataFrame:
        """Those on the list at the end of the year before who are still here."""
        if then is None:
            return CARRIED.empty()
        what = then.on[then.on.get_level_values(0).isin(self.on_roll["pupil"])]
        runs = lists.runs(what, then.term)
        stood = then.progress.drop_duplicates(WHAT).set_index(WHAT)[["grade", "attainment"]].reindex(what)
        actions = self.year.register.actions
        actions = actions[~(actions["term"] > self.year.term.number)]
        rows = what.to_frame(index=False).assign(
            terms=runs["terms"].to_numpy(),
            since=[Term.numbered(int(number)).label for number in runs["since"]],
            grade=stood["grade"].to_numpy(),
            attainment=stood["attainment"].to_numpy(),
            now="" if now is None else now.states(what).to_numpy(),
        )
        rows["actions"] = rows["pupil"].map(actions.groupby("pupil").size()).fillna(0).astype("int64")
        return self._in_order(rows.merge(self.on_roll[_WHO], on="pupil"))[CARRIED.names]

    def targets(self) -> DataFrame:
        """The school's targets, set against where the children are and the rate at which they move."""
        judged = self.newest.judged
        found = to_pandas(measure_targets(judged.progress, judged.targets, self.newest.term, self.rules))
        return self._in_order(found)[TARGETS.names]

    def courses(self, targets: DataFrame) -> DataFrame:
        """How many children are on course for their targets, by year group, subject and term."""
        if targets.empty:
            return COURSES.empty()
        rows = self._by_year(targets)
        rows = rows.assign(
            targets=1, **{course.name.lower(): (rows["course"] == course.value).astype("int64") for course in Course}
        )
        keys = [*_OF_YEAR, "target_term"]
        counted = ["targets", *(course.name.lower() for course in Course)]
        table = rows.groupby(keys, dropna=False, sort=True)[counted].sum().reset_index()
        return table.assign(n=self._of_year_group(table))[COURSES.names]

    def lines(self) -> DataFrame:
        """Where expectations lie at the end of the year, for each scale of a year group's newest results."""
        progress = self.newest.progress.drop_duplicates(WHAT)
        rows = self._by_year(progress.drop(columns="year_group")[[*WHAT, "scale", "points"]])
        rows = rows[rows["points"].notna()].reset_index(drop=True)
        end = Term(self.year.term.academic_year, Season.SUMMER)
        by = pd.Series(end.number, index=rows.index)
        line = reference(rows["scale"], rows["year_group"], by, self.rules.scales)
        rows["line"] = line - limit("at_within", rows["scale"], rows["year_group"], self.rules.scales)
        rows = rows[rows["line"].notna()].assign(graded=1, there=lambda known: known["points"] >= known["line"])
        table = rows.groupby([*_OF_YEAR, "scale", "line"])[["graded", "there"]].sum().reset_index()
        return table.assign(by_term=end.label).astype({"there": "int64"})[LINES.names]

    def _by_year(self, rows: DataFrame) -> DataFrame:
        """Rows about a child and subject with the child's year group in the year opened, and the subject's place."""
        years = self.on_roll.set_index("pupil")["year_group"]
        found: DataFrame = rows[rows["pupil"].isin(years.index)]
        places = pd.Index(self.subjects).get_indexer(pd.Index(found["subject"]))
        return found.assign(year_group=found["pupil"].map(years), subject_at=places)

    def _of_year_group(self, table: DataFrame) -> NDArray[np.int64]:
        """How many children each row's year group has."""
        return np.asarray(self.sizes.reindex(pd.Index(table["year_group"])), dtype=np.int64)

    def _in_order(self, rows: DataFrame) -> DataFrame:
        """Rows about children of the year by year group, class, name and subject."""
        places = pd.Series(range(len(self.on_roll)), index=self.on_roll["pupil"])
        found: DataFrame = rows[rows["pupil"].isin(places.index)]
        found = found.assign(
            at=found["pupil"].map(places), subject_at=pd.Index(self.subjects).get_indexer(pd.Index(found["subject"]))
        )
        return found.sort_values(["at", "subject_at"], kind="stable", ignore_index=True)
