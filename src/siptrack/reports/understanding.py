"""How the sheets were understood, as text, as JSON, and as lines for siptrack.yaml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from textwrap import wrap

from siptrack.reports.safe_text import safe_text
from siptrack.reports.settings import with_section, without_blank_lines
from siptrack.reports.wording.sources import SOURCES_HEADING, source_lines
from siptrack.reports.writing import write_whole
from siptrack.school.errors import OutputError
from siptrack.school.sources import SourceFound
from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_SECTION = "headings"
_PROVISION = "provision"  # columns of a sheet of provision, whose headings are fixed under columns and not here
_FIXABLE = ("role", "characteristic", "group", "subject", "target")
_OF_A_RECORD = ("action", "observation", "cpd", "review")  # read by rules of their own, to which a school adds headings
_HEAD = "# What each heading means, as siptrack understood it. Change a line here to correct a misreading."


def as_text(
    tables: Sequence[TableUnderstanding], sources: Sequence[SourceFound], *, width: int | None, colour: bool
) -> str:
    """A paragraph for each table, a line for each of its columns, and how the files found each other's children."""
    lines = [line for table in tables for line in (*_table_lines(table), "")]
    if sources:
        lines += [SOURCES_HEADING, *(safe_text(f"  {line}") for line in source_lines(sources))]
    folded = [part for line in lines for part in _folded(line, width)]
    bold = re.compile(r"^(\S.*)$")
    shown = [bold.sub("\x1b[1m\\1\x1b[0m", line) for line in folded] if colour else folded
    return "\n".join(shown).rstrip("\n") + "\n"


def _folded(line: str, width: int | None) -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    return wrap(line, width, subsequent_indent="        ", break_long_words=True)


def _table_lines(table: TableUnderstanding) -> Iterator[str]:
    where = f"{table.file}, sheet {table.sheet}" if table.sheet else table.file
    if table.note:
        yield safe_text(f"{where}: not used: {table.note} ({table.rows} rows)")
        return
    around = [
        f"known export: {table.export}" if table.export else "",
        f"the sheet, its titles or the file say {table.term}" if table.term else "",
        f"class {table.class_name}" if table.class_name else "",
    ]
    said = "; ".join(filter(None, around))
    yield safe_text(
        f"{where}: headings in row {table.heading_row}, {table.rows} rows below{'; ' if said else ''}{said}"
    )
    for column in table.columns:
        yield safe_text(f"  {column.letter:<3} {column.heading}: {_taken_for(column)}")


def _taken_for(column: ColumnUnderstanding) -> str:
    """What a column is taken for, how that is known, its scale, and examples."""
    name = f" ({column.name})" if column.name else ""
    what = {
        "role": column.name.replace("_", " "),
        _PROVISION: f"{column.name.replace('_', ' ')}, of provision",
        "characteristic": f"{column.name}, a characteristic",
        "group": f"ticked for one group, {column.name}",
        "subject": f"results in {column.name or 'no known subject'}",
        "review": f"of the school's own review: {column.name.replace('_', ' ')}",
        "action": f"of an action: {column.name.replace('_', ' ')}",
        "observation": f"of a record of teaching: {column.name.replace('_', ' ')}",
        "cpd": f"of a record of CPD: {column.name.replace('_', ' ')}",
        "target": f"targets in {column.name or 'no known subject'}",
    }.get(column.kind, f"ignored{name}")
    term = f", {column.term}" if column.term else ""
    parts = [f"{what}{term}", column.how, _scale(column)]
    if column.examples:
        parts.append("such as " + ", ".join(column.examples))
    return "; ".join(filter(None, parts))


def _scale(column: ColumnUnderstanding) -> str:
    if column.kind not in ("subject", "target") or not column.cells:
        return ""
    if not column.scale:
        return f"on no known scale ({column.cells} cells)"
    return f"scale {column.scale}, from {column.evidence} of {column.cells} cells"


def as_json(tables: Sequence[TableUnderstanding], sources: Sequence[SourceFound]) -> str:
    """The understanding as JSON."""
    document = {
        "schema": "siptrack/columns/1",
        "tables": [asdict(table) for table in tables],
        "sources": [asdict(one) for one in sources],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def save_headings(
    tables: Sequence[TableUnderstanding], target: Path, *, force: bool, further: Sequence[str] = ()
) -> None:
    """Write what each heading means into siptrack.yaml, keeping everything else that is in it.

    `further` are lines of comment that stand below the headings.

    Raises OutputError when headings were saved before, unless `force` says to write them again.
    """
    before = without_blank_lines(target.read_text(encoding="utf-8")) if target.exists() else ""
    if re.search(rf"^{_SECTION}:", before, re.MULTILINE) and not force:
        raise OutputError(f"{target}: headings were saved here before. Add --force to write them again.")
    whole = with_section(before, _SECTION, _HEAD, headings_yaml(tables))
    comment = "".join(f"{line}\n" for line in ("", *further)) if further else ""
    write_whole(target, (whole + comment).encode("utf-8"), force=True)


def headings_yaml(tables: Iterable[TableUnderstanding]) -> list[str]:
    """A line for each different heading: `"Reading Autumn 2025": {subject: "reading", term: "Autumn 2025-26"}`."""
    columns: dict[str, list[ColumnUnderstanding]] = {}
    for table in tables:
        for column in table.columns:
            if column.kind not in (*_OF_A_RECORD, _PROVISION):
                columns.setdefault(column.heading, []).append(column)
    return [_heading_yaml(heading, same) for heading, same in columns.items()]


def _heading_yaml(heading: str, same: Sequence[ColumnUnderstanding]) -> str:
    first = next((column for column in same if column.kind in _FIXABLE), same[0])
    scales = {column.scale for column in same if column.scale}
    kind = first.kind if first.kind in _FIXABLE and first.name else "ignored"
    said = {kind: first.name if kind != "ignored" else first.name or first.how or "not used"}
    if first.term:
        said["term"] = first.term
    if len(scales) == 1 and kind in ("subject", "target"):
        said["scale"] = scales.pop()
    values = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items())
    return f"{json.dumps(heading, ensure_ascii=False)}: {{{values}}}"
