"""The ledger of columns: every column with a cell in it is used, or is not and says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from siptrack.reading.claims import cells_of
from siptrack.reading.findings import Findings
from siptrack.reading.grades import is_number
from siptrack.reading.headings import NOT_UNDERSTOOD, NOT_USED, HeadingReader, Kind, Meaning
from siptrack.reading.record_sheets import RecordSheet
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import tight
from siptrack.reading.table import TableColumns
from siptrack.rules.model import ColumnRules
from siptrack.school.column_use import ColumnUse
from siptrack.school.place import Place

NO_HEADING = "it has no heading"
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
        section = table.section
        width = max((len(cells) for _, cells in section.rows), default=0)
        for column in range(width):
            if cells := sum(1 for _ in cells_of(section.rows, column)):
                yield self._use(table, column, cells, elsewhere.get(column, ""), pupils)

    def _use(self, table: TableColumns, column: int, cells: int, elsewhere: str, pupils: Container[int]) -> ColumnUse:
        heading, meaning = table.heading(column), table.meanings.get(column, NOT_UNDERSTOOD)
        file, sheet = table.context.file, table.context.sheet
        if elsewhere or (column not in table.left_out and meaning.kind not in NOT_USED):
            return ColumnUse(file, sheet, column + 1, heading, cells, elsewhere or used_as(meaning, table))
        if column in table.left_out:
            return ColumnUse(file, sheet, column + 1, heading, cells, why=table.left_out[column])
        rows = [(number, row) for number, row in table.section.rows if number in pupils]
        texts = Counter(cells_of(rows, column))
        if _is_key(table, column, texts):
            return ColumnUse(file, sheet, column + 1, heading, cells, why=KEY)
        such_as = self._results_among(heading, meaning, texts)
        why = self._why_not(heading, meaning)
        return ColumnUse(file, sheet, column + 1, heading, cells, "", why, bool(such_as), such_as)

    def _results_among(self, heading: str, meaning: Meaning, texts: Counter[str]) -> tuple[str, ...]:
        """Some of the cells that look like results, where most of a column do.

        Those are grades of a scale, or numbers below words that speak of a subject, a term or a test.
        """
        if meaning.kind is Kind.PASSED_OVER:
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
        found = max(grades, numbers, key=lambda one: sum(one.values()))
        enough = sum(found.values()) >= _MOST * sum(filled.values())
        return tuple(sorted(found, key=lambda text: (-found[text], text))[:_SHOWN]) if found and enough else ()

    def _grades(self, texts: Mapping[str, int]) -> dict[str, int]:
        """The texts that are grades of one scale, of the scale that knows most; ticks are none."""
        telling = [text for text in texts if tight(text) not in self.ticks and not is_number(text)]
        known = (
            {text: texts[text] for text in telling if reader.is_grade(text)} for reader in self.reader.scales.values()
        )
        return max(known, key=lambda one: sum(one.values()), default={})

    def _why_not(self, heading: str, meaning: Meaning) -> str:
        if not heading:
            return NO_HEADING
        if meaning.name:
            return meaning.name
        loosely = self.reader.loosely(heading)
        if loosely.unknown:
            words = f"'{' '.join(loosely.unknown)}' is not known"
            return f"{words}, and the cells fit no scale" if loosely.name else words
        return loosely.name or "its heading is not understood"

    @staticmethod
    def of_record(record: RecordSheet, kind: str) -> Iterator[ColumnUse]:
        """The columns of a record of actions, teaching or a review."""
        used = {at: name for name, places in record.columns.items() for at in places}
        for at in range(max((len(cells) for _, cells in record.rows), default=0)):
            cells = sum(1 for _, row in record.rows if at < len(row) and row[at])
            heading = record.headings[at] if at < len(record.headings) else ""
            if cells:
                why = "" if at in used else NO_HEADING if not heading else "its heading is not understood"
                use = f"{kind}: {used[at]}" if at in used else ""
                yield ColumnUse(record.context.file, record.context.sheet, at + 1, heading, cells, use, why)

    @staticmethod
    def of_sheet(sheet: Sheet, why: str) -> Iterator[ColumnUse]:
        """The columns of a sheet of which nothing was used."""
        for at in range(sheet.width):
            if cells := sum(1 for row in sheet.rows if at < len(row) and row[at]):
                yield ColumnUse(sheet.file, sheet.name, at + 1, "", cells, why=why)


def _is_key(table: TableColumns, column: int, texts: Counter[str]) -> bool:
    """Whether a column is of a key to the grades: beyond an empty column, and with no text twice."""
    used = [at for at, meaning in table.meanings.items() if meaning.kind not in NOT_USED]
    between = range(max(used, default=column) + 1, column)
    empty = any(not table.heading(at) and not any(cells_of(table.section.rows, at)) for at in between)
    return empty and max(texts.values(), default=0) <= 1


def used_as(meaning: Meaning, table: TableColumns) -> str:
    """What a column is used as: `class`, `reading`, `reading target`, `fsm`, `sen: K`."""
    if meaning.kind is Kind.GROUP:
        return f"{meaning.name}: {meaning.group}"
    if meaning.kind in (Kind.RESULT, Kind.TARGET):
        subject = meaning.name or table.context.subject or "results"
        return f"{subject} target" if meaning.kind is Kind.TARGET else subject
    return meaning.name


def report_unread(columns: Iterable[ColumnUse], findings: Findings) -> None:
    """Say of every column that looks like results and is not used that it is not."""
    for one in columns:
        if one.results:
            cells = f"{one.cells} cells, such as {' and '.join(one.such_as)}"
            found = f"'{one.heading}' ({cells}): {one.why}" if one.heading else f"no heading above {cells}"
            place = Place(one.file, one.sheet, 0, one.column)
            findings.add("results-not-used", place, found, "a heading that siptrack knows")
