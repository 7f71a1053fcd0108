"""From a pandas table to the core's columns and back: what stands at the boundary, for those who use pandas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.school.frame import Column, Frame
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def from_pandas(table: DataFrame) -> Frame:
    """The columns of a pandas table: missing numbers are NaN, and a column of anything else is one of texts."""
    return Frame({str(name): _column(table[name]) for name in table.columns}, len(table))


def to_pandas(frame: Frame) -> DataFrame:
    """A pandas table of these columns: texts are objects, NaN where there is none."""
    import pandas as pd

    return pd.DataFrame({name: _values(frame[name]) for name in frame}, index=range(len(frame)))


def as_read(frame: Frame, numbers: Sequence[str] = ()) -> DataFrame:
    """A table of a register in pandas: its texts are pandas' own, of which none is missing, its year groups Float64.

    `numbers` are the columns of whole numbers that are numbers there, whether or not any is missing.
    """
    kinds = {name: "str" for name in frame if isinstance(frame[name], Texts)}
    kinds |= {"year_group": "Float64"} if "year_group" in frame else {}
    table = to_pandas(frame).astype({**kinds, **dict.fromkeys(numbers, "float64")})
    if "good" in frame:  # yes, no, or nothing
        table["good"] = [None if np.isnan(good) else bool(good) for good in frame["good"]]
    return table


def _column(column: Series) -> Column:
    import pandas as pd

    if pd.api.types.is_bool_dtype(column.dtype):
        return column.to_numpy(dtype=np.bool_)
    if pd.api.types.is_integer_dtype(column.dtype) and not column.isna().any():
        return column.to_numpy(dtype=np.int64)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    return Texts.of(column.tolist())


def _values(column: Column) -> np.ndarray:
    if not isinstance(column, Texts):
        return column
    words = np.array([*column.words, None], dtype=object)
    words[-1] = np.nan
    return words[column.codes]
