"""Sheets that hold no list of pupils, by what they are: of one pupil each, of counts, or two tables in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from siptrack.reading.cells import Cells, cell_at
from siptrack.reading.findings import Findings
from siptrack.reading.headings import ColumnKind, HeadingReader
from siptrack.reading.sections import ROWS_LOOKED_AT, SheetSection
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.school.place import Place

SIDE_BY_SIDE, EACH_PUPIL, COUNTS = "tables-side-by-side", "sheet-each-pupil", "pivot-table"
REFUSED = (SIDE_BY_SIDE, EACH_PUPIL, COUNTS)
A_LIST = "a list with a row for each child and a column for each subject and term"
_OF_RESULTS = ("term", "academic_year", "subject", "result")
_SEVERAL = 2
_FOUND = {SIDE_BY_SIDE: "two tables side by side, which cannot be told apart", COUNTS: "a pivot table of counts"}


class Refusals(NamedTuple):
    """Says of a sheet what it is instead of a list of pupils."""

    reader: HeadingReader

    def of_labels(self, section: SheetSection) -> bool:
        """Whether what stands under the headings of pupils are labels alone: terms, subjects, groups."""
        return all(map(self._is_label, _named(section))) and any(_named(section)) and self._is_odd(section)

    def _is_label(self, named: Sequence[str]) -> bool:
        """Whether what a row says of who its pupil is begins with a label, and is no number."""
        labels = self.reader.labels
        return not named or (
            named[0][0].isalpha()
            and (labels.is_label(named[0]) or labels.tells(named[0]))
            and not any(text.isalnum() and any(map(str.isdigit, text)) for text in named)
        )

    def _is_odd(self, section: SheetSection) -> bool:
        """Whether a table's headings are those of a form, or of counts, and not of a list."""
        return self.is_form(section.sheet) or self.is_counts(section.sheet)

    def is_form(self, sheet: Sheet) -> bool:
        """Whether a sheet is of one pupil: the name or number beside its label, and results by term or subject."""
        rows = sheet.rows[:ROWS_LOOKED_AT]
        return any(map(self._names_child, rows)) and bool(self.headings_of_results(sheet))

    def _names_child(self, row: Cells) -> bool:
        """Whether a row holds the label of a name or number, and beside it just one text that is no heading."""
        for at, cell in enumerate(row):
            if cell and self.reader.is_pupil_heading(cell):
                beside = [text for text in row[at + 1 :] if text]
                headed = [self._is_heading(text) for text in beside]
                if beside and not headed[0] and all(headed[1::2]) and not any(headed[2::2]):
                    return True
        return False

    def _is_heading(self, text: str) -> bool:
        return self.reader.meaning(text).kind is not ColumnKind.UNKNOWN

    def headings_of_results(self, sheet: Sheet) -> tuple[str, ...]:
        """The first row that is headed by subjects or terms, and by no pupil; empty where there is none."""
        for row in sheet.rows[:ROWS_LOOKED_AT]:
            meanings = [self.reader.meaning(cell) for cell in row if cell]
            of_results = [
                meaning for meaning in meanings if meaning.kind is ColumnKind.RESULT or meaning.name in _OF_RESULTS
            ]
            if len(of_results) >= _SEVERAL and not any(meaning.names_pupil for meaning in meanings):
                return tuple(words(cell) for cell in row if cell)
        return ()

    def is_counts(self, sheet: Sheet) -> bool:
        """Whether a sheet holds a pivot table, or a table of how many children have each grade."""
        labels, rows = self.reader.labels, sheet.rows[:ROWS_LOOKED_AT]
        if any(labels.is_pivot(cell) or labels.counts(cell) for row in rows for cell in row if cell):
            return True
        return any(self._are_counted(row, sheet.rows[number:]) for number, row in enumerate(rows, 1))

    def _are_counted(self, row: Cells, below: Sequence[Cells]) -> bool:
        """Whether grades stand as headings over figures."""
        labels = self.reader.labels
        grades = [at for at, cell in enumerate(row) if labels.is_grade(cell) and not labels.is_figure(cell)]
        under = [text for cells in below for at in grades if (text := cell_at(cells, at))]
        return len(grades) >= _SEVERAL and bool(under) and all(map(labels.is_figure, under))


def report_refused(
    sheets: Sequence[tuple[Sheet, str]], unused: Sequence[Sheet], reader: HeadingReader, findings: Findings
) -> list[Sheet]:
    """Say of each file which of its sheets are refused, and why; gives the unused ones of which no more is known.

    `sheets` come with the code of their reason. The name of a sheet of one pupil is the pupil's: no message has it.
    """
    refusals = Refusals(reader)
    of_pupils = list(_named_after_pupils(unused, refusals))
    found: defaultdict[tuple[str, str], list[Sheet]] = defaultdict(list)
    for sheet, code in (*sheets, *((sheet, EACH_PUPIL) for sheet in of_pupils)):
        found[sheet.file, code].append(sheet)
    for (file, code), alike in found.items():
        each = "a sheet for each pupil" if len(alike) > 1 else "a sheet of one pupil"
        name = alike[0].name if len(alike) == 1 and code != EACH_PUPIL else ""
        findings.add(code, Place(file, name), _FOUND.get(code, each), A_LIST)
    taken = set(map(id, of_pupils))
    return [sheet for sheet in unused if id(sheet) not in taken]


def _named_after_pupils(sheets: Sequence[Sheet], refusals: Refusals) -> Iterator[Sheet]:
    """The sheets of a file that are headed alike by subjects or terms, and named after no class, term or subject."""
    alike: defaultdict[tuple[str, tuple[str, ...]], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if headings := refusals.headings_of_results(sheet):
            alike[sheet.file, headings].append(sheet)
    labels = refusals.reader.labels
    for group in alike.values():
        if len(group) >= _SEVERAL and not any(
            labels.is_label(sheet.name) or labels.tells(sheet.name) or any(map(str.isdigit, sheet.name))
            for sheet in group
        ):
            yield from group


def _named(section: SheetSection) -> Iterator[list[str]]:
    """What each row of a table says of who its pupil is."""
    columns = [column for column, meaning in section.headings.meanings.items() if meaning.names_pupil]
    return ([text for at in columns if (text := cell_at(row, at))] for _, row in section.rows)
