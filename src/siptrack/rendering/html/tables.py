"""A table of a page: written out here and not in a template, since a page may have thousands of cells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from siptrack.rendering.html.texts import KEPT, escaped
from siptrack.rendering.model import Cell, ColumnHead, Grid

if TYPE_CHECKING:
    from markupsafe import Markup

_SHORT = 16  # letters: a cell of fewer is better not folded
_WIDE = 30  # letters: the room of a column in which much is written


def grid(table: Grid, title: str) -> Markup:
    """The table, which scrolls by itself; its caption is hidden where the section has the same title."""
    from markupsafe import Markup

    return Markup("\n".join(_lines(table, title)))  # noqa: S704  # every text in it is escaped


def _lines(table: Grid, title: str) -> Iterator[str]:
    caption, hidden = escaped(table.caption), ' class="hidden"' if table.caption == title else ""
    room = ' class="room"' if table.room else ""
    yield f'<div class="scrolled" role="group" aria-label="{caption}" tabindex="0">'
    yield f"<table{room}>\n<caption{hidden}><span>{caption}</span></caption>\n<thead>\n<tr>"
    yield from map(_head, table.heads)
    yield "</tr>\n</thead>"
    kinds = ["first", *("number" if head.numbers else "" for head in table.heads[1:])]
    for group in table.groups:
        yield "<tbody>"
        if group.label:
            across = f'scope="rowgroup" class="group" colspan="{len(kinds)}"'
            yield f"<tr><th {across}>{escaped(group.label)}</th></tr>"
        for row in group.rows:
            yield "<tr>"
            yield from map(_cell, row, kinds)
            yield "</tr>"
        yield "</tbody>"
    yield "</table>\n</div>"


def _head(head: ColumnHead) -> str:
    words = _words(head.words)
    if not words.strip():
        return "<td></td>"
    kind = ' class="number"' if head.numbers else ' class="wide"' if head.room >= _WIDE else ""
    return f'<th scope="col"{kind}>{words}</th>'


@lru_cache(KEPT)
def _cell(cell: Cell, kind: str) -> str:
    """A cell, the `first` of its row, which says what it is about, a `number` or any other."""
    words = _words(cell)
    if kind == "number":
        return f'<td class="number">{words}</td>'
    whole = ' class="whole"' if isinstance(cell, str) and len(cell) < _SHORT else ""
    return f'<th scope="row"{whole}>{words}</th>' if kind else f"<td{whole}>{words}</td>"


def _words(cell: Cell) -> str:
    """A cell's text; of several parts none is folded."""
    if isinstance(cell, str):
        return escaped(cell)
    return " ".join(f'<span class="whole">{escaped(part)}</span>' for part in cell)
