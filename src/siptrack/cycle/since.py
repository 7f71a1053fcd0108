"""What became of the list since an earlier term: who joined, left and stayed, and what was agreed for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.analyse import analyse
from siptrack.analysis.model import Analysis
from siptrack.analysis.progress import term_labels
from siptrack.analysis.selection import EVERYBODY, Filters, choose
from siptrack.analysis.term_judged import judged_term, term_before
from siptrack.cycle.agreed import list_agreed
from siptrack.cycle.by_noise import ByNoise, moved_by_noise
from siptrack.cycle.counted import counted
from siptrack.cycle.movement import with_movement
from siptrack.cycle.on_the_list import WHAT, ListInTerm, Lists
from siptrack.cycle.plan_came import PlanCame, look_at_plan
from siptrack.cycle.since_tables import COUNTS, LISTED, ON_NOW, Came, Moved, OnList
from siptrack.school.errors import ChoiceError, NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.term import Before, Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register

WHO = ["pupil", "surname", "forename", "year_group", "class"]
_BETWEEN = "; "  # interventions in one cell
_KEPT, _WENT = ("joined", "untold_then", "new_here"), ("left", "untold_now", "left_school")


@dataclass(frozen=True, kw_only=True)
class Since(HasTables):
    """What became of the list from one term to another, both judged by the rules of the later.

    `analysis` is that of the later term. `listed`, `counts` and `actions` have the columns of LISTED, COUNTS and
    AGREED; `gaps` those rows of the table of trends that begin in the earlier term; `plan` is what came of the last
    plan. `with_progress_then` and `with_progress_now` count the children whose progress can be told in some subject, of
    `roll_then` and `roll_now` children spoken of; `then` and `now` are the lists of the two terms.
    """

    from_term: Term
    analysis: Analysis
    then: ListInTerm
    now: ListInTerm
    listed: PandasTable = PandasTable()
    counts: PandasTable = PandasTable()
    actions: PandasTable = PandasTable()
    later_actions: int
    gaps: PandasTable = PandasTable()
    plan: PlanCame | None
    roll_then: int
    with_progress_then: int
    roll_now: int
    with_progress_now: int

    @property
    def term(self) -> Term:
        """The later term."""
        return self.analysis.term

    @cached_property
    def by_noise(self) -> ByNoise:
        """How many children would have joined and left by noise alone."""
        return moved_by_noise(self.analysis, self.then, self.now, self.now.rules)

    @property
    def overdue(self) -> int:
        """How many actions of meetings and of the plan are past their date without an outcome."""
        agreed = int(np.count_nonzero(self.frame("actions")["came"] == Came.PAST.value))
        return agreed + (self.plan.overdue if self.plan else 0)

    def long_on_list(self, terms: int) -> Frame:
        """The rows of those who are on the list now for so many terms in a row or more."""
        listed = self.frame("listed")
        return listed[listed["moved"].isin(ON_NOW) & (listed["terms"] >= terms)]

    def long_without_action(self, terms: int) -> Frame:
        """Of these the children for whom the record holds no action at all."""
        rows = self.long_on_list(terms)
        return rows[~rows["pupil"].isin(set(self.analysis.register.frame("actions")["pupil"].tolist()))]

    def long_without_provision(self, terms: int) -> Frame:
        """Of these the children and subjects for which the sheet of provision holds nothing between the two terms."""
        rows = self.long_on_list(terms)
        return rows[rows["interventions"] == ""]


def look_back(
    register: Register,
    rules: Rules,
    from_term: Term | Before | None = None,
    term: Term | None = None,
    filters: Filters = EVERYBODY,
) -> Since:
    """What became of the list since a term: the last with results before `term`, where the school is, unless named.

    Raises NothingToJudgeError when either term has nothing to judge, ChoiceError when they are not in order.
    """
    return look_back_from(analyse(register, rules, term, filters), rules, from_term, filters)


def look_back_from(
    analysis: Analysis,
    rules: Rules,
    from_term: Term | Before | None = None,
    filters: Filters = EVERYBODY,
    lists: Lists | None = None,
) -> Since:
    """The same from an analysis that was made with these filters; `lists` are its register's, where they are there.

    Raises NothingToJudgeError when the earlier term has nothing to judge, ChoiceError when it does not lie before.
    """
    register = analysis.register
    lists = lists or Lists(register, rules, filters.subjects)
    then, now = lists.at(_earlier(lists, register, from_term, analysis.term)), lists.at(analysis.term)
    people = _people(then, now, analysis, filters, rules)
    who = frozenset(people["pupil"].tolist())
    listed = _listed(lists, then, now, people, analysis.children.evidence)
    trends = analysis.over_time.trends
    return Since(
        from_term=then.term,
        analysis=analysis,
        then=then,
        now=now,
        listed=listed,
        counts=_count(listed, analysis.subjects),
        actions=list_agreed(lists, then, now, people),
        later_actions=_agreed_now(register, analysis.term, who),
        gaps=trends[trends["from_term"] == then.term.label],
        plan=look_at_plan(analysis, rules),
        roll_then=len(then.on_roll & who),
        with_progress_then=_with_progress(then, who),
        roll_now=len(analysis.children.pupils),
        with_progress_now=_with_progress(now, who),
    )


def _earlier(lists: Lists, register: Register, wanted: Term | Before | None, term: Term) -> Term:
    """The earlier term: the one named, else the last before the later one that has results."""
    if wanted is None:
        before = [other for other in lists.terms if other < term]
        if not before:
            raise NothingToJudgeError(
                f"There is no result from before {term.label}, so nothing to look back to. Add an earlier term's file."
            )
        return before[0]
    if isinstance(wanted, Before):
        return term_before(register, wanted, term)
    if not wanted.academic_year:
        return term_before(register, Before(wanted.season), term)
    earlier = judged_term(register, lists.rules, wanted)
    if earlier >= term:
        raise ChoiceError(f"--from {earlier.label} does not lie before {term.label}. Name an earlier term.")
    return earlier


def _people(then: ListInTerm, now: ListInTerm, analysis: Analysis, filters: Filters, rules: Rules) -> Frame:
    """Those spoken of now, and those who would be had they not left the school since, as they were then."""
    asked = choose(then.judged.opened.roll, rules, filters).pupils[WHO]
    return Frame.stacked([analysis.children.pupils[WHO], asked[~asked["pupil"].isin(now.on_roll)]])


def _with_progress(listed: ListInTerm, people: frozenset[str]) -> int:
    """Of how many of these people progress can be told in some subject."""
    return len(people.intersection(listed.with_progress["pupil"].distinct()))


def _listed(lists: Lists, then: ListInTerm, now: ListInTerm, people: Frame, evidence: Frame) -> Frame:
    """Every child and subject on the list then or now."""
    what = Frame.stacked([now.on, then.on])
    person = what.found_in(people, "pupil")
    what = what.having(person=person)[what.first_of(*WHAT) & (person >= 0)]
    moved = _moved(then.states(what), now.states(what))
    runs, earlier = lists.runs(what, now.term), lists.runs(what, then.term)
    who = people.take(what["person"])
    rows = with_movement(what, then, now).having(
        {name: who[name] for name in people},
        moved=moved,
        terms=np.where(runs.terms > 0, runs.terms, earlier.terms),
        since=term_labels(np.where(runs.terms > 0, runs.since, earlier.since)),
        reason=_reasons(what, moved, then, now),
        behind_in_100=evidence.take(what.found_in(evidence, *WHAT))["behind_in_100"],
        interventions=_interventions_of(what, lists.register.optional_frame("provision"), then.term, now.term),
        at=what["subject"].in_words(lists.register.subjects),
    )
    return rows.sorted_by("year_group", "class", "surname", "forename", "pupil", "at")[LISTED.names]


def _moved(then: Texts, now: Texts) -> Texts:
    """What became of each, from where the child was then and is now."""
    on_now, on_then = now == OnList.ON.value, then == OnList.ON.value
    cases = [
        (on_now & on_then, Moved.STAYED),
        (on_now & (then == OnList.ELSEWHERE.value), Moved.NEW_HERE),
        (on_now & (then == OnList.OFF.value), Moved.JOINED),
        (on_now, Moved.UNTOLD_THEN),
        (now == OnList.ELSEWHERE.value, Moved.LEFT_SCHOOL),
        (now == OnList.OFF.value, Moved.LEFT),
    ]
    return Texts.chosen([at for at, _ in cases], [moved.value for _, moved in cases], Moved.UNTOLD_NOW.value)


def _reasons(what: Frame, moved: Texts, then: ListInTerm, now: ListInTerm) -> Texts:
    """Why it cannot be told now, or could not be then; empty where that is no question."""
    why = then.why(what).where(moved == Moved.UNTOLD_THEN.value, "")
    return now.why(what).where(moved == Moved.UNTOLD_NOW.value, why).filled("")


def _count(listed: Frame, subjects: Sequence[str]) -> Frame:
    """The table of counts, by year group, class and subject."""
    rows = listed.having(at=listed["subject"].in_words(subjects))
    by = ("year_group", "class", "at", "subject")
    table = counted(rows, by, {moved.name.lower(): listed["moved"] == moved.value for moved in Moved})
    then, now = (table["stayed"] + sum(table[name] for name in names) for names in (_WENT, _KEPT))
    return table.having(then=then, now=now)[COUNTS.names]


def _agreed_now(register: Register, term: Term, people: frozenset[str]) -> int:
    """How many actions were agreed at the later term's own meeting, or at a later one."""
    actions = register.frame("actions")
    return int(np.count_nonzero((actions["term"] >= term.number) & actions["pupil"].isin(people)))


def _interventions_of(listed: Frame, provision: Frame | None, then: Term, now: Term) -> Texts:
    """For each child and subject of `listed` the interventions not known to lie outside the two terms, by name.

    Those for the subject, and those that name none. Empty where there is none, or no sheet of provision.
    """
    if provision is None:
        return Texts.every("", len(listed))
    if now.dated:
        outside = (provision["end_term"] < then.number) | (provision["start_term"] > now.number)
        provision = provision[~outside]
    had: dict[tuple[str, str], set[str]] = {}
    for pupil, subject, intervention in provision.in_rows("pupil", "subject", "intervention"):
        had.setdefault((pupil, subject), set()).add(intervention)
    none: set[str] = set()
    return Texts.of(
        _BETWEEN.join(sorted(had.get((pupil, subject), none) | had.get((pupil, ""), none)))
        for pupil, subject in listed.in_rows("pupil", "subject")
    )
