"""The tables on a sheet: where their headings are, in one row or more, and which rows belong to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from siptrack.reading.headings import PUPIL_ROLES, HeadingReader, Kind, Meaning
from siptrack.reading.sheet import Sheet

_ROWS_LOOKED_AT = 40  # headings further down than this follow another table
_MOST_HEADING_ROWS = 3
_LEAST_UNDERSTOOD = 2

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Headings:
    """The headings of a table: the number of their last row (from 1), how many rows, each column's text and meaning."""

    row: int
    height: int
    texts: Cells
    meanings: Mapping[int, Meaning]


@dataclass(frozen=True)
class Section:
    """One table of a sheet: what stands above it, its headings, and its rows that hold anything, numbered from 1."""

    sheet: Sheet
    titles: Cells
    headings: Headings
    rows: tuple[tuple[int, Cells], ...]


def find_sections(sheet: Sheet, reader: HeadingReader) -> list[Section]:
    """The sheet's tables in order; none when no row names pupils.

    Each further row of headings begins a further table; the few texts just above it are its title.
    """
    richest = _best_headings(sheet.rows[:_ROWS_LOOKED_AT], reader, sheet.merged)
    if richest is None:
        return []
    starts = _all_headings(sheet.rows, richest, reader, sheet.merged)
    first = starts[0]
    titles = tuple(cell for row in sheet.rows[: first.row - first.height] for cell in row if cell)
    sections = []
    for headings, following in zip(starts, [*starts[1:], None], strict=True):
        end = len(sheet.rows) if following is None else following.row - following.height
        rows = [(number, sheet.rows[number - 1]) for number in range(headings.row + 1, end + 1)]
        rows, next_titles = _without_titles(rows) if following else (rows, ())
        sections.append(Section(sheet, titles, headings, tuple((number, row) for number, row in rows if any(row))))
        titles = next_titles
    return sections


def _best_headings(
    rows: Sequence[Cells], reader: HeadingReader, merged: Iterable[tuple[int, int, int, int]]
) -> Headings | None:
    """The run of one to three rows with the most columns understood, the shortest and first of equals."""
    best, best_score = None, _LEAST_UNDERSTOOD - 1
    names_pupils = [any(cell and reader.is_pupil_heading(cell) for cell in row) for row in rows]
    for height in range(1, _MOST_HEADING_ROWS + 1):
        for last in range(height - 1, len(rows)):
            block = rows[last - height + 1 : last + 1]
            if not all(map(any, block)) or not any(names_pupils[last - height + 1 : last + 1]):
                continue
            headings = _composed(block, last + 1, reader, merged)
            score = _score(headings)
            if score > best_score:
                best, best_score = headings, score
    return best


def _score(headings: Headings) -> int:
    """How many different things the headings name; nothing when they name no pupil."""
    understood = {meaning.claim for meaning in headings.meanings.values() if meaning.kind is not Kind.UNKNOWN}
    names_pupils = any(m.kind is Kind.ROLE and m.name in PUPIL_ROLES for m in headings.meanings.values())
    return len(understood) if names_pupils else 0


def _composed(
    block: Sequence[Cells], last: int, reader: HeadingReader, merged: Iterable[tuple[int, int, int, int]]
) -> Headings:
    """Headings of several rows put together, `Reading` over `Autumn` as `Reading Autumn`.

    Where that means nothing, the lowest row alone counts: `Surname` under `About the pupil`.
    """
    width = max(map(len, block))
    spread = [_spread(row, width, last - len(block) + 1 + at, merged) for at, row in enumerate(block[:-1])]
    lowest = [*block[-1], *[""] * (width - len(block[-1]))]
    texts, meanings = [], {}
    for column in range(width):
        parts = [row[column] for row in (*spread, lowest)]
        whole = " ".join(dict.fromkeys(filter(None, parts)))
        meaning = reader.meaning(whole)
        if meaning.kind is Kind.UNKNOWN and lowest[column]:
            whole, meaning = lowest[column], reader.meaning(lowest[column])
        if whole and (lowest[column] or meaning.kind is not Kind.UNKNOWN):
            meanings[column] = meaning
        texts.append(whole)
    return Headings(last, len(block), tuple(texts), meanings)


def _spread(row: Cells, width: int, number: int, merged: Iterable[tuple[int, int, int, int]]) -> list[str]:
    """An upper row with each text over all the columns it heads: those it is merged over, else up to the next text."""
    spans = [(first, last) for top, first, bottom, last in merged if top <= number <= bottom]
    spread, current = [], ""
    for column in range(width):
        text = row[column] if column < len(row) else ""
        begins = next((first for first, last in spans if first <= column + 1 <= last), None)
        if text:
            current = text
        elif begins is not None:
            current = row[begins - 1] if begins - 1 < len(row) else ""
        elif spans:
            current = ""
        spread.append(current)
    return spread


def _all_headings(
    rows: Sequence[Cells], richest: Headings, reader: HeadingReader, merged: Iterable[tuple[int, int, int, int]]
) -> list[Headings]:
    """The richest headings, and every other row that is headings too: half as telling, with little else in it."""
    needed = max(_LEAST_UNDERSTOOD, _score(richest) // 2)
    found = [richest]
    for index, row in enumerate(rows):
        filled = sum(1 for cell in row if cell)
        within = richest.row - richest.height < index + 1 <= richest.row
        if within or filled < needed or not any(cell and reader.is_pupil_heading(cell) for cell in row):
            continue
        heights = {1, min(richest.height, index + 1)}
        blocks = [rows[index - height + 1 : index + 1] for height in sorted(heights)]
        composed = [_composed(block, index + 1, reader, merged) for block in blocks if all(map(any, block))]
        headings = max(composed, key=_score)
        if needed <= _score(headings) and filled <= 2 * _score(headings):
            found.append(headings)
    return sorted(found, key=lambda headings: headings.row)


def _without_titles(rows: list[tuple[int, Cells]]) -> tuple[list[tuple[int, Cells]], Cells]:
    """The rows of a table, and the texts below its last blank row that are the title of the next."""
    blanks = [at for at, (_, row) in enumerate(rows) if not any(row)]
    if not blanks:
        return rows, ()
    after = rows[blanks[-1] + 1 :]
    if any(sum(1 for cell in row if cell) > _LEAST_UNDERSTOOD for _, row in after):
        return rows, ()
    return rows[: blanks[-1]], tuple(cell for _, row in after for cell in row if cell)
