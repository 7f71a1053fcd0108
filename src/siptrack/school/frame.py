"""A table's rows as columns: arrays of numbers and of yes or no, and texts as small numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias, overload

import numpy as np

from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]
    Positions: TypeAlias = NDArray[np.int64]

Column: TypeAlias = "Array | Texts"
_MOST = 2**62  # the largest number that is reckoned with
_SPARSE = 16  # numbers so many times more than rows are sorted, as a place for each would be mostly empty


class _Later:
    """A column that is made of others when it is first asked for: of most tables only few columns ever are."""

    __slots__ = ("_given", "_made", "_make")

    def __init__(self, make: Callable[..., Column], *given: object) -> None:
        self._make, self._given = make, given
        self._made: Column | None = None

    def made(self) -> Column:
        if self._made is None:
            self._made = self._make(*self._given)
            self._given = ()
        return self._made


def _made(column: Column | _Later) -> Column:
    return column.made() if isinstance(column, _Later) else column


class Frame:
    """Columns of one length by their names: `Texts`, or arrays of numbers (missing is NaN), whole numbers and flags.

    It is never changed, nor any column of it: what works on it makes another one. `frame["points"]` is a column,
    `frame[["pupil", "points"]]` these columns, and `frame[rows]` the rows of a mask or of these positions.
    """

    __slots__ = ("_columns", "_firsts", "_rows")

    def __init__(self, columns: Mapping[str, Column | _Later], rows: int | None = None) -> None:
        self._columns = dict(columns)
        self._firsts: dict[tuple[str, ...], NDArray[np.bool_]] = {}
        self._rows = len(_made(next(iter(self._columns.values())))) if rows is None else rows

    def __len__(self) -> int:
        return self._rows

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    @property
    def columns(self) -> list[str]:
        """The columns' names, in order."""
        return list(self._columns)

    @property
    def empty(self) -> bool:
        """Whether there is no row."""
        return not self._rows

    @overload
    def __getitem__(self, what: str) -> Any: ...  # noqa: ANN401  # a column, of which the name says the kind
    @overload
    def __getitem__(self, what: Array | slice | list[str]) -> Frame: ...
    def __getitem__(self, what: str | Array | slice | list[str]) -> Any:
        if isinstance(what, str):
            return _made(self._columns[what])
        if isinstance(what, list):
            return Frame({name: self._columns[name] for name in what}, self._rows)
        rows = np.arange(self._rows)[what]  # once: to take positions costs a column less than to look through a mask
        if self._is_all(rows):
            return self
        return Frame({name: _Later(_picked, column, rows) for name, column in self._columns.items()}, len(rows))

    def _is_all(self, rows: Positions) -> bool:
        """Whether these are all rows as they stand, so that nothing has to be copied."""
        return len(rows) == self._rows and bool((rows == np.arange(self._rows)).all())

    def take(self, rows: Positions) -> Frame:
        """The rows at these positions; one of missing values where a position is NONE, no in a column of yes or no."""
        if self._is_all(rows):
            return self
        return Frame({name: _Later(_taken, column, rows) for name, column in self._columns.items()}, len(rows))

    def having(self, columns: Mapping[str, Column | _Later | str | float | bool] | None = None, **more: Any) -> Frame:  # noqa: ANN401  # columns
        """The table with these columns besides, or in the place of its own; one value stands in every row."""
        added = {**(columns or {}), **more}
        return Frame({**self._columns, **{name: self._whole(values) for name, values in added.items()}}, self._rows)

    def held(self, name: str) -> Column | _Later:
        """A column that need not be made yet, to be had by another table."""
        return self._columns[name]

    def _whole(self, column: Column | _Later | str | float | bool) -> Column | _Later:
        if isinstance(column, Texts | np.ndarray | _Later):
            return column
        return Texts.every(column, self._rows) if isinstance(column, str) else np.broadcast_to(column, self._rows)

    def renamed(self, names: Mapping[str, str]) -> Frame:
        """The table with other names for some of its columns."""
        return Frame({names.get(name, name): column for name, column in self._columns.items()}, self._rows)

    def sorted_by(self, *names: str) -> Frame:
        """The rows in order of these columns, the first the weightiest; those that are alike stay as they stand."""
        return self.take(ordered([self[name] for name in names]))

    def first_of(self, *names: str) -> NDArray[np.bool_]:
        """Which rows are the first with what they have in these columns."""
        if names not in self._firsts:  # several ask the same, one after another
            is_first = self._firsts[names] = np.zeros(self._rows, dtype=np.bool_)
            is_first[numbered([self[name] for name in names])[1]] = True
        return self._firsts[names]

    def found_in(self, other: Frame, *names: str) -> Positions:
        """Where each row's values in these columns first stand in another table; NONE where they do not."""
        return positions([self[name] for name in names], [other[name] for name in names])

    def in_rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """The rows, each the values of these columns; None for a text that is missing."""
        return zip(*(self[name].tolist() for name in names), strict=True)

    @staticmethod
    def stacked(parts: Iterable[Frame]) -> Frame:
        """These tables, which have the same columns, one beneath the other; an empty one adds nothing."""
        given = list(parts)
        some = [part for part in given if len(part)] or given[:1]
        if len(some) == 1:
            return some[0]
        columns = {name: _Later(_beneath, [part.held(name) for part in some]) for name in some[0]}
        return Frame(columns, sum(map(len, some)))


def numbered(columns: Sequence[Column]) -> tuple[Positions, Positions]:
    """The number of what each row has in these columns, and the first row with each number.

    Numbers are in the order of the first column, then of the second, and so on; what is missing comes last.
    """
    number, span = _places(columns[0])
    most = _SPARSE * len(number)
    for column in columns[1:]:
        place, places = _places(column)
        if span * places > most:
            number = _ranked(number)
            span = int(number.max(initial=NONE)) + 1
        if places > 1:
            number, span = number * places + place, span * places
    number = _ranked(number)
    first = np.empty(int(number.max(initial=NONE)) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(len(number))[::-1]  # from the last row up, so that the first stays
    return number, first


def _ranked(numbers: Positions) -> Positions:
    """The place of each number among those that there are, in order."""
    most = int(numbers.max(initial=0))
    if most > _SPARSE * len(numbers):
        return np.unique(numbers, return_inverse=True)[1].astype(np.int64)
    there = np.zeros(most + 1, dtype=np.bool_)
    there[numbers] = True
    return numbers if there.all() else (np.cumsum(there) - 1)[numbers]


def numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    """A column of these numbers; None is missing."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def as_met(number: Positions, first: Positions) -> Positions:
    """The numbers of rows in the order in which they are first met; `first` is the first row with each."""
    met = np.zeros(len(number), dtype=np.bool_)
    met[first] = True
    place = np.cumsum(met) - 1
    return place[first][number]


def standing(number: Positions) -> Positions:
    """Which of some whole numbers from 0 on there are, in order."""
    return np.flatnonzero(np.bincount(number))


def counted(columns: Sequence[Column]) -> dict[tuple[Any, ...], int]:
    """How many rows have what is in these columns, for each that is, in their order."""
    number, first = numbered(columns)
    values = zip(*(column[first].tolist() for column in columns), strict=True)
    return dict(zip(values, np.bincount(number).tolist(), strict=True))


def ordered(columns: Sequence[Column]) -> Positions:
    """The positions of the rows in order of these columns, the first the weightiest; what is missing comes last."""
    places = list(map(_places, columns))
    if prod(span for _, span in places) >= _MOST:
        places = [(_ranked(number), span) for number, span in places]
        return np.lexsort([number for number, _ in places][::-1])
    packed = np.zeros(len(places[0][0]), dtype=np.int64)  # one number for what each row has in all of them
    for number, span in places:
        if span > 1:
            packed = packed * span + number
    return packed.argsort(kind="stable")


def positions(wanted: Sequence[Column], among: Sequence[Column]) -> Positions:
    """Where each row's values first stand among those of another table; NONE where they do not."""
    size = len(among[0])
    if not size or not len(wanted[0]):
        return np.full(len(wanted[0]), NONE, dtype=np.int64)
    both = [_stacked([theirs, ours]) for theirs, ours in zip(among, wanted, strict=True)]
    number, first = numbered(both)
    at = first[number[size:]]
    return np.where(at < size, at, NONE)


def _places(column: Column) -> tuple[Positions, int]:
    """A column as whole numbers from 0 on, in its order, and how many there may be of them."""
    if isinstance(column, Texts):
        return column.ranks(), len(column.words) + 1
    if column.dtype.kind == "b":
        return column.astype(np.int64), 2
    if column.dtype.kind == "i" and len(column):
        least = int(column.min())
        return (column - least if least else column), int(column.max()) - least + 1
    if column.dtype.kind == "f" and (whole := _whole_places(column)) is not None:
        return whole
    number = np.unique(column, return_inverse=True)[1].astype(np.int64)
    return number, int(number.max(initial=NONE)) + 1


def _whole_places(column: Array) -> tuple[Positions, int] | None:
    """The same of numbers without a fraction that lie near each other, such as year groups; None of others."""
    missing = np.isnan(column)
    least = float(column.min(initial=np.inf, where=~missing))
    most = float(column.max(initial=-np.inf, where=~missing))
    if not 0 <= most - least < _SPARSE * len(column):
        return None
    place = np.where(missing, most - least + 1, column - least)
    whole = place.astype(np.int64)
    return (whole, int(most - least) + 2) if (whole == place).all() else None


def _beneath(parts: Sequence[Column | _Later]) -> Column:
    return _stacked(list(map(_made, parts)))


def _stacked(parts: Sequence[Column]) -> Column:
    if isinstance(parts[0], Texts):
        return Texts.stacked(parts)  # type: ignore[arg-type]  # the same column of each table
    return np.concatenate(parts)  # type: ignore[arg-type]  # the same column of each table


def of_each(values: Array, number: Positions) -> Array:
    """The value with its number of each row; where all values are one it is held once, however many the rows are."""
    if len(number) and len(values) and _are_all_alike(values):
        return np.broadcast_to(values[0], len(number))
    return values[number]


def _are_all_alike(values: Array) -> bool:
    return bool((values == values[0]).all() or (values != values).all())  # noqa: PLR0124  # NaN alone is not itself


def _is_held_once(column: Array) -> bool:
    return len(column) > 0 and column.strides == (0,)


def _picked(whole: Column | _Later, rows: Positions) -> Column:
    column = _made(whole)
    if not isinstance(column, Texts) and _is_held_once(column):
        return np.broadcast_to(column[0], len(rows))
    return column[rows]


def _taken(whole: Column | _Later, rows: Positions) -> Column:
    column = _made(whole)
    if isinstance(column, Texts):
        return column.take(rows)
    gone = rows < 0
    if _is_held_once(column) and not gone.any():
        return np.broadcast_to(column[0], len(rows))
    if not gone.any():
        return column[rows]
    if column.dtype.kind == "b":
        return column[rows] & ~gone if len(column) else np.zeros(len(rows), dtype=np.bool_)
    return np.where(gone, np.nan, column[rows]) if len(column) else np.full(len(rows), np.nan)
