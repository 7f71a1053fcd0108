"""One sheet of a template: its cells with text, and its bytes with some cells written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from siptrack.documents.template.markup import Edit, Element, edited, parse, with_attribute, without_attribute
from siptrack.school.place import Place, column_letters
from siptrack.school.safe_text import safe_text

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_CODED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")  # Excel reads this as one character

At = tuple[int, int]  # row and column, counted from 1
Box = tuple[At, At]  # the first and the last cell of a range


@dataclass(frozen=True)
class SheetPart:
    """A sheet as it lies in the archive; `shared` are the texts that its cells refer to by number."""

    name: str
    content: bytes
    shared: tuple[str, ...]

    @cached_property
    def _root(self) -> Element:
        return parse(self.content)

    @cached_property
    def _data(self) -> Element:
        return self._root.find("sheetData") or Element("", "", {}, 0, 0)

    @cached_property
    def _rows(self) -> dict[int, Element]:
        """The rows by number; one that does not say its number follows the one before it."""
        rows: dict[int, Element] = {}
        number = 0
        for row in self._data.every("row"):
            number = int(row.attributes.get("r", number + 1))
            rows[number] = row
        return rows

    @cached_property
    def _cells(self) -> dict[int, dict[int, Element]]:
        """The cells by row and column."""
        cells: dict[int, dict[int, Element]] = {}
        for number, row in self._rows.items():
            column, across = 0, cells.setdefault(number, {})
            for cell in row.every("c"):
                column = _place(cell.attributes.get("r", ""), (number, column + 1))[1]
                across[column] = cell
        return cells

    def texts(self) -> Iterator[tuple[At, str]]:
        """Every cell that holds a text which no formula makes."""
        for row, cells in self._cells.items():
            for column, cell in cells.items():
                if cell.find("f") is None and (text := self._text(cell)):
                    yield (row, column), text

    def _text(self, cell: Element) -> str:
        kind = cell.attributes.get("t", "")
        value = cell.find("is" if kind == "inlineStr" else "v")
        written = value.texts() if value else ""
        if kind == "s":  # the number of a shared text
            number = int(written) if written.isascii() and written.isdigit() else len(self.shared)
            return self.shared[number] if number < len(self.shared) else ""
        return written if kind in ("str", "inlineStr") else ""

    def in_the_way(self, places: Iterable[At], anchor: At) -> At | None:
        """The first of these cells, the anchor apart, that is not empty or is part of a larger one."""
        for at in places:
            cell = self._cells.get(at[0], {}).get(at[1])
            if at != anchor and ((cell is not None and cell.children) or any(_within(at, box) for box in self._merged)):
                return at
        return None

    @cached_property
    def _merged(self) -> list[Box]:
        merged = self._root.find("mergeCells")
        return [_box(cell.attributes.get("ref", ""), (0, 0)) for cell in (merged.every("mergeCell") if merged else ())]

    def with_cells(self, values: Mapping[At, float | str]) -> bytes:
        """The sheet's bytes with these cells written; cells that are there keep their looks."""
        edits, new_rows = self._dimension(values), dict[int, bytes]()
        by_row: dict[int, dict[int, float | str]] = {}
        for (row, column), value in sorted(values.items()):
            by_row.setdefault(row, {})[column] = value
        prefix = self._data.prefix
        for row, cells in by_row.items():
            there = self._cells.get(row, {})
            looks = {column: cell.attributes.get("s", "") for column, cell in there.items()}
            made = {at: _cell((row, at), value, prefix, looks.get(at, "")) for at, value in cells.items()}
            new = {column: content for column, content in made.items() if column not in there}
            edits += [Edit(there[at].start, there[at].end, made[at]) for at in made if at in there]
            if row not in self._rows:
                new_rows[row] = (
                    f'<{prefix}row r="{row}">'.encode() + b"".join(made.values()) + f"</{prefix}row>".encode()
                )
            elif new:
                edits += self._inserted(self._rows[row], there, new)
        return edited(self.content, [*edits, *self._inserted(self._data, self._rows, new_rows)])

    def _inserted(self, parent: Element, there: Mapping[int, Element], new: Mapping[int, bytes]) -> Iterator[Edit]:
        """New children of an element among those that are there, by their numbers.

        What Excel noted of the width of a row would be wrong now.
        """
        tag = without_attribute(self.content[parent.start : parent.inside], "spans")
        if parent.end == parent.inside:
            opened = tag.removesuffix(b"/>").rstrip() + b">"
            yield Edit(parent.start, parent.end, opened + b"".join(new.values()) + f"</{parent.tag}>".encode())
            return
        yield Edit(parent.start, parent.inside, tag)
        for number, content in new.items():
            later = [child.start for other, child in there.items() if other > number]
            at = min(later) if later else self.content.rindex(b"</", parent.inside, parent.end)
            yield Edit(at, at, content)

    def _dimension(self, values: Iterable[At]) -> list[Edit]:
        """What the sheet says of its own size, where it is larger now."""
        element = self._root.find("dimension")
        if element is None:
            return []
        ref = element.attributes.get("ref", "")
        first, last = _box(ref, (1, 1))
        corners = [first, last, *values]
        top, left, bottom, right = (pick(at[side] for at in corners) for pick in (min, max) for side in (0, 1))
        larger = f"{address((top, left))}:{address((bottom, right))}"
        return [] if last == (bottom, right) else [with_attribute(self.content, element, "ref", larger)]


def address(at: At) -> str:
    """The cell as Excel names it."""
    return Place("", "", *at).cell


def _box(reference: str, otherwise: At) -> Box:
    first, _, last = reference.partition(":")
    return _place(first, otherwise), _place(last or first, otherwise)


def _within(at: At, box: Box) -> bool:
    return all(first <= here <= last for here, first, last in zip(at, *box, strict=True))


def _place(reference: str, otherwise: At) -> At:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return otherwise
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _cell(at: At, value: float | str, prefix: str, style: str) -> bytes:
    """A cell's XML: a number as a number, and a text as a text in the cell itself, never a formula."""
    start = f'<{prefix}c r="{column_letters(at[1])}{at[0]}"' + (f' s="{escape(style)}"' if style else "")
    if isinstance(value, str):
        words = escape(_CODED.sub(r"_x005F_\1", "\n".join(map(safe_text, value.split("\n")))), quote=False)
        text = f'<{prefix}t xml:space="preserve">{words}</{prefix}t>'
        return f'{start} t="inlineStr"><{prefix}is>{text}</{prefix}is></{prefix}c>'.encode()
    return f"{start}><{prefix}v>{value!r}</{prefix}v></{prefix}c>".encode()
