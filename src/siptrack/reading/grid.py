"""The rows of a long file as columns of texts: each distinct text is held once, a row is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.reading.cells import Cells
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_AT_ONCE = 10_000  # rows that are made together


class TextGrid(Sequence["Cells"]):
    """Rows of as many cells as there are columns, and none of them blank: of each row the codes of its texts.

    `number` has that of each row in the sheet, where these are but some of its rows, the headings the first of them.
    """

    __slots__ = ("columns", "number")

    def __init__(self, columns: Sequence[Texts], number: Positions | None = None) -> None:
        self.columns = columns
        self.number: NDArray[Any] = np.arange(1, len(columns[0]) + 1, dtype=np.int32) if number is None else number

    def below_headings(self, rows: Positions) -> TextGrid:
        """The first row, and those in these positions below it."""
        kept = np.concatenate([[0], rows + 1])
        return TextGrid([column[kept].compact() for column in self.columns], self.number[kept])

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, at: int) -> Cells: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cells, ...]: ...
    def __getitem__(self, at: int | slice) -> Cells | tuple[Cells, ...]:
        if isinstance(at, slice):
            return tuple(zip(*(column[at].tolist() for column in self.columns), strict=True))
        return tuple(column.text_at(at) or "" for column in self.columns)

    def __iter__(self) -> Iterator[Cells]:
        for first in range(0, len(self), _AT_ONCE):
            yield from self[first : first + _AT_ONCE]

    @property
    def filled(self) -> frozenset[int]:
        """The columns that hold anything."""
        return frozenset(at for at in range(len(self.columns)) if self.filled_in(at))

    def filled_in(self, column: int) -> int:
        """How many cells of a column hold anything."""
        return int((self.columns[column] != "").sum())

    def with_any(self, fits: Callable[[str], bool], never: Callable[[Sequence[str]], Flags]) -> list[int]:
        """The positions of the rows in which such a text stands.

        Each distinct text is asked once, but for those of which many together it can be told that they are `never` one.
        """
        asked = ((column, compress(column.words, (~never(column.words)).tolist())) for column in self.columns)
        fitting = ((column, {word for word in words if word and fits(word)}) for column, words in asked)
        found = [column.isin(words) for column, words in fitting if words]
        rows: list[int] = np.flatnonzero(np.logical_or.reduce(found)).tolist() if found else []
        return rows


class GridRows(Sequence[tuple[int, "Cells"]]):
    """Rows of a table below its headings, which are the first row of a grid, with their numbers in the sheet."""

    __slots__ = ("columns", "number")

    def __init__(self, columns: Sequence[Texts], number: Positions) -> None:
        self.columns, self.number = columns, number

    @classmethod
    def of(cls, grid: TextGrid) -> GridRows:
        """All of them."""
        return cls([column[1:] for column in grid.columns], grid.number[1:])

    def part(self, rows: Positions | slice, columns: Collection[int]) -> GridRows:
        """Some of them, with the texts alone that stand in them; only these columns, the others being blank."""
        number = self.number[rows]
        blank = Texts.every("", len(number))
        parts = (column[rows].compact() if at in columns else blank for at, column in enumerate(self.columns))
        return GridRows(list(parts), number)

    def __len__(self) -> int:
        return len(self.number)

    @overload
    def __getitem__(self, at: int) -> tuple[int, Cells]: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[int, Cells], ...]: ...
    def __getitem__(self, at: int | slice) -> tuple[int, Cells] | tuple[tuple[int, Cells], ...]:
        if isinstance(at, slice):
            return self.numbered(at)
        return int(self.number[at]), tuple(column.text_at(at) or "" for column in self.columns)

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        for first in range(0, len(self), _AT_ONCE):
            yield from self[first : first + _AT_ONCE]

    def numbered(self, positions: Positions | slice) -> tuple[tuple[int, Cells], ...]:
        """The rows in these positions, with their numbers."""
        cells = zip(*(column[positions].tolist() for column in self.columns), strict=True)
        return tuple(zip(self.number[positions].tolist(), cells, strict=True))

    def filled_in(self, column: int) -> int:
        """How many cells of a column hold anything."""
        return int((self.columns[column] != "").sum()) if column < len(self.columns) else 0

    def cells_of(self, column: int) -> Iterator[str]:
        """The texts of a column's cells, blank ones left out."""
        if column < len(self.columns):
            counts = np.bincount(self.columns[column].codes, minlength=len(self.columns[column].words))
            for at in self._as_first_met(column):
                word = self.columns[column].words[at]
                if word:
                    yield from (word for _ in range(int(counts[at])))

    def _as_first_met(self, column: int) -> list[int]:
        codes, first = np.unique(self.columns[column].codes, return_index=True)
        met: list[int] = codes[np.argsort(first)].tolist()
        return met
