"""The ledger of columns: every column with a cell in it is used, or is not and says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache

from siptrack.reading.cells import Cells
from siptrack.reading.findings import Findings
from siptrack.reading.grades import is_number
from siptrack.reading.grid import GridRows
from siptrack.reading.headings import NOT_UNDERSTOOD, NOT_USED, ColumnKind, HeadingReader, Meaning
from siptrack.reading.records.sheets import RecordSheet
from siptrack.reading.sheet import cells_of
from siptrack.reading.spelling import tight
from siptrack.reading.table import TableColumns
from siptrack.rules.model import ColumnRules
from siptrack.school.ages import TEST_DATE
from siptrack.school.column_use import ColumnUse
from siptrack.school.place import Place

NO_HEADING = "it has no heading"
ODD_HEADING = "its heading is not understood"
KEY = "a key beside the table"
_MOST = 0.5
_SHOWN = 2


class ColumnLedger:
    """Accounts for columns, and tells which of those not used look like results."""

    def __init__(self, reader: HeadingReader, columns: ColumnRules) -> None:
        self.reader = reader
        self.ticks = set(map(tight, (*columns.ticked, *columns.unticked)))
        self.nothing = set(map(tight, (*columns.blank, *columns.broken)))

    def of_table(
        self, table: TableColumns, elsewhere: Mapping[int, str], pupils: Container[int]
    ) -> Iterator[ColumnUse]:
        """The columns of a table; `elsewhere` are those that another reader uses, and as what; `pupils` its rows."""
        rows = table.section.rows
        width = table.section.sheet.width
        of_pupils = cache(lambda: [row for row in rows if row[0] in pupils])
        beyond = _beyond_an_empty_column(table, width)
        for column in range(width):
            cells = _count(rows, column)
            if not cells:
                continue
            meaning = table.meanings.get(column, NOT_UNDERSTOOD)
            column_use = ColumnUse(table.context.file, table.context.sheet, column + 1, table.heading(column), cells)
            if column in elsewhere:
                yield column_use._replace(used_as=elsewhere[column])
            elif column in table.left_out:
                yield column_use._replace(why=table.left_out[column])
            elif meaning.kind not in NOT_USED:
                yield column_use._replace(used_as=used_as(meaning, table))
            else:
                yield self._unused(column_use, meaning, Counter(cells_of(of_pupils(), column)), beyond=column >= beyond)

    def _unused(self, column_use: ColumnUse, meaning: Meaning, texts: Counter[str], *, beyond: bool) -> ColumnUse:
        """Why a column is not used; one `beyond` an empty column and with no text twice is a key to the grades."""
        if beyond and max(texts.values(), default=0) <= 1:
            return column_use._replace(why=KEY)
        such_as = self._results_among(column_use.heading, meaning, texts)
        return column_use._replace(why=self._why_not(column_use.heading, meaning), such_as=such_as)

    def _results_among(self, heading: str, meaning: Meaning, texts: Counter[str]) -> tuple[str, ...]:
        """Some of the cells that look like results, where most of a column do.

        Those are grades of a scale, or numbers below words that speak of a subject, a term or a test.
        """
        if meaning.kind is ColumnKind.PASSED_OVER:
            return ()
        filled = {text: count for text, count in texts.items() if tight(text) not in self.nothing}
        speaks = self.reader.speaks_of_results(heading)
        grades = self._grades(filled)
        if speaks and not grades:  # nothing but reasons for no grade
            readers = self.reader.scales.values()
            grades = {text: filled[text] for text in filled if any(reader.decode(text) for reader in readers)}
        if not speaks and not any(len(text) > 1 for text in grades):  # B may be a bus route, or a house
            grades = {}
        numbers = {text: count for text, count in filled.items() if speaks and is_number(text)}
        found = max(grades, numbers, key=lambda counts: sum(counts.values()))
        enough = sum(found.values()) >= _MOST * sum(filled.values())
        return tuple(sorted(found, key=lambda text: (-found[text], text))[:_SHOWN]) if found and enough else ()

    def _grades(self, texts: Mapping[str, int]) -> dict[str, int]:
        """The texts that are grades of one scale, of the scale that knows most; ticks are none."""
        telling = [text for text in texts if tight(text) not in self.ticks and not is_number(text)]
        known = (
            {text: texts[text] for text in telling if reader.is_grade(text)} for reader in self.reader.scales.values()
        )
        return max(known, key=lambda counts: sum(counts.values()), default={})

    def _why_not(self, heading: str, meaning: Meaning) -> str:
        if not heading:
            return NO_HEADING
        if meaning.name:
            return meaning.name
        loosely = self.reader.loosely(heading)
        if loosely.unknown:
            words = f"'{' '.join(loosely.unknown)}' is not known"
            return f"{words}, and the cells fit no scale" if loosely.name else words
        return loosely.name or ODD_HEADING

    @staticmethod
    def of_record(record: RecordSheet) -> Iterator[ColumnUse]:
        """The columns of one of the school's own records, or of a sheet of which nothing is read."""
        used = record.used_as
        for at in range(max((len(cells) for _, cells in record.rows), default=0)):
            heading = record.headings[at] if at < len(record.headings) else ""
            if cells := _count(record.rows, at):
                why = "" if at in used else record.note or (ODD_HEADING if heading else NO_HEADING)
                yield ColumnUse(
                    record.context.file, record.context.sheet, at + 1, heading, cells, used.get(at, ""), why
                )


def _count(rows: Iterable[tuple[int, Cells]], column: int) -> int:
    """How many cells of a column hold anything."""
    if isinstance(rows, GridRows):
        return rows.filled_in(column)
    cells = [cells[column] for _, cells in rows if column < len(cells)]
    return len(cells) - cells.count("")


def _beyond_an_empty_column(table: TableColumns, width: int) -> int:
    """The first column to the right of those used and of an empty one; past the last where there is none."""
    used = max((at for at, meaning in table.meanings.items() if meaning.kind not in NOT_USED), default=width)
    rows = table.section.rows
    return next((at + 1 for at in range(used + 1, width) if not table.heading(at) and not _count(rows, at)), width)


def used_as(meaning: Meaning, table: TableColumns) -> str:
    """What a column is used as: `class`, `reading`, `reading target`, `reading age`, `fsm`, `sen: K`."""
    if meaning.kind is ColumnKind.GROUP:
        return f"{meaning.name}: {meaning.group}"
    if meaning.kind in (ColumnKind.RESULT, ColumnKind.TARGET):
        subject = meaning.name or table.context.subject or "results"
        return f"{subject} target" if meaning.kind is ColumnKind.TARGET else subject
    if meaning.kind is ColumnKind.AGE:
        return "date of test" if meaning.name == TEST_DATE else f"{meaning.name} age"
    return meaning.name


def report_unread(columns: Iterable[ColumnUse], findings: Findings) -> None:
    """Say of every column that looks like results and is not used that it is not."""
    for column in columns:
        if column.such_as:
            cells = f"{column.cells} cells, such as {' and '.join(column.such_as)}"
            found = f"'{column.heading}' ({cells}): {column.why}" if column.heading else f"no heading above {cells}"
            place = Place(column.file, column.sheet, 0, column.column)
            findings.add("results-not-used", place, found, "a heading that siptrack knows")
