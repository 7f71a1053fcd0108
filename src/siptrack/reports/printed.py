"""A document for people, put down once and written in the form they keep: text, Markdown, a page to print, or Word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from siptrack.reports import styles
from siptrack.reports.manual import Block, as_markdown
from siptrack.reports.outline import Bullets, Grid, Paragraph, Part, Section, Subheading, outlined
from siptrack.reports.page import Page
from siptrack.reports.safe_text import markdown_cell
from siptrack.reports.wording.overall import ruler_line
from siptrack.rules.model import Rules
from siptrack.version import VERSION


@dataclass(frozen=True)
class Printed:
    """What a document says: its title, and what `put` puts on a page.

    `notice` leads it where it is kept or printed, to be known before it is passed on. `wide` is whether its tables
    are wide, so that on paper it lies on its side. `rules` are those it rests on.
    """

    title: str
    put: Callable[[Page], None]
    rules: Rules
    notice: str = ""
    wide: bool = False

    @property
    def ruler(self) -> str:
        """The rules that it rests on, in a line."""
        return ruler_line(self.rules.ruler, VERSION)

    def sections(self) -> tuple[Section, ...]:
        """What it says, in its parts."""
        return outlined(self.put)


def printed_text(printed: Printed, *, width: int | None, colour: bool) -> str:
    """The document for a screen or a pipe."""
    page = Page(width, colour=colour)
    page.say(printed.title, style=styles.STRONG)
    printed.put(page)
    page.gap()
    page.say(printed.ruler, style=styles.QUIET)
    return page.text()


def printed_markdown(printed: Printed) -> str:
    """The document as Markdown, in which no text from a file means anything but itself."""
    return as_markdown(list(_blocks(printed)))


def _blocks(printed: Printed) -> Iterator[Block]:
    yield Block(markdown_cell(printed.title), level=1)
    if printed.notice:
        yield Block(markdown_cell(printed.notice))
    for section in printed.sections():
        if section.title:
            yield Block(markdown_cell(section.title), level=2)
        for part in section.parts:
            yield from _part(part, section.title)
    yield Block(markdown_cell(printed.ruler))


def _part(part: Part, title: str) -> Iterator[Block]:
    if isinstance(part, Paragraph):
        yield Block(markdown_cell(part.words))
    elif isinstance(part, Subheading):
        yield Block(markdown_cell(part.words), level=3 + part.depth)
    elif isinstance(part, Bullets):
        yield Block(items=tuple(map(markdown_cell, part.items)))
    else:
        yield from _table(part, title)


def _table(grid: Grid, title: str) -> Iterator[Block]:
    """A table for each group of rows, since Markdown has no label over several rows."""
    if grid.caption != title:
        yield Block(markdown_cell(grid.caption), level=3)
    headings = tuple(markdown_cell(one_line(heading.words)) for heading in grid.headings)
    for group in grid.groups:
        if group.label:
            yield Block(markdown_cell(group.label), level=4)
        yield Block(headings=headings, rows=tuple(tuple(map(one_line, row)) for row in group.rows))


def one_line(cell: str | tuple[str, ...]) -> str:
    """A cell's parts in one line."""
    return cell if isinstance(cell, str) else " ".join(cell)
