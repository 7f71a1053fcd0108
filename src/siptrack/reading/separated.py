"""CSV files: text in, text out, whatever the delimiter, quotes and encoding."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice

from siptrack.reading.even_rows import read_even_rows
from siptrack.reading.formats.limits import MOST_CELLS, MOST_COLUMNS, MOST_LINE, WAY_ROUND
from siptrack.reading.formats.text import GUESSED, decode, encoding_of, encoding_throughout, texts
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.sheet import Sheet

__all__ = ["DELIMITERS", "decode", "read_separated"]

LEAST_BYTES = 500_000  # of a file that is read by its columns
BLOCK = 1 << 20
DELIMITERS = ",\t;|^~"
_NAMED_DELIMITER = re.compile(r"\ufeff?sep=([^\r\n]?)\r?\n", re.IGNORECASE)  # Excel's own way of naming it
_SAMPLE = 65_536
_SAMPLE_LINES = 50
_MOST_DISTINCT = 500_000  # texts that are kept once: where there are more, few of them come again
_MANY = 4  # one delimiter in so many cells between single quotes: they are this file's quote marks
_TOO_MANY = f"it holds more than {MOST_CELLS:,} cells, or {MOST_COLUMNS:,} in a row; {WAY_ROUND}"
_FORMULA = '="'  # a number that Excel is to take for text is written ="0012"


def read_separated(content: bytes, file: str) -> tuple[Sheet, bool]:
    """The one sheet of a CSV file, and whether its encoding had to be guessed.

    Raises UnusableFileError for what is not text.
    """
    if len(content) >= LEAST_BYTES:
        blocks = (content[at : at + BLOCK] for at in range(0, len(content), BLOCK))
        if found := read_long(blocks, file):
            return found
    encoding = encoding_throughout(content)
    formulas, odd = _looked_through(content, encoding)
    sample = _sample(content, encoding)
    bounded = _BoundedRows(content)
    stream = io.TextIOWrapper(bounded, encoding=encoding, errors="replace", newline="")
    named = _NAMED_DELIMITER.match(sample)
    if named:
        stream.readline()
    delimiter = named[1] or "," if named else _delimiter(sample)
    quote = _quote(sample, delimiter)
    reader = csv.reader(stream, delimiter=delimiter, quotechar=quote)
    rows = _rows(reader, bounded, formulas=formulas)
    if odd and rows and any("\n" in cell for cell in rows[-1]):
        raise UnusableFileError("its last cell runs over several lines; is a quote mark not closed?")
    before: list[tuple[str, ...]] = [()] if named else []
    return Sheet(file, "", (*before, *rows)), encoding == GUESSED


def read_long(blocks: Iterator[bytes], file: str) -> tuple[Sheet, bool] | None:
    """The same of a file that is read by its columns; None where it is not written so that it can be.

    Raises UnusableFileError where it holds more than can be read so.
    """
    first = next(blocks, b"")
    marked = encoding_of(first)
    sample = _sample(first, marked or "utf-8")
    delimiter = _delimiter(sample)
    if marked not in ("", "utf-8-sig") or _NAMED_DELIMITER.match(sample) or _quote(sample, delimiter) != '"':
        return None
    found = read_even_rows(chain([first], blocks), delimiter, GUESSED)
    if found is None or (marked and found.encoding == GUESSED):
        return None
    return Sheet(file, "", found.grid), found.encoding == GUESSED


def _sample(content: bytes, encoding: str) -> str:
    return next(texts(content[: 4 * _SAMPLE], encoding), "")[:_SAMPLE]


def _looked_through(content: bytes, encoding: str) -> tuple[bool, bool]:
    """Whether numbers may be written as formulas, and whether the quote marks are an odd number."""
    formulas, quotes, last = False, 0, ""
    for text in texts(content, encoding):
        if "\0" in text:
            raise UnusableFileError("it is neither a workbook nor a text file")
        formulas = formulas or _FORMULA in last + text
        quotes += text.count('"')
        last = text[-1:]
    return formulas, quotes % 2 == 1


class _BoundedRows(io.BytesIO):
    """The bytes of a file, of which no row may take more than the limit: it would be held whole, cell by cell."""

    taken = 0
    """How many bytes were taken since this was last set to nothing, as it is with each row."""

    def read1(self, size: int | None = -1) -> bytes:
        """The next bytes. Raises UnusableFileError where a row does not end."""
        self.taken += size or 0
        if self.taken > MOST_LINE:
            raise UnusableFileError(
                f"a row in it is longer than {MOST_LINE:,} letters; is a quote mark not closed, or is it no table?"
            )
        return super().read1(size)


def _rows(reader: Iterator[list[str]], bounded: _BoundedRows, *, formulas: bool) -> list[tuple[str, ...]]:
    """The rows, each distinct text kept once, for a long file repeats most of its cells."""
    distinct = _Distinct(_without_formula if formulas else str.strip)
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in reader:
            bounded.taken = 0
            if len(row) > MOST_COLUMNS:
                raise UnusableFileError(_TOO_MANY)
            if len(distinct) > _MOST_DISTINCT:
                distinct.clear()
            held = tuple(map(distinct.__getitem__, row))
            rows.append(held if any(held) else ())
            cells += len(rows[-1]) + 1
            if cells > MOST_CELLS:
                raise UnusableFileError(_TOO_MANY)
    except csv.Error:
        raise UnusableFileError(
            "a cell is longer than any cell of a spreadsheet; is a quote mark not closed?"
        ) from None
    while rows and not rows[-1]:
        rows.pop()
    return rows


class _Distinct(dict[str, str]):
    """The texts of cells as they are kept, by what is written; each is stripped once."""

    def __init__(self, strip: Callable[[str], str]) -> None:
        super().__init__()
        self.strip = strip

    def __missing__(self, cell: str) -> str:
        """What is kept of a cell that was not met before."""
        kept = self[cell] = self.strip(cell)
        return kept


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
