"""A table as a format holds it. Plain classes: the child process starts without dataclasses and what they import."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[int, int, int, int]
"""First row, first column, last row, last column, each counted from 1."""


class Facts:
    """What a sheet's own bytes say that the fast reader does not. Rows and columns are counted from 1."""

    def __init__(self) -> None:
        self.hidden_rows: set[int] = set()
        self.merged: list[Box] = []
        self.errors: dict[int, dict[int, str]] = {}
        """By row and column, what a failed formula shows."""
        self.stale: set[tuple[int, int]] = set()
        """Formulas whose result was never stored."""
        self.cells = 0
        self.last_row = 0
        self.last_column = 0
        self.understood = True
        """Whether these facts can be relied on; otherwise the slow reader must read the sheet."""

    def add_error(self, row: int, column: int, text: str) -> None:
        """Note what a failed formula shows."""
        self.errors.setdefault(row, {})[column] = text


class Table:
    """One table of a file: its name, its rows of text, and what is known about them."""

    def __init__(self, name: str, rows: Iterable[tuple[str, ...]], facts: Facts, *, hidden: bool = False) -> None:
        self.name, self.rows, self.facts, self.hidden = name, rows, facts, hidden
