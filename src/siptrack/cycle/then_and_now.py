"""How the same children stood in a subject in two terms: whose progress was insufficient, and who was at ARE."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from siptrack.analysis.judged import is_assessed
from siptrack.cycle.on_the_list import WHAT, ListInTerm, Lists
from siptrack.school.frame import Frame
from siptrack.school.scale import MET
from siptrack.school.texts import NONE

Counts = dict[str, object]
_PERCENT = 100  # of a whole
_COUNTED = ("told", "insufficient", "assessed", "at_are")


class ThenAndNow:
    """Counts of children in two terms of `lists`, each judged by itself.

    `same` is the percent of the children who must have been on roll in the earlier term for a comparison.
    """

    def __init__(self, lists: Lists, same: float) -> None:
        self.lists, self.same = lists, same
        self._known: dict[int, Frame] = {}

    def last(self, before: int, at_least: int = 0) -> ListInTerm | None:
        """The last term with a graded result whose number is below `before` and not below `at_least`."""
        for term in self.lists.terms:
            if at_least <= term.number < before and (listed := self.lists.at_if_graded(term)) is not None:
                return listed
        return None

    def count(self, children: Collection[str], subject: str, then: ListInTerm | None, now: ListInTerm | None) -> Counts:
        """The columns of COUNTS for these children, of whom those are counted who were on roll in both terms.

        Where too few of them were on roll in the earlier term, there is none.
        """
        asked = same = frozenset(children)
        if then is not None and _PERCENT * len(asked & then.on_roll) < max(self.same * len(asked), 1):
            then = None
        for in_term in (then, now):
            same = same if in_term is None else same & in_term.on_roll
        return {
            "from_term": "" if then is None else then.term.label,
            "to_term": "" if now is None else now.term.label,
            "children": len(same),
            **{f"{name}_then": count for name, count in self._in(same, subject, then).items()},
            **self._in(same, subject, now),
        }

    def _in(self, children: frozenset[str], subject: str, listed: ListInTerm | None) -> dict[str, int]:
        """How many of the children are what in a subject in a term; none where there is no term."""
        if listed is None:
            return dict.fromkeys(_COUNTED, 0)
        if listed.term.number not in self._known:
            self._known[listed.term.number] = _standing(listed)
        rows = self._known[listed.term.number]
        asked = (rows["subject"] == subject) & rows["pupil"].isin(children)
        return {name: int(np.count_nonzero(rows[name] & asked)) for name in _COUNTED}


def _standing(listed: ListInTerm) -> Frame:
    """By child and subject what is true of them in the term: told, insufficient, assessed, at_are."""
    results, what = listed.results(listed.term), list(WHAT)
    rows = Frame.stacked([listed.reasons[what], results[what]])
    rows = rows[rows.first_of(*WHAT)]
    judged = listed.why(rows) == ""
    result = rows.found_in(results, *WHAT)
    standing = Frame({"assessed": is_assessed(results), "met": results["attainment"].isin(MET)}).take(result)
    return rows.having(
        told=judged,
        insufficient=judged & (rows.found_in(listed.on, *WHAT) != NONE),
        assessed=standing["assessed"],
        at_are=standing["assessed"] & standing["met"],
    )
