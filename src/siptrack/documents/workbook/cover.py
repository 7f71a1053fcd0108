"""The first and the last sheet of a workbook: what is where, and what the words mean."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from siptrack.documents.workbook.sheets import KEY
from siptrack.rendering.model import Grid
from siptrack.rendering.template import sections
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet

WORDS = "workbook/words.jinja"
_CONTENTS = (
    SheetColumn("Sheet", widest=34),
    SheetColumn("What it holds", widest=96),
    SheetColumn("Rows", CellKind.WHOLE),
)
_MEANINGS = (SheetColumn("Word", widest=30), SheetColumn("What it means", widest=110))


def book_of(
    sheets: Sequence[WorkbookSheet], title: str, notes: Sequence[str], figures: Sequence[tuple[str, str]] = ()
) -> list[WorkbookSheet]:
    """The sheets after the one that leads to each of them, and before the one that explains the words."""
    keyed = any(heading.title == KEY.title for sheet in sheets for heading in sheet.headings)
    parts = chain.from_iterable(section.parts for section in sections("meanings", keyed, template=WORDS))
    grids = (part for part in parts if isinstance(part, Grid))
    meanings = tuple(tuple(map(str, row)) for grid in grids for group in grid.groups for row in group.rows)
    words = WorkbookSheet(
        "notes", "Words", "What the words mean", "What the words on the sheets mean", _MEANINGS, meanings
    )
    every = (*sheets, words)
    cover = WorkbookSheet(
        key="contents",
        name="Contents",
        title=title,
        about="",
        headings=_CONTENTS,
        rows=tuple((sheet.name, sheet.about, len(sheet.rows)) for sheet in every),
        notes=tuple(notes),
        links={sheet.name: sheet.key for sheet in every},
        figures=tuple(figures),
    )
    return [cover, *every]
