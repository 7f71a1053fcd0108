"""A sheet as it was read: text in rows, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet as texts, in rows; an empty cell is an empty text. A CSV file is a nameless sheet.

    Rows and columns are counted from 1: `hidden_rows`; `merged` as first row, first column, last row, last column;
    `stale` cells hold a formula whose result the file does not store.
    """

    file: str
    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    stale: frozenset[tuple[int, int]] = frozenset()

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)
