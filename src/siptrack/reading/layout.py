"""All sheets laid out: their tables, their rows about pupils, and what is written in these."""

from __future__ import annotations

from dataclasses import dataclass, field

from siptrack.reading.action_sheets import ActionSheet, find_actions, own_reports
from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.rows import Row, RowReader, Written
from siptrack.reading.sections import find_sections
from siptrack.reading.sheet import Sheet
from siptrack.reading.table import SheetContext, TableColumns, table_columns
from siptrack.rules.model import ColumnRules
from siptrack.school.place import Place


@dataclass
class Layouts:
    """Everything the sheets hold about pupils, in reading order.

    `unused` are the sheets that name none, `own` those of reports that siptrack wrote; `actions` the records of
    actions, whose rows are not among `rows`.
    """

    tables: list[TableColumns] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    unused: list[Sheet] = field(default_factory=list)
    own: list[Sheet] = field(default_factory=list)
    actions: list[ActionSheet] = field(default_factory=list)
    rows_read: int = 0

    def context(self, row: Row) -> SheetContext:
        """What surrounds a row's table."""
        return self.tables[row.table].context

    @property
    def single(self) -> frozenset[int]:
        """The tables with one row a pupil."""
        return frozenset(number for number, table in enumerate(self.tables) if not table.row_each_result)

    def place_in(self, table: object, row: object) -> Place:
        """The place of a row by the number of its table and its own number, as a frame holds them."""
        return self.tables[int(str(table))].context.place(int(str(row)))

    def place(self, row: Row, column: int = 0) -> Place:
        """The place of a row, or of a cell in it."""
        return self.context(row).place(row.number, column)


def lay_out(sheets: list[Sheet], reader: HeadingReader, columns: ColumnRules, findings: Findings) -> Layouts:
    """Every sheet's rows and results. A sheet that holds no pupils is a problem and stops no other."""
    layouts = Layouts()
    own = own_reports(sheets, reader)
    for sheet in sheets:
        report_oddities(sheet, findings)
        if record := find_actions(sheet, reader):
            layouts.actions.append(record)
            if record.alone:
                layouts.rows_read += len(record.rows)
                continue
        elif sheet.file in own:
            _pass_over(sheet, layouts, findings)
            continue
        sections = find_sections(sheet, reader)
        if not sections and any(sheet.rows):
            _set_aside(sheet, layouts, findings)
        for section in sections:
            table = table_columns(section, reader, findings)
            layouts.rows_read += len(section.rows)
            number = len(layouts.tables)
            layouts.tables.append(table)
            for row, written in RowReader(table, reader, columns, findings).read(number, len(layouts.rows)):
                layouts.rows.append(row)
                layouts.written += written
    return layouts


def _set_aside(sheet: Sheet, layouts: Layouts, findings: Findings) -> None:
    """Account for a sheet in which no row of headings names pupils."""
    rows = [Place(sheet.file, sheet.name, number) for number, row in enumerate(sheet.rows, 1) if any(row)]
    place = Place(sheet.file, sheet.name)
    found = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}, none with headings that name pupils"
    findings.add("sheet-unused", place, found, "a row of headings")
    layouts.unused.append(sheet)
    layouts.rows_read += len(rows)
    findings.set_aside("rows", "in a sheet without pupils", *rows)


def _pass_over(sheet: Sheet, layouts: Layouts, findings: Findings) -> None:
    """Account for a sheet of a report that siptrack wrote, which is no data of the school's."""
    rows = [Place(sheet.file, sheet.name, number) for number, row in enumerate(sheet.rows, 1) if any(row)]
    layouts.own.append(sheet)
    layouts.rows_read += len(rows)
    findings.set_aside("rows", "in a report that siptrack wrote", *rows)


def report_oddities(sheet: Sheet, findings: Findings) -> None:
    """Say what is odd about a whole sheet: empty, hidden (and read like any other), formulas without a result."""
    place = Place(sheet.file, sheet.name)
    if not any(sheet.rows):
        findings.add("sheet-empty", place, "no cells", "headings and rows of pupils")
    if sheet.hidden:
        findings.add("hidden", place, "a hidden sheet", "a sheet that can be seen")
    if sheet.hidden_rows:
        count = len(sheet.hidden_rows)
        found = "a hidden row" if count == 1 else f"the first of {count} hidden rows"
        findings.add("hidden", Place(sheet.file, sheet.name, min(sheet.hidden_rows)), found, "rows that can be seen")
    for row, column in sorted(sheet.stale):
        place = Place(sheet.file, sheet.name, row, column)
        findings.add("formula-without-result", place, "a formula without a result", "a value")
