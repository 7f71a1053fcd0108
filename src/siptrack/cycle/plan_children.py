"""The children of a plan by position: where each stands, who is in a group, and what each needs to reach the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import DECIMALS, limit, reference, threshold
from siptrack.analysis.membership import group_in
from siptrack.analysis.summary import standings
from siptrack.analysis.tally import among_of
from siptrack.analysis.vocabulary import Measured, Verdict
from siptrack.school.register import NOT_RECORDED
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame
    from siptrack.school.texts import Texts

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

Pair = tuple[str, str]  # a characteristic's key, and a group's
NOBODY: Pair = ("", "")


@dataclass(frozen=True)
class Reach:
    """How far a plan looks: the terms by which something can be seen, and how many children will have left by then."""

    terms: tuple[Term, ...]
    leaving: int


def reach_of(analysis: Analysis, rules: Rules) -> Reach:
    """The terms from the next one to the end of the school year in which it lies."""
    now = analysis.term.number
    ahead = [Term.numbered(now + step) for step in range(1, 2 * SEASONS_IN_A_YEAR + 1)]
    year = ahead[0].academic_year
    wanted = [term for term in ahead if term.season in rules.plan.seasons]
    terms = [term for term in wanted if term.academic_year == year] or wanted[:1]
    staying = _staying(analysis, terms, rules)
    return Reach(tuple(terms), int((~staying).sum()))


def _staying(analysis: Analysis, terms: Sequence[Term], rules: Rules) -> Flags:
    """Which children will still be here in the last of these terms; those of no known year group may be."""
    later = terms[-1].academic_year - analysis.term.academic_year
    staying: Flags = ~(analysis.children.pupils["year_group"] + later > rules.years.highest)
    return staying


@dataclass(frozen=True)
class Planned:
    """The children of a plan by position, and what is known of each.

    `standing` is that of `analysis.summary.standings`; `staying` are those still here in the last of the `terms`.
    """

    analysis: Analysis
    rules: Rules
    terms: tuple[Term, ...]
    staying: Flags
    standing: Frame

    @property
    def pupils(self) -> Frame:
        """The table of these children."""
        return self.analysis.children.pupils

    def column(self, subject: str, name: str) -> Flags:
        """Whether each child is counted so in a subject."""
        rows = self.standing[self.standing["subject"] == subject]
        found = np.zeros(len(self.pupils), dtype=np.bool_)
        found[rows["who"]] = rows[name] == 1
        return found

    def among(self, scopes: Sequence[str]) -> Flags:
        """Who is meant by these scopes, and will still be here."""
        year_group = self.pupils["year_group"]
        years = {stage.key: stage.years for stage in among_of(year_group, self.rules.years)}
        wanted = [years[scope] for scope in scopes]
        if any(group is None for group in wanted):
            return self.staying
        inside = frozenset().union(*(group for group in wanted if group is not None))
        return self.staying & np.isin(year_group, list(inside))

    def group(self, pair: Pair) -> tuple[Flags, Flags]:
        """Who is in a group, and who is in another of its characteristic; with NOBODY everybody, and none."""
        every = np.ones(len(self.pupils), dtype=np.bool_)
        groups = None if pair == NOBODY else group_in(self.pupils, pair[0], self.rules.groups)
        if groups is None:
            return every, ~every
        mine = groups == pair[1]
        return mine, ~mine & (groups != NOT_RECORDED)

    def knows(self, scopes: Sequence[str], pair: Pair) -> bool:
        """Whether there are such year groups and such a group."""
        known = {stage.key for stage in among_of(self.pupils["year_group"], self.rules.years)}
        return known.issuperset(scopes) and (pair == NOBODY or pair[0] in self.analysis.characteristics)

    def with_target(self, subject: str, term: Term) -> Flags:
        """Who has a target of the school's in a subject for that term."""
        rows = self.analysis.ahead.targets
        rows = rows[(rows["subject"] == subject) & (rows["target_term"] == term.label)]
        found: Flags = self.pupils["pupil"].isin(set(rows["pupil"].tolist()))
        return found

    @property
    def left(self) -> int:
        """How many terms lie between now and the last of the plan."""
        return self.terms[-1].number - self.analysis.term.number

    def now(self, subject: str) -> Frame:
        """This term's results with points in a subject."""
        judged = self.analysis.children.judged
        here = (judged["subject"] == subject) & (judged["term"] == self.analysis.term.number)
        return judged[here & ~np.isnan(judged["points"])]

    def line(self, rows: Frame, term: Term) -> Numbers:
        """The fewest points at expectations in a later term, for children who go up with their year group."""
        scales = self.rules.scales
        year = rows["year_group"] + (term.academic_year - self.analysis.term.academic_year)
        by = np.full(len(rows), term.number)
        return reference(rows["scale"], year, by, scales) - limit("at_within", rows["scale"], year, scales)

    def needed(self, subject: str, who: Flags) -> Numbers:
        """The points a term that each of these needs to be at expectations in the last term; missing for others."""
        rows = self.now(subject)
        short = np.maximum(self.line(rows, self.terms[-1]) - rows["points"], 0)
        return self._a_term(rows["pupil"], short, who)

    def behind(self, subject: str, who: Flags) -> Numbers:
        """The points a term above what the line asks that each of these needs to make up lost ground."""
        progress = self.analysis.children.progress
        here = (progress["subject"] == subject) & (progress["verdict"] == Verdict.INSUFFICIENT.value)
        rows = progress[here & (progress["measured"] == Measured.LINE.value)]
        lost = -threshold("tolerance", rows["scale"], self.rules.scales) - rows["progress"]
        return self._a_term(rows["pupil"], lost, who)

    def _a_term(self, pupils: Texts, points: Numbers, who: Flags) -> Numbers:
        """The most points of each child, by position and term that is left; missing for those who are not meant."""
        most = np.full(len(who), np.nan)
        np.fmax.at(most, pupils.in_words(self.pupils["pupil"].tolist()), points)
        return np.where(who, (most / self.left).round(DECIMALS), np.nan)


def planned(analysis: Analysis, reach: Reach, rules: Rules) -> Planned:
    """Every child on roll, and where each stands in each subject."""
    keys = analysis.children.pupils["pupil"].tolist()
    progress, judged = analysis.children.progress, analysis.children.judged
    judged_now = judged[judged["term"] == analysis.term.number]
    return Planned(
        analysis=analysis,
        rules=rules,
        terms=reach.terms,
        staying=_staying(analysis, reach.terms, rules),
        standing=standings(
            progress.having(who=progress["pupil"].in_words(keys)), judged_now, rules.columns.combined, rules.scales
        ),
    )
