"""What a CSV file shows of damage by its shape: a quote mark too many, a row of more or fewer cells than all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from siptrack.reading.cells import Cells
from siptrack.reading.grid import TextGrid
from siptrack.reading.sheet import Sheet
from siptrack.school.place import Place

_LEAST_ROWS = 4
_FEW = 0.1  # of the rows, or one, with another number of cells: where they are more, the file is just written so


def faults_of_shape(sheet: Sheet, content: bytes) -> Iterator[tuple[str, Place, str, str]]:
    """Each fault as the code of a problem, where it is, what was found and what was expected."""
    if isinstance(sheet.rows, TextGrid):
        return
    if content.count(b'"') % 2:
        for number, row in enumerate(sheet.rows, 1):
            if any('"' in cell for cell in row):
                yield "quote-astray", Place(sheet.file, row=number), "a quote mark that is not closed", "two, or none"
                break
    yield from _uneven_rows(sheet)


def _uneven_rows(sheet: Sheet) -> Iterator[tuple[str, Place, str, str]]:
    """The rows of a table, its headings among them, that have not as many cells as the others."""
    widths = Counter(map(len, sheet.rows))
    several = Counter({width: rows for width, rows in widths.items() if width > 1})
    usual, rows = several.most_common(1)[0] if several else (0, 0)
    if rows < _LEAST_ROWS or rows + widths[0] == widths.total():
        return
    head = next(number for number, row in enumerate(sheet.rows, 1) if len(row) == usual)  # which no title follows
    nearly_all = several.total() - rows <= max(1, _FEW * several.total())
    for number, (row, following) in enumerate(zip(sheet.rows, (*sheet.rows[1:], ()), strict=True), 1):
        found = ""
        if row and following and len(row) + len(following) == usual + 1:
            whole = usual in (len(row), len(following))
            found = "" if whole and not _number(following) and number != head else ", and the others in the next line"
        if found or (nearly_all and len(row) > 1 and (len(row) > usual or (len(row) < usual and row[-1]))):
            yield "row-uneven", Place(sheet.file, row=number), f"{len(row)} cells{found}", f"{usual}, as in others"


def _number(row: Cells) -> bool:
    """Whether a row is one number: a lone word is the title of the next table."""
    return len(row) == 1 and row[0].isdecimal()
