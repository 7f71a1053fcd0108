"""A long CSV file whose rows are all alike in shape, read by columns: each distinct text of a column is read once.

A file is read block by block and is never held whole. One with a row of more or fewer cells than the others, or with
quote marks elsewhere than around a cell, is read row by row elsewhere, and so is a short file. Both ways give the same
cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from siptrack.reading.formats.limits import MOST_COLUMNS, MOST_DISTINCT, MOST_LINE, MOST_LONG_CELLS, WAY_ROUND
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.grid import TextGrid
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from siptrack.school.frame import Positions

    Bytes = NDArray[np.uint8]
    Words = NDArray[np.uint64]

_MARK = b"\xef\xbb\xbf"
_LONGEST = 256  # bytes of a cell
_A_WORD = 8  # bytes, which are compared at once
_NEWLINE, _RETURN, _QUOTE = 0x0A, 0x0D, 0x22
_SPREADS = np.uint64(0x9E3779B97F4A7C15)  # odd, so that different words mostly fall on different places
_KEPT = np.array([(1 << 8 * count) - 1 for count in range(_A_WORD + 1)], dtype=np.uint64)  # so many bytes of a word
_PLACES = 14  # bits of the number of places
_SMALL = 1 << 15  # codes below it are held in two bytes
_TOO_MANY = f"it holds more than {MOST_LONG_CELLS:,} cells, or {MOST_DISTINCT:,} different ones; {WAY_ROUND}"


class EvenRows(NamedTuple):
    """The rows by columns, and the encoding that all of them turned out to have."""

    grid: TextGrid
    encoding: str


def read_even_rows(blocks: Iterable[bytes], delimiter: str, otherwise: str) -> EvenRows | None:
    """The rows by columns; None for a file that is written in another way.

    They are UTF-8, or of the encoding `otherwise` where they cannot be. Raises UnusableFileError where they are more
    than can be held.
    """
    columns: list[_Column] = []
    rows = 0
    for block in _whole_rows(blocks):
        if not columns:
            cells = _cells_of_the_first(block, delimiter)
            columns = [_Column() for _ in range(cells)] if 1 < cells <= MOST_COLUMNS else []
        taken = _take(block, ord(delimiter), columns) if columns else 0
        rows += taken
        if not taken:
            return None
        different = sum(len(column.number) for column in columns)
        if rows * (len(columns) + 1) > MOST_LONG_CELLS or different > MOST_DISTINCT:
            raise UnusableFileError(_TOO_MANY)
    encoding = "utf-8" if all(column.is_utf_8() for column in columns) else otherwise
    read = [column.texts(encoding) for column in columns]
    if not read or np.logical_and.reduce([column == "" for column in read]).any():
        return None
    return EvenRows(TextGrid(read), encoding)


def _whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks cut anew where lines end, without the mark before the text and the line ends behind it."""
    rest = None
    for block in blocks:
        held = block.removeprefix(_MARK) if rest is None else rest + block
        end = len(held.rstrip(b"\r\n"))  # line ends may be all that is left of the file
        cut = held.rfind(b"\n", 0, end) + 1
        if cut:
            yield held[:cut]
        rest = held[cut:]
        if len(rest) > MOST_LINE:
            break  # it is taken as it is, and refused as no row
    if rest and (last := rest.rstrip(b"\r\n")):
        yield last + b"\n"


def _cells_of_the_first(block: bytes, delimiter: str) -> int:
    """How many cells the first row has, where no cell holds a delimiter."""
    outside = block.partition(b"\n")[0].split(b'"')[::2]
    return sum(part.count(delimiter.encode()) for part in outside) + 1


def _take(block: bytes, delimiter: int, columns: list[_Column]) -> int:
    """How many rows the columns take of a block: none where one has not a cell in each column, or one too long."""
    padded = np.frombuffer(block + bytes(_LONGEST + _A_WORD), dtype=np.uint8)
    held = padded[: len(block)]
    newline = held == _NEWLINE
    ends = np.flatnonzero((held == delimiter) | newline)
    quotes = np.flatnonzero(held == _QUOTE) if b'"' in block else np.zeros(0, dtype=np.int64)
    if len(quotes):
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]  # others stand inside quote marks
    if len(ends) % len(columns) or not len(ends) or b"\0" in block:
        return 0
    starts = np.concatenate([[0], ends[:-1] + 1])
    if len(quotes) and not _stand_around_cells(held, quotes, starts, ends):
        return 0
    first, last = starts.reshape(-1, len(columns)), ends.reshape(-1, len(columns))
    if np.count_nonzero(newline) != len(last) or not newline[last[:, -1]].all():
        return 0
    if b"\r" in block:
        before = held[last[:, -1] - 1] == _RETURN
        if np.count_nonzero(held == _RETURN) != np.count_nonzero(before):
            return 0
        last[:, -1] -= before
    if len(quotes):
        quoted = (held[first] == _QUOTE) & (first < last)
        first, last = first + quoted, last - quoted
    widths = np.ascontiguousarray((last - first).T)
    if widths.max() > _LONGEST:
        return 0
    for column, begins, width in zip(columns, np.ascontiguousarray(first.T), widths, strict=True):
        column.take(block, padded, begins, width)
    return len(last)


def _stand_around_cells(held: Bytes, quotes: Positions, starts: Positions, ends: Positions) -> bool:
    """Whether each cell with a quote mark has two, as its first letter and its last."""
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing):
        return False
    cell = np.searchsorted(ends, opening)
    if not len(cell) or cell[-1] >= len(ends):
        return False
    last = ends[cell] - 1
    last -= (held[last] == _RETURN) & (held[ends[cell]] == _NEWLINE)
    return bool((starts[cell] == opening).all() and (last == closing).all())


class _Column:
    """A column while its blocks are read: the number of each text met so far, and of each cell."""

    def __init__(self) -> None:
        self.number: dict[bytes, int] = {}
        self.codes: list[NDArray[Any]] = []

    def take(self, block: bytes, padded: Bytes, first: Positions, width: Positions) -> None:
        """Take the cells that begin and are as wide as this."""
        code, first_of_each = _distinct(_in_words(padded, first, width))
        cells = [
            block[at : at + long]
            for at, long in zip(first[first_of_each].tolist(), width[first_of_each].tolist(), strict=True)
        ]
        number = self.number
        numbers = np.array([number.setdefault(cell, len(number)) for cell in cells], dtype=np.int32)
        self.codes.append(numbers.astype(np.int16 if len(number) <= _SMALL else np.int32)[code])

    def is_utf_8(self) -> bool:
        """Whether all texts can be."""
        try:
            b"\n".join(self.number).decode()
        except UnicodeDecodeError:
            return False
        return True

    def texts(self, encoding: str) -> Texts:
        """The texts, without the blanks around them; the column lets go of what it held."""
        words = tuple(cell.decode(encoding, errors="replace").strip() for cell in self.number)
        self.number = {}
        codes, self.codes = np.concatenate(self.codes), []
        return Texts(codes, words).with_distinct_words()


def _in_words(padded: Bytes, first: Positions, width: Positions) -> list[Words]:
    """The bytes of cells, so many at once, those beyond a cell's end being nought."""
    overlapping: Words = np.ndarray((len(padded) - _A_WORD + 1,), "<u8", padded, strides=(1,))
    narrowest, widest = int(width.min()), int(width.max())
    words = []
    for at in range(0, max(1, widest), _A_WORD):
        word = overlapping[first + at]
        if narrowest < at + _A_WORD:
            word &= _KEPT[min(widest - at, _A_WORD) if narrowest == widest else np.clip(width - at, 0, _A_WORD)]
        words.append(word)
    return words


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
    first_of_each = np.empty(count, dtype=np.int64)
    first_of_each[code] = where
    return code[np.cumsum(changed) - 1], first_of_each


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
