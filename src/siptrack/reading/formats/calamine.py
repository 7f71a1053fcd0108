"""Workbooks by the fast reader. Only ever imported in the child process: a hostile file can end the whole process."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from siptrack.reading.formats.cells import limited, row_reader
from siptrack.reading.formats.table import Box, Facts, PageTable, refuse_too_much
from siptrack.reading.formats.unusable import PROTECTED, UnusableFileError


def open_workbook(content: bytes) -> CalamineWorkbook:
    """The workbook. Raises UnusableFileError when it has a password, and what it likes when it is damaged."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise UnusableFileError(PROTECTED) from None


def worksheets(book: CalamineWorkbook) -> list[tuple[int, str, bool]]:
    """The position, name and whether hidden of each sheet that has cells: no charts and no macros."""
    return [
        (position, sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        for position, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def read_sheet(book: CalamineWorkbook, position: int, facts: Facts) -> Iterator[tuple[str, ...]]:
    """The rows of one sheet, each cell at its own address, with what the facts know put in its place."""
    sheet = book.get_sheet_by_index(position)
    facts.merged = facts.merged or _merged(sheet)
    refuse_too_much([facts])
    rows = _rows(sheet)
    return limited(_with_errors(rows, facts) if facts.errors else rows)


def tables(content: bytes, known: list[Facts]) -> Iterator[PageTable]:
    """Every sheet of the workbook; `known` are the facts of its sheets, charts included, or nothing."""
    book = open_workbook(content)
    for position, name, hidden in worksheets(book):
        facts = known[position] if len(known) == len(book.sheet_names) else Facts()
        rows = read_sheet(book, position, facts)
        yield PageTable(name, rows, facts, hidden=hidden)


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The rows from the first of the sheet: the reader adds blank rows before its own first, but no blank columns."""
    if sheet.start is None:
        return
    texts = row_reader()
    before = [""] * sheet.start[1]
    for values in sheet.iter_rows():
        row = texts(values)
        yield before + row if row else row


def _with_errors(rows: Iterable[list[str]], facts: Facts) -> Iterator[list[str]]:
    """The rows with what failed formulas show, where the fast reader has kept a place for it but left it blank."""
    for number, row in enumerate(rows, 1):
        for column, text in facts.errors.get(number, {}).items():
            row.extend([""] * (column - len(row)))
            row[column - 1] = text
        yield row


def _merged(sheet: CalamineSheet) -> list[Box]:
    return [
        (first_row + 1, first_column + 1, last_row + 1, last_column + 1)
        for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or []
    ]
