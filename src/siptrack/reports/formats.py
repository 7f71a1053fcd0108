"""Tables as CSV, JSON lines, Markdown or aligned text: for other programs, and for people's own documents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from siptrack.analysis.model import Analysis, Checked
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.rendering.ruler import ruler_digits, ruler_line
from siptrack.rendering.safe_text import csv_cell, json_document, json_safe, markdown_cell
from siptrack.reports.cells import Cell, cells_of, records
from siptrack.reports.document import checked_document, document, provided_document
from siptrack.reports.schema.from_tables import shipped_schema as schema
from siptrack.rules.model import Ruler, Rules

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.cycle.provision import Provided

__all__ = ["as_csv", "as_json", "as_markdown", "as_ndjson", "as_tables", "as_text", "document", "schema"]


def as_csv(frame: DataFrame) -> str:
    """A table as CSV for a spreadsheet: text that begins like a formula is guarded, numbers are left alone."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(csv_cell(str(name)) for name in frame.columns)
    writer.writerows([csv_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in cells_of(frame))
    return written.getvalue()


def as_ndjson(frame: DataFrame, table: str = "") -> str:
    """A table with one JSON object a line; `table` names it in each where lines of several tables are mixed."""
    mark: dict[str, Cell] = {"table": table} if table else {}
    return "".join(json_safe(json.dumps({**mark, **row}, ensure_ascii=False)) + "\n" for row in as_rows(frame))


def as_rows(frame: DataFrame) -> list[dict[str, Cell]]:
    """A table as JSON has it: one object a row."""
    return records(frame, [str(name) for name in frame.columns])


def as_markdown(frame: DataFrame) -> str:
    """A table for a document; a pipe or an asterisk in a name stays what it is."""
    names = [markdown_cell(str(name)) for name in frame.columns]
    rows = [[markdown_cell(cell) if isinstance(cell, str) else _shown(cell) for cell in row] for row in cells_of(frame)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (names, ["---"] * len(names), *rows))


def as_text(frame: DataFrame, width: int | None = None) -> str:
    """A table in aligned columns."""
    page = Page(width, colour=False)
    rows = cells_of(frame)
    columns = [[row[at] for row in rows] for at in range(len(frame.columns))]
    headings = [
        ColumnHead(str(name), numbers=bool(column) and not any(isinstance(cell, str) for cell in column))
        for name, column in zip(frame.columns, columns, strict=True)
    ]
    page.table(headings, [[_shown(cell) for cell in row] for row in rows])
    return page.text()


def as_tables(
    frames: Mapping[str, DataFrame], form: str, *, width: int | None = None, ruler: Ruler | None = None
) -> str:
    """Tables by name as `csv`, `json`, `ndjson`, `markdown` or `table`; several are told apart by their names.

    The ruler is carried by a last column, `ruler`, where rows are for programs, and by a last line where they are read.
    """
    several = len(frames) > 1
    if ruler is not None and form in ("csv", "json", "ndjson"):
        cited = {name: frame.assign(ruler=ruler_digits(ruler)) for name, frame in frames.items()}
        return as_tables(cited, form)
    if ruler is not None:
        return f"{as_tables(frames, form, width=width)}\n{ruler_line(ruler)}\n"
    if form == "json":
        rows = {name: as_rows(frame) for name, frame in frames.items()}
        return json_document(rows if several else rows[next(iter(rows))])
    if form == "ndjson":
        return "".join(as_ndjson(frame, name if several else "") for name, frame in frames.items())
    if form == "csv":
        return "\n".join(as_csv(frame) for frame in frames.values())
    if form == "markdown":
        return "\n".join((f"## {name}\n\n" if several else "") + as_markdown(frame) for name, frame in frames.items())
    return "\n".join((f"{name}\n" if several else "") + as_text(frame, width) for name, frame in frames.items())


def as_json(analysis: Analysis, rules: Rules) -> str:
    """The whole analysis as the version 1 JSON document, the same bytes for the same input."""
    return json_document(document(analysis, rules))


def checked_as_json(checked: Checked, rules: Rules) -> str:
    """What `siptrack check` found, as JSON."""
    return json_document(checked_document(checked, rules))


def provided_as_json(provided: Provided, rules: Rules) -> str:
    """What `siptrack provision` found, as JSON."""
    return json_document(provided_document(provided, rules))


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)
