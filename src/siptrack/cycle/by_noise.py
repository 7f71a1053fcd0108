"""How many children would have joined the list or left it by noise alone, had everybody kept up since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.noise import turnover
from siptrack.analysis.vocabulary import Window
from siptrack.cycle.on_the_list import WHAT, ListInTerm
from siptrack.school.frame import Frame, numbered
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

    Numbers = NDArray[np.float64]


class ByNoise(NamedTuple):
    """How many children noise alone would have brought onto the list, and how many it would have taken off it.

    Off it: of `listed` children who were on it in the earlier term and still have a result.
    """

    joined: float
    left: float
    listed: int


def moved_by_noise(analysis: Analysis, then: ListInTerm, now: ListInTerm, rules: Rules) -> ByNoise:
    """The same of the children of an analysis, between an earlier term and its own.

    A child counts once, in whichever subject it moves; the errors of its subjects are taken to be unrelated.
    """
    evidence, progress = analysis.children.evidence, now.progress
    rows = progress[progress.found_in(evidence, *WHAT) != NONE]
    each = rows[rows["window"] == Window.YEAR.value][list(WHAT)]
    known = evidence.take(each.found_in(evidence, *WHAT))
    own = known["own_reliability"]
    reliability = np.where(np.isnan(own), known["reliability"], own)
    found = turnover(rows, then.progress, now.term.number - then.term.number, reliability, rules)
    listed = (each.found_in(then.on, *WHAT) != NONE) & ~np.isnan(found.leave)
    return ByNoise(
        joined=_children(each, found.join),
        left=_children(each[listed], found.leave[listed]),
        listed=len(set(each["pupil"][listed].tolist())),
    )


def _children(each: Frame, in_100: Numbers) -> float:
    """How many children that makes: each in one subject or more."""
    child, first = numbered([each["pupil"]])
    spared = np.ones(len(first))
    np.multiply.at(spared, child, 1 - np.nan_to_num(in_100) / 100)
    return float((1 - spared).sum())
