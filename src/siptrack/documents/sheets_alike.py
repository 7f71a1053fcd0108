"""Sheets with the same columns, understood in the same way, as one: a class each, or a term each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_EXAMPLES = 3

Alike = list[TableUnderstanding]


def alike(tables: Sequence[TableUnderstanding]) -> list[Alike]:
    """The tables, those of the same columns together, in the order of the first of each."""
    groups: dict[object, list[Alike]] = {}
    ordered: list[Alike] = []
    for table in tables:
        rivals = groups.setdefault(_look(table), [])
        group = next((group for group in rivals if all(_on_the_same_scales(one, table) for one in group)), None)
        if group is None:
            group = []
            rivals.append(group)
            ordered.append(group)
        group.append(table)
    return ordered


def columns_together(tables: Alike) -> list[ColumnUnderstanding]:
    """The columns of tables that are alike: their cells counted together, the first different ones as examples."""
    if len(tables) == 1:
        return list(tables[0].columns)
    return [_together(same) for same in zip(*(table.columns for table in tables), strict=True)]


def _look(table: TableUnderstanding) -> object:
    """What tables that are alike have in common."""
    columns = tuple((one.letter, one.heading, one.kind, one.name, one.how, one.term) for one in table.columns)
    return table.export, table.note, columns


def _on_the_same_scales(one: TableUnderstanding, other: TableUnderstanding) -> bool:
    """Whether no column is on two scales; one without cells, as last summer's of a new class, is on none."""
    pairs = zip(one.columns, other.columns, strict=True)
    return all(first.scale == second.scale for first, second in pairs if first.cells and second.cells)


def _together(same: Sequence[ColumnUnderstanding]) -> ColumnUnderstanding:
    return replace(
        same[0],
        scale=next((one.scale for one in same if one.cells), ""),
        evidence=sum(one.evidence for one in same),
        cells=sum(one.cells for one in same),
        examples=tuple(dict.fromkeys(text for one in same for text in one.examples))[:_EXAMPLES],
    )
