"""Tables with their columns declared once: what each means, its type and its unit.

A table whose rows are read in words is declared as the named tuple of a row, its columns as the defaults, so that a
type checker knows every cell of it:

    class Step(NamedTuple):
        step: str = column("the next step, as written", always=True)
        due: str = column("the term by whose end; empty where that cannot be told")

    STEPS = declared("next_steps", "The next steps of the newest review.", Step)

A field whose name is Python's own ends in `_`, and its column does not: `class_` is the column `class`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import nan
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from siptrack.school.cells import numbers, texts

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.school.frame import Column as FrameColumn
    from siptrack.school.frame import Frame

_KINDS = {"integer": "int64", "number": "float64", "flag": "bool"}
_KIND_OF_TYPE = {"str": "text", "int": "integer", "float": "number", "bool": "flag"}

Row = TypeVar("Row", bound=tuple[Any, ...])


class Column(NamedTuple):
    """One column of a table: its name, its kind of value (`text`, `integer`, `number`, `flag`) and what it means.

    `values` are the only ones there may be; `always` is whether every row has one; `unit` is what a figure counts.
    """

    name: str
    kind: str
    meaning: str
    values: tuple[str, ...] = ()
    always: bool = False
    unit: str = ""


class Table(NamedTuple):
    """A table's name and columns, in order. Its rows are written in order of the columns named in `order`, if any."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def of(self, rows: Iterable[Sequence[object]]) -> Frame:
        """The table with these rows, each the values of its columns in order; None is missing.

        A column in which a whole number, or whether something is so, is missing is one of numbers.
        """
        from siptrack.school.frame import Frame

        given = list(rows)
        values = zip(*given, strict=True) if given else [()] * len(self.columns)
        columns = {column.name: _column(column.kind, those) for column, those in zip(self.columns, values, strict=True)}
        return Frame(columns, len(given))

    def no_rows(self) -> Frame:
        """The table with no rows, in the core's columns."""
        return self.of(())

    def completed(self, rows: Frame) -> Frame:
        """These rows with the table's columns in order; a column that they lack has no value, or an empty text."""
        lacking = {
            column.name: "" if column.kind == "text" else nan for column in self.columns if column.name not in rows
        }
        return rows.having(lacking)[self.names]

    def empty(self) -> DataFrame:
        """The table with no rows."""
        import pandas as pd

        return pd.DataFrame(columns=self.names)


def column(meaning: str, values: Iterable[str] = (), *, always: bool = False, unit: str = "") -> Any:  # noqa: ANN401  # stands as the default of a cell
    """A column of a table that is declared as the named tuple of its rows."""
    return Column("", "", meaning, tuple(values), always, unit)


def declared(name: str, meaning: str, row: type[Row], order: tuple[str, ...] = ()) -> Table:
    """The table whose rows are of this named tuple: of its fields the columns' names, and of their types the kinds."""
    types = {
        field: getattr(hint, "__forward_arg__", None) or hint.__name__ for field, hint in row.__annotations__.items()
    }
    kinds = {field: _KIND_OF_TYPE[hint.split(" ")[0]] for field, hint in types.items()}
    defaults: dict[str, Column] = row._field_defaults  # type: ignore[attr-defined]  # of a named tuple
    columns = tuple(column._replace(name=_named(field), kind=kinds[field]) for field, column in defaults.items())
    return Table(name, meaning, columns, order)


def rows_of(row: type[Row], frame: Frame) -> list[Row]:
    """The rows of a table as the named tuple that declares it.

    A missing text is empty, a missing number None; a whole one is an integer.
    """
    names: tuple[str, ...] = row._fields  # type: ignore[attr-defined]  # of a named tuple
    make: Callable[[Iterable[object]], Row] = row._make  # type: ignore[attr-defined]
    return [make(cells) for cells in zip(*(_cells(frame[_named(name)]) for name in names), strict=True)]


def _named(field: str) -> str:
    """The column of a field."""
    return field.removesuffix("_")


def _cells(column: FrameColumn) -> Sequence[object]:
    from siptrack.school.texts import Texts

    return texts(column) if isinstance(column, Texts) else numbers(column)


def _column(kind: str, values: Sequence[object]) -> FrameColumn:

    import numpy as np

    from siptrack.school.texts import Texts

    if kind not in _KINDS:
        return Texts.of(values)
    return np.array(values, dtype=_KINDS["number"] if None in values else _KINDS[kind])
