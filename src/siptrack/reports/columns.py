"""The columns of the tables, told: for `siptrack schema`, and for the page of the manual."""

from __future__ import annotations

from collections.abc import Iterable

from siptrack.documents.registry import KINDS
from siptrack.rendering.tables import WrittenTable
from siptrack.reports.manual import Block
from siptrack.reports.wording import columns as wording
from siptrack.school.tables import Column, Table

HEADINGS = ("column", "type", "unit", "always", "meaning")


def columns_table(table: Table) -> WrittenTable:
    """The columns of a table as a table: its name, type and unit, whether every row has a value, and what it means."""
    columns = tuple(Column(name, "flag" if name == "always" else "text", "") for name in HEADINGS)
    return WrittenTable(table.name, columns, tuple(map(_row, table.columns)))


def tables_page() -> list[Block]:
    """The page of the manual about every table that is written, each told where it comes first."""
    blocks = [Block(wording.page_title(), level=1), *map(Block, wording.page_opening())]
    blocks.append(Block(headings=("type", "meaning"), rows=wording.types()))
    analysis, *others = KINDS.values()
    told: list[Table] = []
    for kind in (analysis, *(other for other in others if other.data)):
        every = tuple(kind.by_name.values())
        new = [table for table in every if table not in told]
        if kind is not analysis:
            again = [table.name for table in every if table in told]
            blocks += [Block(wording.heading(kind.name), level=2), Block(wording.opening(kind.name, again))]
        for table in new:
            blocks += _about(table)
        told += new
    return blocks


def _about(table: Table) -> Iterable[Block]:
    yield Block(f"`{table.name}`", level=2)
    yield Block(table.meaning)
    yield Block(headings=HEADINGS, rows=tuple(_words(column) for column in table.columns))
    told = tuple(wording.values_line(one.name, one.values) for one in table.columns if one.values)
    if told:
        yield Block(items=told)


def _words(column: Column) -> tuple[str, ...]:
    row = _row(column)
    return tuple(str(cell or "") if not isinstance(cell, bool) else wording.always(cell) for cell in row)


def _row(column: Column) -> tuple[str | bool | None, ...]:
    return column.name, column.kind, column.unit or None, column.always, column.meaning
