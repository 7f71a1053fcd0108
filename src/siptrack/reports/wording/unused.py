"""What is said of the columns that were not used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from siptrack.rendering.numbers import quantity
from siptrack.school.column_use import ColumnUse
from siptrack.school.place import Place


def unused_heading(columns: Sequence[ColumnUse]) -> str:
    """`Columns not used: 3`."""
    return f"Columns not used: {len(columns)}"


def unused_lines(columns: Sequence[ColumnUse]) -> Iterator[str]:
    """A line for each sheet and reason: `4K.csv: 'Notes' (30 cells), 'Comment' (12 cells): words`."""
    ordered = sorted(columns, key=_alike)
    for (file, sheet, why), alike in groupby(ordered, key=_alike):
        named = ", ".join(f"{_called(one)} ({quantity(one.cells, 'cell')})" for one in alike)
        yield f"{Place(file, sheet).label}: {named}: {why}."


def _alike(one: ColumnUse) -> tuple[str, str, str]:
    return one.file, one.sheet, one.why


def _called(one: ColumnUse) -> str:
    return f"'{one.heading}'" if one.heading else f"column {one.letter}"
