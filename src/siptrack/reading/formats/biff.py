"""The records of an old Excel workbook (BIFF5 of 1993 to BIFF8 of 1997): what the fast reader does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from siptrack.reading.formats.table import Facts
from siptrack.reading.formats.unusable import PROTECTED, UnusableFileError

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_SHEET, _PASSWORD, _END = 0x85, 0x2F, 0x0A
_ROW, _ERROR, _FORMULA = 0x0208, 0x0205, 0x0006
_ROW_HIDDEN = 0x20
_NOT_A_NUMBER = 0xFFFF
_ERROR_RESULT = 2
_HEAD = 4
_SHORTEST = {_SHEET: 4, _ROW: 14, _ERROR: 8, _FORMULA: 14}  # what is shorter is damaged, and passed over


def facts_of_sheets(stream: bytes) -> list[Facts]:
    """The facts of each sheet, in the workbook's order. Raises UnusableFileError when there is a password."""
    starts: list[int] = []
    for kind, at in _records(stream, 0):
        if kind == _PASSWORD:
            raise UnusableFileError(PROTECTED)
        if kind == _SHEET:
            starts.append(unpack_from("<I", stream, at)[0])
    return [_facts(stream, start) for start in starts]


def _facts(stream: bytes, start: int) -> Facts:
    facts = Facts()
    for kind, at in _records(stream, start):
        if kind == _ROW and stream[at + 12] & _ROW_HIDDEN:
            facts.hidden_rows.add(unpack_from("<H", stream, at)[0] + 1)
        elif kind == _ERROR and stream[at + 7]:
            _add_error(facts, stream, at, stream[at + 6])
        elif kind == _FORMULA and _failed(stream, at):
            _add_error(facts, stream, at, stream[at + 8])
    return facts


def _failed(stream: bytes, at: int) -> bool:
    """Whether a formula's stored result, eight bytes after the cell's address and style, is an error."""
    return bool(stream[at + 6] == _ERROR_RESULT and unpack_from("<H", stream, at + 12)[0] == _NOT_A_NUMBER)


def _add_error(facts: Facts, stream: bytes, at: int, code: int) -> None:
    row, column = unpack_from("<HH", stream, at)
    facts.add_error(row + 1, column + 1, ERRORS.get(code, "#N/A"))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The kind and place of each record up to the end of the part that begins at `at`."""
    while at + _HEAD <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        at += _HEAD
        if kind == _END or at + size > len(stream):
            return
        if size >= _SHORTEST.get(kind, 0):
            yield kind, at
        at += size
