"""What in a school's data bears on the questions of a School Improvement Partner, each piece gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from siptrack.analysis.analyse import check_analysed
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.cycle.books import books_to_look_at
from siptrack.cycle.grading import Graded, classes_graded
from siptrack.cycle.on_the_list import Lists
from siptrack.cycle.plan_in_force import PlanInForce, plan_in_force
from siptrack.cycle.provision import provide
from siptrack.cycle.since import look_back_from
from siptrack.cycle.teaching import set_beside
from siptrack.school.errors import NothingToJudgeError

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis, Checked
    from siptrack.cycle.provision import Provided
    from siptrack.cycle.since import Since
    from siptrack.cycle.teaching import Taught
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame


@dataclass(frozen=True)
class Enquiry:
    """A term's analysis, the questions about its judgements, and what the school's records hold.

    `since` is None where no earlier term can be looked back to, `provided` where there is no sheet of provision,
    `taught` where there is none of lessons, books or CPD, `plan` where none came back filled in. `graded` are the
    classes in the subjects that they are judged in, `books` has the columns of BOOKS.
    """

    analysis: Analysis
    checked: Checked
    since: Since | None
    provided: Provided | None
    taught: Taught | None
    plan: PlanInForce | None
    graded: Sequence[Graded]
    books: Frame


def enquire(analysis: Analysis, rules: Rules, filters: Filters = EVERYBODY) -> Enquiry:
    """All that bears on the questions, about the children and subjects of an analysis made with these filters."""
    register = analysis.register
    lists = Lists(register, rules, filters.subjects)
    unseen = all(register.optional_frame(name) is None for name in ("observations", "cpd"))
    return Enquiry(
        analysis=analysis,
        checked=check_analysed(analysis, rules),
        since=_since(analysis, rules, filters, lists),
        provided=None if register.optional_frame("provision") is None else provide(analysis, rules, filters),
        taught=None if unseen else set_beside(analysis, rules, filters, lists),
        plan=plan_in_force(analysis, rules),
        graded=classes_graded(analysis, rules),
        books=books_to_look_at(analysis, rules),
    )


def _since(analysis: Analysis, rules: Rules, filters: Filters, lists: Lists) -> Since | None:
    try:
        return look_back_from(analysis, rules, filters=filters, lists=lists)
    except NothingToJudgeError:  # no earlier term, or none with a graded result
        return None
