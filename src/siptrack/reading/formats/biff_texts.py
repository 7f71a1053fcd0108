"""The table of shared texts of an old Excel workbook (BIFF8): how long each is."""

from __future__ import annotations

from collections.abc import Sequence
from struct import unpack_from

_HEAD = 8  # the number of cells that refer to a text, and of texts, which some programs write wrongly
_TEXT_HEAD = 3
_WIDE, _FOREIGN, _RICH = 0x01, 0x04, 0x08


def lengths_of(records: Sequence[bytes]) -> list[int]:
    """The length of each text, from the records over which the table runs; as far as it can be followed."""
    lengths: list[int] = []
    number, at = 0, _HEAD
    while number < len(records):
        record = records[number]
        if at + _TEXT_HEAD > len(record):
            number, at = number + 1, at - len(record) if at > len(record) else 0
            continue
        length, flags = unpack_from("<HB", record, at)
        at += _TEXT_HEAD
        runs = unpack_from("<H", record, at)[0] if flags & _RICH and at + 2 <= len(record) else 0
        at += 2 if flags & _RICH else 0
        further = unpack_from("<I", record, at)[0] if flags & _FOREIGN and at + 4 <= len(record) else 0
        at += 4 if flags & _FOREIGN else 0
        lengths.append(length)
        number, at = _after_letters(records, number, at, length, flags)
        at += 4 * runs + further
    return lengths


def _after_letters(records: Sequence[bytes], number: int, at: int, length: int, flags: int) -> tuple[int, int]:
    """The record and place after a text's letters, which say in each record anew how wide they are."""
    while True:
        width = 2 if flags & _WIDE else 1
        here = min(length, max(len(records[number]) - at, 0) // width)
        length, at = length - here, at + here * width
        if not length or number + 1 >= len(records):
            return number, at
        number, at = number + 1, 1
        flags = records[number][0] if records[number] else 0
