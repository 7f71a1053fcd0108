"""All sheets laid out: their tables, their rows about pupils, and what is written in these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from siptrack.reading.findings import Findings
from siptrack.reading.headings import ColumnKind, HeadingReader
from siptrack.reading.records.sheets import RecordSheet, unread
from siptrack.reading.refusals import COUNTS, EACH_PUPIL, SIDE_BY_SIDE, Refusals, report_refused
from siptrack.reading.rows import Row, RowReader
from siptrack.reading.sections import SheetSection
from siptrack.reading.sheet import Sheet
from siptrack.reading.side_by_side import tables_apart, without_legend
from siptrack.reading.table import SheetContext, TableColumns, table_columns
from siptrack.reading.written import NOTHING_WRITTEN, Writing, WrittenResults
from siptrack.rules.model import ColumnRules
from siptrack.school.place import Place

NO_PUPILS = "no row of headings that names pupils"


@dataclass
class Layouts:
    """Everything the sheets hold about pupils, in reading order.

    `beside` is what is written of them with a term of its own and is no result: percentages such as attendance, and
    reading and spelling ages. `unused` are the sheets that name none.
    """

    tables: list[TableColumns] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    written: WrittenResults = NOTHING_WRITTEN
    beside: WrittenResults = NOTHING_WRITTEN
    unused: list[RecordSheet] = field(default_factory=list)
    rows_read: int = 0
    of_several_schools: bool | None = None

    @property
    def several_schools(self) -> bool:
        """Whether the rows are of several schools, or are some of rows that are."""
        if self.of_several_schools is not None:
            return self.of_several_schools
        return len({row.school for row in self.rows}) > 1

    def context(self, row: Row) -> SheetContext:
        """What surrounds a row's table."""
        return self.tables[row.table].context

    @property
    def single(self) -> frozenset[int]:
        """The tables with one row a pupil."""
        return frozenset(number for number, table in enumerate(self.tables) if not table.row_each_result)

    def let_go(self) -> None:
        """Hold the cells of the tables no longer: all that they say is in the rows and in what is written."""
        self.tables = [replace(table, section=table.section._replace(rows=())) for table in self.tables]

    def place(self, row: Row, column: int = 0) -> Place:
        """The place of a row (of the first, where several say the same), or of a cell in it."""
        return self.context(row).place(row.number, column)

    def places(self, row: Row) -> Iterator[Place]:
        """The places of all rows that are this one."""
        return map(self.context(row).place, row.numbers)


def lay_out(
    sheets: Sequence[Sheet],
    find_record: Callable[[Sheet], RecordSheet | None],
    reader: HeadingReader,
    columns: ColumnRules,
    findings: Findings,
) -> Layouts:
    """Every sheet's rows and results. A sheet that holds no pupils is a problem and stops no other.

    Each sheet is asked once, by `find_record`, whether it is one of the school's own records.
    """
    layouts, writing, beside = Layouts(), Writing(), Writing()
    refused: list[tuple[Sheet, str]] = []
    unused: list[Sheet] = []
    for sheet in sheets:
        record = find_record(sheet)
        if record and record.alone:
            continue
        report_oddities(sheet, findings)
        sections, refused_for = _sections(sheet, reader, findings)
        if refused_for:
            refused.append((sheet, refused_for))
        elif not sections and any(sheet.rows):
            unused.append(sheet)
        for section in sections:
            _read_table(section, reader, columns, layouts, (writing, beside), findings)
    layouts.written, layouts.beside = writing.written(), beside.written()
    nothing_known = report_refused(refused, unused, reader, findings)
    for sheet in [
        sheet for sheet in sheets if any(sheet is other for other in (*unused, *(other for other, _ in refused)))
    ]:
        _set_aside(sheet, layouts, findings, say=any(sheet is other for other in nothing_known))
    return layouts


def _read_table(
    section: SheetSection,
    reader: HeadingReader,
    columns: ColumnRules,
    layouts: Layouts,
    writings: tuple[Writing, Writing],
    findings: Findings,
) -> None:
    """Add a table's rows, and say of one whose columns of results are all empty that no colour is read."""
    writing, beside = writings
    table = table_columns(section, reader, findings)
    layouts.rows_read += len(section.rows)
    number, first, held = len(layouts.tables), len(layouts.rows), len(writing)
    layouts.tables.append(table)
    rows = RowReader(number, table, reader, columns, findings, *writings)
    positions: dict[int, int] = {}  # by the identity of rows
    for row, results, of_row in rows.together():
        at = positions.setdefault(id(row), len(layouts.rows))
        if at == len(layouts.rows):
            layouts.rows.append(row)
        for slot, text in results:
            writing.add(at, row.numbers[-1], slot, text)
        for slot, text in of_row:
            beside.add(at, row.numbers[-1], slot, text)
    of_results, pupils = table.of(ColumnKind.RESULT), sum(len(row.numbers) for row in layouts.rows[first:])
    if of_results and pupils and len(writing) == held:
        found = f"{len(of_results)} columns of results without any text beside {pupils} children"
        findings.add(
            "no-text", table.heading_place(min(of_results)), found, "grades in words or figures, as no colour is read"
        )


def _sections(sheet: Sheet, reader: HeadingReader, findings: Findings) -> tuple[list[SheetSection], str]:
    """The tables of a sheet, from left to right and from top to bottom; or for which reason it is refused.

    There is a finding for what stands beside a table unread.
    """
    apart, refusals = tables_apart(sheet, reader), Refusals(reader)
    for column in apart.unread:
        found = "two tables side by side, and of this one the pupils are named and nothing more is understood"
        findings.add(SIDE_BY_SIDE, Place(sheet.file, sheet.name, column=column), found, "a sheet for each")
    if apart.confused:
        return [], SIDE_BY_SIDE
    sections = list(map(without_legend, apart.sections))
    if sections and not all(map(refusals.of_labels, sections)):
        return sections, ""
    if refusals.is_form(sheet):
        return [], EACH_PUPIL
    return [], COUNTS if refusals.is_counts(sheet) else ""


def _set_aside(sheet: Sheet, layouts: Layouts, findings: Findings, *, say: bool) -> None:
    """Account for a sheet that holds no list of pupils; `say` that no row of headings in it names any."""
    record = unread(sheet, NO_PUPILS, findings, "in a sheet without pupils")
    rows = len(record.rows)
    if say:
        found = f"{rows} {'row' if rows == 1 else 'rows'}, none with headings that name pupils"
        findings.add("sheet-unused", Place(sheet.file, sheet.name), found, "a row of headings")
    layouts.unused.append(record)
    layouts.rows_read += rows


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
