"""How the sheets were understood, as text, as JSON, and as lines for siptrack.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from siptrack.documents.columns import words as wording
from siptrack.documents.read import sources_alike
from siptrack.documents.settings import settings_before, with_section, without_blank_lines
from siptrack.documents.sheets_alike import Alike, alike, columns_together
from siptrack.rendering import styles
from siptrack.rendering.model import Paragraph
from siptrack.rendering.page import Page
from siptrack.rendering.safe_text import json_document, yaml_text
from siptrack.rendering.template import sections
from siptrack.rendering.writing import refuse_early, write_whole
from siptrack.school.errors import OutputError
from siptrack.school.sources import SourceFound
from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_HANG = 8  # columns by which a folded line is set in
_SECTION = "headings"
_FIXABLE = ("role", "characteristic", "group", "subject", "target")
_IGNORED = "ignored"  # other columns are of a record, whose headings a school adds to that record's rules
_HEAD = "# What each heading means, as siptrack understood it. Change a line here to correct a misreading."


def as_text(
    tables: Sequence[TableUnderstanding], sources: Sequence[SourceFound], *, width: int | None, colour: bool
) -> str:
    """A paragraph for each sheet, or for sheets that are alike, a line for each of its columns; and who found whom."""
    page = Page(width, colour=colour)
    for group in alike(tables):
        page.gap()
        around: dict[tuple[str, int, str], Alike] = {}
        for table in group:
            around.setdefault((table.file, table.heading_row, table.term), []).append(table)
        for same in around.values():
            page.say(wording.sheets_line(same), hang=_HANG, style=styles.STRONG)
        for column in columns_together(group) if not group[0].note else ():
            page.say(wording.column_line(column), indent=2, hang=_HANG - 2)
    if sources:
        (section,) = sections("sources", sources_alike(sources))
        page.gap()
        page.say(section.title, style=styles.STRONG)
        for part in section.parts:
            if isinstance(part, Paragraph):
                page.say(part.words, indent=2, hang=_HANG - 2)
    return page.text()


def as_json(tables: Sequence[TableUnderstanding], sources: Sequence[SourceFound]) -> str:
    """The understanding as JSON."""
    document = {
        "schema": "siptrack/columns/1",
        "tables": [asdict(table) for table in tables],
        "sources": [source._asdict() for source in sources],
    }
    return json_document(document)


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
    if len(scales) == 1 and kind in ("subject", "target"):
        meaning["scale"] = scales.pop()
    values = ", ".join(f"{key}: {yaml_text(value)}" for key, value in meaning.items())
    # What nobody has looked at is no decision: a line without its # would say that the column is to be ignored.
    undecided = "# " if kind == "ignored" and not first.decided else ""
    return f"{undecided}{yaml_text(heading)}: {{{values}}}"
