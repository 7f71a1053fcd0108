"""The tables on a sheet: where their headings are, in one row or more, and which rows belong to each."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from siptrack.reading.cells import Cells, cell_at
from siptrack.reading.grid import GridRows, TextGrid
from siptrack.reading.headings import NOT_USED, ColumnKind, HeadingReader, How, Meaning
from siptrack.reading.identity.upns import are_upns
from siptrack.reading.sheet import Sheet

ROWS_LOOKED_AT = 40  # headings further down than this follow another table
_MOST_HEADING_ROWS = 3
_LEAST_UNDERSTOOD = 2
_KNOWN_EXPORT = 100  # a known export counts for more than any number of headings


class Headings(NamedTuple):
    """The headings of a table: the number of their last row (from 1), how many rows, each column's text and meaning."""

    row: int
    height: int
    texts: Cells
    meanings: Mapping[int, Meaning]


class SheetSection(NamedTuple):
    """One table of a sheet: what stands above it, its headings, and its rows that hold anything, numbered from 1."""

    sheet: Sheet
    titles: Cells
    headings: Headings
    rows: Sequence[tuple[int, Cells]]


def find_sections(sheet: Sheet, reader: HeadingReader) -> list[SheetSection]:
    """The sheet's tables in order; none when no row names pupils.

    Each further row of headings begins a further table; the few texts just above it are its title.
    """
    richest = _best_headings(sheet.rows[:ROWS_LOOKED_AT], reader, sheet.merged)
    if richest is None:
        return []
    starts = _all_headings(sheet.rows, richest, reader, sheet.merged)
    if isinstance(sheet.rows, TextGrid) and [headings.row for headings in starts] == [1]:
        return [SheetSection(sheet, (), richest, GridRows.of(sheet.rows))]
    first = starts[0]
    titles = tuple(cell for row in sheet.rows[: first.row - first.height] for cell in row if cell)
    sections = []
    for headings, following in zip(starts, [*starts[1:], None], strict=True):
        end = len(sheet.rows) if following is None else following.row - following.height
        rows = [(number, sheet.rows[number - 1]) for number in range(headings.row + 1, end + 1)]
        rows, next_titles = _without_titles(rows) if following else (rows, ())
        about = {column for column, meaning in headings.meanings.items() if meaning.kind is ColumnKind.ROLE}
        rows = merged_down(rows, about, sheet.merged)
        sections.append(SheetSection(sheet, titles, headings, tuple((number, row) for number, row in rows if any(row))))
        titles = next_titles
    return sections


def _best_headings(
    rows: Sequence[Cells], reader: HeadingReader, merged: Iterable[tuple[int, int, int, int]]
) -> Headings | None:
    """The run of one to three rows with the most columns understood, the shortest and first of equals."""
    best: Headings | None = None
    best_score = (_LEAST_UNDERSTOOD - 1, len(rows))
    names_pupils = [any(cell and reader.is_pupil_heading(cell) for cell in row) for row in rows]
    for height in range(1, _MOST_HEADING_ROWS + 1):
        for last in range(height - 1, len(rows)):
            block = rows[last - height + 1 : last + 1]
            if not all(map(any, block)) or not any(names_pupils[last - height + 1 : last + 1]):
                continue
            if any(sum(map(bool, row)) < _LEAST_UNDERSTOOD for row in block[:-1]):
                continue  # a single text above the headings is a title
            headings = _composed(block, last + 1, reader, merged)
            known = _KNOWN_EXPORT if reader.known_exports(headings.texts) else 0
            score = (_score(headings) + known, _complete(headings))
            if score > best_score:
                best, best_score = headings, score
    return best and _with_row_above(_with_row_below(best, rows, reader, merged), rows, reader, merged)


def _score(headings: Headings) -> int:
    """How many different things the headings name; nothing when they name no pupil."""
    understood = {meaning.claim for meaning in headings.meanings.values() if meaning.kind not in NOT_USED}
    names_pupils = any(meaning.names_pupil for meaning in headings.meanings.values())
    return len(understood) if names_pupils else 0


def _likely(headings: Headings, reader: HeadingReader) -> int:
    """How many columns are headed as results with a word that nobody knows."""
    unknown = (
        headings.texts[column] for column, meaning in headings.meanings.items() if meaning.kind is ColumnKind.UNKNOWN
    )
    return sum(1 for text in unknown if reader.loosely(text).kind is ColumnKind.RESULT)


def _complete(headings: Headings) -> int:
    """How many columns of results say both their subject and something of their term."""
    results = [meaning for meaning in headings.meanings.values() if meaning.kind is ColumnKind.RESULT]
    return sum(1 for meaning in results if meaning.name and meaning.term.speaks)


def _with_row_above(
    headings: Headings, rows: Sequence[Cells], reader: HeadingReader, merged: Iterable[tuple[int, int, int, int]]
) -> Headings:
    """The headings with a further row above them that says more of their terms, as `2025-26` over `Autumn` does."""
    first = headings.row - headings.height - 1
    if first < 0 or headings.height == _MOST_HEADING_ROWS or sum(map(bool, rows[first])) < _LEAST_UNDERSTOOD:
        return headings
    taller = _composed(rows[first : headings.row], headings.row, reader, merged)
    more = _parts_of_terms(taller) > _parts_of_terms(headings) and _score(taller) >= _score(headings)
    return _with_row_above(taller, rows, reader, merged) if more else headings


def _with_row_below(
    headings: Headings, rows: Sequence[Cells], reader: HeadingReader, merged: Iterable[tuple[int, int, int, int]]
) -> Headings:
    """The headings with a further row below them, of terms and subjects alone, under names that stand in the first."""
    if headings.row >= len(rows) or headings.height == _MOST_HEADING_ROWS:
        return headings
    cells = [cell for cell in rows[headings.row] if cell]
    if not cells or any(reader.meaning(cell).kind not in (ColumnKind.RESULT, ColumnKind.TARGET) for cell in cells):
        return headings
    first = headings.row - headings.height
    taller = _composed(rows[first : headings.row + 1], headings.row + 1, reader, merged)
    more = _parts_of_terms(taller) > _parts_of_terms(headings) and _score(taller) >= _score(headings)
    return _with_row_below(taller, rows, reader, merged) if more else headings


def _parts_of_terms(headings: Headings) -> int:
    """How many parts of a term the columns of results say, all together, without a season that a year stands for."""
    results = [meaning for meaning in headings.meanings.values() if meaning.kind is ColumnKind.RESULT]
    parts = (part is not None for result in results for part in result.term)
    return sum(parts) - sum(meaning.year_alone for meaning in results)


def _composed(
    block: Sequence[Cells], last: int, reader: HeadingReader, merged: Iterable[tuple[int, int, int, int]]
) -> Headings:
    """Headings of several rows put together, `Reading` over `Autumn` as `Reading Autumn`.

    Where that means nothing, the lowest row alone counts: `Surname` under `About the pupil`.
    """
    width = max(map(len, block))
    spread = [_spread(row, width, last - len(block) + 1 + at, merged) for at, row in enumerate(block[:-1])]
    lowest = _padded(block[-1], width)
    texts, meanings = [], {}
    for column in range(width):
        above = spread if lowest[column] else [_padded(row, width) for row in block[:-1]]
        whole = " ".join(dict.fromkeys(filter(None, [*(row[column] for row in above), lowest[column]])))
        meaning = reader.meaning(whole)
        alone = reader.meaning(lowest[column])
        nothing = meaning.kind is ColumnKind.UNKNOWN and not _says_more(whole, lowest[column], reader)
        of_another = alone.kind is ColumnKind.AGE and meaning.kind is not ColumnKind.AGE
        if lowest[column] and (nothing or of_another or _speaks_for_itself(alone)):
            whole, meaning = lowest[column], alone
        if whole and (lowest[column] or meaning.kind is not ColumnKind.UNKNOWN):
            meanings[column] = meaning
        texts.append(whole)
    return Headings(last, len(block), tuple(texts), meanings)


def _says_more(whole: str, lowest: str, reader: HeadingReader) -> bool:
    """Whether a heading with a word that nobody knows says more together with what stands above it than alone."""
    together, alone = reader.loosely(whole), reader.loosely(lowest)
    return together.kind in (ColumnKind.RESULT, ColumnKind.TARGET) and not alone.sure and together.term != alone.term


def _padded(row: Cells, width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _speaks_for_itself(meaning: Meaning) -> bool:
    """Whether a heading is known as something about the pupil, whatever stands above it: `Year` under `Reading`.

    Above a percentage its term may stand.
    """
    about_pupil = (meaning.kind is ColumnKind.CHARACTERISTIC and not meaning.percent) or (
        meaning.kind is ColumnKind.ROLE and meaning.name != "result"
    )
    return about_pupil and meaning.how is How.KNOWN


def _spread(row: Cells, width: int, number: int, merged: Iterable[tuple[int, int, int, int]]) -> list[str]:
    """An upper row with each text over all the columns it heads: those it is merged over, else up to the next text."""
    spans = [(first, last) for top, first, bottom, last in merged if top <= number <= bottom]
    spread, current = [], ""
    for column in range(width):
        text = cell_at(row, column)
        begins = next((first for first, last in spans if first <= column + 1 <= last), None)
        if text:
            current = text
        elif begins is not None:
            current = cell_at(row, begins - 1)
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
    for index, row in _naming_pupils(rows, reader):
        filled = sum(1 for cell in row if cell)
        within = richest.row - richest.height < index + 1 <= richest.row
        if within or filled < needed:
            continue
        heights = {1, min(richest.height, index + 1)}
        blocks = [rows[index - height + 1 : index + 1] for height in sorted(heights)]
        composed = [_composed(block, index + 1, reader, merged) for block in blocks if all(map(any, block))]
        headings = _with_row_below(max(composed, key=_score), rows, reader, merged)
        score = _score(headings) and _score(headings) + _likely(headings, reader)
        if needed <= score and filled <= 2 * score:
            found.append(headings)
    return sorted(found, key=lambda headings: headings.row)


def _naming_pupils(rows: Sequence[Cells], reader: HeadingReader) -> Iterator[tuple[int, Cells]]:
    """The rows, with their positions, in which a text stands that heads a column of names or numbers."""
    if isinstance(rows, TextGrid):
        for index in rows.with_any(reader.is_pupil_heading, never=are_upns):
            yield index, rows[index]
        return
    naming = {cell for cell in set(chain.from_iterable(rows)) if cell and reader.is_pupil_heading(cell)}
    yield from ((index, row) for index, row in enumerate(rows) if not naming.isdisjoint(row))


def merged_down(
    rows: list[tuple[int, Cells]],
    columns: Container[int],
    merged: Iterable[tuple[int, int, int, int]],
    *,
    over: bool = False,
) -> list[tuple[int, Cells]]:
    """The rows with what is merged down the side, as a class over all its children, written in each of them.

    Of these columns; with `over` also where a cell that cannot be seen holds something else.
    """
    down = [box for box in merged if box[1] == box[3] and box[1] - 1 in columns]
    held = {number: list(row) for number, row in rows} if down else {}
    for top, column, bottom, _ in down:
        text = cell_at(held.get(top, []), column - 1)
        for number in range(top + 1, bottom + 1 if top in held else top):
            if any(row := held.get(number, [])):
                row += [""] * (column - len(row))
                row[column - 1] = text if over else row[column - 1] or text
    return [(number, tuple(row)) for number, row in held.items()] if down else rows


def _without_titles(rows: list[tuple[int, Cells]]) -> tuple[list[tuple[int, Cells]], Cells]:
    """The rows of a table, and the texts below its last blank row that are the title of the next."""
    blanks = [at for at, (_, row) in enumerate(rows) if not any(row)]
    if not blanks:
        return rows, ()
    after = rows[blanks[-1] + 1 :]
    if any(sum(1 for cell in row if cell) > _LEAST_UNDERSTOOD for _, row in after):
        return rows, ()
    return rows[: blanks[-1]], tuple(cell for _, row in after for cell in row if cell)
