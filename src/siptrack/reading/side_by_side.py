"""Tables that stand side by side on one sheet, each taken for itself, with every cell where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from siptrack.reading.cells import Cells, cell_at
from siptrack.reading.grid import TextGrid
from siptrack.reading.headings import ColumnKind, HeadingReader
from siptrack.reading.names import names_key
from siptrack.reading.sections import ROWS_LOOKED_AT, SheetSection, find_sections
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.reading.values import class_named_by

_RESULTS = (ColumnKind.RESULT, ColumnKind.TARGET)
_HALF = 2


class Apart(NamedTuple):
    """The tables of a sheet, from left to right and each from top to bottom.

    `unread` are the first columns, from 1, of those that name pupils and hold nothing more that is understood;
    `confused`: several stand side by side and cannot be told apart, so that none is read.
    """

    sections: tuple[SheetSection, ...] = ()
    unread: tuple[int, ...] = ()
    confused: bool = False


def tables_apart(sheet: Sheet, reader: HeadingReader) -> Apart:
    """The tables on a sheet, those that stand side by side each for itself."""
    beside = _Beside(sheet, reader)
    starts = beside.starts()
    if len(starts) > 1:
        parts = [beside.part(first, last) for first, last in pairwise((*starts, beside.width))]
        found = [find_sections(part, reader) for part in parts]
        if found[0]:
            unread = tuple(part.left for part, sections in zip(parts, found, strict=True) if not sections)
            return Apart(tuple(chain.from_iterable(found)), unread)
    whole = find_sections(sheet, reader)
    return Apart(confused=True) if any(map(_names_two, whole)) else Apart(tuple(whole))


def _names_two(section: SheetSection) -> bool:
    """Whether the headings name the pupil twice and a result twice, as those of two tables do."""
    claims = Counter((meaning.names_pupil, meaning.claim) for meaning in section.headings.meanings.values())
    twice = [claim for claim, count in claims.items() if count > 1]
    return any(of_pupil for of_pupil, _ in twice) and any(claim[0] in _RESULTS for _, claim in twice)


def without_legend(section: SheetSection) -> SheetSection:
    """A table without the meaning of a legend's heading: `Grade` beyond an empty column, where results have columns."""
    meanings = section.headings.meanings
    results = [column for column, meaning in meanings.items() if meaning.kind in _RESULTS]
    legend = {
        column
        for column, meaning in meanings.items()
        if meaning.kind is ColumnKind.ROLE and meaning.name == "result" and results and column > max(results) + 1
        if any(not any(cell_at(row, at) for _, row in section.rows) for at in range(max(results) + 1, column))
    }
    kept = {column: meaning for column, meaning in meanings.items() if column not in legend}
    return section._replace(headings=section.headings._replace(meanings=kept)) if legend else section


class _Beside:
    """One sheet, looked at for a second heading that names pupils, to the right of the first."""

    def __init__(self, sheet: Sheet, reader: HeadingReader) -> None:
        self.sheet, self.reader, self.width = sheet, reader, sheet.width
        found: dict[tuple[int, str], int] = {}  # the first row in which a column is headed so
        for number, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            named = [(at, cell) for at, cell in enumerate(row) if cell and reader.is_pupil_heading(cell)]
            for at, cell in named if sum(map(bool, row)) > 1 else ():
                found.setdefault((at, reader.meaning(cell).name), number)
        self.heads = sorted((at, number, role) for (at, role), number in found.items())
        self.top = min((row for _, row, _ in self.heads), default=0)

    def starts(self) -> list[int]:
        """The first column of each table."""
        starts, roles, before = [0], dict[str, int](), -1
        for column, row, role in self.heads:
            gap = self._gap(before, column)
            # Pupil over Surname and over Forename is one heading; a heading further down is of another table below.
            again = role in roles and column > before + 1 and abs(row - roles[role]) <= 1
            if again or (gap is not None and roles and self._are_others(starts[-1], before, column, row)):
                starts.append(gap + 1 if gap is not None else self._start(column, row, before, starts[-1]))
                roles = {}
            roles.setdefault(role, row)
            before = column
        return starts

    def _gap(self, after: int, before: int) -> int | None:
        """The last empty column between two."""
        return next((at for at in range(before - 1, after, -1) if at not in self._filled), None)

    @cached_property
    def _filled(self) -> frozenset[int]:
        """The columns that hold anything from the first row of headings on."""
        if isinstance(self.sheet.rows, TextGrid) and not self.top:
            return self.sheet.rows.filled
        filled: set[int] = set()
        for row in self.sheet.rows[self.top :]:
            if len(filled) == self.width:
                break
            filled.update(at for at, cell in enumerate(row) if cell)
        return frozenset(filled)

    def _start(self, column: int, row: int, before: int, start: int) -> int:
        """Where a table begins that follows another without a gap: where headings begin again, else with its pupils."""
        texts = self.sheet.rows[row]
        first = next((words(text) for text in texts[start:] if text), "")
        again = next((at for at in range(before + 1, column) if words(texts[at]) == first), None)
        if again is not None:
            return again
        while column - 1 > before and words(texts[column - 1]) in {"", *map(words, texts[start : column - 1])}:
            column -= 1
        return column

    def _are_others(self, start: int, before: int, column: int, row: int) -> bool:
        """Whether beyond an empty column other pupils are named, each side with results of its own."""
        if not (self._results(start, column) and self._results(column, self.width)):
            return False
        ours = [(at, role) for at, _, role in self.heads if start <= at <= before]
        theirs = [(at, role) for at, _, role in self.heads if at >= column]
        if not (_is_whole(ours) and _is_whole(theirs)):
            return False  # a surname and, beyond an empty column, its forename
        below = self.sheet.rows[row + 1 :]
        both = [(a, b) for a, b in ((_name(cells, ours), _name(cells, theirs)) for cells in below) if a and b]
        return bool(both) and sum(a != b for a, b in both) * _HALF > len(both)

    def _results(self, first: int, last: int) -> bool:
        """Whether any of these columns is headed as results are."""
        rows = {row for _, row, _ in self.heads}
        texts = (text for row in rows for text in self.sheet.rows[row][first:last] if text)
        return any(self.reader.meaning(text).kind in _RESULTS for text in texts)

    def part(self, first: int, last: int) -> Sheet:
        """One table as a sheet: nothing in the columns of others, and of the texts above, those that speak of it."""
        above = tuple(self._title(number, first, last) for number in range(self.top))
        rows = tuple(_within(row, first, last) for row in self.sheet.rows[self.top :])
        return self.sheet._replace(rows=(*above, *rows), left=first + 1 if first else 0)

    def _title(self, number: int, first: int, last: int) -> Cells:
        """A row above the tables: what stands over this one, and a lone text that speaks of all."""
        row = self.sheet.rows[number]
        texts = [cell for cell in row if cell]
        spans = any(
            top <= number + 1 <= bottom and left <= first + 1 <= right for top, left, bottom, right in self.sheet.merged
        )
        if len(texts) == 1 and (spans or not class_named_by(texts, texts)):
            return row
        return _within(row, first, last)


def _within(row: Cells, first: int, last: int) -> Cells:
    return tuple(cell if first <= at < last else "" for at, cell in enumerate(row))


def _is_whole(heads: Sequence[tuple[int, str]]) -> bool:
    """Whether these headings hold a child's whole name."""
    roles = {role for _, role in heads}
    return "name" in roles or {"surname", "forename"} <= roles


def _name(cells: Cells, heads: Sequence[tuple[int, str]]) -> str:
    """The key of the name that a row holds under these headings."""
    return names_key(" ".join(cells[at] for at, role in heads if at < len(cells) and "name" in role))
