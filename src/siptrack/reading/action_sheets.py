"""Finding records of actions: the sheets with a heading for the child and one for the action agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from siptrack.reading.headings import NOT_USED, PUPIL_ROLES, SCHOOL_ROLES, HeadingReader, Kind, Meaning
from siptrack.reading.record_sheets import ROWS_LOOKED_AT, RecordSheet, laid_out
from siptrack.reading.sheet import Cells, Sheet
from siptrack.reading.spelling import words

ACTION, KEY = "action", "key"
_NAMING = (*PUPIL_ROLES, KEY)
_ABOUT_ROW = ("date_of_birth", "year_group", "class", "term", "academic_year", "subject", *SCHOOL_ROLES)


@dataclass(frozen=True)
class ActionSheet(RecordSheet):
    """A record of actions; `alone` is whether the sheet holds no results, so that nothing else is read from it."""

    alone: bool


def own_reports(sheets: Iterable[Sheet], reader: HeadingReader) -> frozenset[str]:
    """The files that siptrack wrote, whose sheets say again what is in the school's own."""
    return frozenset(
        sheet.file
        for sheet in sheets
        if any(_is_ours(set(map(words, row)), reader) for row in sheet.rows[:ROWS_LOOKED_AT] if row)
    )


def _is_ours(row: set[str], reader: HeadingReader) -> bool:
    return any(headings <= row for headings in (reader.own, *reader.written))


def _says_again(row: Cells, reader: HeadingReader) -> bool:
    """Whether a row of headings is of a table that siptrack wrote of actions which it had read."""
    said = set(map(words, row))
    return any(headings <= said for headings in reader.written)


def find_actions(sheet: Sheet, reader: HeadingReader) -> ActionSheet | None:
    """The record of actions on a sheet; None where no row of headings names both a child and an action."""
    for at, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
        if ACTION not in map(reader.action_of, row) or _says_again(row, reader):
            continue
        meanings = {column: reader.meaning(cell) for column, cell in enumerate(row) if cell}
        alone = not any(_holds_results(row[column], meaning, reader) for column, meaning in meanings.items())
        columns = _columns(row, meanings, reader, alone=alone)
        if not columns.keys().isdisjoint(_NAMING) and ACTION in columns:
            record = laid_out(sheet, at, columns, reader, merged=(*_NAMING, *_ABOUT_ROW))
            return ActionSheet(**vars(record), alone=alone)
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
        name = reader.action_of(row[at]) if alone or meaning.kind in NOT_USED else ""
        if not name and meaning.kind is Kind.ROLE and meaning.name in (*PUPIL_ROLES, *_ABOUT_ROW):
            name = meaning.name
        if name:
            columns[name] = (*columns.get(name, ()), at)
    return columns
