"""The pupils of a part of a file judged, and how they stand counted, so that the counts of all parts add up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.in_term import judge_opened, taught_in
from siptrack.analysis.opened import open_in
from siptrack.analysis.selection import EVERYBODY
from siptrack.analysis.summary import count_standing, stand, with_combined
from siptrack.school.begun import Reached
from siptrack.school.frame import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siptrack.analysis.in_term import Taught
    from siptrack.rules.model import Rules
    from siptrack.school.begun import Begun
    from siptrack.school.frame import Frame
    from siptrack.school.register import Register
    from siptrack.school.term import Term


class SubjectsThere(NamedTuple):
    """Which subjects are taught, and in which subjects anybody stands."""

    taught: Taught
    standing: frozenset[str]

    def beside(self, other: SubjectsThere) -> SubjectsThere:
        """What both say."""
        return SubjectsThere(self.taught | other.taught, self.standing | other.standing)


class JudgedPart(NamedTuple):
    """How the pupils of a part stand, by year group and subject; what it says; and how many results the term has.

    `mixed` is whether a pupil has results on several scales in a subject this term, between which the whole decides.
    """

    counts: Frame
    there: SubjectsThere
    results: int
    mixed: bool


@dataclass(frozen=True)
class Summed:
    """How each year group stands in each subject in the term judged, of a file that is not held as a whole."""

    term: Term
    begun: tuple[Begun, ...]
    summary: Frame
    filters: Mapping[str, str] = field(default_factory=dict)
    register: None = None


def judge_part(register: Register, rules: Rules, term: Term, whole: SubjectsThere | None) -> JudgedPart:
    """The pupils of a part judged in that term, by what the `whole` file says where that is known."""
    opened = open_in(register, rules, Reached(term, ()), EVERYBODY)
    found = judge_opened(opened, register, rules, taught=whole and whole.taught)
    now = opened.judged[opened.judged["term"] == opened.term.number]
    standing = stand(found.progress, now)
    subjects = frozenset(standing["subject"].distinct())
    there = SubjectsThere(taught_in(opened, found.cube), subjects)
    rows = with_combined(standing, rules.columns.combined, subjects if whole is None else whole.standing)
    counts = count_standing(rows, opened.chosen.pupils, list(rules.columns.subjects))
    results = int(now["subject"].isin(set(opened.subjects)).sum())
    return JudgedPart(counts, there, results, _on_several_scales(register.frame("results"), term))


def _on_several_scales(results: Frame, term: Term) -> bool:
    """Whether a pupil has two results in a subject this term that are on two scales."""
    scales = results["scale"]
    if len(scales.distinct()) == len(results["subject"].distinct()):
        return False
    now = results[results["term"] == term.number]
    return len(numbered([now["pupil"], now["subject"], now["scale"]])[1]) > len(
        numbered([now["pupil"], now["subject"]])[1]
    )
