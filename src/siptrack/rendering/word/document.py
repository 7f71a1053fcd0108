"""A document as a Word document that people can edit."""

from __future__ import annotations

from collections.abc import Iterable

from siptrack.rendering.columns_of_text import fitted, joined
from siptrack.rendering.model import Cell, Document, Fold, Grid, Heading, Items, Paragraph, Part, Picture
from siptrack.rendering.word.paper import Paper, PaperColumn

_LETTERS_ACROSS = 105  # of the letters in a table, on a page that stands upright
_LETTERS_WIDE = 155
_PADDING = 3  # letters: the room beside the text of a cell
_ROOM = 12  # millimetres: the height of a row that people write in, at least
_LINE = 8.5  # millimetres: a line of handwriting
_BOLD = 1.3  # of a letter's width, that of one in a heading


def as_word(document: Document) -> bytes:
    """The document, its sections under headings, its tables as wide as the page."""
    paper = Paper(document.title, landscape=document.wide, to_write_in=_has_room(document))
    paper.title(document.title)
    if document.notice:
        paper.say(document.notice)
    begun = False
    for section in document.sections:
        if section.title:
            paper.heading(section.title, 1, new_page=document.apart and begun)
            begun = True
        _add_parts(paper, section.parts, section.title, _LETTERS_WIDE if document.wide else _LETTERS_ACROSS)
    paper.say(document.ruler)
    return paper.bytes()


def _has_room(document: Document) -> bool:
    """Whether people write in it."""
    grids = (part for section in document.sections for part in section.parts if isinstance(part, Grid))
    return any(head.room for grid in grids for head in grid.heads)


def _add_parts(paper: Paper, parts: Iterable[Part], title: str, letters: int) -> None:
    for part in parts:
        if isinstance(part, Paragraph):
            paper.say(part.words)
        elif isinstance(part, Picture):
            paper.say(f"{part.title}. {part.words}")
        elif isinstance(part, Heading):
            paper.heading(part.words, 2 + part.depth)
        elif isinstance(part, Items):
            paper.bullets(part.items)
        elif isinstance(part, Fold):
            paper.heading(part.words, 2)
            _add_parts(paper, part.parts, part.words, letters)
        elif isinstance(part, Grid):
            _add_tables(paper, part, title, letters)


def _add_tables(paper: Paper, table: Grid, title: str, letters: int) -> None:
    """A table for each group of rows, all with the same columns."""
    if table.caption != title:
        paper.heading(table.caption, 2)
    columns = _columns(table, letters, paper.width)
    for group in table.groups:
        if group.label:
            paper.heading(group.label, 3)
        rows = [[[cell] if isinstance(cell, str) else cell for cell in row] for row in group.rows]
        paper.table(columns, rows, height=_height(table))


def _height(table: Grid) -> float:
    """How high its rows are at least, in millimetres."""
    lines = max(head.lines for head in table.heads)
    return lines * _LINE if lines else _ROOM if table.room else 0


def _columns(table: Grid, letters: int, width: int) -> list[PaperColumn]:
    """Columns that fill the page: room to write as wide as is asked for; the others share the rest by their need."""
    lines = [[head.words for head in table.heads], *(row for group in table.groups for row in group.rows)]
    by_need = [at for at, head in enumerate(table.heads) if not head.room]
    left = letters - sum(head.room for head in table.heads) - _PADDING * len(table.heads)
    texts = [[_longest_part(line[at]) for at in by_need] for line in lines]
    whole = [max(len(joined(cell, " ")) for cell in column) for column in zip(*texts, strict=True)]
    sizes = fitted(texts, [table.heads[at].numbers for at in by_need], left) or whole
    needed = [max(head.room, _longest_word(head.words)) for head in table.heads]
    for at, size in zip(by_need, sizes, strict=True):
        needed[at] = max(needed[at], size)
    needed[0] = max(needed[0], *(_longest_word(line[0]) for line in lines))
    shares = [size + _PADDING for size in needed]
    return [
        PaperColumn(joined(head.words, " "), width * share // sum(shares))
        for head, share in zip(table.heads, shares, strict=True)
    ]


def _longest_part(cell: Cell) -> str:
    return cell if isinstance(cell, str) else max(cell, key=len, default="")


def _longest_word(cell: Cell) -> int:
    """The letters of the longest word of a cell in bold, as those of headings and of a row's first cell are."""
    return round(max(map(len, joined(cell, " ").split()), default=0) * _BOLD)
