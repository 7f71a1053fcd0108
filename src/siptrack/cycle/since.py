"""What became of the list since an earlier term: who joined, left and stayed, and what was agreed for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.analyse import analyse
from siptrack.analysis.model import Analysis
from siptrack.analysis.selection import EVERYBODY, Filters, choose
from siptrack.analysis.term_judged import judged_term
from siptrack.cycle.agreed import list_agreed
from siptrack.cycle.given import interventions_of
from siptrack.cycle.movement import with_movement
from siptrack.cycle.on_the_list import ListInTerm, Lists
from siptrack.cycle.since_tables import COUNTS, LISTED, ON_NOW, Came, Moved, OnList
from siptrack.school.errors import ChoiceError, NothingToJudgeError
from siptrack.school.in_pandas import to_pandas
from siptrack.school.term import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, MultiIndex

    from siptrack.rules.model import Rules
    from siptrack.school.register import Register

WHO = ["pupil", "surname", "forename", "year_group", "class"]


@dataclass(frozen=True)
class Since:
    """What became of the list from one term to another, both judged by the rules of the later.

    `analysis` is that of the later term. `listed`, `counts` and `actions` have the columns of LISTED, COUNTS and
    AGREED; `gaps` those rows of the table of trends that begin in the earlier term. `told_then` and `told_now` count
    the children whose progress can be told in some subject, of `roll_then` and `roll_now` children spoken of.
    """

    from_term: Term
    analysis: Analysis
    listed: DataFrame
    counts: DataFrame
    actions: DataFrame
    later_actions: int
    gaps: DataFrame
    roll_then: int
    told_then: int
    roll_now: int
    told_now: int

    @property
    def term(self) -> Term:
        """The later term."""
        return self.analysis.term

    @property
    def overdue(self) -> int:
        """How many rows of actions are past their date without an outcome."""
        return int((self.actions["came"] == Came.PAST.value).sum())

    def long_on_list(self, terms: int) -> DataFrame:
        """The rows of those who are on the list now for so many terms in a row or more."""
        return self.listed[self.listed["moved"].isin(ON_NOW) & (self.listed["terms"] >= terms)]

    def long_without_action(self, terms: int) -> DataFrame:
        """Of these the children for whom the record holds no action at all."""
        rows = self.long_on_list(terms)
        return rows[~rows["pupil"].isin(self.analysis.register.actions["pupil"])]

    def long_without_provision(self, terms: int) -> DataFrame:
        """Of these the children and subjects for which the sheet of provision holds nothing between the two terms."""
        rows = self.long_on_list(terms)
        return rows[rows["interventions"] == ""]


def look_back(
    register: Register,
    rules: Rules,
    from_term: Term | None = None,
    term: Term | None = None,
    filters: Filters = EVERYBODY,
) -> Since:
    """What became of the list since a term: the last with results before `term`, where the school is, unless named.

    Raises NothingToJudgeError when either term has nothing to judge, ChoiceError when they are not in order.
    """
    return look_back_from(analyse(register, rules, term, filters), rules, from_term, filters)


def look_back_from(
    analysis: Analysis,
    rules: Rules,
    from_term: Term | None = None,
    filters: Filters = EVERYBODY,
    lists: Lists | None = None,
) -> Since:
    """The same from an analysis that was made with these filters; `lists` are its register's, where they are there.

    Raises NothingToJudgeError when the earlier term has nothing to judge, ChoiceError when it does not lie before.
    """
    register = analysis.register
    lists = lists or Lists(register, rules, filters.subjects)
    then, now = lists.at(_earlier(lists, register, from_term, analysis.term)), lists.at(analysis.term)
    people = _people(then, now, analysis, filters, rules)
    listed = _listed(lists, then, now, people)
    actions = list_agreed(lists, then, now, people)
    return Since(
        from_term=then.term,
        analysis=analysis,
        listed=listed,
        counts=_count(listed, analysis.subjects),
        actions=actions,
        later_actions=_agreed_now(register, analysis.term, people),
        gaps=analysis.trends[analysis.trends["from_term"] == then.term.label].reset_index(drop=True),
        roll_then=int(then.on_roll.isin(people["pupil"]).sum()),
        told_then=_told(then, people),
        roll_now=len(analysis.pupils),
        told_now=_told(now, people),
    )


def _earlier(lists: Lists, register: Register, wanted: Term | None, term: Term) -> Term:
    """The earlier term: the one named, else the last before the later one that has results."""
    if wanted is None:
        before = [one for one in lists.terms if one < term]
        if not before:
            raise NothingToJudgeError(
                f"There is no result from before {term.label}, so nothing to look back to. Add an earlier term's file."
            )
        return before[0]
    earlier = judged_term(register, lists.rules, wanted)
    if earlier >= term:
        raise ChoiceError(f"--from {earlier.label} does not lie before {term.label}. Name an earlier term.")
    return earlier


def _people(then: ListInTerm, now: ListInTerm, analysis: Analysis, filters: Filters, rules: Rules) -> DataFrame:
    """Those spoken of now, and those who would be had they not left the school since, as they were then."""
    roll = then.judged.opened.roll
    gone = to_pandas(choose(roll, rules, filters).pupils)
    gone = gone[~gone["pupil"].isin(now.on_roll)]
    return pd.concat([analysis.pupils[WHO], gone[WHO]], ignore_index=True)


def _told(which: ListInTerm, people: DataFrame) -> int:
    told = which.told[which.told == ""].index.get_level_values(0).unique()
    return int(told.isin(people["pupil"]).sum())


def _listed(lists: Lists, then: ListInTerm, now: ListInTerm, people: DataFrame) -> DataFrame:
    """Every child and subject on the list then or now."""
    what = now.on.union(then.on, sort=False)
    what = what[what.get_level_values(0).isin(people["pupil"])]
    before, after = then.states(what), now.states(what)
    runs = lists.runs(what, now.term)
    earlier = lists.runs(what, then.term)
    runs = runs.where(runs["terms"] > 0, earlier)
    moved = _moved(before.to_numpy(dtype=object), after.to_numpy(dtype=object))
    frame = what.to_frame(index=False).assign(
        moved=moved,
        terms=runs["terms"].to_numpy(),
        since=[Term.numbered(int(number)).label for number in runs["since"]],
        reason=_reasons(what, moved, then, now),
    )
    frame = with_movement(frame, then, now).merge(people, on="pupil", how="left")
    frame["interventions"] = interventions_of(frame, lists.register.provision, then.term, now.term)
    return _in_order(frame, lists.register.subjects)[LISTED.names]


def _moved(then: NDArray[np.object_], now: NDArray[np.object_]) -> Sequence[str]:
    """What became of each, from where the child was then and is now."""
    on_now, on_then = now == OnList.ON.value, then == OnList.ON.value
    cases = [
        (on_now & on_then, Moved.STAYED),
        (on_now & (then == OnList.ELSEWHERE.value), Moved.NEW_HERE),
        (on_now & (then == OnList.OFF.value), Moved.JOINED),
        (on_now, Moved.UNTOLD_THEN),
        (now == OnList.ELSEWHERE.value, Moved.LEFT_SCHOOL),
        (now == OnList.OFF.value, Moved.LEFT),
    ]
    chosen: list[str] = np.select([at for at, _ in cases], [one.value for _, one in cases], Moved.UNTOLD_NOW).tolist()
    return chosen


def _reasons(what: MultiIndex, moved: Sequence[str], then: ListInTerm, now: ListInTerm) -> Sequence[str]:
    """Why it cannot be told now, or could not be then; empty where that is no question."""
    kinds = np.asarray(moved, dtype=object)
    reasons = np.select(
        [kinds == Moved.UNTOLD_THEN.value, kinds == Moved.UNTOLD_NOW.value],
        [then.told.reindex(what).to_numpy(dtype=object), now.told.reindex(what).to_numpy(dtype=object)],
        "",
    )
    return ["" if pd.isna(reason) else str(reason) for reason in reasons]


def _in_order(frame: DataFrame, subjects: Sequence[str]) -> DataFrame:
    """By year group, class, name and subject."""
    frame["subject_at"] = pd.Index(subjects).get_indexer(pd.Index(frame["subject"]))
    return frame.sort_values(["year_group", "class", "surname", "forename", "pupil", "subject_at"], ignore_index=True)


def _count(listed: DataFrame, subjects: Sequence[str]) -> DataFrame:
    """The table of counts, by year group, class and subject."""
    of = {moved: (listed["moved"] == moved.value).astype(np.int64) for moved in Moved}
    rows = listed[["year_group", "class", "subject"]].assign(**{moved.name.lower(): of[moved] for moved in Moved})
    keys = ["year_group", "class", "subject"]
    table = rows.groupby(keys, dropna=False, as_index=False).sum()
    kept, went = ["joined", "untold_then", "new_here"], ["left", "untold_now", "left_school"]
    table["then"], table["now"] = table[["stayed", *went]].sum(axis=1), table[["stayed", *kept]].sum(axis=1)
    table["subject_at"] = pd.Index(subjects).get_indexer(pd.Index(table["subject"]))
    return table.sort_values(["year_group", "class", "subject_at"], ignore_index=True)[COUNTS.names]


def _agreed_now(register: Register, term: Term, people: DataFrame) -> int:
    """How many actions were agreed at the later term's own meeting, or at a later one."""
    actions = register.actions
    return int(((actions["term"] >= term.number) & actions["pupil"].isin(people["pupil"])).sum())
