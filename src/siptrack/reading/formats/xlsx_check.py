"""An Excel sheet written as no program that we know writes it: looked at element by element before it is read slowly.

What contradicts itself is refused: two cells in one place, a cell in another's row, a text that is not in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from siptrack.reading.formats.limits import MOST_COLUMNS, MOST_ROWS
from siptrack.reading.formats.table import Facts
from siptrack.reading.formats.well_formed import WellFormed, insist
from siptrack.reading.formats.xlsx_parts import TEXT_INSIDE

_INSIDE = {"row": "sheetData", "c": "row", "f": "c", "v": "c", "is": "c"}
_OF_A_CELL = {"r", "s", "t", "cm", "vm", "ph"}
_TYPES = {"s", "n", "b", "e", "d", "str", "inlineStr"}
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.IGNORECASE)
_YES = ("1", "true")
_CELLS = "sheetData"


class CheckedSheet:
    """Takes the elements of a sheet one by one and gathers its facts, of which none is left to guess."""

    def __init__(self, texts: int) -> None:
        """`texts` is how many shared texts the workbook has."""
        self.texts = texts
        self.facts = Facts()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.row = self.column = 0
        self.type = self.style = ""
        self.value: list[str] = []
        self.within: set[str] = set()
        self.check = WellFormed(self._start, self._end, self._text)

    def facts_of(self, content: Iterable[bytes]) -> Facts:
        """The facts of the sheet. Raises UnusableFileError where it is damaged."""
        self.check.take(content)
        insist(_CELLS in self.seen)
        self.facts.understood = False
        return self.facts

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        inside = self.open[-1] if self.open else ""
        self.open.append(tag)
        if _CELLS in self.open[:-1]:
            self._start_inside(tag, inside, given)
        elif tag == _CELLS:
            insist(_CELLS not in self.seen)
            self.seen.add(_CELLS)
        elif tag == "mergeCell":
            first, _, last = given.get("ref", "").partition(":")
            (top, left), (bottom, right) = _place(first), _place(last or first)
            self.facts.merged.append((top, left, bottom, right))

    def _start_inside(self, tag: str, inside: str, given: Mapping[str, str]) -> None:
        """An element among the cells, each where it belongs and at most once in a cell."""
        if inside in ("sheetData", "row", "c") and tag != "extLst":
            insist(_INSIDE.get(tag) == inside)
        insist(inside not in TEXT_INSIDE or tag in TEXT_INSIDE[inside])
        if tag == "row":
            self._start_row(given)
        elif tag == "c":
            self._start_cell(given)
        elif inside == "c":
            insist(tag not in self.within)
            self.within.add(tag)

    def _start_row(self, given: Mapping[str, str]) -> None:
        number = given.get("r", f"{self.row + 1}")
        insist(number.isdecimal() and self.row < int(number) <= MOST_ROWS)
        self.row, self.column = int(number), 0
        if given.get("hidden") in _YES:
            self.facts.hidden_rows.add(self.row)

    def _start_cell(self, given: Mapping[str, str]) -> None:
        insist({name for name in given if "}" not in name} <= _OF_A_CELL and given.get("t", "n") in _TYPES)
        row, column = _place(given["r"]) if "r" in given else (self.row, self.column + 1)
        insist(row == self.row and self.column < column <= MOST_COLUMNS)
        self.column, self.type = column, given.get("t", "n")
        self.style = given.get("s") or "0"
        self.within, self.value = set(), []

    def _text(self, text: str) -> None:
        if "c" in self.open:
            self.facts.characters += len(text)
            if self.open[-1] == "v":
                self.value.append(text)

    def _end(self, tag: str) -> None:
        self.open.pop()
        if tag == "c" and self.within:
            self._end_cell("".join(self.value).strip())

    def _end_cell(self, value: str) -> None:
        facts = self.facts
        facts.cells += 1
        facts.last_row, facts.last_column = self.row, max(facts.last_column, self.column)
        if "f" in self.within and not value and self.type != "str":
            facts.stale.add((self.row, self.column))
        if self.type == "n" and value:
            insist(self.style.isdecimal())
            facts.style = max(facts.style, int(self.style))
        if self.type == "s" and value:
            insist(value.isdecimal() and int(value) < self.texts)
            facts.shared += 1


def _place(address: str) -> tuple[int, int]:
    """The row and column of an address."""
    found = _ADDRESS.fullmatch(address)
    insist(found is not None)
    column = 0
    for letter in found[1].upper() if found else "":
        column = column * 26 + ord(letter) - 64
    return int(found[2]) if found else 0, column
