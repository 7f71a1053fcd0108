"""The columns of all sheets, of whatever kind, and the terms that the names of files and sheets gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siptrack.reading.column_ledger import ColumnLedger
from siptrack.reading.layout import Layouts
from siptrack.reading.records.registry import Records
from siptrack.reading.table import TableColumns
from siptrack.reading.terms import term_text
from siptrack.school.column_use import ColumnUse


def columns_used(layouts: Layouts, records: Records, ledger: ColumnLedger) -> Iterator[ColumnUse]:
    """Every column with a cell in it, of every sheet."""
    beside = {(record.context.file, record.context.sheet): record.used_as for record in records.all if not record.alone}
    pupils = _rows_of_pupils(layouts)
    for table, rows in zip(layouts.tables, pupils, strict=True):
        yield from ledger.of_table(table, beside.get((table.context.file, table.context.sheet), {}), rows)
    for record in (*records.all, *layouts.unused):
        if record.table:
            yield from ledger.of_table(record.table, record.used_as, ())
        elif record.alone:
            yield from ledger.of_record(record)


def _rows_of_pupils(layouts: Layouts) -> Sequence[set[int]]:
    """The numbers of each table's rows about pupils; the others are totals and notes."""
    rows: list[set[int]] = [set() for _ in layouts.tables]
    for row in layouts.rows:
        rows[row.table].update(row.numbers)
    return rows


def terms_named(layouts: Layouts) -> tuple[tuple[str, str, str], ...]:
    """The files and sheets from whose name results took a term, or part of it, that nothing above them says."""
    took = {
        (table.context.file, table.context.sheet, term_text(table.context.term))
        for table in layouts.tables
        if table.context.named and _lacks_term(table)
    }
    return tuple(sorted(took))


def _lacks_term(table: TableColumns) -> bool:
    terms = [meaning.term for meaning in table.results.values()]
    return any(not term.names_term or (not term.dated and term.year_group is None) for term in terms)
