"""OpenDocument spreadsheets: the fast reader, and from the content's XML what it does not tell."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping

from siptrack.reading.formats import calamine
from siptrack.reading.formats.archive import blocks
from siptrack.reading.formats.limits import MOST_ROWS
from siptrack.reading.formats.table import Facts, PageTable, refuse_for_the_fast
from siptrack.reading.formats.well_formed import WellFormed, insist

_DIGITS = len(f"{MOST_ROWS}")
_FAILED = ("#", "Err:")
_CELLS = ("table:table-cell", "table:covered-table-cell")
_ROW, _TABLE = "table:table-row", "table:table"
_VALUES = {  # by the type of a cell, the attribute that holds its value
    "float": "office:value",
    "percentage": "office:value",
    "currency": "office:value",
    "date": "office:date-value",
    "time": "office:time-value",
    "boolean": "office:boolean-value",
    "string": "",
    "void": "",
    "": "",
}
_OF_ROWS = {_ROW, "table:table-rows", "table:table-header-rows", "table:table-row-group"}
_IN_A_TABLE = _OF_ROWS | {
    "table:table-column", "table:table-columns", "table:table-header-columns", "table:table-column-group",
    "table:table-source", "table:table-protection", "table:shapes", "table:scenario", "table:title", "table:desc",
    "table:named-expressions", "table:cell-range-source",
}  # fmt: skip


def tables(content: bytes, archive: zipfile.ZipFile) -> Iterator[PageTable]:
    """Every sheet of the workbook. Raises UnusableFileError where it is damaged, or holds too much."""
    known = _Content(blocks(archive, "content.xml")).sheets
    facts = [sheet.facts for sheet in known]
    refuse_for_the_fast(facts)
    insist(len({sheet.name for sheet in known}) == len(known))  # of two with one name the fast reader reads the last
    for table, sheet in zip(calamine.tables(content, facts), known, strict=True):
        table.hidden = table.hidden or sheet.hidden
        yield table


class _Sheet:
    def __init__(self, name: str, *, hidden: bool) -> None:
        self.name, self.hidden = name, hidden
        self.facts = Facts()
        self.hidden_rows: list[tuple[int, int]] = []


class _Content:
    """The facts of each sheet, gathered in one pass through the XML, whose names are as the fast reader wants them."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self.sheets: list[_Sheet] = []
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.open: list[str] = []
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.type = ""
        self.may_fail = self.filled = False
        self.length = 0
        self.text: list[str] = []
        check = WellFormed(self._start, self._end, self._characters, prefixed=True)
        check.take(content)

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        inside = self.open[-1] if self.open else ""
        self.open.append(tag)
        if tag in _CELLS:
            insist(inside == _ROW)
            self._start_cell(given)
        elif inside == _TABLE or inside in _OF_ROWS:
            insist(tag in _IN_A_TABLE or not tag.startswith("table:"))
        if tag == _ROW:
            self._start_row(given)
        elif tag == _TABLE and inside == "office:spreadsheet":
            name = given.get("table:name", "")
            self.sheets.append(_Sheet(name, hidden=given.get("table:style-name", "") in self.hidden_styles))
            self.row = 0
        elif tag == "text:p":
            self.text = []
        elif tag == "style:style":
            self.style = given.get("style:name", "")
        elif tag == "style:table-properties" and given.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def _start_row(self, given: Mapping[str, str]) -> None:
        insist(bool(self.sheets))
        self.rows = _times(given, "table:number-rows-repeated")
        self.column = 0
        if given.get("table:visibility", "visible") != "visible":
            self.sheets[-1].hidden_rows.append((self.row + 1, self.row + self.rows))

    def _start_cell(self, given: Mapping[str, str]) -> None:
        self.columns = _times(given, "table:number-columns-repeated")
        self.type = given.get("office:value-type", "")
        self.may_fail = "table:formula" in given or given.get("calcext:value-type") == "error"
        value = _VALUES.get(self.type)
        insist(value is not None and (not value or value in given))
        self.filled = bool(value) or "table:formula" in given or "office:string-value" in given
        self.length = len(given.get("office:string-value", ""))
        down, across = _times(given, "table:number-rows-spanned"), _times(given, "table:number-columns-spanned")
        if down > 1 or across > 1:
            row, column = self.row + 1, self.column + 1
            self.sheets[-1].facts.merged.append((row, column, row + down - 1, column + across - 1))

    def _characters(self, text: str) -> None:
        self.text.append(text)

    def _end(self, tag: str) -> None:
        self.open.pop()
        if tag == "text:p" and self.open[-1] in _CELLS:
            self._end_text("".join(self.text).strip())
        elif tag in _CELLS:
            self._end_cell()
        elif tag == _ROW:
            self.row += self.rows
        elif tag == _TABLE and self.sheets:
            facts = self.sheets[-1].facts
            for first, last in self.sheets[-1].hidden_rows:
                facts.hidden_rows.update(range(first, min(last, facts.last_row) + 1))

    def _end_text(self, text: str) -> None:
        insist(not text or bool(self.type))
        self.filled = self.filled or bool(text)
        self.length += len(text)
        if self.may_fail and text.startswith(_FAILED):
            self.sheets[-1].facts.add_error(self.row + 1, self.column + 1, text)

    def _end_cell(self) -> None:
        self.column += self.columns
        if self.filled:
            facts, times = self.sheets[-1].facts, self.columns * self.rows
            facts.cells += times
            facts.characters += self.length * times
            facts.last_row = max(facts.last_row, self.row + self.rows)
            facts.last_column = max(facts.last_column, self.column)
        self.may_fail = False


def _times(given: Mapping[str, str], name: str) -> int:
    text = given.get(name, "1")
    insist(text.isdecimal() and len(text) <= _DIGITS)
    return int(text)
