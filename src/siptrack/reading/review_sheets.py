"""Finding the school's own reviews: sheets with a heading, a stage, and evidence or a next step, and no child.

A grid with a column for each stage, in which one is marked, is one too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.layout import report_oddities
from siptrack.reading.record_sheets import ROWS_LOOKED_AT, RecordSheet
from siptrack.reading.sections import Headings, Section
from siptrack.reading.sheet import Cells, Sheet
from siptrack.reading.spelling import words
from siptrack.reading.table import context_of
from siptrack.rules.model import Rules
from siptrack.school.place import Place

HEADING, STAGE = "heading", "stage"
_EITHER = frozenset({"evidence", "step"})


@dataclass(frozen=True)
class ReviewSheet(RecordSheet):
    """A review. `grid` has the column of each stage in which it may be marked, by its label.

    It is empty where stages are written.
    """

    grid: Mapping[str, int]


@dataclass
class ReviewSheets:
    """The reviews found, in reading order, and the sheets that siptrack laid beside them, which say nothing new."""

    reviews: list[ReviewSheet] = field(default_factory=list)
    beside: list[Sheet] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        """How many rows hold anything."""
        return sum(len(one.rows) for one in self.reviews) + sum(len(_filled(sheet)) for sheet in self.beside)


class ReviewFinder:
    """Finds reviews by their headings."""

    def __init__(self, reader: HeadingReader, rules: Rules) -> None:
        self.reader = reader
        self.names = {words(text): name for name, texts in rules.review.columns.items() for text in texts}
        self.stages = {
            words(text): stage.label
            for stage in rules.review.stages.values()
            for text in (stage.label, *stage.spellings)
        }
        self.labels = {stage.label for stage in rules.review.stages.values()}
        self.own = frozenset(map(words, rules.review.own))

    def apart(self, sheets: Iterable[Sheet], findings: Findings) -> tuple[list[Sheet], ReviewSheets]:
        """The sheets that may hold pupils and results, and the reviews."""
        others, found = [], ReviewSheets()
        for sheet in sheets:
            number = self._heading_row(sheet)
            if number is not None:
                report_oddities(sheet, findings)
                found.reviews.append(self._review(sheet, number))
            elif self._is_own(sheet):
                found.beside.append(sheet)
                places = [Place(sheet.file, sheet.name, at) for at in _filled(sheet)]
                findings.set_aside("rows", "in a report that siptrack wrote", *places)
            else:
                others.append(sheet)
        return others, found

    def _is_own(self, sheet: Sheet) -> bool:
        return any(self.own.issubset(map(words, row)) for row in sheet.rows[:ROWS_LOOKED_AT] if row)

    def _heading_row(self, sheet: Sheet) -> int | None:
        """The number of the row of headings, if the sheet is a review."""
        rows = enumerate(sheet.rows[:ROWS_LOOKED_AT], 1)
        return next((number for number, row in rows if self._are_headings(row)), None)

    def _are_headings(self, row: Sequence[str]) -> bool:
        found = {self.names.get(words(cell), "") for cell in row if cell}
        written = STAGE in found and found & _EITHER
        if HEADING not in found or not (written or self.labels == self._grid(row).keys()):
            return False
        rest = (cell for cell in row if cell and words(cell) not in self.names)
        return not any(map(self.reader.is_pupil_heading, rest))

    def _review(self, sheet: Sheet, number: int) -> ReviewSheet:
        headings = sheet.rows[number - 1]
        rows = tuple((at, row) for at, row in enumerate(sheet.rows[number:], number + 1) if any(row))
        titles = tuple(cell for row in sheet.rows[: number - 1] for cell in row if cell)
        section = Section(sheet, titles, Headings(number, 1, headings, {}), rows)
        context, grid = context_of(section, self.reader), self._grid(headings)
        return ReviewSheet(context, number, headings, self._columns(headings), rows, grid)

    def _grid(self, headings: Sequence[str]) -> Mapping[str, int]:
        """The column of each stage that heads one."""
        return {self.stages[words(text)]: at for at, text in enumerate(headings) if words(text) in self.stages}

    def _columns(self, headings: Cells) -> Mapping[str, tuple[int, ...]]:
        """The columns of each name; several may say the same."""
        columns: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
        for at, text in enumerate(headings):
            if name := self.names.get(words(text)):
                columns[name] = (*columns[name], at)
        return columns


def _filled(sheet: Sheet) -> list[int]:
    return [number for number, row in enumerate(sheet.rows, 1) if any(row)]
