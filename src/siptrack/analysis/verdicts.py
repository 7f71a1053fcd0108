"""What is said of a movement from a start to now: in points against the line, or in small steps below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.judged import DECIMALS, looked_up, threshold, within_year
from siptrack.analysis.vocabulary import Measured, Reason, Verdict
from siptrack.school.scale import Kind, Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series


def tell(now: DataFrame, start: DataFrame, reason: Series[str], scales: Mapping[str, Scale]) -> DataFrame:
    """How far each child moved and what is said of it.

    Columns: `measured`, `gain`, `expected_gain`, `progress`, `verdict` and `reason`, as in the progress table. `now`
    and `start` are judged results row by row, missing where there is none; `reason` is empty where the two may be
    compared.
    """
    gain = (now["points"] - start["points"]).round(DECIMALS)
    expected = (now["reference"] - start["reference"]).round(DECIMALS)
    by_line = verdicts((gain - expected).round(DECIMALS), start, now, scales)
    steps = _by_small_steps(now, start, by_line)
    small = _small_steps(now, start, scales)
    there = start["term"].notna() & _flag(now["graded"])
    told = pd.DataFrame(
        {"gain": gain.where(~steps, small["gain"]), "expected_gain": expected.where(~steps, small["expected"])}
    )
    told["measured"] = np.select([steps & there, there], [Measured.SMALL_STEPS.value, Measured.LINE.value], "")
    told["progress"] = (told["gain"] - told["expected_gain"]).round(DECIMALS)
    highest = _highest(now, scales) & (by_line == Verdict.INSUFFICIENT.value) & ~steps
    too_soon = steps & (small["verdict"] == Verdict.CANNOT_TELL.value)
    told["reason"] = _reasons(now, start, reason, (highest, too_soon, _unsure(now, start, by_line)), scales)
    verdict = by_line.where(~steps, small["verdict"])
    told["verdict"] = verdict.where(told["reason"] == "", Verdict.CANNOT_TELL.value)
    return told


def verdicts(progress: Series[float], start: DataFrame, now: DataFrame, scales: Mapping[str, Scale]) -> Series[str]:
    """Insufficient below minus the tolerance, accelerated from the scale's line on, expected between.

    A start at a grade wider than a step may lie under or over what it looks like, and is given the benefit of that.
    """
    wide = {(name, code): width for name, one in scales.items() for code, width in one.wide.items()}
    under = looked_up({key: width.under for key, width in wide.items()}, start["scale"], start["grade"]).fillna(0)
    over = looked_up({key: width.over for key, width in wide.items()}, start["scale"], start["grade"]).fillna(0)
    chosen = np.select(
        [
            progress.isna().to_numpy(),
            (progress < -threshold("tolerance", now["scale"], scales) - under).to_numpy(),
            (progress >= threshold("accelerated", now["scale"], scales) + over).to_numpy(),
        ],
        [Verdict.CANNOT_TELL.value, Verdict.INSUFFICIENT.value, Verdict.ACCELERATED.value],
        Verdict.EXPECTED.value,
    )
    return pd.Series(chosen, index=progress.index, dtype="object")


def _by_small_steps(now: DataFrame, start: DataFrame, by_line: Series[str]) -> Series[bool]:
    """Whether a movement is told in small steps, because it starts below the bands of the year group.

    Also where a grade has no points. A child who has caught up so far that progress is accelerated is told so.
    """
    caught_up = ~_flag(now["small"]) & (by_line == Verdict.ACCELERATED.value)
    unnumbered = now["points"].isna() | start["points"].isna()
    on_ladder = now["rung"].notna() & start["rung"].notna()
    return on_ladder & ((_flag(start["small"]) & ~caught_up) | unnumbered)


def _small_steps(now: DataFrame, start: DataFrame, scales: Mapping[str, Scale]) -> DataFrame:
    """Small steps made and expected, and the verdict: ground lost, or too few in long enough, is insufficient."""
    expected = _of_small_steps(
        now["scale"], scales, lambda scale: scale.small_steps.expected if scale.small_steps else 0
    )
    within = _of_small_steps(now["scale"], scales, lambda scale: scale.small_steps.within if scale.small_steps else 0)
    gain = now["rung"] - start["rung"]
    long_enough = now["term"] - start["term"] >= within
    chosen = np.select(
        [(gain < 0).to_numpy(), (gain >= expected).to_numpy(), long_enough.to_numpy()],
        [Verdict.INSUFFICIENT.value, Verdict.EXPECTED.value, Verdict.INSUFFICIENT.value],
        Verdict.CANNOT_TELL.value,
    )
    return pd.DataFrame({"gain": gain, "expected": expected.where(long_enough, 0), "verdict": chosen}, index=now.index)


def _of_small_steps(scale: Series[str], scales: Mapping[str, Scale], get: Callable[[Scale], int]) -> Series[float]:
    return scale.map({name: float(get(one)) for name, one in scales.items()}).astype("float64")


def _reasons(
    now: DataFrame,
    start: DataFrame,
    reason: Series[str],
    untold: tuple[Series[bool], Series[bool], Series[bool]],
    scales: Mapping[str, Scale],
) -> Series[str]:
    """Why a movement between two grades that may be compared still tells nothing.

    `untold` are the movements that end at the top of their scale, those of which it is too soon to say anything, and
    those of which a limit in place of a score leaves the verdict open.
    """
    once = now["scale"].isin([name for name, scale in scales.items() if not scale.measures_progress])
    lists = [_apart(rows, scales) for rows in (now, start)]
    apart = (lists[0] >= 0) & (lists[1] >= 0) & (lists[0] != lists[1])
    apart |= between_any(now, start, scales).to_numpy()
    lowest = _lowest(now, scales) & _lowest(start, scales)
    chosen = np.select(
        [(reason != "").to_numpy(), once.to_numpy(), apart, lowest.to_numpy(), *(one.to_numpy() for one in untold)],
        [reason.to_numpy(dtype=object), *(why.value for why in _IN_ORDER)],
        "",
    )
    return pd.Series(chosen, index=now.index, dtype="object")


_IN_ORDER = (Reason.TAKEN_ONCE, Reason.APART, Reason.LOWEST, Reason.HIGHEST, Reason.TOO_SOON, Reason.LIMIT)


def _apart(rows: DataFrame, scales: Mapping[str, Scale]) -> NDArray[np.float64]:
    """The number of the list of grades, never compared with those of another list, that each grade is in; else -1."""
    lists = {
        (name, grade): at for name, scale in scales.items() for at, codes in enumerate(scale.apart) for grade in codes
    }
    keys = zip(rows["scale"], rows["grade"], strict=True) if lists else ()
    return np.array([lists.get(key, -1) for key in keys]) if lists else np.full(len(rows), -1.0)


def _any_of_them(rows: DataFrame, scales: Mapping[str, Scale]) -> Series[bool]:
    """Whether each grade does not say which of the small steps it means."""
    vague = {
        (name, code): 1.0 for name, one in scales.items() if one.small_steps for code in one.small_steps.any_of_them
    }
    return looked_up(vague, rows["scale"], rows["grade"]) == 1


def between_any(now: DataFrame, start: DataFrame, scales: Mapping[str, Scale]) -> Series[bool]:
    """Whether two grades are small steps of which one does not say which step it is, so that they tell no movement."""
    vague_now, vague_start = (_any_of_them(rows, scales) for rows in (now, start))
    return (vague_now & _flag(start["small"])) | (vague_start & _flag(now["small"]))


def limit_only(rows: DataFrame, way: int) -> Series[bool]:
    """Whether each is a score of which only a limit is told, as in <70: it lies there or under it (-1), or over (1)."""
    return (rows["lean"] == way) & rows["rung"].isna() & rows["points"].notna()


def _unsure(now: DataFrame, start: DataFrame, verdict: Series[str]) -> Series[bool]:
    """Whether a verdict may be another, since a score may lie beyond the limit that was given in its place."""
    insufficient = verdict == Verdict.INSUFFICIENT.value
    may_have_lost = limit_only(now, -1) | (limit_only(start, 1) & ~limit_only(now, 1))
    may_have_gained = limit_only(now, 1) | limit_only(start, -1)
    return (may_have_lost & ~insufficient) | (may_have_gained & insufficient)


def _lowest(rows: DataFrame, scales: Mapping[str, Scale]) -> Series[bool]:
    """Whether each grade is the lowest of a scale that is judged against the year group, which has no room below it."""
    relative = {name: one.grades[0] for name, one in scales.items() if one.kind is Kind.RELATIVE and one.grades}
    unnumbered = rows["grade"] == rows["scale"].map({name: grade.code for name, grade in relative.items()})
    bottom = rows["scale"].map({name: grade.points for name, grade in relative.items()}).astype("float64")
    return unnumbered | (within_year(rows, scales) == bottom)


def _highest(rows: DataFrame, scales: Mapping[str, Scale]) -> Series[bool]:
    """Whether each grade is the highest that can be written, which has no room above it."""
    top = {name: _top(one) for name, one in scales.items()}
    return rows["points"] >= rows["scale"].map(top).astype("float64")


def _top(scale: Scale) -> float | None:
    """The most points that a result on a scale can have."""
    if scale.numbers is not None:
        return scale.numbers.high
    last_year = max((year for year, _ in scale.reference), default=0)
    points = scale.grades[-1].points
    return None if points is None else points + scale.points_a_year * last_year


def _flag(column: Series[bool]) -> Series[bool]:
    """A column of yes or no in which a missing result is no."""
    return column.eq(other=True)
