"""The newest plan that came back filled in: its priorities, how they are monitored, and the CPD that serves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.selection import EVERYBODY
from siptrack.cycle.plan import find_supported, still_stands
from siptrack.cycle.plan_children import reach_of
from siptrack.cycle.returned_plans import PlanHead, Row, returned_plans
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules


class InForce(NamedTuple):
    """A priority of the plan, as its sheet has it, with the rows of its actions and of its staff development.

    `supported` is whether the data support it now; None where that cannot be told.
    """

    head: PlanHead
    written: Row
    actions: Sequence[Row]
    training: Sequence[Row]
    supported: bool | None

    @property
    def doing(self) -> Sequence[Row]:
        """The rows in which there is something to do."""
        return [row for row in self.actions if row["action"]]


class PlanInForce(NamedTuple):
    """The newest plan drafted from results up to the term judged; `term` is None where it does not say of which."""

    term: Term | None
    now: Term
    priorities: Sequence[InForce]


def plan_in_force(analysis: Analysis, rules: Rules) -> PlanInForce | None:
    """That plan; None where none came back."""
    plans = [plan for plan in returned_plans(analysis.register, analysis.term.number) if plan.heads]
    if not plans:
        return None
    plan = plans[-1]
    of_everybody = analysis.asked == EVERYBODY  # a plan is of the whole school
    supported = find_supported(analysis, reach_of(analysis, rules), rules).priorities if of_everybody else ()

    def in_force(row: Row) -> InForce:
        head = PlanHead.of(row)
        actions, training = (
            [of for of in rows if of["priority"] == row["priority"]] for rows in (plan.actions, plan.training)
        )
        return InForce(head, row, actions, training, still_stands(head, supported) if of_everybody else None)

    return PlanInForce(plan.term, analysis.term, [in_force(row) for row in plan.heads])
