"""One term judged: every pupil's progress and flags in it, before anything is counted or compared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.ages import ages_beside
from siptrack.analysis.cube import Cube, lay_out
from siptrack.analysis.flags import FlagEvidence, find_flags, with_places
from siptrack.analysis.opened import Opened, open_register
from siptrack.analysis.progress import measure
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.windows import find_starts
from siptrack.school.frame import Frame, numbered
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.register import Register


@dataclass(frozen=True)
class InTerm:
    """The register opened in a term, with the progress in both windows; targets and flags follow when asked for."""

    register: Register
    rules: Rules
    opened: Opened
    cube: Cube
    progress: Frame
    filters: Filters = EVERYBODY

    @cached_property
    def targets(self) -> Frame:
        """The targets judged."""
        return self.opened.judge(self.register.frame("targets"), self.rules)

    @cached_property
    def ages(self) -> Frame:
        """The reading and spelling ages beside the children's own: the table AGES_BESIDE."""
        of = self.opened.term, self.opened.chosen.keys, self.filters.subjects
        return ages_beside(self.register, *of, self.rules)

    @cached_property
    def flags(self) -> Frame:
        """Every flag that is switched on, the table FLAGS."""
        return with_places(find_flags(self._evidence, self.rules.flags.flags))

    def flagged(self, codes: Collection[str]) -> Frame:
        """The flags of these codes alone, without the places in words."""
        return find_flags(self._evidence, codes)

    @property
    def _evidence(self) -> FlagEvidence:
        opened = self.opened
        due = _in_year_group(self.cube.now >= 0, opened.chosen.pupils["year_group"])
        of_results = self.progress, opened.judged, self.targets, self.cube, opened.subjects
        return FlagEvidence(*of_results, self.rules, due, lambda: self.ages)


def judge_term(register: Register, rules: Rules, term: Term | None = None, filters: Filters = EVERYBODY) -> InTerm:
    """The term named judged, else the one that the school has come to.

    Raises NothingToJudgeError when no pupil, subject or graded result is left.
    """
    opened = open_register(register, rules, term, filters)
    cube = lay_out(opened.judged, len(opened.chosen.pupils), opened.subjects, opened.term.number)
    return InTerm(register, rules, opened, cube, _progress(opened, cube, rules), filters)


def _progress(opened: Opened, cube: Cube, rules: Rules) -> Frame:
    """Progress in both windows, in the subjects that each pupil's year group is taught."""
    chosen = opened.chosen
    starts = find_starts(cube, chosen.cohort, opened.roll.years, rules.years)
    taught = _taught(cube, chosen.pupils["year_group"], opened.term)
    return measure(cube, opened.judged, starts, chosen.keys, opened.subjects, taught, rules.scales)


def _taught(cube: Cube, year_group: NDArray[np.float64], term: Term) -> NDArray[np.bool_]:
    """For each pupil and subject, whether anybody of the pupil's year group has a result in it this academic year."""
    this_year = cube.terms >= term.academic_year * SEASONS_IN_A_YEAR
    has = np.asarray((cube.row[:, :, this_year] >= 0).any(axis=2))
    return _in_year_group(has, year_group)


def _in_year_group(has: NDArray[np.bool_], year_group: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each pupil and subject, whether anybody of the pupil's year group has it."""
    group, first = numbered([year_group])
    some = np.zeros((len(first), has.shape[1]), dtype=np.bool_)
    np.logical_or.at(some, group, has)
    return some[group]
