"""The columns of a printed table: side by side as plain lines, or so wide that it fits its screen with few folds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from siptrack.rendering.model import Cell
from siptrack.school.safe_text import safe_text

_APART = 2
_NARROWEST = 4


def in_columns(lines: Sequence[Sequence[Cell]], numbers: Sequence[bool]) -> Iterator[str]:
    """The lines of a table without an edge, its columns as wide as they must be; numbers stand to the right."""
    joined_lines = [[joined(cell, " ") for cell in line] for line in lines]
    widths = [max(map(letters, column)) for column in zip(*joined_lines, strict=True)]
    apart = " " * _APART
    for line in joined_lines:
        yield apart.join(
            " " * (width - letters(cell.rstrip())) + cell.rstrip()
            if is_number
            else cell + " " * (width - letters(cell))
            for cell, width, is_number in zip(line, widths, numbers, strict=True)
        )


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


def joined(cell: Cell, joint: str) -> str:
    """The parts of a cell as one text."""
    return joint.join(_parts(cell))


def letters(text: str) -> int:
    """How many columns of a screen a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def _parts(cell: Cell) -> tuple[str, ...]:
    return (safe_text(cell),) if isinstance(cell, str) else tuple(map(safe_text, cell))


def _joined_width(cell: Cell) -> int:
    return letters(joined(cell, " "))


def _part_width(cell: Cell) -> int:
    return max(map(letters, _parts(cell)))


def _least_width(column: Sequence[Cell]) -> int:
    """The longest word of a column's labels, and its figures whole: they stand in the later parts of a cell."""
    labels = (cell if isinstance(cell, str) else cell[0] for cell in column)
    words = (word for label in labels for word in safe_text(label).split())
    figures = (part for cell in column for part in _parts(cell)[1:])
    return max((letters(text) for text in (*words, *figures)), default=1)
