"""A sheet as it was read: text in rows, before anything is understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from siptrack.reading.cells import Cells
from siptrack.reading.grid import GridRows, TextGrid


def cells_of(rows: Iterable[tuple[int, Cells]], column: int) -> Iterator[str]:
    """The texts of a column's cells in these numbered rows, blank ones left out."""
    if isinstance(rows, GridRows):
        return rows.cells_of(column)
    return (cells[column] for _, cells in rows if column < len(cells) and cells[column])


class Sheet(NamedTuple):
    """The cells of one sheet as texts, in rows; an empty cell is an empty text. A CSV file is a nameless sheet.

    Rows and columns are counted from 1. Merged cells are rectangles (first row, first column, last row, last column)
    whose text stands in their first cell. A stale cell is a formula whose result was never stored: its text is empty.
    `left` is the first column of a table that stands to the right of another, which is then a sheet of its own.
    """

    file: str
    name: str
    rows: Sequence[Cells]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    stale: frozenset[tuple[int, int]] = frozenset()
    left: int = 0

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        if isinstance(self.rows, TextGrid):
            return len(self.rows.columns)
        return max((len(row) for row in self.rows), default=0)
