"""What a sheet of a workbook holds, before any workbook is made: a title, notes, and one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool | None  # of a cell


class CellKind(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    WHOLE = "whole numbers"
    NUMBER = "numbers with a decimal where they have one"
    SIGNED = "numbers with their sign"
    PERCENT = "hundredths as percentages"
    UNDER_1 = "hundredths of hardly any, said to be under 1 percent"
    OVER_99 = "hundredths of nearly all, said to be over 99 percent"
    CHANCE = "chances from 0 to 1"
    IN_100 = "of 100 children, how many; of nearly none and nearly all not said more exactly"
    DATE = "dates, to be written by people"


@dataclass(frozen=True)
class SheetColumn:
    """A column: its heading, how its cells are shown, and how wide it may grow, in letters.

    `marks` are the words beside which a symbol is shown; `choices` those offered where people write. What is written in
    `by_hand` stands in larger letters, for a print that is made smaller to fit. Columns that are not `printed` stand at
    the right, outside what is printed.
    """

    title: str
    kind: CellKind = CellKind.TEXT
    widest: int = 24
    marks: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    narrowest: int = 0
    printed: bool = True
    by_hand: bool = False


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet: `key` is its name for programs, `name` the one on its tab; `frozen` columns stay in sight.

    `lines` is how many lines high each row is at least, so that there is room to write by hand: all of them, or the
    first so many. `figures` are large numbers, each with what it is of, which stand before the notes.
    """

    key: str
    name: str
    title: str
    about: str
    headings: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    frozen: int = 0
    lines: int | Sequence[int] = 1
    links: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[tuple[str, str], ...] = ()
