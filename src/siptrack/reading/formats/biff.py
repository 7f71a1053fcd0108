"""The records of an old Excel workbook (BIFF5 of 1993 to BIFF8 of 1997): what the fast reader does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack_from

from siptrack.reading.formats.biff_texts import lengths_of
from siptrack.reading.formats.limits import MOST_MERGED
from siptrack.reading.formats.table import TOO_MUCH_MERGED, Facts
from siptrack.reading.formats.unusable import PROTECTED, UnusableFileError
from siptrack.reading.formats.well_formed import insist

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_SHEET, _PASSWORD, _END, _TEXTS, _CONTINUED = 0x85, 0x2F, 0x0A, 0xFC, 0x3C
_ROW, _ERROR, _FORMULA, _SHARED, _MANY, _MERGED = 0x0208, 0x0205, 0x0006, 0xFD, 0xBD, 0xE5
_ROW_HIDDEN = 0x20
_NOT_A_NUMBER = 0xFFFF
_ERROR_RESULT = 2
_HEAD = 4
_SHORTEST = {_MERGED: 2, _SHEET: 4, _ROW: 14, _FORMULA: 14, _MANY: 12, 0x204: 8, 0xD6: 8}  # what is shorter is damaged
_LENGTH = {0x203: 14, 0x27E: 10, _SHARED: 10, _ERROR: 8, 0x201: 6}  # and of these, what is longer too
_FILLED = {0x203, 0x204, _ERROR, 0x27E, _MANY, _SHARED, 0xD6, _FORMULA}


def facts_of_sheets(stream: bytes) -> list[Facts]:
    """The facts of each sheet, in the workbook's order. Raises UnusableFileError when it is damaged, or locked."""
    starts: list[int] = []
    texts: list[bytes] = []
    before = 0
    for kind, at, end in _records(stream, 0):
        if kind == _PASSWORD:
            raise UnusableFileError(PROTECTED)
        if kind == _SHEET:
            starts.append(unpack_from("<I", stream, at)[0])
        if kind == _TEXTS or (kind == _CONTINUED and before == _TEXTS):
            texts.append(stream[at:end])
        before = before if kind == _CONTINUED else kind
    lengths = lengths_of(texts)
    return [_facts(stream, start, lengths) for start in starts]


def _facts(stream: bytes, start: int, lengths: Sequence[int]) -> Facts:
    facts, merged = Facts(), 0
    for kind, at, end in _records(stream, start):
        if kind == _ROW and stream[at + 12] & _ROW_HIDDEN:
            facts.hidden_rows.add(unpack_from("<H", stream, at)[0] + 1)
        elif kind == _MERGED:
            merged += unpack_from("<H", stream, at)[0]
            if merged > MOST_MERGED:
                raise UnusableFileError(TOO_MUCH_MERGED)
        elif kind in _FILLED:
            row, column = unpack_from("<HH", stream, at)
            many = (end - at - 6) // 6 if kind == _MANY else 1
            facts.cells += many
            facts.last_row, facts.last_column = max(facts.last_row, row + 1), max(facts.last_column, column + many)
            if kind == _SHARED:
                number = unpack_from("<I", stream, at + 6)[0]
                facts.characters += lengths[number] if number < len(lengths) else 0
            elif kind == _ERROR and stream[at + 7]:
                _add_error(facts, stream, at, stream[at + 6])
            elif kind == _FORMULA and _failed(stream, at):
                _add_error(facts, stream, at, stream[at + 8])
            elif kind not in _LENGTH:
                facts.characters += end - at
    return facts


def _failed(stream: bytes, at: int) -> bool:
    """Whether a formula's stored result, eight bytes after the cell's address and style, is an error."""
    return bool(stream[at + 6] == _ERROR_RESULT and unpack_from("<H", stream, at + 12)[0] == _NOT_A_NUMBER)


def _add_error(facts: Facts, stream: bytes, at: int, code: int) -> None:
    row, column = unpack_from("<HH", stream, at)
    facts.add_error(row + 1, column + 1, ERRORS.get(code, "#N/A"))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The kind of each record, and where it begins and ends, up to the end of the part that begins at `at`.

    Raises UnusableFileError where one is cut short, or of another length than its kind.
    """
    while at + _HEAD <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        at += _HEAD
        if kind == _END:
            return
        insist(at + size <= len(stream) and _SHORTEST.get(kind, 0) <= size == _LENGTH.get(kind, size))
        yield kind, at, at + size
        at += size
    insist(sound=False)
