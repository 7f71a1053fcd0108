"""The old way: a report put on a page is turned into the model of a document, for pages that lay themselves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from siptrack.rendering import styles
from siptrack.rendering.model import Cell, ColumnHead, Grid, Heading, Item, Items, Paragraph, Part, RowGroup, Section
from siptrack.rendering.page import Page

_TONES = {styles.WARNING: "warning", styles.ERROR: "error", styles.QUIET: "quiet"}
_LEADING = (styles.STRONG, styles.CLASS)
_DEEPER = 2  # columns by which a part of a part is set in


class Outline(Page):
    """A page that keeps what is put on it as it is: nothing is folded, and nothing made harmless for a screen."""

    def __init__(self) -> None:
        super().__init__(None, colour=False)
        self._titles: list[str] = [""]
        self._parts: list[list[Part]] = [[]]

    def sections(self) -> tuple[Section, ...]:
        """Everything that was put on the page."""
        pairs = zip(self._titles, self._parts, strict=True)
        return tuple(Section(title, tuple(parts)) for title, parts in pairs if title or parts)

    def gap(self) -> None:
        """Sections stand apart by themselves."""

    def heading(self, words: str) -> None:
        """A section begins."""
        self._titles.append(words)
        self._parts.append([])

    def say(self, words: str, *, indent: int = 0, hang: int = 0, style: str = "") -> None:  # noqa: ARG002  # pages fold by themselves
        """A sentence; one that is set in belongs to a list, one in bold leads what follows."""
        parts = self._parts[-1]
        if style in _LEADING:
            parts.append(Heading(words, indent // _DEEPER))
        elif indent and parts and isinstance(parts[-1], Items):
            parts[-1] = Items((*parts[-1].items, Item(words)))
        elif indent:
            parts.append(Items((Item(words),)))
        else:
            parts.append(Paragraph(words, _TONES.get(style, "")))

    def table(self, headings: Sequence[ColumnHead], rows: Sequence[Sequence[Cell]]) -> None:
        """A table; what was said in bold just before is its caption, else the section's title is."""
        parts = self._parts[-1]
        caption = self._titles[-1]
        if parts and isinstance(parts[-1], Heading):
            caption = parts[-1].words
            parts.pop()
        room = any(heading.room for heading in headings)  # empty cells are for people, and lead nothing
        groups = (RowGroup("", tuple(map(tuple, rows))),) if room else _grouped(rows)
        parts.append(Grid(caption, tuple(headings), groups))


def outlined(put: Callable[[Outline], None]) -> tuple[Section, ...]:
    """What is put on a page, as sections."""
    outline = Outline()
    put(outline)
    return outline.sections()


def _grouped(rows: Sequence[Sequence[Cell]]) -> tuple[RowGroup, ...]:
    """The rows by the lines that have nothing but a label."""
    groups: list[tuple[str, list[tuple[Cell, ...]]]] = []
    for row in rows:
        first, *rest = row
        if isinstance(first, str) and rest and not any(rest):
            groups.append((first, []))
            continue
        indented = isinstance(first, str) and first.startswith(" ")
        if not groups or (groups[-1][0] and not indented):
            groups.append(("", []))
        groups[-1][1].append((first.strip() if isinstance(first, str) else first, *rest))
    return tuple(RowGroup(label, tuple(of_label)) for label, of_label in groups)
