"""Excel sheets by the slow reader, for sheets of which the fast one would lose something or ask for too much memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain

from siptrack.reading.formats.cells import limited, row_reader, unescaped


class Workbook:
    """A workbook as openpyxl reads it, row by row and without formulas."""

    def __init__(self, content: bytes) -> None:
        import openpyxl

        self.book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)

    @property
    def sheets(self) -> list[tuple[str, bool]]:
        """The name of each sheet that has cells, and whether it is hidden."""
        return [(sheet.title, sheet.sheet_state != "visible") for sheet in self.book.worksheets]

    def rows(self, name: str) -> Iterator[tuple[str, ...]]:
        """The rows of one sheet."""
        sheet = self.book[name]
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        texts = row_reader()
        rows = (
            texts(float(v) if type(v) is int else unescaped(v) if type(v) is str else v for v in values)
            for values in sheet.iter_rows(values_only=True)
        )
        first = next(rows, [])  # so that a damaged sheet is known before its rows are wanted
        return limited(chain([first], rows))
