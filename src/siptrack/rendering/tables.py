"""Tables as CSV, JSON lines, Markdown or aligned text: for other programs, and for people's own documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.rendering.ruler import ruler_digits, ruler_line
from siptrack.rendering.safe_text import csv_cell, json_document, json_safe, markdown_cell
from siptrack.rules.model import Ruler
from siptrack.school.cells import Cell, plain
from siptrack.school.tables import Column, Table

Record = dict[str, Cell]


class WrittenTable(NamedTuple):
    """A table as it is written: its columns as they are declared, and its rows as plain cells in their order."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    @property
    def records(self) -> list[Record]:
        """Its rows, each cell by its column's name."""
        names = self.names
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def marked(self, name: str, cell: str) -> WrittenTable:
        """The same with a last column, which holds one text throughout."""
        last = Column(name, "text", "")
        return self._replace(columns=(*self.columns, last), rows=tuple((*row, cell) for row in self.rows))


def written_table(name: str, columns: Iterable[Column], records: Iterable[Mapping[str, object]]) -> WrittenTable:
    """A table of these records; what they hold beside its columns is left out."""
    known = tuple(columns)
    rows = tuple(tuple(plain(record[column.name]) for column in known) for record in records)
    return WrittenTable(name, known, rows)


def columns_table(table: Table) -> WrittenTable:
    """The columns of a table as a table: their types and units, whether every row has a value, and what they mean."""
    kinds = {"column": "text", "type": "text", "unit": "text", "always": "flag", "meaning": "text"}
    rows = tuple(
        (column.name, column.kind, column.unit or None, column.always, column.meaning) for column in table.columns
    )
    return WrittenTable(table.name, tuple(Column(name, kind, "") for name, kind in kinds.items()), rows)


def as_csv(table: WrittenTable) -> str:
    """A table as CSV for a spreadsheet: text that begins like a formula is guarded, numbers are left alone."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(map(csv_cell, table.names))
    writer.writerows([csv_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    return written.getvalue()


def as_ndjson(table: WrittenTable, *, named: bool = False) -> str:
    """A table with one JSON object a line; it is `named` in each where lines of several tables are mixed."""
    mark: Record = {"table": table.name} if named else {}
    lines = (json.dumps({**mark, **record}, ensure_ascii=False) for record in table.records)
    return "".join(json_safe(line) + "\n" for line in lines)


def as_markdown(table: WrittenTable) -> str:
    """A table for a document; a pipe or an asterisk in a name stays what it is."""
    names = list(map(markdown_cell, table.names))
    rows = [[markdown_cell(cell) if isinstance(cell, str) else _shown(cell) for cell in row] for row in table.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in (names, ["---"] * len(names), *rows))


def as_text(table: WrittenTable, width: int | None = None) -> str:
    """A table in aligned columns, those of figures to the right."""
    page = Page(width, colour=False)
    columns = [[row[at] for row in table.rows] for at in range(len(table.columns))]
    headings = [
        ColumnHead(name, numbers=bool(cells) and not any(isinstance(cell, str) for cell in cells))
        for name, cells in zip(table.names, columns, strict=True)
    ]
    page.table(headings, [[_shown(cell) for cell in row] for row in table.rows])
    return page.text()


def as_tables(
    tables: Sequence[WrittenTable], form: str, *, width: int | None = None, ruler: Ruler | None = None
) -> str:
    """Tables as `csv`, `json`, `ndjson`, `markdown` or `table`; several are distinguished by their names.

    The ruler is carried by a last column, `ruler`, where rows are for programs, and by a last line where they are read.
    """
    several = len(tables) > 1
    if ruler is not None and form in ("csv", "json", "ndjson"):
        return as_tables([table.marked("ruler", ruler_digits(ruler)) for table in tables], form)
    if ruler is not None:
        return f"{as_tables(tables, form, width=width)}\n{ruler_line(ruler)}\n"
    if form == "json":
        return json_document({table.name: table.records for table in tables} if several else tables[0].records)
    if form == "ndjson":
        return "".join(as_ndjson(table, named=several) for table in tables)
    if form == "csv":
        return "\n".join(map(as_csv, tables))
    heading = "" if not several else "## {}\n\n" if form == "markdown" else "{}\n"
    bodies = [as_markdown(table) if form == "markdown" else as_text(table, width) for table in tables]
    return "\n".join(heading.format(table.name) + body for table, body in zip(tables, bodies, strict=True))


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)
