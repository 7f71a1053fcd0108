"""The cells of one row as texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

Cells = tuple[str, ...]


def cell_at(cells: Sequence[str], column: int) -> str:
    """The text of a row in a column, counted from 0; empty beyond the row's end."""
    return cells[column] if column < len(cells) else ""


def texts_in(columns: Sequence[int]) -> Callable[[Cells], Cells]:
    """What takes the texts of these columns from a row; empty beyond the row's end."""
    if not columns:
        return lambda _: ()
    last, first = max(columns), columns[0]
    picked = itemgetter(*columns) if len(columns) > 1 else lambda cells: (cells[first],)

    def taken(cells: Cells) -> Cells:
        return picked(cells) if last < len(cells) else tuple(cell_at(cells, column) for column in columns)

    return taken
