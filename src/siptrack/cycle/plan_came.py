"""What came of the last plan that the school filled in: its criteria counted again, its actions by their dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.analyse import analyse
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.tally import among_of
from siptrack.analysis.trend_tables import Trend
from siptrack.analysis.vocabulary import Measure
from siptrack.cycle.plan_came_tables import ACTIONS, CRITERIA, Met, PlanAction, PlanCriterion, Untold
from siptrack.cycle.plan_children import Planned, planned, reach_of
from siptrack.cycle.plan_outcomes import counted_in
from siptrack.cycle.since_tables import Came
from siptrack.school.actions import ActionStatus
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.plan_record import BETWEEN_SCOPES, PLAN_ACTIONS, PLAN_HEADS, Outcome
from siptrack.school.tables import rows_of
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

Row = Mapping[str, Cell]
_PERCENT = 100  # of a whole
OPEN = (Came.PAST.value, Came.UNDATED.value, Came.NOT_DUE.value)
"""What came of actions that are not done, and not stopped."""
_BY_TREND = {
    Trend.CLOSED.value: Met.MET,
    Trend.REVERSING.value: Met.MET,
    Trend.NARROWING.value: Met.NOT_YET,
    Trend.WIDENING.value: Met.NOT_YET,
}


class PlanHead(NamedTuple):
    """A priority of the last plan: its number and title, what it is about, and the terms of its reviews."""

    number: int | None
    title: str
    source: str
    subjects: Sequence[str]
    groups: Sequence[str]
    mid_due: Term | None
    final_due: Term | None


@dataclass(frozen=True, kw_only=True)
class PlanCame(HasTables):
    """What came of the plan drafted from the results of `term`; of None where the plan does not say.

    `older` are earlier plans that lie beside the data too, `analysis` is that of the term judged. `criteria` and
    `actions` have the columns of CRITERIA and ACTIONS.
    """

    term: Term | None
    analysis: Analysis
    files: Sequence[str]
    older: Sequence[Term | None]
    heads: Sequence[PlanHead]
    criteria: PandasTable = PandasTable()
    actions: PandasTable = PandasTable()

    @property
    def overdue(self) -> int:
        """How many actions are past their date."""
        return sum(action.came == Came.PAST.value for action in self.agreed)

    @cached_property
    def judged(self) -> Sequence[PlanCriterion]:
        """The criteria."""
        return rows_of(PlanCriterion, self.frame("criteria"))

    @cached_property
    def agreed(self) -> Sequence[PlanAction]:
        """The actions."""
        return rows_of(PlanAction, self.frame("actions"))

    @property
    def undone(self) -> Sequence[PlanAction]:
        """The actions that are not done, and not stopped."""
        return [action for action in self.agreed if action.came in OPEN]


def tables_of(came: PlanCame | None) -> Mapping[str, Frame]:
    """The tables by name; with no rows where no plan came back."""
    if came is None:
        return {CRITERIA.name: CRITERIA.no_rows(), ACTIONS.name: ACTIONS.no_rows()}
    return {CRITERIA.name: came.frame("criteria"), ACTIONS.name: came.frame("actions")}


def look_at_plan(analysis: Analysis, rules: Rules) -> PlanCame | None:
    """What came of the newest plan from before the term judged; None where none came back, or only some are asked for.

    A plan is of the whole school, so that its criteria cannot be counted on some of it.
    """
    if analysis.asked != EVERYBODY:
        return None
    heads, rows = (records(analysis.register.frame(table.name), table.names) for table in (PLAN_HEADS, PLAN_ACTIONS))
    terms = {number(row["term"]) for row in (*heads, *rows)}
    before = sorted((term for term in terms if term is None or term < analysis.term.number), key=lambda term: term or 0)
    if not before:
        return None
    newest = before[-1]
    mine = [row for row in rows if number(row["term"]) == newest]
    term = _term(newest)
    return PlanCame(
        term=term,
        analysis=analysis,
        files=sorted({text(row["file"]) for row in (*heads, *mine) if number(row["term"]) == newest}),
        older=[_term(older) for older in before[:-1]],
        heads=[head_of(row) for row in heads if number(row["term"]) == newest],
        criteria=CRITERIA.of(_criteria(mine, term, analysis, rules)),
        actions=ACTIONS.of(_action(row, analysis.term) for row in mine if row["action"]),
    )


def _term(number: float | None) -> Term | None:
    return None if number is None else Term.numbered(int(number))


def _label(number: float | None) -> str:
    """A term by its label; nothing for none."""
    return "" if number is None else Term.numbered(int(number)).label


def head_of(row: Row) -> PlanHead:
    """The priority of a row of PLAN_HEADS."""
    subjects, groups = (tuple(filter(None, text(row[name]).split(", "))) for name in ("subjects", "groups"))
    about = text(row["source"]), subjects, groups
    return PlanHead(_whole(row["priority"]), text(row["title"]), *about, *(_term(number(row[at])) for at in _REVIEWS))


_REVIEWS = ("mid_due", "final_due")


def _whole(cell: Cell) -> int | None:
    return None if number(cell) is None else whole(cell)


def _action(row: Row, now: Term) -> PlanAction:
    """What came of an action; a date is past when its term is over or is the term judged."""
    due = number(row["due"])
    if row["status"] in (ActionStatus.DONE.value, ActionStatus.STOPPED.value):
        came = Came.DONE if row["status"] == ActionStatus.DONE.value else Came.STOPPED
    elif due is None:
        came = Came.UNDATED
    else:
        came = Came.PAST if due <= now.number else Came.NOT_DUE
    written = {name: row[name] for name in PlanAction._fields if name in row}
    place = {"priority": _whole(row["priority"]), "row": whole(row["row"])}
    return PlanAction(**{**written, **place, "due": _label(due), "came": came.value, "again": None})  # type: ignore[arg-type]  # texts


def _criteria(rows: Sequence[Row], term: Term | None, analysis: Analysis, rules: Rules) -> Iterator[PlanCriterion]:
    """Each criterion once: of rows about the same children and number the first."""
    wanted = [row for row in rows if row["outcome"] or row["criterion"]]
    about = ("outcome", "subject", "among", "characteristic", "group", "with_targets", "wanted")
    first = {
        tuple(row[name] for name in (about if row["outcome"] else ("priority", "criterion"))): row
        for row in reversed(wanted)
    }
    children = _Children(term, analysis, rules)
    for row in wanted:
        if any(row is kept for kept in first.values()):
            yield _judged(row, children)


class _Counts(NamedTuple):
    """The children whom a criterion was about: how many then, and now."""

    n_then: int
    then: int
    n: int
    now: int
    left: int
    without: int


@dataclass(frozen=True)
class _Children:
    """The children of the plan's term and those of the term judged."""

    term: Term | None
    analysis: Analysis
    rules: Rules

    @cached_property
    def then(self) -> Planned | None:
        """The children of then; None where there are no results of then."""
        if self.term is None:
            return None
        try:
            before = analyse(self.analysis.register, self.rules, self.term)
        except NothingToJudgeError:
            return None
        return planned(before, reach_of(before, self.rules), self.rules)

    @cached_property
    def now(self) -> Planned:
        """The children now."""
        return planned(self.analysis, reach_of(self.analysis, self.rules), self.rules)

    def counted(self, row: Row) -> _Counts | None:
        """How many of the children whom a criterion was about are counted, then and now; None where it was about none.

        They are those of the group and year groups of then, whatever they are in now.
        """
        then, outcome, subject = self.then, Outcome(text(row["outcome"])), text(row["subject"])
        scopes, pair = text(row["among"]).split(BETWEEN_SCOPES), (text(row["characteristic"]), text(row["group"]))
        if then is None or not then.knows(scopes, pair):
            return None
        of, counted = counted_in(outcome)
        who = then.among(scopes) & then.group(pair)[0] & then.column(subject, of)
        if (targets := number(row["with_targets"])) is not None:
            who &= then.with_target(subject, Term.numbered(int(targets)))
        keys = then.pupils["pupil"]
        here = keys.in_words(self.now.pupils["pupil"].tolist())
        still = who & (here >= 0)
        at = here[still]
        known, met = self.now.column(subject, of)[at], self.now.column(subject, counted)[at]
        return _Counts(
            n_then=int(who.sum()),
            then=int((who & then.column(subject, counted)).sum()),
            n=int(known.sum()),
            now=int((known & met).sum()),
            left=int((who & (here < 0)).sum()),
            without=int((~known).sum()),
        )

    def trend(self, row: Row) -> str:
        """What became of a group's gap among the same children; nothing where it is not followed."""
        if self.term is None:
            return ""
        scopes = text(row["among"]).split(BETWEEN_SCOPES)
        rows = self._followed(tuple(scopes)).over_time.trends
        about = (rows["from_term"] == self.term.label) & (rows["measure"] == Measure.AT_ARE.value)
        for name in ("subject", "characteristic"):
            about &= rows[name] == text(row[name])
        own, other = (rows["trend"][about & (rows[side] == text(row["group"]))].tolist() for side in ("group", "peers"))
        found = own or (other if len(other) == 1 else [])  # of two sides one has the row
        return str(found[0]) if found else ""

    def _followed(self, scopes: tuple[str, ...]) -> Analysis:
        """The analysis now of those who were in these scopes then; they have gone up with their year groups."""
        assert self.term is not None  # noqa: S101  # no gap is followed without; tells the type checker
        up = self.analysis.term.academic_year - self.term.academic_year
        stages = {stage.key: stage.years for stage in among_of(self.then_years, self.rules.years)}
        years = frozenset[int]().union(*(stages.get(scope) or () for scope in scopes))
        if not years:
            return self.analysis
        return analyse(
            self.analysis.register,
            self.rules,
            self.analysis.term,
            Filters(years=frozenset(year + up for year in years)),
        )

    @property
    def then_years(self) -> np.ndarray:
        """The year groups of then."""
        assert self.then is not None  # noqa: S101  # as above
        return self.then.pupils["year_group"]


def _judged(row: Row, children: _Children) -> PlanCriterion:
    counts = children.counted(row) if row["outcome"] else None
    trend = children.trend(row) if counts and row["outcome"] == Outcome.GAP.value else ""
    wanted = _wanted(row, counts)
    met, reason = _verdict(row, wanted, counts, trend)
    of_some = row["with_targets"] is not None  # the plan has no count of these alone
    found = {
        **{name: row.get(name) for name in PlanCriterion._fields},
        "wanted": wanted,
        "by": _label(number(row["criterion_due"])),
        "trend": trend,
        "n_planned": None if of_some else row["n"],
        "planned": None if of_some else row["count"],
        "n": None,
        **(counts._asdict() if counts else {}),
        "met": met.value,
        "reason": reason.value if reason else "",
    }
    return PlanCriterion(**found)


def _wanted(row: Row, counts: _Counts | None) -> int | None:
    """How many children are wanted: of progress at most, else at least; a percentage is of those of then."""
    children, percent = _whole(row["wanted_children"]), number(row["wanted_percent"])
    if children is not None or percent is None or counts is None:
        return children
    share = percent * counts.n_then / _PERCENT
    return int(share) if row["outcome"] == Outcome.PROGRESS.value else ceil(share)


def _verdict(row: Row, wanted: int | None, counts: _Counts | None, trend: str) -> tuple[Met, Untold | None]:
    """Whether it is met. Those who have left or cannot be counted now are as much as needed of either."""
    if untold := _untold(row, counts):
        return Met.CANNOT_TELL, untold
    assert counts is not None  # noqa: S101  # else it is untold; tells the type checker
    if wanted is None:
        if row["outcome"] != Outcome.GAP.value:
            return Met.CANNOT_TELL, Untold.NO_NUMBER
        met = _BY_TREND.get(trend, Met.CANNOT_TELL)
        return met, Untold.CHANCE if met is Met.CANNOT_TELL else None
    least, most = counts.now, counts.now + counts.left + counts.without
    if row["outcome"] == Outcome.PROGRESS.value:
        reached, missed = most <= wanted, least > wanted
    else:
        reached, missed = least >= wanted, most < wanted
    if reached or missed:
        return Met.MET if reached else Met.NOT_YET, None
    return Met.CANNOT_TELL, Untold.DECIDED


def _untold(row: Row, counts: _Counts | None) -> Untold | None:
    """Why it cannot be told whatever the counts are."""
    unread = row["wanted"] and number(row["wanted_children"]) is None and number(row["wanted_percent"]) is None
    cases = (
        (not row["outcome"], Untold.OWN),
        (row["other_numbers"], Untold.REWORDED),
        (unread, Untold.UNREAD),
        (counts is None or not counts.n_then, Untold.NOT_THEN),
    )
    return next((untold for there, untold in cases if there), None)
