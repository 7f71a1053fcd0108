"""CSV files: text in, text out, whatever the delimiter, quotes and encoding."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from siptrack.reading.formats.limits import MOST_CELLS, MOST_ROWS
from siptrack.reading.formats.text import decode
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.sheet import Sheet

__all__ = ["DELIMITERS", "decode", "read_separated"]

DELIMITERS = ",\t;|^~"
_QUOTES = "\"'"
_SAMPLE = 65_536
_SAMPLE_LINES = 50
_MANY = 4  # one delimiter in so many cells between single quotes: they are this file's quote marks
_FORMULA = '="'  # a number that Excel is to take for text is written ="0012"


def read_separated(content: bytes, file: str) -> tuple[Sheet, bool]:
    """The one sheet of a CSV file, and whether its encoding had to be guessed.

    Raises UnusableFileError for what is not text.
    """
    text, guessed = decode(content)
    if "\0" in text:
        raise UnusableFileError("it is neither a workbook nor a text file")
    stream = io.StringIO(text, newline="")
    first = text[: text.find("\n") + 1 or None].rstrip("\r\n").lstrip("\ufeff")
    if first.lower().startswith("sep="):  # Excel's own way of naming the delimiter
        stream.readline()
        delimiter = first[4:5] or ","
        before: tuple[tuple[str, ...], ...] = ((),)
    else:
        delimiter = _delimiter(text[:_SAMPLE])
        before = ()
    rows = _rows(stream, delimiter, _quote(text[:_SAMPLE], delimiter), formulas=_FORMULA in text)
    return Sheet(file, "", (*before, *rows)), guessed


def _rows(stream: io.StringIO, delimiter: str, quote: str, *, formulas: bool) -> list[tuple[str, ...]]:
    """The rows, each distinct text kept once: a long file repeats most of its cells."""
    strip = str.strip
    distinct: dict[str, str] = {}
    known = distinct.setdefault
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in csv.reader(stream, delimiter=delimiter, quotechar=quote):
            texts = tuple(map(strip, row))
            if formulas:
                texts = tuple(map(_without_formula, texts))
            cells += len(texts)
            rows.append(tuple([known(cell, cell) for cell in texts]) if any(texts) else ())
            if cells > MOST_CELLS or len(rows) > 2 * MOST_ROWS:
                raise UnusableFileError(f"it holds more than {MOST_CELLS:,} cells")
    except csv.Error:
        raise UnusableFileError(
            "a cell is longer than any cell of a spreadsheet; is a quote mark not closed?"
        ) from None
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _without_formula(cell: str) -> str:
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
