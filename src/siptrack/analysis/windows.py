"""Where progress is measured from, in each window, and why it cannot be when it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.cube import NONE, Cube
from siptrack.analysis.vocabulary import Reason, Window
from siptrack.school.term import SEASONS_IN_A_YEAR, Season

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import YearRules


_WHY = (Reason.NO_RESULT, Reason.OUTSIDE_LINE, Reason.SCALE_CHANGED, Reason.SHORT_WINDOW, Reason.SINGLE_RESULT)
_AT = {reason: at for at, reason in enumerate(_WHY, 1)}
NO_START = ("", *(reason.value for reason in _WHY))


class Starts(NamedTuple):
    """For each pupil and subject the row of the start (NONE where there is none), and why it cannot be judged from.

    `reason` is the place of the reason among NO_START, of which the first is none. A start too near to judge from is
    kept, so that the single term's movement can be shown.
    """

    row: NDArray[np.int64]
    reason: NDArray[np.int64]


def find_starts(
    cube: Cube, cohort: NDArray[np.float64], years: range, year_rules: YearRules
) -> Mapping[Window, Starts]:
    """The start of progress in both windows."""
    terms = cube.terms
    now = terms[-1]
    same = cube.usable & (cube.scale == cube.scale[:, :, -1:]) & (terms < now)
    other = cube.graded & (cube.scale != cube.scale[:, :, -1:]) & (terms < now)
    back = now - year_rules.year_begins[Season(now % SEASONS_IN_A_YEAR)]
    year = _earliest(same & (terms >= back))
    in_year = (other & (terms >= back)).any(axis=2)

    began = stage_began(cohort, years, int(now), year_rules)[:, None, None]
    before = _latest(same & (terms < began))
    in_stage = _earliest(same & (terms >= began))
    stage = np.where(before == NONE, in_stage, before)
    last_before = _latest((same | other) & (terms < began))
    span = np.arange(len(terms)) >= last_before[:, :, None]
    return {
        Window.YEAR: _starts(cube, year, in_year, year_rules.shortest_window),
        Window.KEY_STAGE: _starts(cube, stage, (other & span).any(axis=2), year_rules.shortest_window),
    }


def _earliest(where: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The position of the first True along the terms; NONE where there is none."""
    return np.where(where.any(axis=2), where.argmax(axis=2), NONE)


def _latest(where: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The position of the last True along the terms; NONE where there is none."""
    return np.where(where.any(axis=2), where.shape[2] - 1 - where[:, :, ::-1].argmax(axis=2), NONE)


def stage_began(cohort: NDArray[np.float64], years: range, now: int, rules: YearRules) -> NDArray[np.int64]:
    """The number of the first term of each pupil's key stage; of the term judged where the year group is not known."""
    year = now // SEASONS_IN_A_YEAR
    year_groups = cohort + np.arange(years.start, years.stop)
    here = year_groups[:, year - years.start]
    began = np.full(len(cohort), now, dtype=np.int64)
    for stage in rules.key_stages:
        within = (year_groups >= stage.years.start) & (year_groups < stage.years.stop)
        within[:, year - years.start + 1 :] = False
        pupils = (here >= stage.years.start) & (here < stage.years.stop)
        entered = np.where(within.any(axis=1), within.argmax(axis=1) + years.start, year)
        began = np.where(pupils, entered * SEASONS_IN_A_YEAR, began)
    return began


def _starts(cube: Cube, position: NDArray[np.int64], other: NDArray[np.bool_], shortest: int) -> Starts:
    """The starts at these positions, with those too near taken out and each lack given its reason."""
    now = cube.row.shape[2] - 1
    found = position != NONE
    near = found & (now - position < shortest)
    row = np.take_along_axis(cube.row, np.where(found, position, 0)[:, :, None], axis=2)[:, :, 0]
    reason = np.select(
        [~cube.graded[:, :, -1], ~cube.usable[:, :, -1], found & ~near, other, near],
        [_AT[Reason.NO_RESULT], _AT[Reason.OUTSIDE_LINE], 0, _AT[Reason.SCALE_CHANGED], _AT[Reason.SHORT_WINDOW]],
        _AT[Reason.SINGLE_RESULT],
    )
    shown = (reason == 0) | (reason == _AT[Reason.SHORT_WINDOW])
    return Starts(np.where(shown, row, NONE), reason)
