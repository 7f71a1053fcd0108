"""The cells of the core's and the analysis's tables as Python's own values, as people and other programs get them.

Text, number, yes or no, or None for what is missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from siptrack.school.place import Place

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.school.frame import Array, Column, Frame
    from siptrack.school.texts import Texts

Cell: TypeAlias = str | int | float | bool | None
_DECIMALS = 6  # more are noise of the arithmetic, and would differ from machine to machine


def texts(column: Texts) -> list[str]:
    """A column of texts; empty where one is missing."""
    return [text or "" for text in column.tolist()]


def numbers(column: Array) -> list[float | None]:
    """A column of numbers: 3.0 is 3, and None is missing."""
    if column.dtype.kind == "f":
        return list(map(shortened, column.tolist()))
    whole: list[float | None] = column.tolist()
    return whole


def shortened(value: float) -> int | float | None:
    """A number as it is written: whole where it is, else with six decimals at most; None where there is none."""
    if value.is_integer():
        return int(value)
    if not math.isfinite(value):
        return None
    rounded = round(value, _DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded


def plain(value: object) -> Cell:
    """A cell without its library's clothes: nothing is None, and 3.0 is 3."""
    item = getattr(value, "item", None)
    bare = item() if callable(item) else value
    if bare is None or isinstance(bare, bool):
        return bare
    if isinstance(bare, str):
        return str(bare) or None
    if isinstance(bare, int):
        return int(bare)
    if isinstance(bare, float):
        return shortened(bare)
    return None  # pandas' own marks of a missing value


def text(cell: Cell) -> str:
    """A cell of text; empty when it is missing."""
    return "" if cell is None else str(cell)


def number(cell: Cell) -> float | None:
    """A cell of numbers; None when it is missing."""
    return None if cell is None or isinstance(cell, str) else cell


def whole(cell: Cell) -> int:
    """A cell of whole numbers; 0 when it is missing."""
    return int(number(cell) or 0)


def whole_number(cell: Cell) -> int | None:
    """The same; None when it is missing."""
    return None if number(cell) is None else whole(cell)


def cells_of(frame: Frame | DataFrame) -> list[tuple[Cell, ...]]:
    """The rows of a table, each cell a plain value."""
    return list(zip(*(_plain_column(frame[name]) for name in frame.columns), strict=True))


def _plain_column(column: Column | Series) -> Iterable[Cell]:
    """The cells of a column, of the core's columns without asking each what it is."""
    import numpy as np

    from siptrack.school.texts import Texts

    if isinstance(column, Texts):
        return [text or None for text in column.tolist()]
    return numbers(column) if isinstance(column, np.ndarray) else map(plain, column.tolist())


def records(frame: Frame | DataFrame, names: Sequence[str]) -> list[dict[str, Cell]]:
    """The rows of a table, each cell by its column's name."""
    return [dict(zip(names, row, strict=True)) for row in cells_of(frame[list(names)])]


def place_of(row: Mapping[str, Cell]) -> Place:
    """The place of a row that has file, sheet, row and column."""
    return Place(text(row["file"]), text(row["sheet"]), whole(row["row"]), whole(row["column"]))
