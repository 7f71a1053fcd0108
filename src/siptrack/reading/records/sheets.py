"""A school's own record of something beside the results: its columns by what they hold, and its rows as they stand."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from siptrack.reading.cells import Cells
from siptrack.reading.findings import Findings
from siptrack.reading.sections import Headings, SheetSection, merged_down
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.reading.table import SheetContext, TableColumns
from siptrack.reading.terms import NO_TERM
from siptrack.school.place import Place

BETWEEN = "; "  # between the texts of two columns that say the same
OWN_REPORT = "a report that siptrack wrote"
Columns = Mapping[str, tuple[int, ...]]


class RowRefusal(NamedTuple):
    """Why a row is set aside; where that is a problem, also its code, what was found and what was expected."""

    reason: str
    code: str = ""
    found: str = ""
    expected: str = ""


@dataclass(frozen=True)
class RecordSheet:
    """A record: its columns by what they hold, and its rows that hold anything, numbered from 1.

    `called` is what its columns are said to be of; `alone` whether the sheet holds no results, so that nothing else is
    read from it; `note` why nothing is read from it at all. `table` are the columns that say who a child is, where
    the record has a row for each; `left_out` counts rows that are set aside already, and not among `rows`.
    """

    called: str
    context: SheetContext
    heading_row: int
    headings: Cells
    columns: Columns
    rows: Sequence[tuple[int, Cells]]
    alone: bool = True
    note: str = ""
    table: TableColumns | None = None
    left_out: int = 0

    def text(self, cells: Cells, column: str) -> str:
        """What a row says in the columns of that kind; a text that stands in two of them once."""
        texts = (cells[at] for at in self.columns.get(column, ()) if at < len(cells))
        return BETWEEN.join(dict.fromkeys(filter(None, texts)))

    def place(self, row: int, column: str = "") -> Place:
        """The cell of a row in the first column of that kind; the row where there is no such column."""
        return self.context.place(row, self.columns.get(column, (-1,))[0] + 1)

    def leave_out(self, row: int, refusal: RowRefusal, findings: Findings) -> None:
        """Set a row aside, unless results are read from it, and report what is wrong with it, if anything is."""
        if refusal.code:
            findings.add(refusal.code, self.place(row), refusal.found, refusal.expected)
        if self.alone:
            findings.set_aside("rows", refusal.reason, self.place(row))

    @property
    def used_as(self) -> Mapping[int, str]:
        """What each column that is read is used as."""
        return {at: f"{self.called}: {name}" for name, places in self.columns.items() for at in places}


def section_below(sheet: Sheet, at: int, merged: Container[int], *, repeats: bool) -> SheetSection:
    """What stands below the row of headings `at`, counted from 0; with `repeats` also rows that say the headings again.

    In the `merged` columns a cell that is merged over several rows is written in each of them.
    """
    headings = sheet.rows[at]
    titles = tuple(cell for row in sheet.rows[:at] for cell in row if cell)
    rows = merged_down(list(enumerate(sheet.rows[at + 1 :], at + 2)), merged, sheet.merged, over=True)
    below = tuple((number, row) for number, row in rows if any(row) and (repeats or row != headings))
    return SheetSection(sheet, titles, Headings(at + 1, 1, headings, {}), below)


def unread(sheet: Sheet, note: str, findings: Findings, reason: str = f"in {OWN_REPORT}") -> RecordSheet:
    """A sheet of which nothing is read: its rows are set aside for that reason."""
    rows = tuple((number, row) for number, row in enumerate(sheet.rows, 1) if any(row))
    findings.set_aside("rows", reason, *(Place(sheet.file, sheet.name, number) for number, _ in rows))
    context = SheetContext(sheet.file, sheet.name, "", NO_TERM, None, "", "")
    return RecordSheet("", context, 0, (), {}, rows, note=note)


def has_headings(rows: Iterable[Cells], *headings: frozenset[str]) -> bool:
    """Whether one of the rows has all headings of one of these tables."""
    there = (set(map(words, row)) for row in rows if row)
    return any(every <= row for row in there for every in headings)
