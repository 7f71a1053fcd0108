"""CSV files: text in, text out, whatever the delimiter, quotes and encoding."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from siptrack.reading.formats.limits import MOST_CELLS, MOST_COLUMNS
from siptrack.reading.formats.text import GUESSED, decode, decoded
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.sheet import Sheet

__all__ = ["DELIMITERS", "decode", "read_separated"]

DELIMITERS = ",\t;|^~"
_NAMED_DELIMITER = re.compile(r"\ufeff?sep=([^\r\n]?)\r?\n", re.IGNORECASE)  # Excel's own way of naming it
_SAMPLE = 65_536
_SAMPLE_LINES = 50
_MANY = 4  # one delimiter in so many cells between single quotes: they are this file's quote marks
_FORMULA = '="'  # a number that Excel is to take for text is written ="0012"


def read_separated(content: bytes, file: str) -> tuple[Sheet, bool]:
    """The one sheet of a CSV file, and whether its encoding had to be guessed.

    Raises UnusableFileError for what is not text.
    """
    text, encoding = decoded(content)
    if "\0" in text:
        raise UnusableFileError("it is neither a workbook nor a text file")
    sample, formulas, odd = text[:_SAMPLE], _FORMULA in text, text.count('"') % 2 == 1
    del text  # what follows decodes again, bit by bit, so that a large file need not lie in memory three times
    stream = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace", newline="")
    named = _NAMED_DELIMITER.match(sample)
    if named:
        stream.readline()
    delimiter = named[1] or "," if named else _delimiter(sample)
    rows = _rows(stream, delimiter, _quote(sample, delimiter), formulas=formulas)
    if odd and rows and any("\n" in cell for cell in rows[-1]):
        raise UnusableFileError("its last cell runs over several lines; is a quote mark not closed?")
    before: list[tuple[str, ...]] = [()] if named else []
    return Sheet(file, "", (*before, *rows)), encoding == GUESSED


def _rows(stream: io.TextIOWrapper, delimiter: str, quote: str, *, formulas: bool) -> list[tuple[str, ...]]:
    """The rows, each distinct text kept once: a long file repeats most of its cells."""
    strip = str.strip
    distinct: dict[str, str] = {}
    known = distinct.setdefault
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in csv.reader(stream, delimiter=delimiter, quotechar=quote):
            cells += len(row)
            if cells > MOST_CELLS or len(row) > MOST_COLUMNS or len(rows) > MOST_CELLS:
                raise UnusableFileError(f"it holds more than {MOST_CELLS:,} cells, or {MOST_COLUMNS:,} in a row")
            texts = [known(cell, cell) for cell in map(_without_formula if formulas else strip, row)]
            rows.append(tuple(texts) if any(texts) else ())
    except csv.Error:
        raise UnusableFileError(
            "a cell is longer than any cell of a spreadsheet; is a quote mark not closed?"
        ) from None
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _without_formula(cell: str) -> str:
    cell = cell.strip()
    return cell[2:-1].replace('""', '"').strip() if cell.startswith(_FORMULA) and cell.endswith('"') else cell


def _sampled(sample: str, delimiter: str, quote: str = '"') -> Iterator[list[str]]:
    """The first rows, if this were the delimiter."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, quotechar=quote)
    with suppress(csv.Error):
        yield from islice(reader, _SAMPLE_LINES)


def _delimiter(sample: str) -> str:
    """The delimiter by which most of the first lines split into the same number of cells, more than one."""

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _sampled(sample, delimiter) if len(row) > 1)
        width, rows = widths.most_common(1)[0] if widths else (0, 0)
        return rows, width

    return max(DELIMITERS, key=agreement)


def _quote(sample: str, delimiter: str) -> str:
    """The quote mark: the double one, unless the first rows put many cells between single ones."""
    if '"' in sample:
        return '"'
    cells = [cell for row in _sampled(sample, delimiter) for cell in row]
    quoted = sum(1 for cell in cells if len(cell) > 1 and cell[0] == cell[-1] == "'")
    return "'" if quoted * _MANY > len(cells) else '"'
