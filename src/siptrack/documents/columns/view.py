"""How the sheets were understood, as a page, as JSON, and as lines for siptrack.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from siptrack.documents.read import sources_alike
from siptrack.documents.settings import settings_before, with_section, without_blank_lines
from siptrack.documents.sheets_alike import Alike, alike, columns_together
from siptrack.rendering.model import Document
from siptrack.rendering.safe_text import json_document, yaml_text
from siptrack.rendering.template import document
from siptrack.rendering.writing import refuse_early, write_whole
from siptrack.school.errors import OutputError
from siptrack.school.sources import SourceFound
from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_SECTION = "headings"
_RESULTS = ("subject", "target")
_AGE = "age"
_FIXABLE = ("role", "characteristic", "group", _AGE, *_RESULTS)
_AS_EXPECTED = frozenset({"a known heading", "from its words"})  # not said on every line; JSON has it
_IGNORED = "ignored"  # other columns are of a record, whose headings a school adds to that record's rules
_HEAD = "# What each heading means, as siptrack understood it. Change a line here to correct a misreading."


class Sheets(NamedTuple):
    """Sheets of one file and term with the same columns, as a line leads them; a `note` says why they are not used."""

    file: str
    names: list[str]
    classes: list[str]
    heading_row: int
    rows: int
    term: str
    export: str
    note: str


class AlikeSheets(NamedTuple):
    """Sheets that are alike, and their columns, whose cells are counted together."""

    sheets: list[Sheets]
    columns: list[ColumnUnderstanding]


def columns_page(tables: Sequence[TableUnderstanding], sources: Sequence[SourceFound]) -> Document:
    """What leads each sheet, or sheets that are alike, a line for each of its columns; and who found whom."""
    return document(
        "columns/page.jinja",
        "",
        groups=[_understood(group) for group in alike(tables)],
        expected=_AS_EXPECTED,
        counted=(*_RESULTS, _AGE, _IGNORED),
        found=sources_alike(sources),
    )


def _understood(group: Alike) -> AlikeSheets:
    around: dict[tuple[str, int, str], Alike] = {}
    for table in group:
        around.setdefault((table.file, table.heading_row, table.term), []).append(table)
    return AlikeSheets(list(map(_sheets, around.values())), [] if group[0].note else columns_together(group))


def _sheets(tables: Alike) -> Sheets:
    first = tables[0]
    return Sheets(
        first.file,
        list(dict.fromkeys(table.sheet for table in tables if table.sheet)),
        list(dict.fromkeys(table.class_name for table in tables if table.class_name)),
        first.heading_row,
        sum(table.rows for table in tables),
        first.term,
        first.export,
        first.note,
    )


def as_json(tables: Sequence[TableUnderstanding], sources: Sequence[SourceFound]) -> str:
    """The understanding as JSON."""
    found = {
        "schema": "siptrack/columns/1",
        "tables": [asdict(table) for table in tables],
        "sources": [source._asdict() for source in sources],
    }
    return json_document(found)


def refuse_saving(target: Path, *, force: bool) -> str:
    """Say, also before anything is read, that siptrack.yaml cannot be written; gives what is to be kept of it.

    Raises OutputError when headings were saved before, unless `force` says to write them again.
    """
    refuse_early(target, force=True)
    before = without_blank_lines(settings_before(target))
    if re.search(rf"^{_SECTION}:", before, re.MULTILINE) and not force:
        raise OutputError(f"{target}: headings were saved here before. Add --force to write them again.")
    return before


def save_headings(
    tables: Sequence[TableUnderstanding], target: Path, *, force: bool, further: Sequence[str] = ()
) -> None:
    """Write what each heading means into siptrack.yaml, keeping everything else that is in it.

    `further` are lines of comment that stand below the headings.

    Raises OutputError when headings were saved before, unless `force` says to write them again.
    """
    before = refuse_saving(target, force=force)
    whole = with_section(before, _SECTION, _HEAD, headings_yaml(tables))
    comment = "".join(f"{line}\n" for line in ("", *further)) if further else ""
    write_whole(target, (whole + comment).encode("utf-8"), force=True)


def headings_yaml(tables: Iterable[TableUnderstanding]) -> list[str]:
    """A line for each different heading: `"Reading Autumn 2025": {subject: "reading", term: "Autumn 2025-26"}`."""
    columns: dict[str, list[ColumnUnderstanding]] = {}
    for table in tables:
        for column in table.columns:
            if column.heading and column.kind in (*_FIXABLE, _IGNORED):
                columns.setdefault(column.heading, []).append(column)
    return [_heading_yaml(heading, same) for heading, same in columns.items()]


def _heading_yaml(heading: str, same: Sequence[ColumnUnderstanding]) -> str:
    first = next((column for column in same if column.kind in _FIXABLE), same[0])
    scales = {column.scale for column in same if column.scale}
    kind = first.kind if first.kind in _FIXABLE and first.name else _IGNORED
    meaning = {kind: first.name if kind != _IGNORED else first.name or first.how or "not used"}
    if first.term:
        meaning["term"] = first.term
    if len(scales) == 1 and kind in _RESULTS:
        meaning["scale"] = scales.pop()
    values = ", ".join(f"{key}: {yaml_text(value)}" for key, value in meaning.items())
    # What nobody has looked at is no decision: a line without its # would say that the column is to be ignored.
    undecided = "# " if kind == "ignored" and not first.decided else ""
    return f"{undecided}{yaml_text(heading)}: {{{values}}}"
