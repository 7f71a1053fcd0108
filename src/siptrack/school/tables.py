"""Tables with their columns declared once: what each means, its type and its unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import nan
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.school.frame import Column as FrameColumn
    from siptrack.school.frame import Frame

_KINDS = {"integer": "int64", "number": "float64", "flag": "bool"}


class Column(NamedTuple):
    """One column of a table: its name, its kind of value (`text`, `integer`, `number`, `flag`) and what it means.

    `values` are the only ones there may be; `always` is whether every row has one; `unit` is what a figure counts.
    """

    name: str
    kind: str
    meaning: str
    values: tuple[str, ...] = ()
    always: bool = False
    unit: str = ""


class Table(NamedTuple):
    """A table's name and columns, in order. Its rows are written in order of the columns named in `order`, if any."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def of(self, rows: Iterable[Sequence[object]]) -> Frame:
        """The table with these rows, each the values of its columns in order; None is missing.

        A column in which a whole number, or whether something is so, is missing is one of numbers.
        """
        from siptrack.school.frame import Frame

        given = list(rows)
        values = zip(*given, strict=True) if given else [()] * len(self.columns)
        columns = {one.name: _column(one.kind, those) for one, those in zip(self.columns, values, strict=True)}
        return Frame(columns, len(given))

    def no_rows(self) -> Frame:
        """The table with no rows, in the core's columns."""
        return self.of(())

    def completed(self, rows: Frame) -> Frame:
        """These rows with the table's columns in order; a column that they lack has no value, or an empty text."""
        lacking = {one.name: "" if one.kind == "text" else nan for one in self.columns if one.name not in rows}
        return rows.having(lacking)[self.names]

    def empty(self) -> DataFrame:
        """The table with no rows."""
        import pandas as pd

        return pd.DataFrame(columns=self.names)


def _column(kind: str, values: Sequence[object]) -> FrameColumn:

    import numpy as np

    from siptrack.school.texts import Texts

    if kind not in _KINDS:
        return Texts.of(values)
    return np.array(values, dtype=_KINDS["number"] if None in values else _KINDS[kind])
