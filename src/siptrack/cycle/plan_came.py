"""What came of the last plan that the school filled in: its criteria counted again, its actions by their dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from siptrack.analysis.selection import EVERYBODY
from siptrack.cycle.plan_came_tables import ACTIONS, CRITERIA, PlanAction, PlanCriterion
from siptrack.cycle.plan_criteria import judged_criteria
from siptrack.cycle.returned_plans import PlanHead, Row, label_of, returned_plans
from siptrack.cycle.since_tables import Came
from siptrack.school.actions import ActionStatus
from siptrack.school.cells import number, text, whole, whole_number
from siptrack.school.frame import Frame
from siptrack.school.tables import rows_of
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

OPEN = (Came.PAST.value, Came.UNDATED.value, Came.NOT_DUE.value)
"""What came of actions that are not done, and not stopped."""


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
    plans = returned_plans(analysis.register, analysis.term.number - 1)
    if not plans:
        return None
    newest = plans[-1]
    return PlanCame(
        term=newest.term,
        analysis=analysis,
        files=sorted({text(row["file"]) for row in (*newest.heads, *newest.actions)}),
        older=[plan.term for plan in plans[:-1]],
        heads=[PlanHead.of(row) for row in newest.heads],
        criteria=CRITERIA.of(judged_criteria(newest, analysis, rules)),
        actions=ACTIONS.of(_action(row, analysis.term) for row in newest.actions if row["action"]),
    )


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
    place = {"priority": whole_number(row["priority"]), "row": whole(row["row"])}
    return PlanAction(**{**written, **place, "due": label_of(row["due"]), "came": came.value, "again": None})  # type: ignore[arg-type]  # texts
