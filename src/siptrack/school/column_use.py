"""What became of each column that holds anything."""

from __future__ import annotations

from typing import NamedTuple

from siptrack.school.place import column_letters
from siptrack.school.tables import Column, Table

COLUMNS = Table(
    "column_use",
    "Every column of every sheet with anything in it: what it was used as, or why it was not used.",
    (
        Column("file", "text", "file", always=True),
        Column("sheet", "text", "sheet; empty for a CSV file"),
        Column("column", "text", "its letter", always=True),
        Column("heading", "text", "its heading; empty where it has none"),
        Column("cells", "integer", "cells with anything in them below its heading", always=True, unit="cells"),
        Column("used_as", "text", "what it was used as; empty where it was not used"),
        Column("why", "text", "why it was not used; empty where it was"),
    ),
)


class ColumnUse(NamedTuple):
    """A column, counted from 1, and what it was used as, or why it was not.

    `such_as` are some of the cells of a column that looks like results all the same; else it is empty.
    """

    file: str
    sheet: str
    column: int
    heading: str
    cells: int
    used_as: str = ""
    why: str = ""
    such_as: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """The column's letter."""
        return column_letters(self.column)
