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


def years_of(results: DataFrame, placements: DataFrame, academic_year: int) -> range:
    """The academic years from the first that anything is known of to the last."""
    known = [academic_year, *(results["term"].unique() // SEASONS_IN_A_YEAR), *placements["academic_year"].unique()]
    return range(int(min(known)), int(max(known)) + 1)


def judge(
    results: DataFrame, cohort: NDArray[np.float64], pupils: Index[str], years: range, scales: Mapping[str, Scale]
) -> DataFrame:
    """The results of these pupils with `who` (position), `year_group`, `reference`, `distance` and `attainment`.

    The reference is missing where the scale has no line for the year group, and then so are distance and attainment.
    """
    who = pupils.get_indexer(pd.Index(results["pupil"]))
    judged = results[who >= 0].assign(who=who[who >= 0])
    year = judged["term"].to_numpy(dtype=np.int64) // SEASONS_IN_A_YEAR
    judged["year_group"] = cohort[judged["who"].to_numpy(), year - years.start] + year
    judged["reference"] = reference(judged["scale"], judged["year_group"], judged["term"], scales)
    judged["distance"] = judged["points"] - judged["reference"]
    judged["attainment"] = attainment(judged["distance"], judged["scale"], scales)
    return judged.reset_index(drop=True)


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
    """That threshold of each result's scale; missing where there is no scale."""
    return scale.map({key: getattr(one, name) for key, one in scales.items()}).astype("float64")


def attainment(distance: Series[float], scale: Series[str], scales: Mapping[str, Scale]) -> Series[str]:
    """Where each distance lies: well below, below, at, above, or not known."""
    chosen = np.select(
        [
            distance.isna().to_numpy(),
            (distance >= threshold("above", scale, scales)).to_numpy(),
            (distance >= -threshold("at_within", scale, scales)).to_numpy(),
            (distance <= -threshold("well_below", scale, scales)).to_numpy(),
        ],
        [Attainment.NOT_KNOWN.value, Attainment.ABOVE.value, Attainment.AT.value, Attainment.WELL_BELOW.value],
        Attainment.BELOW.value,
    )
    return pd.Series(chosen, index=distance.index, dtype="object")
