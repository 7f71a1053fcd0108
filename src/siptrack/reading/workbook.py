"""Excel workbooks (.xlsx, .xlsm): every cell as the text a person sees, nothing guessed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from siptrack.reading.sheet import Sheet

# A workbook is a zip archive that a stranger may have made: these limits are far beyond any school's.
MOST_MEMBERS = 2_000
MOST_BYTES = 1_500_000_000
LARGE_MEMBER = 20_000_000
MOST_RATIO = 100
MOST_BLANK_ROWS = 1_000
MOST_CELLS = 5_000_000


class UnusableFileError(Exception):
    """Why a file cannot be read, in words for its owner."""


def read_workbook(content: bytes, file: str) -> list[Sheet]:
    """The sheets of a workbook. Raises UnusableFileError when it is not one, or is unsafe to open."""
    _guard(content)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return [Sheet(file, sheet.title, _rows(sheet)) for sheet in book.worksheets]
    except UnusableFileError:
        raise
    except Exception:  # noqa: BLE001  # a damaged workbook makes this library raise ten kinds of exception
        raise UnusableFileError("it is damaged: it opens as a zip archive but not as a workbook") from None


def _guard(content: bytes) -> None:
    """Refuse an archive that could not be a school's workbook before any reader unpacks it."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise UnusableFileError("it is damaged, or not a workbook") from None
    if not any(member.filename == "xl/workbook.xml" or member.filename.endswith("workbook.xml") for member in members):
        raise UnusableFileError("it is a zip archive but not an Excel workbook")
    swollen = any(
        member.file_size > LARGE_MEMBER and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES or swollen:
        raise UnusableFileError("it unpacks to far more than a school's workbook could hold")


def _rows(sheet: Any) -> tuple[tuple[str, ...], ...]:  # noqa: ANN401  # openpyxl's read-only sheet has no public type
    """The rows up to the last that holds anything."""
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    rows: list[tuple[str, ...]] = []
    blank = cells = 0
    for values in sheet.iter_rows(values_only=True):
        row = tuple(_trimmed(map(_text, values)))
        rows.append(row)
        blank = 0 if row else blank + 1
        cells += len(row)
        if blank >= MOST_BLANK_ROWS:
            break
        if cells > MOST_CELLS:
            raise UnusableFileError(f"it holds more than {MOST_CELLS:,} cells")
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _trimmed(texts: Iterable[str]) -> Iterator[str]:
    """The texts up to the last that is not empty."""
    held: list[str] = []
    for text in texts:
        held.append(text)
        if text:
            yield from held
            held.clear()


def _text(value: object) -> str:
    """A cell as text: 3 for 3.0, 2015-03-01 for a date, nothing for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
