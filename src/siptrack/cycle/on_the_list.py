"""Who is on the list of children making insufficient progress in a term, and for how many terms in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.in_term import InTerm, judge_term
from siptrack.analysis.progress import term_labels
from siptrack.analysis.selection import Filters
from siptrack.analysis.vocabulary import Verdict
from siptrack.cycle.since_tables import OnList
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.term import SEASONS_IN_A_YEAR, Term
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.register import Register

WHAT = ("pupil", "subject")


@dataclass(frozen=True)
class ListInTerm:
    """The list as it stands in a term, among everybody who was on roll in it."""

    judged: InTerm
    rules: Rules

    @property
    def term(self) -> Term:
        """The term."""
        return self.judged.opened.term

    @property
    def progress(self) -> Frame:
        """The progress of everybody on roll."""
        return self.judged.progress

    @cached_property
    def on_roll(self) -> frozenset[str]:
        """Everybody on roll in the term."""
        return frozenset(self.judged.opened.roll.pupils["pupil"].tolist())

    @cached_property
    def reasons(self) -> Frame:
        """Each child and subject once, with an empty `reason` where progress can be told; else why it cannot."""
        cannot = self.progress["verdict"] == Verdict.CANNOT_TELL.value
        rows = self.progress[list(WHAT)].having(reason=self.progress["reason"].where(cannot, ""), cannot=cannot)
        rows = rows.sorted_by("cannot")
        return rows[rows.first_of(*WHAT)]

    @property
    def with_progress(self) -> Frame:
        """The children and subjects of whom progress can be told."""
        return self.reasons[self.reasons["reason"] == ""]

    @cached_property
    def on(self) -> Frame:
        """The children and subjects on the list: those with a flag that counts."""
        flags = self.judged.flagged(self.rules.flags.counting)[list(WHAT)]
        return flags[flags.first_of(*WHAT)]

    def results(self, term: Term) -> Frame:
        """The judged results of everybody on roll that are of a term."""
        judged = self.judged.opened.judged
        return judged[judged["term"] == term.number]

    def why(self, what: Frame) -> Texts:
        """Why progress cannot be told of each of these; empty where it can, missing where nobody asks."""
        return self.reasons["reason"].take(what.found_in(self.reasons, *WHAT))

    def states(self, what: Frame) -> Texts:
        """Whether each of these children is on the list in the subject."""
        elsewhere = ~what["pupil"].isin(self.on_roll)
        on = what.found_in(self.on, *WHAT) != NONE
        return Texts.chosen(
            [elsewhere, on, self.why(what) == ""],
            [OnList.ELSEWHERE.value, OnList.ON.value, OnList.OFF.value],
            OnList.UNTOLD.value,
        )


class Runs(NamedTuple):
    """For how many terms in a row each was on the list, and the number of the first of them; 0 who was not on it."""

    terms: NDArray[np.int64]
    since: NDArray[np.int64]

    @property
    def labels(self) -> Texts:
        """The first term of each, by its label."""
        return term_labels(self.since)


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
        results = self.register.frame("results")
        asked = results["subject"].isin(self.subjects) if self.subjects else slice(None)
        return [Term.numbered(number) for number in sorted(set(results["term"][asked].tolist()), reverse=True)]

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

    def runs(self, what: Frame, term: Term, on: NDArray[np.bool_] | None = None) -> Runs:
        """For how many terms in a row, up to this one, each of these children was on the list in the subject.

        A term in which progress could not be told neither counts nor ends a run; so many as a school year has end it,
        and so does not to be on roll. `on` is whether each is on it now, where that is known.
        """
        on = self.at(term).states(what) == OnList.ON.value if on is None else on
        terms, since = on.astype(np.int64), np.where(on, term.number, 0)
        alive, untold = on.copy(), np.zeros(len(on), dtype=np.int64)
        for earlier in self._before(term) if alive.any() else ():
            states = earlier.states(what)
            untold = np.where(states == OnList.UNTOLD.value, untold + 1, 0)
            alive &= states.isin((OnList.ON.value, OnList.UNTOLD.value)) & (untold < SEASONS_IN_A_YEAR)
            counted = alive & (states == OnList.ON.value)
            terms[counted] += 1
            since[counted] = earlier.term.number
            if not alive.any():
                break
        return Runs(terms, since)

    def _before(self, term: Term) -> Iterator[ListInTerm]:
        """The lists of the terms before, the newest first; a term without a graded result has none."""
        for earlier in self.terms:
            if earlier < term and (listed := self.at_if_graded(earlier)) is not None:
                yield listed
