"""The audit that opens a school year: who the children are, how they stand, who carries over, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.ahead_tables import TARGETS
from siptrack.analysis.analyse import analyse
from siptrack.analysis.causes import own_findings
from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.group_tables import GAPS
from siptrack.analysis.in_term import judge_term
from siptrack.analysis.judged import limit, reference
from siptrack.analysis.model import Analysis
from siptrack.analysis.pace import measure_targets
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.summary import standings
from siptrack.analysis.vocabulary import Course
from siptrack.cycle.audit_tables import CARRIED, COURSES, LINES, ON_ROLL, PRIOR, STANDING, Lacks
from siptrack.cycle.counted import counted
from siptrack.cycle.missing import list_missing
from siptrack.cycle.on_the_list import WHAT, ListInTerm, Lists
from siptrack.cycle.plan_came import PlanCame, look_at_plan
from siptrack.cycle.working_groups import GROUPED, in_groups
from siptrack.cycle.year_opened import YearOpened, open_year
from siptrack.school.begun import Begun
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame, numbered
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.scale import Attainment
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.term import Season, Term
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules

_WHO = ["pupil", "surname", "forename", "year_group", "class"]
_OF_YEAR = ("year_group", "subject_at", "subject")
_KNOWN = tuple(attainment for attainment in Attainment if attainment is not Attainment.NOT_KNOWN)


@dataclass(frozen=True, kw_only=True)
class Audit(HasTables):
    """All that opens a school year; the tables have the columns declared in `audit_tables`.

    `register` is all that was read, `year` the year with the children spoken of. `end` is the analysis of these
    children at the end of the year before, from which gaps are inherited; None where nothing is known of it. `gaps` are
    the clear ones, `plan` is what came of the last plan, `targets` has the columns of TARGETS. `with_progress` is of
    how many of the children progress could be told at the end of the year before, without which nobody can carry over.
    """

    register: Register
    year: YearOpened
    filters: Mapping[str, str]
    subjects: tuple[str, ...]
    end: Analysis | None
    plan: PlanCame | None
    with_progress: int
    on_roll: PandasTable = PandasTable()
    prior: PandasTable = PandasTable()
    standing: PandasTable = PandasTable()
    working_groups: PandasTable = PandasTable()
    carried_over: PandasTable = PandasTable()
    gaps: PandasTable = PandasTable()
    targets: PandasTable = PandasTable()
    courses: PandasTable = PandasTable()
    lines: PandasTable = PandasTable()
    missing: PandasTable = PandasTable()

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
        return int(np.count_nonzero(~(self.register.frame("actions")["term"] > self.year.term.number)))

    @property
    def behind(self) -> int:
        """How many children are not on course for one of their targets or more."""
        targets = self.frame("targets")
        return len(targets["pupil"][targets["course"] == Course.NOT_ON_COURSE.value].distinct())

    @property
    def without_results(self) -> int:
        """In how many year groups, subjects and terms nobody has a result."""
        missing = self.frame("missing")
        of_nobody = (missing["what"] == Lacks.RESULTS.value) & (missing["children"] == missing["of"])
        return int(np.count_nonzero(of_nobody))


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
    of_everybody = Filters(subjects=filters.subjects)
    end = None if then is None else analyse(year.register, rules, then.term, of_everybody, found=then.judged)
    if end is not None and year.before is not None:
        end = _with_sure_marks(end, register, rules, year.before)
    targets = maker.targets()
    return Audit(
        register=register,
        year=year,
        filters=filters.words(rules.years),
        subjects=tuple(maker.subjects),
        end=end,
        plan=_last_plan(register, rules, year, filters),
        with_progress=0 if then is None else maker.with_progress(then),
        on_roll=maker.on_roll,
        prior=maker.prior(),
        standing=Frame.stacked(maker.standing(in_term) for in_term in (then, now) if in_term is not None),
        working_groups=maker.working_groups(),
        carried_over=maker.carried_over(lists, then, now),
        gaps=_clear(end),
        targets=targets,
        courses=maker.courses(targets),
        lines=maker.lines(),
        missing=list_missing(year, maker.on_roll, maker.subjects, rules),
    )


def _last_plan(register: Register, rules: Rules, year: YearOpened, filters: Filters) -> PlanCame | None:
    """What came of the last plan by the newest results; None where none came back, or only some are asked for."""
    if register.frame("plan_actions").empty or filters != EVERYBODY:
        return None
    return look_at_plan(analyse(register, rules, year.newest), rules)


def _with_sure_marks(end: Analysis, register: Register, rules: Rules, before: Term) -> Analysis:
    """The analysis with how sure the marks are by those of the whole school then, as `siptrack analyse` has it."""
    return replace(
        end,
        children=end.children.having(
            evidence=lambda: weigh_evidence(judge_term(register, rules, before, end.asked)),
        ),
    )


def _clear(end: Analysis | None) -> Frame:
    """The gaps that were clear at the end of the year before."""
    gaps = GAPS.no_rows() if end is None else end.frame("gaps")
    return gaps[own_findings(gaps)]


class _Maker:
    """Makes the tables of the children of the year; `newest` are the results that they stand by."""

    def __init__(self, year: YearOpened, rules: Rules, newest: ListInTerm) -> None:
        self.year, self.rules, self.newest = year, rules, newest
        self.subjects = [
            subject
            for subject in rules.columns.subjects
            if subject in {*newest.judged.opened.subjects, *rules.columns.combined}
        ]
        self.on_roll = self._on_roll()

    def _on_roll(self) -> Frame:
        pupils, prior = self.year.pupils, self.rules.groups.prior.key
        results = self.year.register.frame("results")
        began = Term(self.year.term.academic_year, Season.AUTUMN).number
        earlier = results[results["term"] < began]
        rows = pupils if prior in pupils else pupils.having({prior: NOT_RECORDED})
        rows = rows.having(prior=rows[prior], new=rows.found_in(earlier, "pupil") == NONE)
        return rows.sorted_by("year_group", "class", "surname", "forename", "pupil")[ON_ROLL.names]

    def prior(self) -> Frame:
        """How many of each year group have which prior attainment."""
        groups = (*self.rules.groups.prior.groups, NOT_RECORDED)
        year, first = numbered([self.on_roll["year_group"]])
        place = year * len(groups) + self.on_roll["prior"].in_words(groups)
        children = np.bincount(place, minlength=len(first) * len(groups))
        in_year, in_group = np.divmod(np.arange(len(children)), len(groups))
        table = Frame({"year_group": self.on_roll["year_group"][first][in_year], "group": Texts(in_group, groups)})
        return table.having(children=children, n=np.bincount(year)[in_year])[PRIOR.names]

    def standing(self, of: ListInTerm) -> Frame:
        """How each year group stood in each subject in a term."""
        combined = self.rules.columns.combined
        rows = self._by_year(standings(of.progress, of.results(of.term), combined, self.rules.scales))
        known = of.progress["attainment"].take(rows.found_in(of.progress, *WHAT))
        table = counted(
            rows,
            _OF_YEAR,
            {
                **{name: rows[name] == 1 for name in ("assessed", "at_are")},
                **{attainment.name.lower(): known == attainment.value for attainment in _KNOWN},
            },
        )
        n = self._of_year_group(table)
        # Who had no row in that term, because the child came later, is not known either.
        places = {attainment.name.lower(): table[attainment.name.lower()] for attainment in _KNOWN}
        places[Attainment.NOT_KNOWN.name.lower()] = n - sum(places.values())
        whole = table["subject"].isin(combined)  # in subjects taken together there is no standing
        return table.having(
            {name: np.where(whole, np.nan, counts) for name, counts in places.items()}, term=of.term.label, n=n
        )[STANDING.names]

    def working_groups(self) -> Frame:
        """The working group of every child and subject by the newest results."""
        return self._in_order(in_groups(self.newest.progress, self.rules.working_groups))[GROUPED.names]

    def with_progress(self, then: ListInTerm) -> int:
        """Of how many children progress in some subject could be told in a term."""
        return int(np.count_nonzero(self.on_roll.found_in(then.with_progress, "pupil") != NONE))

    def carried_over(self, lists: Lists, then: ListInTerm | None, now: ListInTerm | None) -> Frame:
        """Those on the list at the end of the year before who are still here."""
        if then is None:
            return CARRIED.no_rows()
        rows = self._in_order(then.on)
        runs, who = lists.runs(rows, then.term), self.on_roll[_WHO].take(rows["at"])
        stood = then.progress[["grade", "attainment"]].take(rows.found_in(then.progress, *WHAT))
        actions = self.year.register.frame("actions")
        of_child = actions["pupil"][~(actions["term"] > self.year.term.number)].in_words(rows["pupil"].words)
        counts = np.bincount(of_child[of_child >= 0], minlength=len(rows["pupil"].words))
        return rows.having(
            {name: column[name] for column in (who, stood) for name in column},
            terms=runs.terms,
            since=runs.labels,
            now="" if now is None else now.states(rows),
            actions=counts[rows["pupil"].codes],
        )[CARRIED.names]

    def targets(self) -> Frame:
        """The school's targets, set against where the children are and the rate at which they move."""
        judged = self.newest.judged
        found = measure_targets(judged.progress, judged.targets, self.newest.term, self.rules)
        return self._in_order(found)[TARGETS.names]

    def courses(self, targets: Frame) -> Frame:
        """How many children are on course for their targets, by year group, subject and term."""
        rows = self._by_year(targets)
        is_so = {course.name.lower(): rows["course"] == course.value for course in Course}
        every = np.ones(len(rows), dtype=np.bool_)
        table = counted(rows, (*_OF_YEAR, "target_term"), {"targets": every, **is_so})
        return table.having(n=self._of_year_group(table))[COURSES.names]

    def lines(self) -> Frame:
        """Where expectations lie at the end of the year, for each scale of a year group's newest results."""
        progress = self.newest.progress
        rows = self._by_year(progress[progress.first_of(*WHAT)])
        scale, year_group, scales = rows["scale"], rows["year_group"], self.rules.scales
        end = Term(self.year.term.academic_year, Season.SUMMER)
        by = np.full(len(rows), end.number)
        line = reference(scale, year_group, by, scales) - limit("at_within", scale, year_group, scales)
        rows = rows.having(line=line)[~np.isnan(rows["points"]) & ~np.isnan(line)]
        every = np.ones(len(rows), dtype=np.bool_)
        table = counted(rows, (*_OF_YEAR, "scale", "line"), {"graded": every, "there": rows["points"] >= rows["line"]})
        return table.having(by_term=end.label)[LINES.names]

    def _by_year(self, rows: Frame) -> Frame:
        """Rows about a child and subject with the child's year group in the year opened, and the subject's place."""
        rows = self._placed(rows)
        return rows.having(year_group=self.on_roll["year_group"][rows["at"]])

    def _of_year_group(self, table: Frame) -> NDArray[np.int64]:
        """How many children each row's year group has."""
        year, _ = numbered([self.on_roll["year_group"]])
        size: NDArray[np.int64] = np.bincount(year)[year[table.found_in(self.on_roll, "year_group")]]
        return size

    def _in_order(self, rows: Frame) -> Frame:
        """Rows about children of the year by year group, class, name and subject."""
        return self._placed(rows).sorted_by("at", "subject_at")

    def _placed(self, rows: Frame) -> Frame:
        """Rows about children of the year, with the place of the child among them (`at`) and that of the subject."""
        at = rows.found_in(self.on_roll, "pupil")
        return rows.having(at=at, subject_at=rows["subject"].in_words(self.subjects))[at != NONE]
