"""Which sheets are of provision, and their rows: a sheet of results is never taken for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader, Kind
from siptrack.reading.layout import Layouts, report_oddities
from siptrack.reading.rows import RowReader
from siptrack.reading.sections import Headings, Section
from siptrack.reading.sheet import Sheet, cell_at
from siptrack.reading.spelling import words
from siptrack.reading.table import TableColumns, table_columns
from siptrack.reading.written import Writing
from siptrack.rules.model import ColumnRules, ProvisionHeadings

_ROWS_LOOKED_AT = 40
_TELLING = 2  # columns that no list of pupils has
_NAMED = "intervention"


@dataclass
class ProvisionRows:
    """The rows of all sheets of provision, in reading order.

    `columns` has for each table the position of each column of PROVISION, and `cells` a row's texts by these names.
    """

    layouts: Layouts = field(default_factory=Layouts)
    columns: list[Mapping[str, int]] = field(default_factory=list)
    cells: list[Mapping[str, str]] = field(default_factory=list)


class ProvisionFinder:
    """Finds the sheets of provision by their headings."""

    def __init__(self, reader: HeadingReader, columns: ColumnRules) -> None:
        self.reader, self.rules = reader, columns
        self.provision: ProvisionHeadings = columns.provision
        self.names = {words(h): name for name, headings in columns.provision.headings.items() for h in headings}

    def apart(self, sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
        """The sheets that may hold pupils and results, and those of provision."""
        others = [sheet for sheet in sheets if self.heading_row(sheet) is None]
        return others, [sheet for sheet in sheets if self.heading_row(sheet) is not None]

    def heading_row(self, sheet: Sheet) -> int | None:
        """The number of the row of headings, if the sheet is one of provision."""
        rows = enumerate(sheet.rows[:_ROWS_LOOKED_AT], 1)
        return next((number for number, row in rows if self._are_headings(row)), None)

    def _are_headings(self, row: Sequence[str]) -> bool:
        found = {self.names[words(cell)] for cell in row if words(cell) in self.names}
        if _NAMED not in found or len(found & self.provision.tells) < _TELLING:
            return False
        rest = [cell for cell in row if cell and words(cell) not in self.names]
        return any(map(self.reader.is_pupil_heading, rest)) and not any(map(self._is_result, rest))

    def _is_result(self, heading: str) -> bool:
        """Whether a heading is that of results, so that the sheet is one of results whatever else is in it."""
        meaning = self.reader.meaning(heading)
        is_result = meaning.kind is Kind.ROLE and meaning.name == "result"
        return is_result or meaning.kind in (Kind.RESULT, Kind.TARGET)

    def rows(self, sheets: Sequence[Sheet], findings: Findings) -> ProvisionRows:
        """The rows of the sheets of provision that name a pupil and an intervention; others are set aside."""
        found = ProvisionRows()
        for sheet in sheets:
            report_oddities(sheet, findings)
            self._add(sheet, found, findings)
        return found

    def _add(self, sheet: Sheet, found: ProvisionRows, findings: Findings) -> None:
        number = self.heading_row(sheet) or 0
        texts = sheet.rows[number - 1]
        meanings = {at: self.reader.meaning(cell) for at, cell in enumerate(texts) if cell}
        rows = tuple((at, row) for at, row in enumerate(sheet.rows[number:], number + 1) if any(row))
        titles = tuple(cell for row in sheet.rows[: number - 1] for cell in row if cell)
        headings = Headings(number, 1, texts, {at: one for at, one in meanings.items() if self._about_pupil(texts[at])})
        table = table_columns(Section(sheet, titles, headings, rows), self.reader, findings, loosely=False)
        columns = self._columns(texts, table, findings)
        rows = _of_somebody(table, columns, self.rules.totals, findings)
        layouts, at = found.layouts, len(found.layouts.tables)
        layouts.rows_read += len(table.section.rows)
        table = replace(table, section=table.section._replace(rows=rows))
        layouts.tables.append(table)
        found.columns.append(columns)
        for row in RowReader(at, table, self.reader, self.rules, findings, Writing()).read():
            cells = {name: cell_at(sheet.rows[row.number - 1], column) for name, column in columns.items()}
            if cells.get(_NAMED):
                layouts.rows.append(row)
                found.cells.append(cells)
            else:
                place = table.context.place(row.number)
                findings.add("provision-unnamed", place, "no intervention", "the intervention's name")
                findings.set_aside("rows", "provision without its name", place)

    def _about_pupil(self, heading: str) -> bool:
        """Whether a column is about the pupil and not about what is provided."""
        return words(heading) not in self.names and self.reader.meaning(heading).kind is Kind.ROLE

    def _columns(self, texts: Sequence[str], table: TableColumns, findings: Findings) -> Mapping[str, int]:
        """The column of each name; two that claim the same are both left out, and said so."""
        claims: defaultdict[str, list[int]] = defaultdict(list)
        for column, text in enumerate(texts):
            if name := self.names.get(words(text)):
                claims[name].append(column)
        for columns in claims.values():
            if len(columns) > 1:
                names = " and ".join(f"'{texts[column]}'" for column in columns)
                found = f"{len(columns)} columns that mean the same: {names}"
                findings.add("heading-clash", table.heading_place(columns[0]), found, "one column")
        return {name: columns[0] for name, columns in claims.items() if len(columns) == 1}


def _of_somebody(
    table: TableColumns, columns: Mapping[str, int], totals: Sequence[str], findings: Findings
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The table's rows without those that name an intervention and no pupil; totals and notes are left to others."""
    pupil = [column for column, meaning in table.meanings.items() if meaning.names_pupil]
    kept = []
    for number, cells in table.section.rows:
        named = cell_at(cells, columns.get(_NAMED, len(cells)))
        is_one = words(named) not in {"", *map(words, totals), words(table.heading(columns.get(_NAMED, 0)))}
        if is_one and not any(cell_at(cells, column) for column in pupil):
            place = table.context.place(number)
            findings.add("provision-no-pupil", place, "an intervention without a name", "a UPN, number or name")
            findings.set_aside("rows", "provision of no known pupil", place)
        else:
            kept.append((number, cells))
    return tuple(kept)
