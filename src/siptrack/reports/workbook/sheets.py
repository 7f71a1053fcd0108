"""The sheets of the old way: columns of a table as they stand on a sheet, under the words of their key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.reports.wording.workbook import SHEETS
from siptrack.school.cells import Cell

Row: TypeAlias = Mapping[str, Cell]


@dataclass(frozen=True)
class Told:
    """A column of a table as it stands on a sheet: its heading, and what of a row stands in it."""

    heading: SheetColumn
    cell: Callable[[Row], Cell]


def told(title: str, name: str, kind: CellKind = CellKind.TEXT, *, widest: int = 24, printed: bool = True) -> Told:
    """A column that stands on the sheet as it is in its table."""
    return Told(SheetColumn(title, kind, widest, printed=printed), lambda row: row[name])


def headings_of(columns: Sequence[Told]) -> tuple[SheetColumn, ...]:
    """The headings of the columns."""
    return tuple(column.heading for column in columns)


def rows_of(columns: Sequence[Told], rows: Iterable[Row]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of the sheet made of the rows of a table."""
    return tuple(tuple(column.cell(row) for column in columns) for row in rows)


def sheet(
    key: str, headings: tuple[SheetColumn, ...], rows: tuple[tuple[Cell, ...], ...], *, frozen: int = 0
) -> WorkbookSheet:
    """A sheet with the name, title and notes that its key has in the wording."""
    said = SHEETS[key]
    return WorkbookSheet(key, said.name, said.title, said.about, headings, rows, said.notes, frozen)
