"""Where something was written: file, sheet and cell; and where a rule is: file and line."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

_LETTERS = 26


@cache
def column_letters(column: int) -> str:
    """The spreadsheet's name of a column counted from 1: 1 is A, 28 is AB."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


class Mark(NamedTuple):
    """A line of a rule file."""

    file: str
    line: int

    def __str__(self) -> str:
        """As it stands in a message: `flags.yaml, line 12`."""
        return f"{self.file}, line {self.line}"


class Place(NamedTuple):
    """An address that a person can go to: a file, in it a sheet, in it a cell (row and column counted from 1).

    Row or column 0 means the whole column, row, sheet or file.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The cell as Excel names it, `F17`; `row 17` or `column F` when only one is known; empty otherwise."""
        if self.row and self.column:
            return f"{column_letters(self.column)}{self.row}"
        if self.row:
            return f"row {self.row}"
        return f"column {column_letters(self.column)}" if self.column else ""

    @property
    def label(self) -> str:
        """The whole address in words: `Autumn.xlsx, sheet 5K, cell F17`."""
        cell = f"cell {self.cell}" if self.row and self.column else self.cell
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        return ", ".join(filter(None, (self.file, sheet, cell)))
