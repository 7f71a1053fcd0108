"""Results with the reference line beside them: distance and attainment of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.school.scale import Attainment, Scale
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Index, Series

DECIMALS = 6  # points are written with two at most; the rest is a computer's rounding, which must decide nothing


def cohorts(placements: DataFrame, pupils: Index[str], years: range) -> NDArray[np.float64]:
    """Year group minus academic year for each pupil (row) and academic year (column).

    A year without a placement takes that of the nearest year with one, the later of two; a pupil with none is NaN.
    """
    known = np.full((len(pupils), len(years)), np.nan)
    row = pupils.get_indexer(pd.Index(placements["pupil"]))
    column = placements["academic_year"].to_numpy(dtype=np.int64) - years.start
    value = placements["year_group"].to_numpy(dtype=np.float64, na_value=np.nan) - (column + years.start)
    here = row >= 0
    known[row[here], column[here]] = value[here]
    nearest = known.copy()
    for away in range(1, len(years)):
        for target, source in ((nearest[:, :-away], known[:, away:]), (nearest[:, away:], known[:, :-away])):
            np.copyto(target, source, where=np.isnan(target))
    return nearest


def years_of(results: DataFrame, targets: DataFrame, placements: DataFrame, academic_year: int) -> range:
    """The academic years from the first that anything is known of to the last."""
    terms = [*results["term"].unique(), *targets["term"].unique()]
    known = [academic_year, *(int(term) // SEASONS_IN_A_YEAR for term in terms), *placements["academic_year"].unique()]
    return range(int(min(known)), int(max(known)) + 1)


def judge(
    results: DataFrame, cohort: NDArray[np.float64], pupils: Index[str], years: range, scales: Mapping[str, Scale]
) -> DataFrame:
    """The results of these pupils set against the line.

    Added columns: `who` (position), `year_group`, `reference`, `distance`, `attainment`, `graded` (whether it is a
    grade and no special code or mark), `rung` (the grade's place on its scale's ladder; missing for scores) and `small`
    (whether the grade is a small step, below the year group's own bands). On a scale whose grades may name a year
    group, `points` count from that year group's first band, or from the child's own where the grade names none. The
    reference is missing where the scale has no line for the year group, and then so are distance and attainment; a
    grade without points is well below.
    """
    who = pupils.get_indexer(pd.Index(results["pupil"]))
    judged = results[who >= 0].assign(who=who[who >= 0])
    year = judged["term"].to_numpy(dtype=np.int64) // SEASONS_IN_A_YEAR
    judged["year_group"] = cohort[judged["who"].to_numpy(), year - years.start] + year
    rung = rungs(judged["scale"], judged["grade"], scales)
    judged["graded"] = judged["points"].notna() | rung.notna()
    apart = threshold("points_a_year", judged["scale"], scales).fillna(0)
    of_year = judged["of_year"].fillna(judged["year_group"])
    shift = (apart * of_year).where(apart > 0, 0)
    judged["points"] = judged["points"] + shift
    judged["rung"] = rung.where(apart == 0, judged["points"])
    judged["small"] = _small(judged, scales)
    judged["reference"] = reference(judged["scale"], judged["year_group"], judged["term"], scales)
    judged["distance"] = (judged["points"] - judged["reference"]).round(DECIMALS)
    judged["attainment"] = attainment(judged["distance"], judged["scale"], judged["year_group"], scales)
    unnumbered = judged["points"].isna() & judged["rung"].notna() & judged["reference"].notna()
    judged["attainment"] = judged["attainment"].mask(unnumbered, Attainment.WELL_BELOW.value)
    return judged.reset_index(drop=True)


def is_assessed(results: DataFrame) -> Series[bool]:
    """Whether each judged result is in the denominator of a percentage at ARE: the one rule of the whole program.

    A grade with a reference line to be set against, or a special code that counts.
    """
    outside = results["graded"] & (results["attainment"] == Attainment.NOT_KNOWN.value)
    return (results["counts"] & ~outside).astype(bool)


def rungs(scale: Series[str], grade: Series[str], scales: Mapping[str, Scale]) -> Series[float]:
    """The place of each grade on its scale's ladder; missing for special codes, scores and marks."""
    ladder = {(name, code): rung for name, one in scales.items() for code, rung in one.rungs.items()}
    return looked_up(ladder, scale, grade)


def _small(judged: DataFrame, scales: Mapping[str, Scale]) -> Series[bool]:
    """Whether each grade is a small step: one of the scale's own, or one that names a year group below the child's."""
    listed = {
        (name, code): 1.0
        for name, one in scales.items()
        if one.small_steps is not None
        for code in one.small_steps.grades | one.small_steps.any_of_them
    }
    by_year = judged["scale"].isin(
        [name for name, one in scales.items() if one.small_steps is not None and one.points_a_year]
    )
    below = (judged["of_year"] < judged["year_group"]).astype(bool)
    return (looked_up(listed, judged["scale"], judged["grade"]) == 1) | (by_year & below)


def looked_up(values: Mapping[tuple[str, str], float], scale: Series[str], grade: Series[str]) -> Series[float]:
    """The value of each scale and grade; missing where there is none."""
    if not values:
        return pd.Series(np.nan, index=scale.index)
    table = pd.Series(values, dtype="float64")
    keys = pd.MultiIndex.from_arrays([scale.astype("object"), grade.astype("object")])
    return pd.Series(table.reindex(keys).to_numpy(), index=scale.index, dtype="float64")


def reference(
    scale: Series[str], year_group: Series[float], term: Series[int], scales: Mapping[str, Scale]
) -> Series[float]:
    """Points at age-related expectations for each scale, year group and term."""
    line = pd.Series(
        {
            (name, float(year), int(season)): points
            for name, one in scales.items()
            for (year, season), points in one.reference.items()
        }
    )
    season = term.astype("int64") % SEASONS_IN_A_YEAR
    keys = pd.MultiIndex.from_arrays([scale.astype("object"), year_group.astype("float64"), season])
    return pd.Series(line.reindex(keys).to_numpy(), index=scale.index, dtype="float64")


def threshold(name: str, scale: Series[str], scales: Mapping[str, Scale]) -> Series[float]:
    """That number of each result's scale; missing where there is no scale."""
    return scale.map({key: getattr(one, name) for key, one in scales.items()}).astype("float64")


def within_year(rows: DataFrame, scales: Mapping[str, Scale]) -> Series[float]:
    """The points of each grade within the bands of the child's own year group."""
    a_year = threshold("points_a_year", rows["scale"], scales)
    return rows["points"] - (a_year * rows["year_group"]).where(a_year > 0, 0)


def limit(name: str, scale: Series[str], year_group: Series[float], scales: Mapping[str, Scale]) -> Series[float]:
    """That threshold of each result's scale for its year group; missing where the scale has none."""
    usual = scale.map({key: getattr(one, name).usual for key, one in scales.items()}).astype("float64")
    by_year = {
        (key, float(year)): value for key, one in scales.items() for year, value in getattr(one, name).by_year.items()
    }
    if not by_year:
        return usual
    keys = pd.MultiIndex.from_arrays([scale.astype("object"), year_group.astype("float64")])
    special = pd.Series(pd.Series(by_year).reindex(keys).to_numpy(), index=scale.index, dtype="float64")
    return special.fillna(usual)


def attainment(
    distance: Series[float], scale: Series[str], year_group: Series[float], scales: Mapping[str, Scale]
) -> Series[str]:
    """Where each distance lies: well below, below, at, above, or not known. A line that is not there is not crossed."""
    at_within = limit("at_within", scale, year_group, scales)
    chosen = np.select(
        [
            (distance.isna() | at_within.isna()).to_numpy(),
            (distance >= limit("above", scale, year_group, scales)).to_numpy(),
            (distance >= -at_within).to_numpy(),
            (distance <= -limit("well_below", scale, year_group, scales)).to_numpy(),
        ],
        [Attainment.NOT_KNOWN.value, Attainment.ABOVE.value, Attainment.AT.value, Attainment.WELL_BELOW.value],
        Attainment.BELOW.value,
    )
    return pd.Series(chosen, index=distance.index, dtype="object")
