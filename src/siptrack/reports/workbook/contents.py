"""The first and the last sheet of a workbook: what each sheet holds, and what the words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.documents import overall
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.workbook.sheets import SheetColumn, WorkbookSheet
from siptrack.reports.wording import workbook as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell
from siptrack.school.term import Term

_CONTENTS = (SheetColumn("Sheet", widest=34), SheetColumn("What it holds", widest=96), SheetColumn("Rows"))
_NOTES = (SheetColumn("Word", widest=30), SheetColumn("What it means", widest=110))


def book_of(
    sheets: Sequence[WorkbookSheet], term: Term, filters: Mapping[str, str], rules: Rules, notes: Sequence[str]
) -> list[WorkbookSheet]:
    """The sheets after the one that leads to each of them, and before the one that explains the words."""
    said, ending = wording.SHEETS[wording.CONTENTS], wording.SHEETS[wording.NOTES]
    keyed = any(heading.title == wording.KEY_MEANT[0] for sheet in sheets for heading in sheet.headings)
    meanings = (*wording.GLOSSARY, wording.KEY_MEANT) if keyed else wording.GLOSSARY
    last = WorkbookSheet(wording.NOTES, ending.name, ending.title, ending.about, _NOTES, meanings)
    rows: list[tuple[Cell, ...]] = [(one.name, one.about, len(one.rows)) for one in (*sheets, last)]
    only = [overall.filters_line(filters)] if filters else []
    first = WorkbookSheet(
        key=wording.CONTENTS,
        name=said.name,
        title=overall.title(term),
        about=said.about,
        headings=_CONTENTS,
        rows=tuple(rows),
        notes=(*notes, *only, ruler_line(rules.ruler)),
        links={one.name: one.key for one in (*sheets, last)},
    )
    return [first, *sheets, last]
