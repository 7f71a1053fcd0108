"""What came of the last plan, for the pages that tell it: each criterion with its counts, and the actions not done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from siptrack.analysis.tally import EVERYBODY
from siptrack.cycle.plan import still_stands
from siptrack.cycle.plan_came import PlanCame
from siptrack.cycle.plan_came_tables import Met, PlanAction, PlanCriterion, Untold
from siptrack.cycle.priorities import Priority
from siptrack.cycle.returned_plans import PlanHead
from siptrack.cycle.since_tables import Came
from siptrack.documents.plan.priorities import outcome_of, scope_of
from siptrack.rules.model import Rules
from siptrack.school.cells import plain
from siptrack.school.plan_record import BETWEEN_SCOPES, Outcome
from siptrack.school.term import Term


class JudgedCriterion(NamedTuple):
    """A criterion: whom and what it is about, in words where siptrack counts it, and whether its time is over."""

    row: PlanCriterion
    label: str
    where: str
    of_progress: bool
    over: bool


class CameInShort(NamedTuple):
    """What came of the plan of a term: its criteria, by whether they are met too, and its actions by what came.

    `again` are those carried forward, `dropped` those not done whose priority is none of the draft. `older` are plans
    before it that lie beside the data too. For those `unset` the school has written no number, so that they are none
    yet. The results support the priorities of `no_more` no longer, as far as that was asked.
    """

    term: str
    files: Sequence[str]
    older: Sequence[str]
    criteria: Sequence[JudgedCriterion]
    met: Sequence[JudgedCriterion]
    not_yet: Sequence[JudgedCriterion]
    untold: Sequence[JudgedCriterion]
    unset: Sequence[JudgedCriterion]
    overdue: Sequence[PlanAction]
    undone: Sequence[PlanAction]
    again: Sequence[PlanAction]
    dropped: Sequence[PlanAction]
    done: int
    actions: int
    no_more: Sequence[PlanHead]

    @property
    def telling(self) -> Sequence[JudgedCriterion]:
        """Those of which something is known, those that are not met first."""
        return [*self.not_yet, *self.met]


def came_in_short(
    came: PlanCame | None, rules: Rules, supported: Sequence[Priority] | None = None
) -> CameInShort | None:
    """The facts of what came of the last plan; None where none came back. `supported` is what the results support."""
    if came is None:
        return None
    judged = [_judged(row, came, rules) for row in came.judged]
    undone = came.undone
    return CameInShort(
        term=came.term.label if came.term else "",
        files=came.files,
        older=[term.label if term else "" for term in came.older],
        criteria=[judgement for judgement in judged if judgement.row.reason != Untold.NO_NUMBER],
        met=[judgement for judgement in judged if judgement.row.met == Met.MET],
        not_yet=[judgement for judgement in judged if judgement.row.met == Met.NOT_YET],
        untold=[
            judgement
            for judgement in judged
            if judgement.row.met == Met.CANNOT_TELL and judgement.row.reason != Untold.NO_NUMBER
        ],
        unset=[judgement for judgement in judged if judgement.row.reason == Untold.NO_NUMBER],
        overdue=[action for action in undone if action.came == Came.PAST],
        undone=undone,
        again=[action for action in undone if action.again is not None],
        dropped=[action for action in undone if action.again is None],
        done=sum(action.came == Came.DONE for action in came.agreed),
        actions=len(came.agreed),
        no_more=[] if supported is None else [head for head in came.heads if still_stands(head, supported) is False],
    )


def _judged(row: PlanCriterion, came: PlanCame, rules: Rules) -> JudgedCriterion:
    cells = {name: plain(cell) for name, cell in row._asdict().items()}
    label, where = row.criterion, ""
    if row.outcome:
        label = outcome_of(cells, came.analysis, rules, short=True)
        scopes = row.among.split(BETWEEN_SCOPES)
        where = "" if EVERYBODY in scopes else scope_of(scopes, came.analysis, rules)
    due = Term.named(row.by) or Term.counted(row.by) if row.by else None
    over = due is not None and due <= came.analysis.term
    return JudgedCriterion(row, label, where, row.outcome == Outcome.PROGRESS, over)
