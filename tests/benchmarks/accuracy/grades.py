"""What a true value is written as on a scale: a score rounded, or the highest grade not above the value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.school.scale import Scale, ScaleKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What a mainstream teacher writes today, where a scale also knows P scales, whole levels or codes of earlier years. The
# pre-key-stage standards do not rise with the year group, so that no distance from its line is worth one.
_USED: Mapping[str, tuple[str, ...]] = {
    "nc-levels": ("W", *(f"{level}{part}" for level in range(1, 7) for part in "cba")),
    "teacher-assessment": ("WTS", "EXS", "GDS"),
}
_NAMED_YEARS = range(-1, 7)  # Nursery to Year 6: the year groups whose steps siptrack reads
_DECIMALS: Mapping[str, int] = {"decimal-years": 1}  # scores on any other scale are whole numbers
_ROUNDING = 1e-9  # a computer's, which must not cost a child on the line a grade


@dataclass(frozen=True)
class Written:
    """What stands in the school's files, by child and term; empty and NaN where nothing does.

    `points` are the grade's own, `of_year` the year group that it names (NaN for none), and `reached` the points that
    are set against the line, in which the year group counts on a scale whose grades may name one.
    """

    grade: NDArray[np.object_]
    points: NDArray[np.float64]
    of_year: NDArray[np.float64]
    reached: NDArray[np.float64]


def read_off(scale: Scale, value: NDArray[np.float64], year_group: NDArray[np.int64]) -> Written:
    """What is written for values that are set against the line, of children who are in these year groups then."""
    return _rounded(scale, value) if scale.numbers else _graded(scale, value, year_group)


def on_scale(scale: Scale, value: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the scale reaches so low and so high.

    Bands of a year group do: there is no end to what the lowest and the highest stand for.
    """
    if scale.kind is ScaleKind.RELATIVE:
        return np.ones(value.shape, dtype=np.bool_)
    if scale.numbers:
        return (value >= scale.numbers.low) & (value <= scale.numbers.high)
    worth = _ladder(scale).worth
    lowest, end = float(worth[0]), float(worth[-1]) + scale.step
    return (value + _ROUNDING >= lowest) & (value < end)


def _rounded(scale: Scale, value: NDArray[np.float64]) -> Written:
    """Scores, none outside those that there are."""
    assert scale.numbers is not None
    points = np.clip(np.round(value, _DECIMALS.get(scale.name, 0)), scale.numbers.low, scale.numbers.high)
    different, which = np.unique(points, return_inverse=True)
    texts = np.array(["" if np.isnan(number) else f"{number:g}" for number in different], dtype=object)
    return Written(texts[which.reshape(points.shape)], points, np.full(points.shape, np.nan), points)


@dataclass(frozen=True)
class _Ladder:
    """The grades in use, from low to high: code, own points, year group named, and what each is worth in all."""

    codes: NDArray[np.object_]
    own: NDArray[np.float64]
    of_year: NDArray[np.float64]
    worth: NDArray[np.float64]


def _ladder(scale: Scale) -> _Ladder:
    """Where grades grow with age and name a year group, those of every year group; else those of the child's own."""
    used = _USED.get(scale.name, tuple(grade.code for grade in scale.grades))
    own = np.array([scale.by_code[code].points for code in used], dtype=np.float64)
    if not scale.points_a_year or scale.kind is ScaleKind.RELATIVE:
        return _Ladder(np.array(used, dtype=object), own, np.full(len(used), np.nan), own)
    of_year = np.repeat(np.array(_NAMED_YEARS, dtype=np.float64), len(used))
    codes = np.array([f"{year}{code}" for year in _NAMED_YEARS for code in used], dtype=object)
    own = np.tile(own, len(_NAMED_YEARS))
    return _Ladder(codes, own, of_year, own + scale.points_a_year * of_year)


def _graded(scale: Scale, value: NDArray[np.float64], year_group: NDArray[np.int64]) -> Written:
    ladder = _ladder(scale)
    before = scale.points_a_year * year_group if scale.kind is ScaleKind.RELATIVE else np.zeros(value.shape)
    at = (np.searchsorted(ladder.worth, value - before + _ROUNDING, side="right") - 1).clip(0)
    nothing = np.isnan(value)
    return Written(
        np.where(nothing, "", ladder.codes[at]),
        np.where(nothing, np.nan, ladder.own[at]),
        np.where(nothing, np.nan, ladder.of_year[at]),
        np.where(nothing, np.nan, before + ladder.worth[at]),
    )
