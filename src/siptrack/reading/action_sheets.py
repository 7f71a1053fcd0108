"""Finding records of actions: the sheets with a heading for the child and one for the action agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from siptrack.reading.headings import PUPIL_ROLES, HeadingReader, Kind, Meaning
from siptrack.reading.sections import Cells, Headings, Section
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.reading.table import SheetContext, context_of

ACTION, KEY = "action", "key"
_ROWS_LOOKED_AT = 40
_NAMING = (*PUPIL_ROLES, KEY)
_ABOUT_ROW = ("date_of_birth", "year_group", "class", "term", "academic_year", "subject")
_BETWEEN = "; "  # between the texts of two columns that say the same


@dataclass(frozen=True)
class ActionSheet:
    """A record of actions: its columns by what they hold, and its rows that hold anything, numbered from 1.

    `alone` is whether the sheet holds no results, so that nothing else is to be read from it.
    """

    context: SheetContext
    heading_row: int
    headings: Cells
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[tuple[int, Cells], ...]
    alone: bool

    def text(self, cells: Cells, column: str) -> str:
        """What a row says in the columns of that kind; a text that stands in two of them once."""
        texts = (cells[at] for at in self.columns.get(column, ()) if at < len(cells))
        return _BETWEEN.join(dict.fromkeys(filter(None, texts)))


def own_reports(sheets: Iterable[Sheet], reader: HeadingReader) -> frozenset[str]:
    """The files that siptrack wrote, whose sheets say again what is in the school's own."""
    return frozenset(
        sheet.file
        for sheet in sheets
        if any(reader.own.issubset(map(words, row)) for row in sheet.rows[:_ROWS_LOOKED_AT] if row)
    )


def find_actions(sheet: Sheet, reader: HeadingReader) -> ActionSheet | None:
    """The record of actions on a sheet; None where no row of headings names both a child and an action."""
    for at, row in enumerate(sheet.rows[:_ROWS_LOOKED_AT]):
        if ACTION not in map(reader.action_of, row):
            continue
        meanings = {column: reader.meaning(cell) for column, cell in enumerate(row) if cell}
        alone = not any(_holds_results(row[column], meaning, reader) for column, meaning in meanings.items())
        columns = _columns(row, meanings, reader, alone=alone)
        if not columns.keys().isdisjoint(_NAMING) and ACTION in columns:
            return _record(sheet, at, columns, reader, alone=alone)
    return None


def _holds_results(heading: str, meaning: Meaning, reader: HeadingReader) -> bool:
    """Whether a column holds results or targets, and cannot be about an action."""
    result = meaning.kind in (Kind.RESULT, Kind.TARGET) or (meaning.kind is Kind.ROLE and meaning.name == "result")
    return result and not reader.action_of(heading)


def _columns(
    row: Cells, meanings: Mapping[int, Meaning], reader: HeadingReader, *, alone: bool
) -> Mapping[str, tuple[int, ...]]:
    """The columns by what they hold. Beside results a heading that is known means what it means there."""
    columns: dict[str, tuple[int, ...]] = {}
    for at, meaning in meanings.items():
        name = reader.action_of(row[at]) if alone or meaning.kind is Kind.UNKNOWN else ""
        if not name and meaning.kind is Kind.ROLE and meaning.name in (*PUPIL_ROLES, *_ABOUT_ROW):
            name = meaning.name
        if name:
            columns[name] = (*columns.get(name, ()), at)
    return columns


def _record(
    sheet: Sheet, at: int, columns: Mapping[str, tuple[int, ...]], reader: HeadingReader, *, alone: bool
) -> ActionSheet:
    headings = sheet.rows[at]
    titles = tuple(cell for row in sheet.rows[:at] for cell in row if cell)
    rows = _unmerged(sheet, at, columns)
    below = tuple((number, row) for number, row in rows if any(row) and row != headings)
    section = Section(sheet, titles, Headings(at + 1, 1, headings, {}), below)
    return ActionSheet(context_of(section, reader), at + 1, headings, columns, below, alone)


def _unmerged(sheet: Sheet, at: int, columns: Mapping[str, tuple[int, ...]]) -> Sequence[tuple[int, Cells]]:
    """The rows below the headings, the child's cell written in every row that it is merged over."""
    rows = [list(row) for row in sheet.rows]
    naming = {column for role in (*_NAMING, *_ABOUT_ROW) for column in columns.get(role, ())}
    for top, first, bottom, last in sheet.merged:
        if first == last and first - 1 in naming and top > at + 1:
            _write_down(rows, first - 1, top, min(bottom, len(rows)))
    return [(number, tuple(row)) for number, row in enumerate(rows[at + 1 :], at + 2)]


def _write_down(rows: list[list[str]], column: int, top: int, bottom: int) -> None:
    """Write a cell's text into the empty cells below it that belong to it, in rows that hold anything."""
    text = rows[top - 1][column] if column < len(rows[top - 1]) else ""
    for number in range(top, bottom):
        if any(rows[number]):
            rows[number] += [""] * (column + 1 - len(rows[number]))
            rows[number][column] = text
