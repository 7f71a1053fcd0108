"""Excel's binary zip format: the fast reader, and from the parts' own records what it does not tell."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from siptrack.reading.formats import calamine
from siptrack.reading.formats.archive import member
from siptrack.reading.formats.biff import ERRORS
from siptrack.reading.formats.table import Facts, Table
from siptrack.reading.formats.xlsx_parts import related

_ROW, _CELL_ERROR, _FORMULA_ERROR, _SHEET, _MERGED = 0, 3, 11, 156, 176  # [MS-XLSB] record types
_ROW_HIDDEN = 0x10
_SHORTEST = {_ROW: 12, _CELL_ERROR: 9, _FORMULA_ERROR: 9, _MERGED: 16}  # what is shorter is damaged
_ERROR_AT = 8  # after the column (4 bytes) and the style (4 bytes)


def tables(content: bytes, archive: zipfile.ZipFile) -> Iterator[Table]:
    """Every sheet of the workbook."""
    book = next(name for name in archive.namelist() if name.endswith("workbook.bin"))
    parts = related(archive, book)
    known = [
        _facts(member(archive, parts.get(identifier, "")))
        for identifier in map(_identifier, _bodies(member(archive, book), _SHEET))
    ]
    yield from calamine.tables(content, known)


def _facts(part: bytes) -> Facts:
    facts = Facts()
    row = 0
    for kind, body in records(part):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little") + 1
            if body[11] & _ROW_HIDDEN:
                facts.hidden_rows.add(row)
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            text = ERRORS.get(body[_ERROR_AT], "#N/A")
            facts.add_error(row, int.from_bytes(body[:4], "little") + 1, text)
        elif kind == _MERGED:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", body)
            facts.merged.append((first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    return facts


def _bodies(part: bytes, wanted: int) -> Iterator[bytes]:
    return (body for kind, body in records(part) if kind == wanted)


def _identifier(sheet: bytes) -> str:
    """The identifier of a sheet's part, after its state and number (4 bytes each) and its own length."""
    length = int.from_bytes(sheet[8:12], "little")
    return sheet[12 : 12 + 2 * length].decode("utf-16-le", "replace")


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part, up to the first that is cut short."""
    at, end = 0, len(part)
    while at < end:
        kind, at = part[at], at + 1
        if kind & 0x80 and at < end:
            kind, at = (kind & 0x7F) | (part[at] & 0x7F) << 7, at + 1
        size = 0
        for place, byte in enumerate(part[at : at + 4]):
            size |= (byte & 0x7F) << 7 * place
            at += 1
            if not byte & 0x80:
                break
        if at + size > end:
            return
        if size >= _SHORTEST.get(kind, 0):
            yield kind, part[at : at + size]
        at += size
