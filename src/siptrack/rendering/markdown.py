"""A document as Markdown, in which no text from a file means anything but itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from siptrack.rendering.columns_of_text import joined
from siptrack.rendering.model import (
    Cell,
    Document,
    Fold,
    Grid,
    Heading,
    Items,
    Notice,
    Paragraph,
    Part,
    Picture,
)
from siptrack.rendering.safe_text import markdown_cell

_SECTION = 2  # the level of a section's title, beneath the document's


def as_markdown(document: Document) -> str:
    """The document, one block after another."""
    return "\n".join(block for block in _blocks(document) if block)


def _blocks(document: Document) -> Iterator[str]:
    yield _heading(document.title, _SECTION - 1)
    yield _paragraph(document.notice)
    for section in document.sections:
        if section.title:
            yield _heading(section.title, _SECTION)
        yield from _parts(section.parts, section.title)
    yield _paragraph(document.ruler)


def _parts(parts: Iterable[Part], title: str) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield _paragraph(part.words)
        elif isinstance(part, Picture):
            yield _paragraph(f"{part.title}. {part.words}")
        elif isinstance(part, Heading):
            yield _heading(part.words, _SECTION + 1 + part.depth)
        elif isinstance(part, Items):
            yield "".join(f"{'  ' * depth}- {markdown_cell(words)}\n" for words, depth in part.items)
        elif isinstance(part, Grid):
            yield from _table(part, title)
        elif isinstance(part, Fold):
            yield _heading(part.words, _SECTION + 1)
            yield from _parts(part.parts, part.words)
        elif not isinstance(part, Notice):  # which leads the document
            raise TypeError(type(part).__name__)


def _heading(words: str, level: int) -> str:
    return f"{'#' * level} {markdown_cell(words)}\n"


def _paragraph(words: str) -> str:
    return f"{markdown_cell(words)}\n" if words else ""


def _table(table: Grid, title: str) -> Iterator[str]:
    """A table for each group of rows, since Markdown has no label over several rows."""
    if table.caption != title:
        yield _heading(table.caption, _SECTION + 1)
    heads = [head.words for head in table.heads]
    for group in table.groups:
        if group.label:
            yield _heading(group.label, _SECTION + 2)
        lines: tuple[Sequence[Cell], ...] = (heads, ["---"] * len(heads), *group.rows)
        yield "".join(map(_line, lines))


def _line(cells: Sequence[Cell]) -> str:
    return f"| {' | '.join(markdown_cell(joined(cell, ' ')) for cell in cells)} |\n"
