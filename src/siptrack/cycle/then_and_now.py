"""How the same children stood in a subject in two terms: whose progress was insufficient, and who was at ARE."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siptrack.analysis.in_series import is_assessed
from siptrack.cycle.on_the_list import WHAT, ListInTerm, Lists
from siptrack.school.scale import MET

if TYPE_CHECKING:
    from pandas import DataFrame, Index


Counts = dict[str, object]
_PERCENT = 100


class ThenAndNow:
    """Counts of children in two terms of `lists`, each judged by itself.

    `same` is the percent of the children who must have been on roll in the earlier term for it to be told of.
    """

    def __init__(self, lists: Lists, same: float) -> None:
        self.lists, self.same = lists, same
        self._known: dict[int, DataFrame] = {}

    def last(self, before: int, at_least: int = 0) -> ListInTerm | None:
        """The last term with a graded result whose number is below `before` and not below `at_least`."""
        for term in self.lists.terms:
            if at_least <= term.number < before and (listed := self.lists.at_if_graded(term)) is not None:
                return listed
        return None

    def count(self, children: Index[str], subject: str, then: ListInTerm | None, now: ListInTerm | None) -> Counts:
        """The columns of COUNTS for these children, of whom those are counted who were on roll in both terms.

        Where too few of them were on roll in the earlier term, there is none.
        """
        if then is not None and _PERCENT * children.isin(then.on_roll).sum() < max(self.same * len(children), 1):
            then = None
        same = children
        for one in (then, now):
            same = same if one is None else same[same.isin(one.on_roll)]
        before = _empty() if then is None else self._in(same, subject, then)
        after = _empty() if now is None else self._in(same, subject, now)
        return {
            "from_term": "" if then is None else then.term.label,
            "to_term": "" if now is None else now.term.label,
            "children": len(same),
            **{f"{name}_then": count for name, count in before.items()},
            **after,
        }

    def _in(self, children: Index[str], subject: str, listed: ListInTerm) -> dict[str, int]:
        """How many of the children are what in a subject in a term."""
        if listed.term.number not in self._known:
            self._known[listed.term.number] = _standing(listed)
        what = pd.MultiIndex.from_product([children, [subject]], names=WHAT)
        rows = self._known[listed.term.number].reindex(what, fill_value=False)
        return {str(name): int(count) for name, count in rows.sum().items()}


def _standing(listed: ListInTerm) -> DataFrame:
    """By child and subject what is true of them in the term: told, insufficient, assessed, at_are."""
    judged = listed.results
    results = judged[judged["term"] == listed.term.number].set_index(WHAT)
    assessed = is_assessed(results)
    assessed = assessed[~assessed.index.duplicated()]
    met = results["attainment"].isin(MET)
    met = met[~met.index.duplicated()]
    index = listed.told.index.union(assessed.index, sort=False)
    told = listed.told.reindex(index) == ""
    seen = assessed.reindex(index, fill_value=False)
    return pd.DataFrame(
        {
            "told": told,
            "insufficient": told & index.isin(listed.on),
            "assessed": seen,
            "at_are": seen & met.reindex(index, fill_value=False),
        },
        index=index,
    )


def _empty() -> dict[str, int]:
    return dict.fromkeys(("told", "insufficient", "assessed", "at_are"), 0)
