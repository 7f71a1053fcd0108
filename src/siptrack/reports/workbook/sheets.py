"""What a sheet of a workbook holds, before any workbook is made: a title, notes, and one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from siptrack.reports.cells import Cell
from siptrack.reports.wording.workbook import SHEETS

Row: TypeAlias = Mapping[str, Cell]


class Kind(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    WHOLE = "whole numbers"
    NUMBER = "numbers with a decimal where they have one"
    SIGNED = "numbers with their sign"
    PERCENT = "hundredths as percentages"
    CHANCE = "chances from 0 to 1"
    DATE = "dates, to be written by people"


@dataclass(frozen=True)
class Heading:
    """A column: its heading, how its cells are shown, and how wide it may grow, in letters.

    `marks` are the words beside which a symbol is shown; `choices` those offered where people write. Columns that are
    not `printed` stand at the right, outside what is printed.
    """

    title: str
    kind: Kind = Kind.TEXT
    widest: int = 24
    marks: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    narrowest: int = 0
    printed: bool = True


@dataclass(frozen=True)
class Sheet:
    """One sheet: `key` is its name for programs, `name` the one on its tab; `frozen` columns stay in sight.

    `lines` is how many lines high a row is at least, so that there is room to write by hand.
    """

    key: str
    name: str
    title: str
    about: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    frozen: int = 0
    lines: int = 1
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A column of a table as it stands on a sheet: its heading, and what of a row stands in it."""

    heading: Heading
    cell: Callable[[Row], Cell]


def told(title: str, name: str, kind: Kind = Kind.TEXT, *, widest: int = 24, printed: bool = True) -> Told:
    """A column that stands on the sheet as it is in its table."""
    return Told(Heading(title, kind, widest, printed=printed), lambda row: row[name])


def headings_of(columns: Sequence[Told]) -> tuple[Heading, ...]:
    """The headings of the columns."""
    return tuple(column.heading for column in columns)


def rows_of(columns: Sequence[Told], rows: Iterable[Row]) -> tuple[tuple[Cell, ...], ...]:
    """The rows of the sheet made of the rows of a table."""
    return tuple(tuple(column.cell(row) for column in columns) for row in rows)


def sheet(key: str, headings: tuple[Heading, ...], rows: tuple[tuple[Cell, ...], ...], *, frozen: int = 0) -> Sheet:
    """A sheet with the name, title and notes that its key has in the wording."""
    said = SHEETS[key]
    return Sheet(key, said.name, said.title, said.about, headings, rows, said.notes, frozen)
