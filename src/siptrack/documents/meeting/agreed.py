"""What was agreed for each child at the child's last meeting, with what the record and the results hold of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from siptrack.cycle.agreed import list_agreed
from siptrack.cycle.on_the_list import Lists
from siptrack.cycle.since_tables import Agreed
from siptrack.documents.labels import subject_label
from siptrack.school.tables import rows_of
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_WHO = ["pupil", "surname", "forename", "year_group", "class"]


class AgreedBefore(NamedTuple):
    """An action and what became of the child since the term before, in each subject that it is about.

    `last` is whether it is of the child's last meeting, or names none; `named` are the subjects that it names.
    """

    row: Agreed
    last: bool
    named: Sequence[str]
    since: Sequence[tuple[str, Agreed]]


def agreed_before(analysis: Analysis, rules: Rules) -> list[AgreedBefore]:
    """The actions of earlier meetings, those first of which nobody knows yet what came."""
    if analysis.register.frame("actions").empty:
        return []
    lists = Lists(analysis.register, rules, analysis.asked.subjects)
    now = lists.at(analysis.term)
    earlier = (lists.at_if_graded(term) for term in lists.terms if term < analysis.term)
    then = next((listed for listed in earlier if listed), now)
    rows = rows_of(Agreed, list_agreed(lists, then, now, analysis.children.pupils[_WHO]))
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.pupil] = max(newest.get(row.pupil, 0), _meeting(row))
    found = groupby(rows, key=lambda row: (row.pupil, row.file, row.sheet, row.row, row.action))
    return [_action(list(same), newest, rules) for _, same in found]


def _action(rows: Sequence[Agreed], newest: dict[str, int], rules: Rules) -> AgreedBefore:
    since = [(subject_label(row.subject, rules), row) for row in rows if row.subject]
    first = rows[0]
    last = _meeting(first) in (0, newest[first.pupil])
    return AgreedBefore(first, last, [label for label, row in since if row.named], since)


def _meeting(row: Agreed) -> int:
    """The number of the term of its meeting; 0 where the record does not say."""
    term = Term.named(row.meeting) if row.meeting else None
    return term.number if term else 0
