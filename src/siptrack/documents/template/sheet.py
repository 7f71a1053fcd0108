"""One sheet of a template: its cells with text, and its bytes with some cells written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from siptrack.documents.template.markup import Edit, Element, edited, parse, with_attribute
from siptrack.school.place import Place, column_letters
from siptrack.school.safe_text import safe_text

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_CODED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")  # Excel reads this as one character
_SHARED = "s"

At = tuple[int, int]  # row and column, counted from 1


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
    def _data(self) -> Element | None:
        return self._root.find("sheetData")

    @cached_property
    def _rows(self) -> dict[int, Element]:
        """The rows by number; one that does not say its number follows the one before it."""
        rows: dict[int, Element] = {}
        number = 0
        for row in self._data.every("row") if self._data else ():
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
        kind, value = cell.attributes.get("t", ""), cell.find("v")
        if kind == "inlineStr":
            inline = cell.find("is")
            return inline.texts() if inline else ""
        written = value.texts() if value else ""
        if kind == _SHARED:
            number = int(written) if written.isascii() and written.isdigit() else -1
            return self.shared[number] if 0 <= number < len(self.shared) else ""
        return written if kind == "str" else ""

    def in_the_way(self, places: Iterator[At], anchor: At) -> At | None:
        """The first of these cells, the anchor apart, that is not empty or is part of a larger one."""
        for at in places:
            cell = self._cells.get(at[0], {}).get(at[1])
            if at != anchor and ((cell is not None and cell.children) or at in self._merged):
                return at
        return None

    @cached_property
    def _merged(self) -> frozenset[At]:
        merged = self._root.find("mergeCells")
        found: set[At] = set()
        for one in merged.every("mergeCell") if merged else ():
            first, _, last = one.attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = _place(first, (0, 0)), _place(last or first, (0, 0))
            if (bottom - top + 1) * (right - left + 1) <= LAST_ROW:
                found |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        return frozenset(found)

    def with_cells(self, values: Mapping[At, float | str]) -> bytes:
        """The sheet's bytes with these cells written; cells that are there keep their looks."""
        edits: list[Edit] = []
        by_row: dict[int, dict[int, float | str]] = {}
        for (row, column), value in sorted(values.items()):
            by_row.setdefault(row, {})[column] = value
        new_rows: dict[int, list[bytes]] = {}
        for row, cells in by_row.items():
            if row in self._rows:
                edits += self._row_edits(self._rows[row], row, cells)
            else:
                new_rows.setdefault(self._before_row(row), []).append(self._new_row(row, cells))
        edits += [Edit(at, at, b"".join(rows)) for at, rows in new_rows.items()]
        edits += self._dimension(values)
        return edited(self.content, edits)

    def _row_edits(self, row: Element, number: int, cells: Mapping[int, float | str]) -> list[Edit]:
        prefix = row.prefix
        every = self._cells[number]
        there = {column: cell for column, cell in every.items() if column in cells}
        new = {column: value for column, value in cells.items() if column not in there}
        edits = [
            Edit(cell.start, cell.end, _cell((number, column), cells[column], prefix, cell.attributes.get("s", "")))
            for column, cell in there.items()
        ]
        if not new:
            return edits
        made = {column: _cell((number, column), value, prefix) for column, value in new.items()}
        if row.closed:
            opened = self.content[row.start : row.inside - 2].rstrip() + b">"
            return [Edit(row.start, row.end, opened + b"".join(made.values()) + f"</{row.tag}>".encode())]
        if "spans" in row.attributes:  # what Excel noted of the width of the row, which would be wrong now
            tag = re.sub(rb"\sspans\s*=\s*(\"[^\"]*\"|'[^']*')", b"", self.content[row.start : row.inside])
            edits.append(Edit(row.start, row.inside, tag))
        places: dict[int, list[bytes]] = {}
        for column, content in made.items():
            later = [cell.start for other, cell in every.items() if other > column]
            places.setdefault(min(later) if later else self._closing(row), []).append(content)
        return [*edits, *(Edit(at, at, b"".join(contents)) for at, contents in places.items())]

    def _closing(self, element: Element) -> int:
        """Where the end tag of an element begins."""
        return self.content.rindex(b"</", element.inside, element.end)

    def _before_row(self, row: int) -> int:
        assert self._data is not None  # noqa: S101  # a sheet without data holds no placeholder
        later = [there.start for number, there in self._rows.items() if number > row]
        return min(later) if later else self._closing(self._data)

    def _new_row(self, row: int, cells: Mapping[int, float | str]) -> bytes:
        prefix = self._data.prefix if self._data else ""
        inside = b"".join(_cell((row, column), value, prefix) for column, value in cells.items())
        return f'<{prefix}row r="{row}">'.encode() + inside + f"</{prefix}row>".encode()

    def _dimension(self, values: Mapping[At, float | str]) -> list[Edit]:
        """What the sheet says of its own size, where it is larger now."""
        element = self._root.find("dimension")
        if element is None:
            return []
        first, _, last = element.attributes.get("ref", "").partition(":")
        corners = [_place(first, (1, 1)), _place(last or first, (1, 1)), *values]
        (top, left), (bottom, right) = (
            (pick(row for row, _ in corners), pick(column for _, column in corners)) for pick in (min, max)
        )
        ref = f"{address((top, left))}:{address((bottom, right))}"
        if ref == element.attributes.get("ref") or (bottom, right) == _place(last or first, (1, 1)):
            return []
        return [with_attribute(self.content, element, "ref", ref)]


def address(at: At) -> str:
    """The cell as Excel names it."""
    return Place("", "", *at).cell


def _place(reference: str, otherwise: At) -> At:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return otherwise
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _cell(at: At, value: float | str, prefix: str, style: str = "") -> bytes:
    """A cell's XML: a number as a number, and a text as a text in the cell itself, never a formula."""
    looks = f' s="{escape(style)}"' if style else ""
    start = f'<{prefix}c r="{column_letters(at[1])}{at[0]}"{looks}'
    if isinstance(value, str):
        lines = "\n".join(map(safe_text, value.split("\n")))
        words = escape(_CODED.sub(r"_x005F_\1", lines), quote=False)
        inside = f'<{prefix}is><{prefix}t xml:space="preserve">{words}</{prefix}t></{prefix}is>'
        return f'{start} t="inlineStr">{inside}</{prefix}c>'.encode()
    return f"{start}><{prefix}v>{value!r}</{prefix}v></{prefix}c>".encode()
