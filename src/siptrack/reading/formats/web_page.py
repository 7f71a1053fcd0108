"""Web pages that call themselves workbooks: many programs export a table of HTML and name it .xls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from siptrack.reading.formats.cells import limited
from siptrack.reading.formats.limits import MOST_COLUMNS, MOST_MERGED
from siptrack.reading.formats.table import TOO_MUCH_MERGED, Facts, PageTable, refuse_counts, refuse_too_much
from siptrack.reading.formats.text import decode
from siptrack.reading.formats.unusable import UnusableFileError

_NOT_TEXT = frozenset({"script", "style", "head", "title", "template"})
_CELLS = frozenset({"td", "th"})
_MOST_SPANNED = 1_000  # as browsers have it
_A_TABLE = 100  # cells that the mere beginning of a table counts for
_BLOCK = 1 << 16
_MOST_IN_A_PART = 4_000_000  # letters of a tag, a comment or a script
_DAMAGED = "it is damaged, or cut short; export it again"
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_OF_A_TAG = re.compile(r"<$|/t(?:d|h|r|able)>")  # what is left in a cell of a tag that has lost its beginning or end
_NUMBER = re.compile("[0-9]{1,5}")


def tables(content: bytes) -> Iterator[PageTable]:
    """Every table of the page that holds anything, tables inside tables on their own."""
    page = _Page()
    text = decode(content)[0]
    if "\0" in text:
        raise UnusableFileError(_DAMAGED)
    for at in range(0, len(text), _BLOCK):
        page.feed(text[at : at + _BLOCK])
        if len(page.rawdata) > _MOST_IN_A_PART:  # the parser waits for its end, and looks at it anew with every block
            raise UnusableFileError(_DAMAGED)
    page.close()
    grids = [grid for grid in page.finished if any(grid.rows)]
    if not grids:
        raise UnusableFileError("it is a web page without a table; export the data as a workbook or CSV file")
    refuse_too_much(grid.facts for grid in grids)
    for number, grid in enumerate(grids, 1):
        name = grid.caption or (f"Table {number}" if len(grids) > 1 else "")
        yield PageTable(name, limited(grid.rows), grid.facts)


class _Grid:
    """One table as it is being read: spanned cells keep their text in the first, the others are blank."""

    def __init__(self, count: Callable[[int], None]) -> None:
        """`count` gets how many cells are looked at, those that spanned ones reach into among them."""
        self.count = count
        self.rows: list[list[str]] = []
        self.facts = Facts()
        self.caption = ""
        self.open_cell: tuple[int, int] | None = None
        self.texts: list[str] = []
        self.taken: dict[int, int] = {}
        """By column, how many further rows a cell above reaches into."""
        self.column = 0
        self.in_row = False

    def start_row(self) -> None:
        """Begin a row below the last."""
        self.end_cell()
        self.rows.append([])
        self.column = 0
        self.in_row = True
        self.now = self.taken
        self.count(1 + len(self.now))
        self.taken = {column: left - 1 for column, left in self.now.items() if left > 1}

    def start_cell(self, across: int, down: int) -> None:
        """Begin a cell in the next free column."""
        if not self.in_row:
            self.start_row()
        self.end_cell()
        while self.column in self.now:
            self.column += 1
        if self.column + across > MOST_COLUMNS:
            raise UnusableFileError(f"a table in it has more than {MOST_COLUMNS:,} columns")
        row, column = len(self.rows), self.column + 1
        self.count(1 + across)
        if across > 1 or down > 1:
            if len(self.facts.merged) >= MOST_MERGED:
                raise UnusableFileError(TOO_MUCH_MERGED)
            self.facts.merged.append((row, column, row + down - 1, column + across - 1))
            self.taken.update(dict.fromkeys(range(self.column, self.column + across), down - 1) if down > 1 else {})
        self.open_cell = (self.column, across)
        self.texts = []

    def end_cell(self) -> None:
        """Put the text of the open cell into its place."""
        if self.open_cell is None:
            return
        column, across = self.open_cell
        text = " ".join("".join(self.texts).split())
        if _OF_A_TAG.search(text):
            raise UnusableFileError(_DAMAGED)
        if text:
            row = self.rows[-1]
            row.extend([""] * (column - len(row)))
            row.append(text)
        self.column = column + across
        self.open_cell = None

    def end_row(self) -> None:
        """A row ends; a cell that follows begins another, as in a browser."""
        self.end_cell()
        self.in_row = False


class _Page(HTMLParser):
    """The tables of a page; scripts and styles are no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.finished: list[_Grid] = []
        self.open: list[_Grid] = []
        self.silent = ""
        self.caption: list[str] | None = None
        self.cells = 0
        self.ended = False

    def count(self, cells: int) -> None:
        """Raise UnusableFileError when the tables of the page hold more cells than any school's."""
        self.cells += cells
        refuse_counts(self.cells, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tables, rows and cells begin; a line break is a space."""
        if self.silent:
            return
        if "<" in _QUOTED.sub("", (self.get_starttag_text() or "")[1:]):
            raise UnusableFileError(_DAMAGED)
        if tag in _NOT_TEXT:
            self.silent = tag
        elif tag == "table":
            self.count(_A_TABLE)
            grid = _Grid(self.count)
            self.finished.append(grid)
            self.open.append(grid)
        elif self.open and tag == "tr":
            self.open[-1].start_row()
        elif self.open and tag in _CELLS:
            given = dict(attrs)
            self.open[-1].start_cell(_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag == "caption":
            self.caption = []
        elif tag in ("br", "p", "div"):
            self.handle_data(" ")

    def parse_endtag(self, i: int) -> int:
        """Read an end tag. Raises UnusableFileError where another tag begins in it, and what stood between is lost."""
        end = super().parse_endtag(i)
        if "<" in self.rawdata[i + 1 : max(end, i)]:
            raise UnusableFileError(_DAMAGED)
        return end

    def handle_endtag(self, tag: str) -> None:
        """Tables and cells end; what is not closed ends where the next begins."""
        if self.silent:
            self.silent = "" if tag == self.silent else self.silent
        elif tag in ("body", "html"):
            self.ended = True
        elif not self.open:
            return
        elif tag in _CELLS:
            self.open[-1].end_cell()
        elif tag == "tr":
            self.open[-1].end_row()
        elif tag == "table":
            self.open.pop().end_cell()
        elif tag == "caption" and self.caption is not None:
            self.open[-1].caption = " ".join("".join(self.caption).split())
            self.caption = None

    def handle_data(self, data: str) -> None:
        """Text belongs to the innermost open cell."""
        if self.silent:
            return
        if self.caption is not None:
            self.caption.append(data)
        elif self.open and self.open[-1].open_cell is not None:
            self.open[-1].texts.append(data)
        elif self.open and self.open[-1].in_row and data.strip():  # a browser shows it, but beside its table
            raise UnusableFileError(_DAMAGED)

    def close(self) -> None:
        """What is still open ends with the page. Raises UnusableFileError where the page itself does not end."""
        if "<" in self.rawdata or (self.open and not self.ended):
            raise UnusableFileError(_DAMAGED)
        while self.open:
            self.open.pop().end_cell()


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MOST_SPANNED) if text and _NUMBER.fullmatch(text) else 1
