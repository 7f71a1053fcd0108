"""A sheet as it was read: text in rows, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet as texts, in rows; an empty cell is an empty text. A CSV file is a nameless sheet."""

    file: str
    name: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)
