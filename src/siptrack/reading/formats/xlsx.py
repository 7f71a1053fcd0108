"""Excel's zip formats: the fast reader, corrected by what the sheets' own bytes say, and the slow one where it must."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress

from python_calamine import CalamineError, CalamineWorkbook

from siptrack.reading.formats import calamine
from siptrack.reading.formats.archive import blocks
from siptrack.reading.formats.by_openpyxl import Workbook
from siptrack.reading.formats.limits import MOST_CELLS, MOST_CHARACTERS, MOST_SLOWLY
from siptrack.reading.formats.table import Facts, PageTable, refuse_too_much
from siptrack.reading.formats.unusable import DAMAGED_INSIDE, FAR_APART, UnusableFileError
from siptrack.reading.formats.well_formed import insist
from siptrack.reading.formats.xlsx_check import CheckedSheet
from siptrack.reading.formats.xlsx_parts import SharedTexts, Styles, sheet_parts
from siptrack.reading.formats.xlsx_scan import scan, shared_numbers

_NOT_AS_EXCEL = "it is not written as Excel writes it, and too large to be read so; open it in Excel and save it again"


def tables(content: bytes, archive: zipfile.ZipFile) -> Iterator[PageTable]:
    """Every sheet of the workbook. Raises UnusableFileError where it is damaged, or holds too much."""
    book = _Book(content, archive)
    fast = book.fast()
    listed = book.slow_sheets() if fast is None else calamine.worksheets(fast)
    insist(len(listed) == len(book.names))
    for number, (position, name, hidden) in enumerate(listed):
        rows = None
        if fast and book.facts[number].understood and book.facts[number].room <= MOST_CELLS:
            with suppress(CalamineError):
                rows = calamine.read_sheet(fast, position, book.facts[number])
        if rows is None:
            rows = book.slowly(number)
        yield PageTable(name, rows, book.facts[number], hidden=hidden)


class _Book:
    """A workbook of which every part has been looked at; its sheets in their order."""

    def __init__(self, content: bytes, archive: zipfile.ZipFile) -> None:
        self.content, self.archive = content, archive
        parts = sheet_parts(archive)
        self.names, self.parts = list(parts), list(parts.values())
        self.texts = SharedTexts(archive).lengths
        self.facts = list(map(self._facts, self.parts))
        insist(max((sheet.style for sheet in self.facts), default=0) < max(Styles(archive).count, 1))
        if sum(sheet.shared for sheet in self.facts) * max(self.texts, default=0) > MOST_CHARACTERS:
            for part, facts in zip(self.parts, self.facts, strict=True):
                facts.characters += self._shared_characters(part)
        refuse_too_much(self.facts)
        self.slow: Workbook | None = None

    def fast(self) -> CalamineWorkbook | None:
        """The workbook in the fast reader; none where it cannot open it."""
        try:
            return calamine.open_workbook(self.content)
        except CalamineError:
            return None

    def slow_sheets(self) -> list[tuple[int, str, bool]]:
        """The number, name and whether hidden of each sheet that has cells, by the slow reader."""
        self.slow = self.slow or Workbook(self.content)
        return [(number, name, hidden) for number, (name, hidden) in enumerate(self.slow.sheets)]

    def slowly(self, number: int) -> Iterator[tuple[str, ...]]:
        """The rows of a sheet by the slow reader, which tells less of damage and so gets only what is sound."""
        if self.facts[number].understood and self.facts[number].room <= MOST_CELLS:  # the fast one could not read it
            self.facts[number] = self._checked(self.parts[number])
        if self.facts[number].cells > MOST_SLOWLY:
            raise UnusableFileError(FAR_APART if self.facts[number].understood else _NOT_AS_EXCEL)
        self.slow = self.slow or Workbook(self.content)
        return self.slow.rows(self.names[number])

    def _facts(self, part: str) -> Facts:
        large = self.archive.getinfo(part).file_size > MOST_CHARACTERS
        facts = scan(blocks(self.archive, part), large=large)
        return facts if facts.understood else self._checked(part)

    def _checked(self, part: str) -> Facts:
        return CheckedSheet(len(self.texts)).facts_of(blocks(self.archive, part))

    def _shared_characters(self, part: str) -> int:
        try:
            return sum(self.texts[number] for number in shared_numbers(blocks(self.archive, part)))
        except IndexError:
            raise UnusableFileError(DAMAGED_INSIDE) from None
