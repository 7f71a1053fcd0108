"""One term judged: every pupil's progress and flags in it, before anything is counted or compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.cube import Cube, lay_out
from siptrack.analysis.flags import Evidence, find_flags
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


class InTerm(NamedTuple):
    """The register opened in a term, with the progress in both windows, the flags, and the targets judged."""

    opened: Opened
    progress: Frame
    flags: Frame
    targets: Frame


def judge_term(register: Register, rules: Rules, term: Term | None = None, filters: Filters = EVERYBODY) -> InTerm:
    """The term named judged, else the one that the school has come to.

    Raises NothingToJudgeError when no pupil, subject or graded result is left.
    """
    opened = open_register(register, rules, term, filters)
    pupils, judged = opened.chosen.pupils, opened.judged
    year_group = pupils["year_group"]
    cube = lay_out(judged, len(pupils), opened.subjects, opened.term.number)
    progress = _progress(opened, cube, rules)
    targets = opened.judge(register.frame("targets"), rules)
    due = _in_year_group(cube.now >= 0, year_group)
    flags = find_flags(Evidence(progress, judged, targets, cube, opened.subjects, rules, due))
    return InTerm(opened, progress, flags, targets)


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
