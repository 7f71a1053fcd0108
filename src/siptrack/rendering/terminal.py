"""A document on a screen, folded to its width, or as plain lines in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from siptrack.rendering import styles
from siptrack.rendering.model import Fold, Grid, Heading, Items, Notice, Paragraph, Picture
from siptrack.rendering.page import Page

if TYPE_CHECKING:
    from siptrack.rendering.model import Cell, Document, Part, RowGroup, Section

_TONES = {"warning": styles.WARNING, "error": styles.ERROR, "quiet": styles.QUIET}
_STEP = 2  # columns by which a part of a part is set in, and a folded line


def as_text(document: Document, *, width: int | None, colour: bool, steps: Sequence[tuple[str, str]] = ()) -> str:
    """The document as text; without a width nothing is folded. `steps` are commands to go on with, each after why."""
    page = Page(width, colour=colour)
    page.say(document.title, hang=_STEP, style=styles.STRONG)
    print_sections(page, document.sections)
    page.gap()
    page.say(document.ruler, style=styles.QUIET)
    for why, command in steps:
        page.say(why, style=styles.QUIET)
        page.line(command, indent=_STEP)
    return page.text()


def print_sections(page: Page, sections: Iterable[Section]) -> None:
    """Sections on a page, each under its title."""
    for section in sections:
        if section.title:
            page.heading(section.title)
        _print_parts(page, section.parts, section.title)


def _print_parts(page: Page, parts: Iterable[Part], title: str = "") -> None:
    """Parts of a section on a page: what leads a part stands apart from what it follows, unless that leads too."""
    inside, first = 0, True
    for part in parts:
        if isinstance(part, Heading):
            if not part.depth and not first:
                page.gap()
            page.say(part.words, indent=_STEP * part.depth, hang=_STEP, style=styles.STRONG)
            inside = _STEP * part.depth
        else:
            if isinstance(part, Grid) and part.caption != title and not first:
                page.gap()
            _print_part(page, part, inside, title)
        first = (first and isinstance(part, Notice)) or isinstance(part, Heading)


def _print_part(page: Page, part: Part, inside: int, title: str) -> None:
    if isinstance(part, Paragraph):
        page.say(part.words, hang=_STEP, style=_TONES.get(part.tone, ""))
    elif isinstance(part, Items):
        for words, depth in part.items:
            page.say(words, indent=inside + _STEP * (depth + 1), hang=_STEP)
    elif isinstance(part, Fold):
        _print_parts(page, (Heading(part.words), *part.parts))
    elif isinstance(part, Picture):
        page.say(f"{part.title}. {part.words}", hang=_STEP)
    elif isinstance(part, Grid):
        if part.caption != title:
            page.say(part.caption, style=styles.STRONG)
        page.table(part.heads, [line for group in part.groups for line in _lines(group, len(part.heads))])


def _lines(group: RowGroup, columns: int) -> Iterator[tuple[Cell, ...]]:
    """The rows of a group set in under its label."""
    if not group.label:
        yield from group.rows
        return
    yield (group.label, *("",) * (columns - 1))
    for first, *rest in group.rows:
        yield (f"{' ' * _STEP}{first}" if isinstance(first, str) else first, *rest)
