"""A long CSV file whose rows are all alike in shape, read by columns: each distinct text of a column is read once.

What is written with quote marks, or has a row of more or fewer cells than the others, is read row by row elsewhere, and
so is a short file. Both ways give the same cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.formats.limits import MOST_CELLS
from siptrack.reading.grid import TextGrid
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.frame import Positions

    Bytes = NDArray[np.uint8]
    Words = NDArray[np.uint64]

LEAST_BYTES = 500_000  # of a file that is read so
_BLOCK = 1 << 22
_LONGEST = 256  # bytes of a cell
_A_WORD = 8  # bytes, which are compared at once
_NEWLINE, _RETURN = 0x0A, 0x0D
_SPREADS = np.uint64(0x9E3779B97F4A7C15)  # odd, so that different words mostly fall on different places
_PLACES = 14  # bits of the number of places


def read_even_rows(content: bytes, delimiter: str, encoding: str) -> TextGrid | None:
    """The rows by columns; None for a file that is written in another way, or is short."""
    bare = content.removeprefix(b"\xef\xbb\xbf") if encoding == "utf-8-sig" else content
    if len(content) < LEAST_BYTES or not encoding.startswith(("utf-8", "cp")) or b'"' in content:
        return None
    if content.count(b"\r") != content.count(b"\r\n"):
        return None
    bare = bare.rstrip(b"\r\n") + b"\n"
    columns = [_Column(encoding) for _ in range(bare[: bare.index(b"\n")].count(delimiter.encode()) + 1)]
    at = 0
    while at < len(bare):
        end = bare.rfind(b"\n", at, at + _BLOCK) + 1
        if not end or not _take(bare[at:end], ord(delimiter), columns):
            return None
        at = end
    read = [column.texts() for column in columns]
    blank = np.logical_and.reduce([column == "" for column in read])
    cells = len(blank) * (len(columns) + 1)
    return None if len(columns) == 1 or blank.any() or cells > MOST_CELLS else TextGrid(read)


def _take(block: bytes, delimiter: int, columns: list[_Column]) -> bool:
    """Whether all rows of a block have a cell in each column, and none too long: then the columns take them."""
    padded = np.frombuffer(block + bytes(_LONGEST + _A_WORD), dtype=np.uint8)
    held = padded[: len(block)]
    ends = np.flatnonzero((held == delimiter) | (held == _NEWLINE))
    if len(ends) % len(columns):
        return False
    starts = np.concatenate([[0], ends[:-1] + 1]).reshape(-1, len(columns))
    ends = ends.reshape(starts.shape)
    if (held[ends[:, :-1]] != delimiter).any() or (held[ends[:, -1]] != _NEWLINE).any():
        return False
    ends[:, -1] -= held[ends[:, -1] - 1] == _RETURN
    widths = ends - starts
    if widths.max() > _LONGEST:
        return False
    for column, first, width in zip(columns, starts.T, widths.T, strict=True):
        column.take(block, padded, first, width)
    return True


class _Column:
    """A column while its blocks are read: the number of each text met so far, and of each cell."""

    def __init__(self, encoding: str) -> None:
        self.encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        self.number: dict[bytes, int] = {}
        self.codes: list[NDArray[np.int32]] = []

    def take(self, block: bytes, padded: Bytes, first: Positions, width: Positions) -> None:
        """Take the cells that begin and are as wide as this."""
        code, one_of_each = _distinct(_in_words(padded, first, width))
        cells = [
            block[at : at + long]
            for at, long in zip(first[one_of_each].tolist(), width[one_of_each].tolist(), strict=True)
        ]
        number = self.number
        numbers = np.array([number.setdefault(cell, len(number)) for cell in cells], dtype=np.int32)
        self.codes.append(numbers[code])

    def texts(self) -> Texts:
        """The texts, without the blanks around them."""
        words = tuple(cell.decode(self.encoding, errors="replace").strip() for cell in self.number)
        return Texts(np.concatenate(self.codes), words).with_distinct_words()


def _in_words(padded: Bytes, first: Positions, width: Positions) -> list[Words]:
    """The bytes of cells, so many at once, those beyond a cell's end being nought."""
    overlapping: Words = np.ndarray((len(padded) - _A_WORD + 1,), "<u8", padded, strides=(1,))
    kept = np.array([(1 << 8 * count) - 1 for count in range(_A_WORD + 1)], dtype=np.uint64)
    return [
        overlapping[first + at] & kept[np.clip(width - at, 0, _A_WORD)]
        for at in range(0, max(1, int(width.max())), _A_WORD)
    ]


def _distinct(words: list[Words]) -> tuple[Positions, Positions]:
    """The number of what each cell holds, and a cell with each number.

    Of cells that follow each other and are alike, as in one pupil's rows, only the first is looked at.
    """
    changed = np.ones(len(words[0]), dtype=np.bool_)
    changed[1:] = np.logical_or.reduce([word[1:] != word[:-1] for word in words])
    where = np.flatnonzero(changed)
    code, count = _numbered(words[0][where])
    for word in words[1:]:
        further, more = _numbered(word[where])
        code, count = _numbered((code * more + further).astype(np.uint64))
    one_of_each = np.empty(count, dtype=np.int64)
    one_of_each[code] = where
    return code[np.cumsum(changed) - 1], one_of_each


def _numbered(words: Words) -> tuple[Positions, int]:
    """Numbers from 0 on for what these are, equal where they are, and how many there are."""
    place = ((words * _SPREADS) >> np.uint64(64 - _PLACES)).astype(np.int64)
    held = np.zeros(1 << _PLACES, dtype=np.uint64)
    held[place] = words
    if (held[place] == words).all():  # as where few differ: each has a place of its own
        there = np.zeros(1 << _PLACES, dtype=np.int64)
        there[place] = 1
        return (np.cumsum(there) - 1)[place], int(there.sum())
    distinct, code = np.unique(words, return_inverse=True)
    return code.astype(np.int64), len(distinct)
