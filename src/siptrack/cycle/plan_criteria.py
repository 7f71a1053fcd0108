"""The success criteria of a plan that came back, each counted again on the children whom it was about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.analyse import analyse
from siptrack.analysis.selection import Filters
from siptrack.analysis.tally import among_of
from siptrack.analysis.trend_tables import Trend
from siptrack.analysis.vocabulary import Measure
from siptrack.cycle.plan_came_tables import Met, PlanCriterion, Untold
from siptrack.cycle.plan_children import Planned, planned, reach_of
from siptrack.cycle.plan_outcomes import counted_in
from siptrack.cycle.returned_plans import ReturnedPlan, Row, label_of
from siptrack.school.cells import Cell, number, text, whole_number
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.plan_record import BETWEEN_SCOPES, Outcome
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_PERCENT = 100  # of a whole
_ABOUT = ("outcome", "subject", "among", "characteristic", "group", "with_targets", "wanted")
_IN_WORDS = ("priority", "criterion")  # of one that siptrack does not count
_BY_TREND = {
    Trend.CLOSED.value: Met.MET,
    Trend.REVERSING.value: Met.MET,
    Trend.NARROWING.value: Met.NOT_YET,
    Trend.WIDENING.value: Met.NOT_YET,
}


def judged_criteria(plan: ReturnedPlan, analysis: Analysis, rules: Rules) -> Iterator[PlanCriterion]:
    """Each criterion of a plan counted again, once: of rows about the same children and number the first."""
    children = _Children(plan.term, analysis, rules)
    known: set[tuple[Cell, ...]] = set()
    for row in plan.actions:
        about = tuple(row[name] for name in (_ABOUT if row["outcome"] else _IN_WORDS))
        if (row["outcome"] or row["criterion"]) and about not in known:
            known.add(about)
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
    _analyses: dict[Filters, Analysis] = field(default_factory=dict)  # of some year groups: several gaps are in one

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
        now = Filters(years=frozenset(year + up for year in years))
        if now not in self._analyses:
            self._analyses[now] = analyse(self.analysis.register, self.rules, self.analysis.term, now)
        return self._analyses[now]

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
        "by": label_of(row["criterion_due"]),
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
    children, percent = whole_number(row["wanted_children"]), number(row["wanted_percent"])
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
