"""How sheets and their columns were understood, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering.numbers import plural, quantity, thousands
from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_AS_EXPECTED = frozenset({"a known heading", "from its words"})  # not said on every line; JSON has it
_IGNORED = "ignored"


def sheets_line(tables: Sequence[TableUnderstanding]) -> str:
    """`Autumn.xlsx, sheets 4K, 5R: headings in row 4, 60 rows below; the sheet, its titles or the file say Autumn`.

    The tables are alike, of one file and term.
    """
    first = tables[0]
    sheets = list(dict.fromkeys(table.sheet for table in tables if table.sheet))
    where = f"{first.file}, {plural(len(sheets), 'sheet')} {', '.join(sheets)}" if sheets else first.file
    rows = sum(table.rows for table in tables)
    if first.note:
        return f"{where}: not used: {first.note} ({quantity(rows, 'row')})"
    classes = list(dict.fromkeys(table.class_name for table in tables if table.class_name))
    parts = [
        f"headings in row {first.heading_row}, {quantity(rows, 'row')} below",
        f"known export: {first.export}" if first.export else "",
        f"the sheet, its titles or the file say {first.term}" if first.term else "",
        _of_classes(classes, len(sheets)),
    ]
    return f"{where}: {'; '.join(filter(None, parts))}"


def _of_classes(classes: Sequence[str], sheets: int) -> str:
    if len(classes) == sheets > 1:
        return "a class each"
    return f"{plural(len(classes), 'class', 'classes')} {', '.join(classes)}" if classes else ""


def column_line(column: ColumnUnderstanding) -> str:
    """`F   Reading: results in reading, Autumn 2025-26; teacher-assessment in 28 of 29, such as EXS, WTS`."""
    return f"{column.letter:<3} {column.heading or 'no heading'}: {_taken_for(column)}"


def _taken_for(column: ColumnUnderstanding) -> str:
    """What a column is taken for, how that is known where it is not plain, its scale, and examples."""
    called = column.name.replace("_", " ")
    subject = column.name or "no known subject"
    what = {
        "role": called,
        "provision": f"{called}, of provision",
        "characteristic": f"{column.name}, a characteristic",
        "group": f"ticked for one group, {column.name}",
        "subject": f"results in {subject}",
        "review": f"of the school's own review: {called}",
        "action": f"of an action: {called}",
        "observation": f"of a record of teaching: {called}",
        "cpd": f"of a record of CPD: {called}",
        "target": f"targets in {subject}",
        _IGNORED: f"{_IGNORED}{f' ({column.name})' if column.name else ''}",
    }.get(column.kind, f"of a {column.kind}: {called}")
    term = f", {column.term}" if column.term else ""
    how = "" if column.how in _AS_EXPECTED else column.how
    examples = f"such as {', '.join(dict.fromkeys(column.examples))}" if column.examples else ""
    held = ", ".join(filter(None, (_held(column), examples)))
    return "; ".join(filter(None, (f"{what}{term}", how, held)))


def _held(column: ColumnUnderstanding) -> str:
    """How many cells are grades of which scale; of a column that is not read, how many there are."""
    if column.kind not in ("subject", "target", _IGNORED):
        return ""
    cells = quantity(column.cells, "cell")
    if column.kind == _IGNORED or not column.cells:
        return cells if column.cells else "no cells"
    if not column.scale:
        return f"on no known scale, {cells}"
    known = f"all {thousands(column.cells)}" if column.evidence == column.cells > 1 else thousands(column.evidence)
    of = "" if column.evidence == column.cells > 1 else f" of {thousands(column.cells)}"
    return f"{column.scale} in {known}{of}"
