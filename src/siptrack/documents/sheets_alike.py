"""Sheets with the same columns, understood in the same way, as one: a class each, or a term each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_EXAMPLES = 3

Alike = list[TableUnderstanding]


def alike(tables: Sequence[TableUnderstanding]) -> list[Alike]:
    """The tables, those of the same columns together, in the order of the first of each."""
    rivals: dict[object, list[Alike]] = {}
    ordered: list[Alike] = []
    for table in tables:
        groups = rivals.setdefault(_look(table), [])
        group = next((group for group in groups if all(_on_the_same_scales(other, table) for other in group)), None)
        if group is None:
            group = []
            groups.append(group)
            ordered.append(group)
        group.append(table)
    return ordered


def columns_together(tables: Alike) -> list[ColumnUnderstanding]:
    """The columns of tables that are alike: their cells counted together, the first different ones as examples."""
    return [_together(same) for same in zip(*(table.columns for table in tables), strict=True)]


def _look(table: TableUnderstanding) -> object:
    """What tables that are alike have in common."""
    columns = tuple((of.letter, of.heading, of.kind, of.name, of.how, of.term) for of in table.columns)
    return table.export, table.note, columns


def _on_the_same_scales(table: TableUnderstanding, other: TableUnderstanding) -> bool:
    """Whether no column is on two scales; one without cells, as last summer's of a new class, is on none."""
    pairs = zip(table.columns, other.columns, strict=True)
    return all(first.scale == second.scale for first, second in pairs if first.cells and second.cells)


def _together(same: Sequence[ColumnUnderstanding]) -> ColumnUnderstanding:
    if len(same) == 1:
        return same[0]
    return replace(
        same[0],
        scale=next((column.scale for column in same if column.cells), ""),
        evidence=sum(column.evidence for column in same),
        cells=sum(column.cells for column in same),
        examples=tuple(dict.fromkeys(text for column in same for text in column.examples))[:_EXAMPLES],
    )
