"""A document from its template: words and their order as a person may edit them, lines that begin with a mark.

    # Title          ## A section        ### a heading in it, #### and ##### parts of a part
    - an item          - one of it       (set in by two blanks)
    > a notice       ! a warning         !! an error        ~ what may be skipped
    |: a caption     | Class | Then |    |---|--:|_20|      | 5K | 12 |       |> a group of rows
    * a drawing's name | its title | what it shows, in words
    +++ what is folded, until +++

Other lines are sentences; those below each other are one paragraph, and an empty line ends it. A cell's parts are apart
by <br>; under a heading --: are numbers, and _20 is room to write, 20 letters wide; _20x2
is so two lines high. What a template says of a school is
text and never a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from siptrack.rendering.model import (
    Cell,
    ColumnHead,
    Document,
    Drawing,
    Fold,
    Grid,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Part,
    Picture,
    RowGroup,
    Section,
)
from siptrack.rendering.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment

SHARED = "shared.jinja"  # what several documents say
_MARKS = "#-!~>|+<*"
_SHELTERED = {ord(mark): chr(0xFDD0 + at) for at, mark in enumerate(_MARKS)}  # code points that no text has
_RESTORED = {ord(sheltered): chr(mark) for mark, sheltered in _SHELTERED.items()}
_MARKED = re.compile(r"(?:#{1,5}|-|>|!!?|~|\*|\+\+\+)(?!\S)|\|(?:[:>](?=\s))?").match
_MAY_MARK = re.compile(r"\s*[#\-!~>+*|]|[^|<]*[|<]").match  # where it begins, and what parts cells
_BREAK = "<br>"
_BETWEEN_LINES = re.compile(r"\s*[\t\n\r\v\f\x85\u2028\u2029]\s*")  # of a cell, which a sentence says in one
_TONES = {"!": "warning", "!!": "error", "~": "quiet"}
_GOES_ON = ("", "-", ">", *_TONES)  # on the lines below, until one is empty or has a mark


def document(
    template: str,
    ruler: str,
    *,
    wide: bool = False,
    apart: bool = False,
    drawings: Mapping[str, Drawing] | None = None,
    **view: object,
) -> Document:
    """The document that a template makes of a view, with these drawings; templates lie in the folder `documents`."""
    drawn = drawings or {}
    made = parsed(_environment().get_template(template).render(view, drawings=drawn), ruler, wide=wide, drawings=drawn)
    return made._replace(apart=apart)


def sections(macro: str, *view: object, template: str = SHARED, **more: object) -> tuple[Section, ...]:
    """What a macro says, for what is no document of its own yet."""
    return parsed(_rendered(macro, template, view, more), "").sections


def sentence(macro: str, *view: object, template: str = SHARED, **more: object) -> str:
    """What a macro says, where it is one sentence, or a part of one; lines that go on are one."""
    return _plain(" ".join(filter(None, map(str.strip, _rendered(macro, template, view, more).split("\n")))))


def _rendered(macro: str, template: str, view: Sequence[object], more: Mapping[str, object]) -> str:
    module = _environment().get_template(template).module
    return str(getattr(module, macro)(*view, **more))


def parsed(
    text: str, ruler: str, *, wide: bool = False, drawings: Mapping[str, Drawing] = MappingProxyType({})
) -> Document:
    """The document that marked lines are."""
    title, sections = "", [("", _Parts(drawings))]
    for indent, mark, words in _marked(text.split("\n")):
        if mark == "#":
            title = _plain(words)
        elif mark == "##":
            sections.append((_plain(words), _Parts(drawings)))
        else:
            sections[-1][1].add(indent, mark, words)
    made = (Section(name, tuple(held.finished(name))) for name, held in sections)
    return Document(title, tuple(section for section in made if section.title or section.parts), ruler, wide)


def _marked(lines: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Each line as how far it is set in, its mark and its words; lines that go on are one, and empty ones are gone."""
    held: tuple[int, str, str] | None = None
    for line in lines:
        words = line.strip()
        mark = _MARKED(words) if words else None
        if held and words and not mark and held[1] in _GOES_ON:
            held = held[0], held[1], f"{held[2]} {words}"
            continue
        if held:
            yield held
        if mark:
            held = len(line) - len(line.lstrip()), mark[0], words[mark.end() :].lstrip()
        else:
            held = (0, "", words) if words else None
    if held:
        yield held


class _Parts:
    """The parts of a section or a fold as its lines come."""

    def __init__(self, drawings: Mapping[str, Drawing]) -> None:
        self._drawings = drawings
        self._parts: list[Part] = []
        self._items: list[Item] = []
        self._rows: list[tuple[str, str]] = []
        self._fold: tuple[str, _Parts] | None = None

    def add(self, indent: int, mark: str, words: str) -> None:
        """A line more."""
        if self._fold and not (mark == "+++" and not words):
            self._fold[1].add(indent, mark, words)
            return
        self._end(mark)
        if mark == "-":
            self._items.append(Item(_plain(words), indent // 2))
        elif mark.startswith("|"):
            self._rows.append((mark, words))
        elif mark == "+++" and words:
            self._fold = _plain(words), _Parts(self._drawings)
        elif mark.startswith("#"):
            self._parts.append(Heading(_plain(words), len(mark) - 3))
        elif mark == "*":
            name, title, caption = map(_plain, _split(words))
            self._parts.append(Picture(title, caption, self._drawings[name]))
        elif mark == ">":
            self._parts.append(Notice(_plain(words)))
        elif mark != "+++":
            self._parts.append(Paragraph(_plain(words), _TONES.get(mark, "")))

    def finished(self, title: str) -> list[Part]:
        """All parts; a table without a caption has the section's title."""
        self._end("")
        return [_titled(part, title) for part in self._parts]

    def _end(self, mark: str) -> None:
        """What ends where a line has another mark: a list, a table, a fold."""
        if self._items and mark != "-":
            self._parts.append(Items(tuple(self._items)))
            self._items = []
        if self._rows and (mark == "|:" or not mark.startswith("|")):
            self._parts.append(_table(self._rows))
            self._rows = []
        if self._fold:
            self._parts.append(Fold(self._fold[0], tuple(self._fold[1].finished(self._fold[0]))))
            self._fold = None


def _titled(part: Part, title: str) -> Part:
    return Grid(title, part.heads, part.groups) if isinstance(part, Grid) and not part.caption else part


def _table(lines: list[tuple[str, str]]) -> Grid:
    caption = next((_plain(words) for mark, words in lines if mark == "|:"), "")
    heads, ruled, *rows = [line for line in lines if line[0] != "|:"]
    groups: list[tuple[str, list[tuple[Cell, ...]]]] = []
    for mark, words in rows:
        if mark == "|>":
            groups.append((_plain(words), []))
            continue
        if not groups:
            groups.append(("", []))
        groups[-1][1].append(tuple(map(_cell, _split(words))))
    return Grid(
        caption,
        tuple(_head(*pair) for pair in zip(_split(heads[1]), _split(ruled[1]), strict=True)),
        tuple(RowGroup(label, tuple(of_label)) for label, of_label in groups),
    )


def _head(words: str, ruled: str) -> ColumnHead:
    if not ruled.startswith("_"):
        return ColumnHead(_cell(words), ruled.endswith(":"))
    room, _, lines = ruled[1:].partition("x")
    return ColumnHead(_cell(words), room=int(room), lines=int(lines or 0))


def _split(words: str) -> list[str]:
    return [cell.strip() for cell in words.strip().removesuffix("|").split("|")]


def _cell(words: str) -> Cell:
    if _BREAK in words:
        return tuple(_plain(part.strip()) for part in words.split(_BREAK))
    return _plain(words)


def _plain(words: str) -> str:
    return words if words.isascii() else words.translate(_RESTORED)


@cache
def _environment() -> Environment:
    return environment([Path(__file__).parents[1] / "documents"], _sheltered)


def _sheltered(value: object) -> object:
    """A text of a school's that no line takes for a mark; what a template made of texts is left as it is."""
    if type(value) is str:
        return _text(value)
    if value is None:
        raise TypeError("a template says nothing where it means to say something")
    return value if hasattr(value, "__html__") else _text(str(value))


@lru_cache(8192)  # what is said of a child is said of many
def _text(text: str) -> str:
    if not text.isprintable():
        text = _BETWEEN_LINES.sub(" ", text)
    return text.translate(_SHELTERED) if _MAY_MARK(text) else text
