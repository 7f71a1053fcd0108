"""Who is on the list of children making insufficient progress in a term, and for how many terms in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.in_term import InTerm, judge_term
from siptrack.analysis.selection import Filters
from siptrack.analysis.vocabulary import Verdict
from siptrack.cycle.since_tables import OnList
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.in_pandas import to_pandas
from siptrack.school.term import Term

if TYPE_CHECKING:
    from pandas import DataFrame, Index, MultiIndex, Series

    from siptrack.rules.model import Rules
    from siptrack.school.register import Register

WHAT = ["pupil", "subject"]


@dataclass(frozen=True)
class ListInTerm:
    """The list as it stands in a term, among everybody who was on roll in it."""

    judged: InTerm
    rules: Rules

    @property
    def term(self) -> Term:
        """The term."""
        return self.judged.opened.term

    @cached_property
    def progress(self) -> DataFrame:
        """The progress of everybody on roll, as a pandas table."""
        return to_pandas(self.judged.progress)

    @cached_property
    def flags(self) -> DataFrame:
        """The flags, as a pandas table."""
        return to_pandas(self.judged.flags)

    @cached_property
    def targets(self) -> DataFrame:
        """The targets judged, as a pandas table."""
        return to_pandas(self.judged.targets)

    @cached_property
    def results(self) -> DataFrame:
        """All judged results of everybody on roll, as a pandas table."""
        return to_pandas(self.judged.opened.judged)

    @cached_property
    def on_roll(self) -> Index[str]:
        """Everybody on roll in the term."""
        index: Index[str] = pd.Index(self.judged.opened.roll.pupils["pupil"].tolist())
        return index

    @cached_property
    def told(self) -> Series[str]:
        """By child and subject, whether progress can be told, and then empty; else why it cannot."""
        rows = self.progress.assign(cannot=lambda rows: rows["verdict"] == Verdict.CANNOT_TELL.value)
        rows = rows.sort_values("cannot", kind="stable").drop_duplicates(WHAT)
        reasons: Series[str] = rows["reason"].where(rows["cannot"], "").set_axis(pd.MultiIndex.from_frame(rows[WHAT]))
        return reasons

    @cached_property
    def on(self) -> MultiIndex:
        """The children and subjects on the list: those with a flag that counts."""
        flags = self.flags
        return pd.MultiIndex.from_frame(
            flags.loc[flags["code"].isin(self.rules.flags.counting), WHAT].drop_duplicates()
        )

    def states(self, what: MultiIndex) -> Series[str]:
        """Whether each child is on the list in the subject."""
        reasons = self.told.reindex(what)
        chosen = np.select(
            [~what.get_level_values(0).isin(self.on_roll), what.isin(self.on), (reasons == "").to_numpy()],
            [OnList.ELSEWHERE.value, OnList.ON.value, OnList.OFF.value],
            OnList.UNTOLD.value,
        )
        return pd.Series(chosen, index=what, dtype="object")


@dataclass
class Lists:
    """The lists of a register's terms, each judged once, when it is first asked for, all by the same rules."""

    register: Register
    rules: Rules
    subjects: frozenset[str]

    def __post_init__(self) -> None:
        """No term is judged yet."""
        self._known: dict[int, ListInTerm | None] = {}

    @cached_property
    def terms(self) -> Sequence[Term]:
        """The terms with a result in the subjects, the newest first."""
        results = self.register.results
        if self.subjects:
            results = results[results["subject"].isin(self.subjects)]
        return [Term.numbered(int(number)) for number in sorted(results["term"].unique(), reverse=True)]

    def at(self, term: Term) -> ListInTerm:
        """The list in a term. Raises NothingToJudgeError when it has no graded result."""
        if self._known.get(term.number) is None:
            judged = judge_term(self.register, self.rules, term, Filters(subjects=self.subjects))
            self._known[term.number] = ListInTerm(judged, self.rules)
        known = self._known[term.number]
        assert known is not None  # noqa: S101  # set above; tells the type checker
        return known

    def at_if_graded(self, term: Term) -> ListInTerm | None:
        """The list in a term; None where it has no graded result."""
        try:
            return self.at(term)
        except NothingToJudgeError:
            return None

    def runs(self, what: MultiIndex, term: Term) -> DataFrame:
        """For how many terms in a row, up to this one, each was on the list (`terms`), and since which (`since`).

        A term in which progress could not be told neither counts nor ends a run. Not to be on roll ends it.
        """
        on = (self.at(term).states(what) == OnList.ON.value).to_numpy()
        terms, since = on.astype(np.int64), np.where(on, term.number, 0)
        alive = on.copy()
        for earlier in self._before(term):
            if not alive.any():
                break
            states = earlier.states(what).to_numpy()
            alive &= np.isin(states, [OnList.ON.value, OnList.UNTOLD.value])
            counted = alive & (states == OnList.ON.value)
            terms[counted] += 1
            since[counted] = earlier.term.number
        return pd.DataFrame({"terms": terms, "since": since}, index=what)

    def _before(self, term: Term) -> Iterator[ListInTerm]:
        """The lists of the terms before, the newest first; a term without a graded result has none."""
        for earlier in self.terms:
            if earlier < term and (listed := self.at_if_graded(earlier)) is not None:
                yield listed
