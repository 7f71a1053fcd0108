"""The model of a document for people: what it is made of, whatever form it is written in."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Cell: TypeAlias = str | tuple[str, ...]  # parts stand under each other where there is no room for them side by side


class Paragraph(NamedTuple):
    """A sentence or several; `tone` is `warning`, `error`, `quiet` or nothing."""

    words: str
    tone: str = ""


class Notice(NamedTuple):
    """What to know before a document is passed on: where it is kept or printed, and not on a screen."""

    words: str


class Heading(NamedTuple):
    """What leads a part of a section, or with a `depth` a part of such a part."""

    words: str
    depth: int = 0


class Item(NamedTuple):
    """A sentence of a list; with a `depth` one that belongs to the one before it."""

    words: str
    depth: int = 0


class Items(NamedTuple):
    """Sentences that belong together under what stands before them."""

    items: tuple[Item, ...]

    @property
    def nested(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each item with those that belong to it."""
        found: list[tuple[str, list[str]]] = []
        for item in self.items:
            if item.depth and found:
                found[-1][1].append(item.words)
            else:
                found.append((item.words, []))
        return tuple((words, tuple(inside)) for words, inside in found)


class ColumnHead(NamedTuple):
    """What leads a column of a table, and whether it holds numbers.

    `room` is how many letters wide it is on paper at least, where people write in it, and `lines` how many lines of
    handwriting high; 0 where that is all the same.
    """

    words: Cell
    numbers: bool = False
    room: int = 0
    lines: int = 0


class RowGroup(NamedTuple):
    """Rows of a table under one label; without a label where the table has no such parts."""

    label: str
    rows: tuple[tuple[Cell, ...], ...]


class Grid(NamedTuple):
    """A table with its caption."""

    caption: str
    heads: tuple[ColumnHead, ...]
    groups: tuple[RowGroup, ...]

    @property
    def room(self) -> bool:
        """Whether people write in it."""
        return any(head.room for head in self.heads)


class Drawing(NamedTuple):
    """What is drawn, as the shapes of SVG on a field of this size; every text in them is made harmless already."""

    width: int
    height: int
    shapes: str


class Picture(NamedTuple):
    """A drawing under its title, and what it shows in words, which stand in its place where nothing can be drawn."""

    title: str
    words: str
    drawing: Drawing


class Fold(NamedTuple):
    """What a reader opens who wants to know: closed on a page, and where nothing folds, a part like others."""

    words: str
    parts: tuple[Part, ...]


Part: TypeAlias = Paragraph | Notice | Heading | Items | Grid | Picture | Fold


class Section(NamedTuple):
    """A part of a document under its title; what stands before the first title has none."""

    title: str
    parts: tuple[Part, ...]


class Document(NamedTuple):
    """A document: its title, its sections, and in a line the rules that it rests on.

    `wide` is whether its tables are wide, so that on paper it lies on its side; `apart` whether each section begins a
    page there.
    """

    title: str
    sections: tuple[Section, ...]
    ruler: str
    wide: bool = False
    apart: bool = False

    @property
    def notice(self) -> str:
        """What to know before it is passed on."""
        every = (part for section in self.sections for part in section.parts)
        return " ".join(part.words for part in every if isinstance(part, Notice))
