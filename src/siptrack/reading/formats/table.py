"""A table as a format holds it. Plain classes: the child process starts without dataclasses and what they import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siptrack.reading.formats.limits import MOST_CELLS, MOST_CHARACTERS, MOST_MERGED, WAY_ROUND
from siptrack.reading.formats.unusable import FAR_APART, UnusableFileError

TOO_MUCH_MERGED = "a sheet in it holds far more merged cells than a school's; open it in Excel and unmerge them"
Box = tuple[int, int, int, int]
"""First row, first column, last row, last column, each counted from 1."""


class Facts:
    """What a sheet's own bytes say that the fast reader does not. Rows and columns are counted from 1."""

    def __init__(self) -> None:
        self.hidden_rows: set[int] = set()
        self.merged: list[Box] = []
        self.errors: dict[int, dict[int, str]] = {}
        """By row and column, what a failed formula shows."""
        self.stale: set[tuple[int, int]] = set()
        """Formulas whose result was never stored."""
        self.cells = 0
        """Those that hold something, as the next two: formatted blanks are none."""
        self.last_row = 0
        self.last_column = 0
        self.characters = 0
        self.shared = 0
        """Cells that hold the number of a text in place of the text."""
        self.style = 0
        """The highest number of a format that a number has, which makes dates of some."""
        self.understood = True
        """Whether these facts can be relied on; otherwise the slow reader must read the sheet."""

    def add_error(self, row: int, column: int, text: str) -> None:
        """Note what a failed formula shows."""
        self.errors.setdefault(row, {})[column] = text

    @property
    def room(self) -> int:
        """How many cells the fast reader makes room for."""
        return self.last_row * self.last_column


class PageTable:
    """One table of a file: its name, its rows of text, and what is known about them."""

    def __init__(self, name: str, rows: Iterable[tuple[str, ...]], facts: Facts, *, hidden: bool = False) -> None:
        self.name, self.rows, self.facts, self.hidden = name, rows, facts, hidden


def refuse_too_much(sheets: Iterable[Facts]) -> None:
    """Raise UnusableFileError where the sheets of a file hold more than any school's, before anything reads them."""
    cells = characters = 0
    for sheet in sheets:
        cells += sheet.cells
        characters += sheet.characters
        reached = sum(bottom - top + 1 for top, _, bottom, _ in sheet.merged)  # rows, each looked at for each box
        if len(sheet.merged) > MOST_MERGED or reached > MOST_CELLS:
            raise UnusableFileError(TOO_MUCH_MERGED)
    refuse_counts(cells, characters)


def refuse_for_the_fast(sheets: Sequence[Facts]) -> None:
    """The same, and where the fast reader, which alone reads such a file, would make room for cells far apart."""
    refuse_too_much(sheets)
    if any(facts.room > MOST_CELLS for facts in sheets):
        raise UnusableFileError(FAR_APART)


def refuse_counts(cells: int, characters: int) -> None:
    """Raise UnusableFileError where there are more of these than in any school's file."""
    if cells > MOST_CELLS:
        raise UnusableFileError(f"it holds more than {MOST_CELLS:,} cells; {WAY_ROUND}")
    if characters > MOST_CHARACTERS:
        raise UnusableFileError(f"its cells hold more than {MOST_CHARACTERS:,} characters")
