"""Excel's binary zip format: the fast reader, and from the parts' own records what it does not tell."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence

from siptrack.reading.formats import calamine
from siptrack.reading.formats.archive import ending_with, member, small_member
from siptrack.reading.formats.biff import ERRORS
from siptrack.reading.formats.limits import MOST_COLUMNS
from siptrack.reading.formats.table import Facts, PageTable, refuse_for_the_fast
from siptrack.reading.formats.well_formed import insist
from siptrack.reading.formats.xlsx_parts import related

_ROW, _CELL_ERROR, _FORMULA_ERROR, _SHEET, _MERGED = 0, 3, 11, 156, 176  # [MS-XLSB] record types
_RICH_TEXT, _SHEET_ENDS, _TEXT, _TEXTS_BEGIN = 62, 130, 19, 159
_BLANK, _SHARED = 1, 7
_CELLS = {*range(_BLANK, _FORMULA_ERROR + 1), _RICH_TEXT}
_WITH_TEXT = {6, 8, _RICH_TEXT}  # whose text begins with its length
_ROW_HIDDEN = 0x10
_SHORTEST = {_ROW: 12, _MERGED: 16, _TEXT: 5, _TEXTS_BEGIN: 8, 6: 12, 8: 12, 9: 16, 10: 9, 11: 9, _RICH_TEXT: 13}
_LENGTH = {_BLANK: 8, 2: 12, _CELL_ERROR: 9, 4: 9, 5: 16, _SHARED: 12}  # what is shorter or longer is damaged
_VALUE_AT = 8  # after the column (4 bytes) and the style (4 bytes)


def tables(content: bytes, archive: zipfile.ZipFile) -> Iterator[PageTable]:
    """Every sheet of the workbook. Raises UnusableFileError where it is damaged, or holds too much."""
    book = next(name for name in archive.namelist() if name.endswith("workbook.bin"))
    parts, texts = related(archive, book), _texts(archive)
    known = []
    for identifier in map(_identifier, _bodies(small_member(archive, book), _SHEET)):
        kind, part = parts.get(identifier, ("", ""))
        insist(part in archive.NameToInfo)
        known.append(_facts(member(archive, part), texts) if kind == "worksheet" else Facts())
    refuse_for_the_fast(known)
    yield from calamine.tables(content, known)


def _texts(archive: zipfile.ZipFile) -> list[int]:
    """How long each shared text is."""
    claimed, lengths = 0, list[int]()
    for kind, body in records(member(archive, ending_with(archive, "sharedstrings.bin"))):
        if kind == _TEXTS_BEGIN:
            claimed = int.from_bytes(body[4:8], "little")
        elif kind == _TEXT:
            lengths.append(int.from_bytes(body[1:5], "little"))
    insist(claimed == len(lengths))
    return lengths


def _facts(part: bytes, texts: Sequence[int]) -> Facts:
    facts = Facts()
    row = column = kind = 0
    for kind, body in records(part):
        if kind == _ROW:
            number = int.from_bytes(body[:4], "little") + 1
            insist(row < number)
            row, column = number, 0
            if body[11] & _ROW_HIDDEN:
                facts.hidden_rows.add(row)
        elif kind in _CELLS:
            number = int.from_bytes(body[:4], "little") + 1
            insist(column < number <= MOST_COLUMNS)
            column = number
            _note_cell(facts, row, column, kind, body, texts)
        elif kind == _MERGED:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", body)
            facts.merged.append((first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    insist(kind == _SHEET_ENDS)
    return facts


def _note_cell(facts: Facts, row: int, column: int, kind: int, body: bytes, texts: Sequence[int]) -> None:
    if kind == _BLANK:
        return
    facts.cells += 1
    facts.last_row, facts.last_column = row, max(facts.last_column, column)
    if kind in (_CELL_ERROR, _FORMULA_ERROR):
        facts.add_error(row, column, ERRORS.get(body[_VALUE_AT], "#N/A"))
    elif kind in _WITH_TEXT:
        facts.characters += len(body) // 2
    elif kind == _SHARED:
        number = int.from_bytes(body[_VALUE_AT:], "little")
        insist(number < len(texts))
        facts.characters += texts[number]


def _bodies(part: bytes, wanted: int) -> Iterator[bytes]:
    return (body for kind, body in records(part) if kind == wanted)


def _identifier(sheet: bytes) -> str:
    """The identifier of a sheet's part, after its state and number (4 bytes each) and its own length."""
    length = int.from_bytes(sheet[8:12], "little")
    return sheet[12 : 12 + 2 * length].decode("utf-16-le", "replace")


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part. Raises UnusableFileError where one is cut short, or of another length than its kind."""
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
        insist(at + size <= end and _SHORTEST.get(kind, 0) <= size == _LENGTH.get(kind, size))
        yield kind, part[at : at + size]
        at += size
