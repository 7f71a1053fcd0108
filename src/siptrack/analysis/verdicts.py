"""The verdict on a movement from a start to now: in points against the line, or in small steps below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import DECIMALS, looked_up, threshold, within_year
from siptrack.analysis.vocabulary import Measured, Reason, Verdict
from siptrack.school.scale import Scale, ScaleKind
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.frame import Column, Frame

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]


def tell(now: Frame, start: Frame, reason: Texts, scales: Mapping[str, Scale]) -> dict[str, Column]:
    """How far each child moved and the verdict on it.

    Columns: `measured`, `gain`, `expected_gain`, `progress`, `verdict` and `reason`, as in the progress table. `now`
    and `start` are judged results row by row, missing where there is none; `reason` is empty where the two may be
    compared.
    """
    gain = (now["points"] - start["points"]).round(DECIMALS)
    expected = (now["reference"] - start["reference"]).round(DECIMALS)
    by_line = verdicts((gain - expected).round(DECIMALS), start, now, scales)
    steps = _by_small_steps(now, start, by_line, scales)
    small = _small_steps(now, start, scales)
    there = start["scale"].known & now["graded"]
    gain, expected = np.where(steps, small.gain, gain), np.where(steps, small.expected, expected)
    highest = _highest(now, scales) & (by_line == Verdict.INSUFFICIENT.value) & ~steps
    too_soon = steps & (small.verdict == Verdict.CANNOT_TELL.value)
    why = _reasons(now, start, reason, (highest, too_soon, _unsure(now, start, by_line)), scales)
    verdict = small.verdict.where(steps, by_line)
    return {
        "measured": Texts.chosen([steps & there, there], [Measured.SMALL_STEPS.value, Measured.LINE.value], ""),
        "gain": gain,
        "expected_gain": expected,
        "progress": (gain - expected).round(DECIMALS),
        "verdict": verdict.where(why == "", Verdict.CANNOT_TELL.value),
        "reason": why,
    }


def verdicts(progress: Numbers, start: Frame, now: Frame, scales: Mapping[str, Scale]) -> Texts:
    """Insufficient below minus the tolerance, accelerated from the scale's line on, expected between.

    A start at a grade wider than a step may lie under or over what it looks like, and is given the benefit of that.
    """
    under = _of_wide(start, scales, lambda scale: {code: width.under for code, width in scale.wide.items()})
    over = _of_wide(start, scales, lambda scale: {code: width.over for code, width in scale.wide.items()})
    return Texts.chosen(
        [
            np.isnan(progress),
            progress < -threshold("tolerance", now["scale"], scales) - under,
            progress >= threshold("accelerated", now["scale"], scales) + over,
        ],
        [Verdict.CANNOT_TELL.value, Verdict.INSUFFICIENT.value, Verdict.ACCELERATED.value],
        Verdict.EXPECTED.value,
    )


def _of_wide(start: Frame, scales: Mapping[str, Scale], width: Callable[[Scale], Mapping[str, float]]) -> Numbers:
    """How far each start may lie under or over what it looks like; 0 for a grade no wider than a step."""
    found: Numbers = np.nan_to_num(looked_up(start["scale"], start["grade"], scales, width))
    return found


def _by_small_steps(now: Frame, start: Frame, by_line: Texts, scales: Mapping[str, Scale]) -> Flags:
    """Whether a movement is counted in small steps, because it starts below the bands of the year group.

    Also where a grade has no points. A child who has caught up so far that progress is accelerated counts as
    such; where grades name a year group, the small steps show it themselves.
    """
    by_year = threshold("points_a_year", now["scale"], scales) > 0
    caught_up = ~now["small"] & (by_line == Verdict.ACCELERATED.value) & ~by_year
    unnumbered = np.isnan(now["points"]) | np.isnan(start["points"])
    on_ladder = ~np.isnan(now["rung"]) & ~np.isnan(start["rung"])
    flags: Flags = on_ladder & ((start["small"] & ~caught_up) | unnumbered)
    return flags


class _Steps(NamedTuple):
    """Small steps made and expected, and the verdict."""

    gain: Numbers
    expected: Numbers
    verdict: Texts


def _small_steps(now: Frame, start: Frame, scales: Mapping[str, Scale]) -> _Steps:
    """Movements in small steps: ground lost, or too few in long enough, is insufficient.

    Where grades name a year group, small steps say how much of a year's work was done: as many are expected in each
    school year, and more than these are accelerated. Elsewhere one time's are enough, however long it took.
    """
    steps = {name: scale.small_steps for name, scale in scales.items()}
    scale = now["scale"]
    a_time = scale.looked_up({name: step.expected if step else 0 for name, step in steps.items()})
    within = scale.looked_up({name: step.within if step else 1 for name, step in steps.items()})
    let_pass = scale.looked_up({name: step.let_pass if step else 0 for name, step in steps.items()})
    by_year = threshold("points_a_year", scale, scales) > 0
    gain, times = now["rung"] - start["rung"], (now["term"] - start["term"]) / within
    long_enough = times >= 1
    expected = np.where(long_enough, a_time * np.where(by_year, np.floor(times), 1), 0)
    more = np.where(long_enough, a_time * times + threshold("accelerated", scale, scales), a_time)
    least = np.where(long_enough, expected - let_pass, 1)
    verdict = Texts.chosen(
        [gain < 0, by_year & (gain >= more), gain >= least, long_enough],
        [Verdict.INSUFFICIENT.value, Verdict.ACCELERATED.value, Verdict.EXPECTED.value, Verdict.INSUFFICIENT.value],
        Verdict.CANNOT_TELL.value,
    )
    return _Steps(gain, expected, verdict)


def _reasons(
    now: Frame, start: Frame, reason: Texts, cannot_tell: tuple[Flags, Flags, Flags], scales: Mapping[str, Scale]
) -> Texts:
    """Why a movement between two grades that may be compared still tells nothing.

    `cannot_tell` are the movements that end at the top of their scale, those that it is too soon to judge, and
    those of which a limit in place of a score leaves the verdict open.
    """
    once = now["scale"].isin({name for name, scale in scales.items() if not scale.measures_progress})
    list_now, list_start = (looked_up(rows["scale"], rows["grade"], scales, _lists_apart) for rows in (now, start))
    apart = ~np.isnan(list_now) & ~np.isnan(list_start) & (list_now != list_start)
    lowest = _lowest(now, scales) & _lowest(start, scales)
    conditions = [once, apart | between_any(now, start, scales), lowest, *cannot_tell]
    return reason.where(reason != "", Texts.chosen(conditions, [why.value for why in _IN_ORDER], ""))


_IN_ORDER = (Reason.TAKEN_ONCE, Reason.APART, Reason.LOWEST, Reason.HIGHEST, Reason.TOO_SOON, Reason.LIMIT)


def _lists_apart(scale: Scale) -> Mapping[str, float]:
    """The number of the list of grades, never compared with those of another list, that each grade is in."""
    return {grade: float(at) for at, codes in enumerate(scale.apart) for grade in codes}


def between_any(now: Frame, start: Frame, scales: Mapping[str, Scale]) -> Flags:
    """Whether two grades are small steps of which one does not say which step it is, so that they tell no movement."""
    vague_now, vague_start = (looked_up(rows["scale"], rows["grade"], scales, _vague) == 1 for rows in (now, start))
    cannot_tell: Flags = (vague_now & start["small"]) | (vague_start & now["small"])
    return cannot_tell


def _vague(scale: Scale) -> Mapping[str, float]:
    """The grades that do not say which of the small steps they mean."""
    return dict.fromkeys(scale.small_steps.any_of_them, 1.0) if scale.small_steps else {}


def limit_only(rows: Frame, way: int) -> Flags:
    """Whether each is a score with only a limit written, as in <70: it lies there or under it (-1), or over (1)."""
    only: Flags = (rows["lean"] == way) & np.isnan(rows["rung"]) & ~np.isnan(rows["points"])
    return only


def _unsure(now: Frame, start: Frame, verdict: Texts) -> Flags:
    """Whether a verdict may be another, since a score may lie beyond the limit that was given in its place."""
    insufficient = verdict == Verdict.INSUFFICIENT.value
    may_have_lost = limit_only(now, -1) | (limit_only(start, 1) & ~limit_only(now, 1))
    may_have_gained = limit_only(now, 1) | limit_only(start, -1)
    return (may_have_lost & ~insufficient) | (may_have_gained & insufficient)


def _lowest(rows: Frame, scales: Mapping[str, Scale]) -> Flags:
    """Whether each grade is the lowest of a scale that is judged against the year group, which has no room below it."""
    relative = {
        name: scale.grades[0] for name, scale in scales.items() if scale.kind is ScaleKind.RELATIVE and scale.grades
    }
    by_grade = rows["grade"] == rows["scale"].renamed({name: grade.code for name, grade in relative.items()})
    bottom = rows["scale"].looked_up({name: grade.points for name, grade in relative.items()})
    lowest: Flags = by_grade | (within_year(rows, scales) == bottom)
    return lowest


def _highest(rows: Frame, scales: Mapping[str, Scale]) -> Flags:
    """Whether each grade is the highest that can be written, which has no room above it."""
    top = rows["scale"].looked_up({name: _top(scale) for name, scale in scales.items()})
    highest: Flags = rows["points"] >= top
    return highest


def _top(scale: Scale) -> float | None:
    """The most points that a result on a scale can have."""
    if scale.numbers is not None:
        return scale.numbers.high
    last_year = max((year for year, _ in scale.reference), default=0)
    points = scale.grades[-1].points
    return None if points is None else points + scale.points_a_year * last_year
