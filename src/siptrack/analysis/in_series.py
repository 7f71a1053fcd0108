"""The line, limits and terms' labels for what still works on pandas tables; it goes with the last of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis import judged, progress
from siptrack.school.in_pandas import from_pandas, to_pandas
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from siptrack.school.scale import Scale


def reference(
    scale: Series[str], year_group: Series[float], term: Series[int], scales: Mapping[str, Scale]
) -> Series[float]:
    """`siptrack.analysis.judged.reference` of columns of a pandas table."""
    line = judged.reference(Texts.of(scale), _numbers(year_group), _numbers(term).astype(np.int64), scales)
    return pd.Series(line, index=scale.index)


def limit(name: str, scale: Series[str], year_group: Series[float], scales: Mapping[str, Scale]) -> Series[float]:
    """`siptrack.analysis.judged.limit` of columns of a pandas table."""
    return pd.Series(judged.limit(name, Texts.of(scale), _numbers(year_group), scales), index=scale.index)


def is_assessed(results: DataFrame) -> Series[bool]:
    """`siptrack.analysis.judged.is_assessed` of a pandas table of judged results."""
    return pd.Series(judged.is_assessed(from_pandas(results[["graded", "attainment", "counts"]])), index=results.index)


def term_labels(terms: Series[float] | Series[int]) -> Series[str]:
    """`siptrack.analysis.progress.term_labels` of a column of a pandas table."""
    labels = progress.term_labels(_numbers(terms)).tolist()
    return pd.Series([np.nan if one is None else one for one in labels], index=terms.index, dtype="object")


def standings(
    rows: DataFrame,
    judged_now: DataFrame,
    combined: Mapping[str, tuple[str, ...]],
    scales: Mapping[str, Scale],
) -> DataFrame:
    """`siptrack.analysis.summary.standings` of pandas tables."""
    from siptrack.analysis.summary import standings as of_frames

    return to_pandas(of_frames(from_pandas(rows), from_pandas(judged_now), combined, scales))


def _numbers(column: Series[float] | Series[int]) -> NDArray[np.float64]:
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
