"""Prior attainment: which band a child's baseline, the last result before the key stage, speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.judged import within_year
from siptrack.school.register import NOT_RECORDED
from siptrack.school.scale import Kind, Scale
from siptrack.school.term import Term

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules


def prior_attainment(judged: DataFrame, began: NDArray[np.int64], term: Term, rules: Rules) -> Series[str]:
    """The group of each pupil, `not_recorded` for one without a baseline; `began` is the first term of the key stage.

    The baselines of the subjects that make up the combined measure count together, else those of any others: by their
    mean on a scale of points, as the performance tables had it; elsewhere by the band in the middle, of two the lower.
    """
    rows = _baselines(judged, began, term, rules)
    codes = dict(enumerate(rules.groups.prior.groups))
    groups = pd.Series(NOT_RECORDED, index=range(len(began)), dtype="object")
    if rows.empty:
        return groups
    band = _bands(rows, rules.scales)
    ranked = pd.DataFrame({"who": rows["who"], "band": band}).sort_values(["who", "band"], kind="stable")
    of_child = ranked.groupby("who")["band"]
    middle = ranked[of_child.cumcount() == (of_child.transform("size") - 1) // 2].set_index("who")["band"]
    groups.loc[middle.index] = middle.map(codes)
    return groups


def _baselines(judged: DataFrame, began: NDArray[np.int64], term: Term, rules: Rules) -> DataFrame:
    """The last result with points before the key stage in each subject, of the combined measure's subjects if any."""
    banded = [name for name, scale in rules.scales.items() if scale.prior is not None]
    rows = judged[judged["scale"].isin(banded) & judged["points"].notna() & judged["year_group"].notna()]
    rows = rows[(rows["term"] < began[rows["who"]]) & (rows["term"] <= term.number)]
    last = rows.sort_values("term", kind="stable").drop_duplicates(["who", "subject"], keep="last")
    parts = {part for of_whole in rules.columns.combined.values() for part in of_whole}
    first = last["subject"].isin(parts)
    return last[first | ~last["who"].isin(last.loc[first, "who"])]


def _bands(rows: DataFrame, scales: Mapping[str, Scale]) -> Series[float]:
    """0 for low, 1 for middle, 2 for high, by the scale's own lines."""
    points = within_year(rows, scales)
    summed = [name for name, one in scales.items() if one.kind is Kind.CUMULATIVE and not one.points_a_year]
    points = points.where(~rows["scale"].isin(summed), points.groupby([rows["who"], rows["scale"]]).transform("mean"))
    lines = {name: (one.prior.middle, one.prior.high) for name, one in scales.items() if one.prior is not None}
    middle = rows["scale"].map({name: line[0] for name, line in lines.items()})
    high = rows["scale"].map({name: np.inf if line[1] is None else line[1] for name, line in lines.items()})
    return (points >= middle).astype("float64") + (points >= high)
