"""Excel's zip formats: the fast reader, corrected by what the sheets' own bytes say, and the slow one where it must."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from siptrack.reading.formats import calamine
from siptrack.reading.formats.by_openpyxl import Workbook
from siptrack.reading.formats.limits import MOST_CELLS
from siptrack.reading.formats.table import Facts, Table
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.xlsx_parts import sheet_parts
from siptrack.reading.formats.xlsx_scan import scan

_CLAIMED = re.compile(rb'uniqueCount="(\d+)"')
_SMALLEST_TEXT = len("<si/>")
_HEAD = 2_048


def tables(content: bytes, archive: zipfile.ZipFile) -> Iterator[Table]:
    """Every sheet of the workbook."""
    facts = {name: _facts(archive, part) for name, part in sheet_parts(archive).items()}
    if sum(sheet.cells for sheet in facts.values()) > MOST_CELLS:
        raise UnusableFileError(f"it holds more than {MOST_CELLS:,} cells")
    book = None if _texts_miscounted(archive) else _fast(content)
    if book is None or not facts:
        yield from _slowly(content, facts)
        return
    slow: Workbook | None = None
    for position, name, hidden in calamine.worksheets(book):
        known = facts.get(name) or Facts()
        try:
            rows = None if _beyond_the_fast(known) else calamine.read_sheet(book, position, known)
        except CalamineError:
            rows = None
        if rows is None:
            slow = slow or Workbook(content)
            rows = slow.rows(name)
        yield Table(name, rows, known, hidden=hidden)


def _fast(content: bytes) -> CalamineWorkbook | None:
    try:
        return calamine.open_workbook(content)
    except CalamineError:
        return None


def _slowly(content: bytes, facts: dict[str, Facts]) -> Iterator[Table]:
    slow = Workbook(content)
    for name, hidden in slow.sheets:
        yield Table(name, slow.rows(name), facts.get(name) or Facts(), hidden=hidden)


def _beyond_the_fast(facts: Facts) -> bool:
    """Whether the fast reader would lose something, or make room for a rectangle that is nearly all empty."""
    return not facts.understood or facts.last_row * facts.last_column > MOST_CELLS


def _facts(archive: zipfile.ZipFile, part: str) -> Facts:
    if part not in archive.NameToInfo:
        return Facts()
    try:
        with archive.open(part) as stream:
            return scan(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        facts = Facts()
        facts.understood = False
        return facts


def _texts_miscounted(archive: zipfile.ZipFile) -> bool:
    """Whether the table of shared texts claims more than it can hold: the fast reader would make room for them."""
    for info in archive.infolist():
        if info.filename.endswith("sharedStrings.xml"):
            claimed = _CLAIMED.search(_head(archive, info))
            return claimed is not None and int(claimed[1]) > info.file_size // _SMALLEST_TEXT
    return False


def _head(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as stream:
            return stream.read(_HEAD)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return b""
