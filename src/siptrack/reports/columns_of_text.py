"""How wide the columns of a printed table are, so that it fits its screen with as few folds as can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from rich.cells import cell_len

from siptrack.school.safe_text import safe_text

Cell: TypeAlias = str | tuple[str, ...]  # parts stand under each other where there is no room for them side by side
_APART = 2
_NARROWEST = 4


def fitted(lines: Sequence[Sequence[Cell]], numbers: Sequence[bool], width: int | None) -> list[int] | None:
    """The width of each column; None where every cell has room on one line.

    Columns of words give way first, the widest before the others, down to their longest word; numbers only then.
    """
    columns = list(zip(*lines, strict=True))
    room = None if width is None else width - _APART * (len(columns) - 1)
    if room is None or sum(max(map(_joined_width, column)) for column in columns) <= room:
        return None
    widths = [max(map(_part_width, column)) for column in columns]
    words = [
        _NARROWEST if is_number else _least_width(column) for column, is_number in zip(columns, numbers, strict=True)
    ]
    for limits in (
        [size if is_number else word for size, word, is_number in zip(widths, words, numbers, strict=True)],
        [_NARROWEST] * len(widths),
    ):
        _narrow(widths, limits, room)
    return widths


def _narrow(widths: list[int], limits: Sequence[int], room: int) -> None:
    """Take from the widest column that may still give, until all have room or none may."""
    while sum(widths) > room:
        giving = [at for at, size in enumerate(widths) if size > limits[at]]
        if not giving:
            return
        widths[max(giving, key=lambda at: widths[at])] -= 1


def _parts(cell: Cell) -> tuple[str, ...]:
    return (safe_text(cell),) if isinstance(cell, str) else tuple(map(safe_text, cell))


def _joined_width(cell: Cell) -> int:
    return cell_len(" ".join(_parts(cell)))


def _part_width(cell: Cell) -> int:
    return max(map(cell_len, _parts(cell)))


def _least_width(column: Sequence[Cell]) -> int:
    """The longest word of a column's labels, and its figures whole: they stand in the later parts of a cell."""
    labels = (cell if isinstance(cell, str) else cell[0] for cell in column)
    words = (word for label in labels for word in safe_text(label).split())
    figures = (part for cell in column for part in _parts(cell)[1:])
    return max((cell_len(text) for text in (*words, *figures)), default=1)
