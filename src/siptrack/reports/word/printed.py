"""A document for people as a Word document that they can edit."""

from __future__ import annotations

from siptrack.reports.columns_of_text import fitted
from siptrack.reports.outline import Bullets, Grid, Paragraph, Part, Subheading
from siptrack.reports.page import Heading
from siptrack.reports.printed import Printed, one_line
from siptrack.reports.word.paper import Column, Paper

_LETTERS_ACROSS = 105  # of the letters in a table, on a page that stands upright
_LETTERS_WIDE = 155
_PADDING = 3  # letters: the room beside the text of a cell
_ROOM = 12  # millimetres: the height of a row that people write in, at least
_BOLD = 1.3  # of a letter's width, that of one in a heading


def printed_word(printed: Printed) -> bytes:
    """The document, its sections under headings, its tables as wide as the page."""
    paper = Paper(printed.title, landscape=printed.wide)
    paper.title(printed.title)
    if printed.notice:
        paper.say(printed.notice)
    for section in printed.sections():
        if section.title:
            paper.heading(section.title, 1)
        for part in section.parts:
            _put(paper, part, section.title, _LETTERS_WIDE if printed.wide else _LETTERS_ACROSS)
    paper.say(printed.ruler)
    return paper.bytes()


def _put(paper: Paper, part: Part, title: str, letters: int) -> None:
    if isinstance(part, Paragraph):
        paper.say(part.words)
    elif isinstance(part, Subheading):
        paper.heading(part.words, 2 + part.depth)
    elif isinstance(part, Bullets):
        paper.bullets(part.items)
    else:
        _put_table(paper, part, title, letters)


def _put_table(paper: Paper, grid: Grid, title: str, letters: int) -> None:
    """A table for each group of rows, all with the same columns."""
    if grid.caption != title:
        paper.heading(grid.caption, 2)
    columns = _columns(grid, letters, paper.width)
    for group in grid.groups:
        if group.label:
            paper.heading(group.label, 3)
        rows = [[[one_line(cell)] for cell in row] for row in group.rows]
        paper.table(columns, rows, height=_ROOM if grid.room else 0)


def _columns(grid: Grid, letters: int, width: int) -> list[Column]:
    """Columns that fill the page, each with the share that what stands in it needs."""
    lines = [[heading.words for heading in grid.headings], *(row for group in grid.groups for row in group.rows)]
    whole = [max(len(one_line(cell)) for cell in column) for column in zip(*lines, strict=True)]
    sizes = fitted(lines, [heading.numbers for heading in grid.headings], letters) or whole
    least = [_least(heading) for heading in grid.headings]
    needed = [max(pair) + _PADDING for pair in zip(sizes, least, strict=True)]
    return [
        Column(one_line(heading.words), width * size // sum(needed))
        for heading, size in zip(grid.headings, needed, strict=True)
    ]


def _least(heading: Heading) -> int:
    """The letters that a column needs for the longest word of its heading, and for what is written in it by hand."""
    word = max(map(len, one_line(heading.words).split()), default=0)
    return max(heading.room, round(word * _BOLD))
