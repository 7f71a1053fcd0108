"""A school's own record of something beside the results: its columns by what they hold, and its rows as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from siptrack.reading.headings import HeadingReader
from siptrack.reading.sections import Headings, Section
from siptrack.reading.sheet import Cells, Sheet
from siptrack.reading.table import SheetContext, context_of
from siptrack.school.place import Place

ROWS_LOOKED_AT = 40  # for headings
BETWEEN = "; "  # between the texts of two columns that say the same


@dataclass(frozen=True)
class RecordSheet:
    """A record: its columns by what they hold, and its rows that hold anything, numbered from 1."""

    context: SheetContext
    heading_row: int
    headings: Cells
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[tuple[int, Cells], ...]

    def text(self, cells: Cells, column: str) -> str:
        """What a row says in the columns of that kind; a text that stands in two of them once."""
        texts = (cells[at] for at in self.columns.get(column, ()) if at < len(cells))
        return BETWEEN.join(dict.fromkeys(filter(None, texts)))

    def place(self, row: int, column: str) -> Place:
        """The cell of a row in the first column of that kind; the row where there is no such column."""
        return self.context.place(row, self.columns.get(column, (-1,))[0] + 1)


def laid_out(
    sheet: Sheet, at: int, columns: Mapping[str, tuple[int, ...]], reader: HeadingReader, merged: Iterable[str] = ()
) -> RecordSheet:
    """The record below the row of headings `at`, counted from 0.

    Of the columns in `merged`, a cell that is merged over several rows is written in each of them.
    """
    headings = sheet.rows[at]
    titles = tuple(cell for row in sheet.rows[:at] for cell in row if cell)
    rows = _unmerged(sheet, at, {column for name in merged for column in columns.get(name, ())})
    below = tuple((number, row) for number, row in rows if any(row) and row != headings)
    section = Section(sheet, titles, Headings(at + 1, 1, headings, {}), below)
    return RecordSheet(context_of(section, reader), at + 1, headings, columns, below)


def _unmerged(sheet: Sheet, at: int, merged: Iterable[int]) -> Sequence[tuple[int, Cells]]:
    """The rows below the headings, a merged cell's text written in every row that it is merged over."""
    rows = [list(row) for row in sheet.rows]
    for top, first, bottom, last in sheet.merged:
        if first == last and first - 1 in merged and top > at + 1:
            _write_down(rows, first - 1, top, min(bottom, len(rows)))
    return [(number, tuple(row)) for number, row in enumerate(rows[at + 1 :], at + 2)]


def _write_down(rows: list[list[str]], column: int, top: int, bottom: int) -> None:
    """Write a cell's text into the empty cells below it that belong to it, in rows that hold anything."""
    text = rows[top - 1][column] if column < len(rows[top - 1]) else ""
    for number in range(top, bottom):
        if any(rows[number]):
            rows[number] += [""] * (column + 1 - len(rows[number]))
            rows[number][column] = text
