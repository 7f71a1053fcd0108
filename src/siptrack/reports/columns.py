"""The columns of the tables, told: for `siptrack schema`, and for the page of the manual."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from siptrack.reports.catalogue import OF_A_REVIEW, OF_PROVISION, OF_THE_ANALYSIS, OF_THE_DATA, OF_THE_PLAN
from siptrack.reports.manual import Block
from siptrack.reports.wording import columns as wording
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from pandas import DataFrame

HEADINGS = ("column", "type", "unit", "always", "meaning")


def columns_frame(table: Table) -> DataFrame:
    """The columns of a table as a table: its name, type and unit, whether every row has a value, and what it means."""
    import pandas as pd

    return pd.DataFrame([_row(column) for column in table.columns], columns=list(HEADINGS), dtype="object")


def tables_page(checks: Table) -> list[Block]:
    """The page of the manual about every table that is written."""
    blocks = [Block(wording.page_title(), level=1), *map(Block, wording.page_opening())]
    blocks.append(Block(headings=("type", "meaning"), rows=wording.types()))
    for table in (*OF_THE_ANALYSIS, *OF_THE_DATA):
        blocks += _about(table)
    blocks += [Block(wording.check_heading(), level=2), Block(wording.check_opening()), *_about(checks)]
    blocks += [Block(wording.provision_heading(), level=2), Block(wording.provision_opening())]
    blocks += chain.from_iterable(map(_about, OF_PROVISION))
    blocks += [Block(wording.plan_heading(), level=2), Block(wording.plan_opening())]
    blocks += chain.from_iterable(map(_about, OF_THE_PLAN))
    blocks += [Block(wording.review_heading(), level=2), Block(wording.review_opening())]
    return [*blocks, *chain.from_iterable(map(_about, OF_A_REVIEW))]


def _about(table: Table) -> Iterable[Block]:
    yield Block(f"`{table.name}`", level=2)
    yield Block(table.meaning)
    yield Block(headings=HEADINGS, rows=tuple(_words(column) for column in table.columns))
    told = tuple(wording.values_line(one.name, one.values) for one in table.columns if one.values)  # noqa: PD011
    if told:
        yield Block(items=told)


def _words(column: Column) -> tuple[str, ...]:
    row = _row(column)
    return tuple(str(cell or "") if not isinstance(cell, bool) else wording.always(cell) for cell in row)


def _row(column: Column) -> tuple[str | bool | None, ...]:
    return column.name, column.kind, column.unit or None, column.always, column.meaning
