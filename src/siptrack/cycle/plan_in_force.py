"""The newest plan that came back filled in: its priorities, how they are monitored, and the CPD that serves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.selection import EVERYBODY
from siptrack.cycle.plan import draft, stands_again
from siptrack.cycle.plan_came import PlanHead, head_of
from siptrack.school.cells import Cell, number, records
from siptrack.school.plan_record import PLAN_ACTIONS, PLAN_HEADS, PLAN_TRAINING
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

Row = Mapping[str, Cell]


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
    register = analysis.register
    tables = (PLAN_HEADS, PLAN_ACTIONS, PLAN_TRAINING)
    heads, actions, training = (records(register.frame(table.name), table.names) for table in tables)
    terms = {number(row["term"]) for row in heads}
    known = [term for term in terms if term is None or term <= analysis.term.number]
    if not known:
        return None
    newest = max(known, key=lambda term: -1 if term is None else term)
    drafted = draft(analysis, rules) if analysis.asked == EVERYBODY else None  # a plan is of the whole school
    supports = [*drafted.priorities, *drafted.beyond] if drafted else []

    def in_force(row: Row) -> InForce:
        head = head_of(row)
        supported = any(stands_again(head, priority) for priority in supports) if drafted and head.source else None
        return InForce(head, row, _of(row, actions), _of(row, training), supported)

    return PlanInForce(
        None if newest is None else Term.numbered(int(newest)),
        analysis.term,
        [in_force(row) for row in heads if number(row["term"]) == newest],
    )


def _of(head: Row, rows: Sequence[Row]) -> list[Row]:
    """The rows of the same plan and priority."""
    return [row for row in rows if (row["term"], row["priority"]) == (head["term"], head["priority"])]
