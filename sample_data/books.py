"""Workbooks that are the same, byte for byte, however often they are made."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Cell = str | int | dt.date
_MADE = dt.datetime(2026, 1, 5, 9, 0, 0)  # noqa: DTZ001 - a workbook's clock has no time zone
_WIDTHS = {"UPN": 16, "Surname": 24, "Forename": 16, "Name": 32, "Date of birth": 14, "First language": 14}


class Book:
    """One workbook: sheets with title rows, headings and a row for each child."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"in_memory": True})
        self._book.set_properties({"created": _MADE, "author": "An invented school"})
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def sheet(self, name: str, above: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """Add a sheet; a blank text leaves its cell empty."""
        sheet = self._book.add_worksheet(name.replace("/", "-"))  # Excel allows no stroke in a sheet's name
        for number, title in enumerate(above):
            sheet.write_string(number, 0, title, self._bold) if title else None
        for column, heading in enumerate(headings):
            sheet.write_string(len(above), column, heading, self._bold)
            sheet.set_column(column, column, _WIDTHS.get(heading, 9 if len(heading) < 10 else 19))
        for number, row in enumerate(rows, start=len(above) + 1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell)
        sheet.freeze_panes(len(above) + 1, 0)

    def _write(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
        """Write one cell as what it is: a day, a number or a text."""
        if isinstance(cell, dt.date):
            sheet.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), self._day)  # noqa: DTZ001
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell)
        elif cell:
            sheet.write_string(row, column, cell)
