"""OpenDocument spreadsheets: the fast reader, and from the content's XML what it does not tell."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from siptrack.reading.formats import calamine
from siptrack.reading.formats.archive import member
from siptrack.reading.formats.limits import MOST_ROWS
from siptrack.reading.formats.table import Facts, Table

_WORTH_A_LOOK = (b'"error"', b":visibility=", b"-spanned=", b'display="false"', b">#", b">Err:")
_FAILED = ("#", "Err:")
_CELLS = ("table-cell", "covered-table-cell")


def tables(content: bytes, archive: zipfile.ZipFile) -> Iterator[Table]:
    """Every sheet of the workbook."""
    xml = member(archive, "content.xml")
    known = _Content(xml).sheets if any(mark in xml for mark in _WORTH_A_LOOK) else []
    hidden = [sheet.hidden for sheet in known]
    for position, table in enumerate(calamine.tables(content, [sheet.facts for sheet in known])):
        table.hidden = table.hidden or (position < len(hidden) and hidden[position])
        yield table


class _Sheet:
    def __init__(self, *, hidden: bool) -> None:
        self.facts, self.hidden = Facts(), hidden


class _Content:
    """The facts of each sheet, gathered in one pass through the XML."""

    def __init__(self, xml: bytes) -> None:
        self.sheets: list[_Sheet] = []
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.may_fail = False
        self.text: list[str] | None = None
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(xml, True)  # noqa: FBT003  # expat takes no keywords

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        tag = _plain(tag)
        attributes = {_plain(name): value for name, value in given.items()}
        if tag == "style":
            self.style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == "table":
            self.sheets.append(_Sheet(hidden=attributes.get("style-name", "") in self.hidden_styles))
            self.row = 0
            self.rows = 1
        elif self.sheets and tag == "table-row":
            self._start_row(attributes)
        elif self.sheets and tag in _CELLS:
            self._start_cell(attributes)
        elif tag == "p" and self.may_fail:
            self.text = []

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self.rows = _times(attributes, "number-rows-repeated")
        self.column = 0
        if attributes.get("visibility", "visible") != "visible":
            last = min(self.row + self.rows, MOST_ROWS)
            self.sheets[-1].facts.hidden_rows.update(range(self.row + 1, last + 1))

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self.columns = _times(attributes, "number-columns-repeated")
        self.may_fail = "formula" in attributes or "error" in attributes.values()
        down, across = _times(attributes, "number-rows-spanned"), _times(attributes, "number-columns-spanned")
        if down > 1 or across > 1:
            row, column = self.row + 1, self.column + 1
            self.sheets[-1].facts.merged.append((row, column, row + down - 1, column + across - 1))

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _end(self, tag: str) -> None:
        tag = _plain(tag)
        if tag == "p" and self.text is not None:
            text = "".join(self.text).strip()
            if text.startswith(_FAILED):
                self.sheets[-1].facts.add_error(self.row + 1, self.column + 1, text)
            self.text = None
        elif tag in _CELLS:
            self.column += self.columns
            self.may_fail = False
        elif tag == "table-row":
            self.row += self.rows


def _plain(name: str) -> str:
    """The name without its namespace."""
    return name.rsplit("}", 1)[-1]


def _times(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdecimal() else 1
