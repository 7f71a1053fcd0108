"""The columns of all sheets, of whatever kind, and the terms that the names of files and sheets gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from siptrack.reading.action_sheets import ACTION
from siptrack.reading.column_ledger import ColumnLedger
from siptrack.reading.layout import Layouts
from siptrack.reading.provision_sheets import ProvisionRows
from siptrack.reading.review_sheets import ReviewSheets
from siptrack.reading.table import TableColumns
from siptrack.reading.teaching_sheets import TeachingSheets
from siptrack.reading.terms import term_text
from siptrack.school.column_use import ColumnUse

NO_PUPILS = "no row of headings that names pupils"
OWN_REPORT = "a report that siptrack wrote"


def columns_used(
    layouts: Layouts, provision: ProvisionRows, reviews: ReviewSheets, teaching: TeachingSheets, ledger: ColumnLedger
) -> Iterator[ColumnUse]:
    """Every column with a cell in it, of every sheet."""
    beside, pupils = _of_actions(layouts), _rows_of_pupils(layouts)
    for table, rows in zip(layouts.tables, pupils, strict=True):
        yield from ledger.of_table(table, beside.get((table.context.file, table.context.sheet), {}), rows)
    for actions in layouts.actions:
        if actions.alone:
            yield from ledger.of_record(actions, ACTION)
    for table, columns in zip(provision.layouts.tables, provision.columns, strict=True):
        yield from ledger.of_table(table, {at: f"provision: {name}" for name, at in columns.items()}, ())
    for review in reviews.reviews:
        yield from ledger.of_record(review, "review")
    for record in teaching.observations:
        yield from ledger.of_record(record, "observation")
    for record in teaching.cpd:
        yield from ledger.of_record(record, "cpd")
    for sheet in layouts.unused:
        yield from ledger.of_sheet(sheet, NO_PUPILS)
    for sheet in (*layouts.own, *reviews.beside):
        yield from ledger.of_sheet(sheet, OWN_REPORT)


def _rows_of_pupils(layouts: Layouts) -> Sequence[set[int]]:
    """The numbers of each table's rows about pupils; the others are totals and notes."""
    rows: list[set[int]] = [set() for _ in layouts.tables]
    for row in layouts.rows:
        rows[row.table].update(row.numbers)
    return rows


def _of_actions(layouts: Layouts) -> Mapping[tuple[str, str], Mapping[int, str]]:
    """The columns of actions on sheets that hold results too."""
    return {
        (record.context.file, record.context.sheet): {
            at: f"{ACTION}: {name}" for name, places in record.columns.items() for at in places
        }
        for record in layouts.actions
        if not record.alone
    }


def terms_named(layouts: Layouts) -> tuple[tuple[str, str, str], ...]:
    """The files and sheets from whose name results took a term, or part of it, that nothing above them says."""
    took = {
        (table.context.file, table.context.sheet, term_text(table.context.term))
        for table in layouts.tables
        if table.context.named and _lacks_term(table)
    }
    return tuple(sorted(took))


def _lacks_term(table: TableColumns) -> bool:
    said = [meaning.term for meaning in table.results.values()]
    return any(not term.names_term or (not term.dated and term.year_group is None) for term in said)
