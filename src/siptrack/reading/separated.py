"""CSV files: text in, text out, whatever the delimiter, quotes and encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from siptrack.reading.sheet import Sheet
from siptrack.reading.workbook import UnusableFileError

DELIMITERS = ",\t;|"
_SAMPLE_LINES = 50
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_separated(content: bytes, file: str) -> tuple[Sheet, bool]:
    """The one sheet of a CSV file, and whether its encoding had to be guessed.

    Raises UnusableFileError for what is not text.
    """
    text, guessed = decode(content)
    if "\0" in text:
        raise UnusableFileError("it is neither a workbook nor a text file")
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep="):  # Excel's own way of naming the delimiter
        delimiter = lines[0][4:5] or ","
        text = text[len(lines[0]) :].lstrip("\r\n")
        rows = _rows(text, delimiter)
        return Sheet(file, "", ((), *rows)), guessed
    return Sheet(file, "", _rows(text, _delimiter(text))), guessed


def decode(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it was taken for Windows-1252 because it is not UTF-8."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), False
            except UnicodeDecodeError:
                raise UnusableFileError("it begins as Unicode text but is damaged") from None
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), True


def _rows(text: str, delimiter: str) -> tuple[tuple[str, ...], ...]:
    try:
        rows = [
            tuple(cell.strip() for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        ]
    except csv.Error:
        raise UnusableFileError(
            "a cell is longer than any cell of a spreadsheet; is a quote mark not closed?"
        ) from None
    return tuple(row if any(row) else () for row in rows)


def _delimiter(text: str) -> str:
    """The delimiter by which most of the first lines split into the same number of cells, more than one."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if len(row) > 1)
        width, rows = widths.most_common(1)[0] if widths else (0, 0)
        return rows, width

    return max(DELIMITERS, key=agreement)
