"""Tables with their columns declared once: what each means, its type and its unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.school.frame import Frame
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Column:
    """One column of a table: its name, its kind of value (`text`, `integer`, `number`, `flag`) and what it means.

    `values` are the only ones there may be; `always` is whether every row has one; `unit` is what a figure counts.
    """

    name: str
    kind: str
    meaning: str
    values: tuple[str, ...] = ()
    always: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """A table's name and columns, in order. Its rows are written in order of the columns named in `order`, if any."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def no_rows(self) -> Frame:
        """The table with no rows, in the core's columns."""
        kinds = {"integer": np.int64, "number": np.float64, "flag": np.bool_}
        return Frame(
            {one.name: np.zeros(0, kinds[one.kind]) if one.kind in kinds else Texts.of(()) for one in self.columns}, 0
        )

    def empty(self) -> DataFrame:
        """The table with no rows."""
        import pandas as pd

        return pd.DataFrame(columns=self.names)
