"""The cells of the analysis's tables as plain values: text, number, yes or no, or None for what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from siptrack.school.frame import Column, Frame
from siptrack.school.place import Place
from siptrack.school.plain import numbers, shortened
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from pandas import DataFrame, Series

Cell: TypeAlias = str | int | float | bool | None


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


def cells_of(frame: Frame | DataFrame) -> list[tuple[Cell, ...]]:
    """The rows of a table, each cell a plain value."""
    return list(zip(*(_plain_column(frame[name]) for name in frame.columns), strict=True))


def _plain_column(column: Column | Series) -> Iterable[Cell]:
    """The cells of a column, of the core's columns without asking each what it is."""
    if isinstance(column, Texts):
        return [text or None for text in column.tolist()]
    return numbers(column) if isinstance(column, np.ndarray) else map(plain, column.tolist())


def records(frame: Frame | DataFrame, names: Sequence[str]) -> list[dict[str, Cell]]:
    """The rows of a table, each cell by its column's name."""
    return [dict(zip(names, row, strict=True)) for row in cells_of(frame[list(names)])]


def place_of(row: Mapping[str, Cell]) -> Place:
    """The place of a row that has file, sheet, row and column."""
    at, across = int(number(row["row"]) or 0), int(number(row["column"]) or 0)
    return Place(text(row["file"]), text(row["sheet"]), at, across)
