"""A report put down as sections, sentences and tables, for pages and documents that lay themselves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from siptrack.reports import styles
from siptrack.reports.columns_of_text import Cell
from siptrack.reports.page import Heading, Page


@dataclass(frozen=True)
class Paragraph:
    """A sentence or several; `tone` is `warning`, `error`, `quiet` or nothing."""

    kind: ClassVar[str] = "paragraph"
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Subheading:
    """What leads a part of a section, or with a `depth` a part of such a part."""

    kind: ClassVar[str] = "subheading"
    words: str
    depth: int = 0


@dataclass(frozen=True)
class Bullets:
    """Sentences that belong together under what stands before them."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class RowGroup:
    """Rows of a table under one label; without a label where the table has no such parts."""

    label: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Grid:
    """A table with its caption."""

    kind: ClassVar[str] = "grid"
    caption: str
    headings: tuple[Heading, ...]
    groups: tuple[RowGroup, ...]

    @property
    def room(self) -> bool:
        """Whether people write in it."""
        return any(heading.room for heading in self.headings)

    def placed(self, group: RowGroup) -> Iterator[Iterable[tuple[Cell, str]]]:
        """The rows of a group, each cell with its place in the row: the `first`, a `number`, or any other."""
        places = ["first", *("number" if heading.numbers else "" for heading in self.headings[1:])]
        return (zip(row, places, strict=False) for row in group.rows)


Part = Paragraph | Subheading | Bullets | Grid


@dataclass(frozen=True)
class Section:
    """A part of a report under its title; what stands before the first title has none."""

    title: str
    parts: tuple[Part, ...]


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
            parts.append(Subheading(words, indent // _DEEPER))
        elif indent and parts and isinstance(parts[-1], Bullets):
            parts[-1] = Bullets((*parts[-1].items, words))
        elif indent:
            parts.append(Bullets((words,)))
        else:
            parts.append(Paragraph(words, _TONES.get(style, "")))

    def table(self, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]) -> None:
        """A table; what was said in bold just before is its caption, else the section's title is."""
        parts = self._parts[-1]
        caption = self._titles[-1]
        if parts and isinstance(parts[-1], Subheading):
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
