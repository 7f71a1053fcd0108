"""A document as a Word document that people can edit."""

from __future__ import annotations

from collections.abc import Iterable

from siptrack.rendering.columns_of_text import fitted, joined
from siptrack.rendering.model import ColumnHead, Document, Fold, Grid, Heading, Items, Paragraph, Part, Picture
from siptrack.rendering.word.paper import Paper, PaperColumn

_LETTERS_ACROSS = 105  # of the letters in a table, on a page that stands upright
_LETTERS_WIDE = 155
_PADDING = 3  # letters: the room beside the text of a cell
_ROOM = 12  # millimetres: the height of a row that people write in, at least
_BOLD = 1.3  # of a letter's width, that of one in a heading


def as_word(document: Document) -> bytes:
    """The document, its sections under headings, its tables as wide as the page."""
    paper = Paper(document.title, landscape=document.wide)
    paper.title(document.title)
    if document.notice:
        paper.say(document.notice)
    for section in document.sections:
        if section.title:
            paper.heading(section.title, 1)
        _add_parts(paper, section.parts, section.title, _LETTERS_WIDE if document.wide else _LETTERS_ACROSS)
    paper.say(document.ruler)
    return paper.bytes()


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
        rows = [[[joined(cell, " ")] for cell in row] for row in group.rows]
        paper.table(columns, rows, height=_ROOM if table.room else 0)


def _columns(table: Grid, letters: int, width: int) -> list[PaperColumn]:
    """Columns that fill the page, each with the share that what stands in it needs."""
    lines = [[head.words for head in table.heads], *(row for group in table.groups for row in group.rows)]
    whole = [max(len(joined(cell, " ")) for cell in column) for column in zip(*lines, strict=True)]
    sizes = fitted(lines, [head.numbers for head in table.heads], letters) or whole
    first = "".join(f" {joined(line[0], ' ')}" for line in lines)  # which is in bold letters too
    least = [_least(head) for head in (ColumnHead(first, room=table.heads[0].room), *table.heads[1:])]
    needed = [max(pair) + _PADDING for pair in zip(sizes, least, strict=True)]
    return [
        PaperColumn(joined(head.words, " "), width * size // sum(needed))
        for head, size in zip(table.heads, needed, strict=True)
    ]


def _least(head: ColumnHead) -> int:
    """The letters that a column needs for the longest word of its heading, and for what is written in it by hand."""
    word = max(map(len, joined(head.words, " ").split()), default=0)
    return max(head.room, round(word * _BOLD))
