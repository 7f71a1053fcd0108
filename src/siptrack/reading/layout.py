"""One sheet understood: whose row each is, and which results stand in it. Wide and long layouts come out alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader, Kind, Meaning, column_meanings, heading_row
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.reading.terms import NO_TERM, TermParts
from siptrack.reading.values import read_date
from siptrack.rules.model import ColumnRules
from siptrack.school.place import Place
from siptrack.school.term import Season

PUPIL_ROLES = ("upn", "id", "surname", "forename", "name")
ROW_ROLES = (*PUPIL_ROLES, "date_of_birth", "year_group", "class", "enrolment", "leaving_date")
LONG_ROLES = ("subject", "result")


@dataclass(frozen=True)
class Row:
    """One row about a pupil: where it is, and the texts of its columns by role or characteristic."""

    sheet: int
    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """One result or target as it was written: in which row (by position in `rows`), column, subject and term."""

    row: int
    column: int
    subject: str
    is_target: bool
    term: TermParts
    text: str


@dataclass(frozen=True)
class SheetContext:
    """What the rows above the headings, the sheet's name and the file's name say of the whole sheet."""

    file: str
    sheet: str
    heading: str
    term: TermParts
    year_group: int | None
    subject: str
    columns: Mapping[int, str]
    holds_results: bool
    row_each_result: bool

    def place(self, row: int = 0, column: int = 0) -> Place:
        """A place in this sheet."""
        return Place(self.file, self.sheet, row, column)


@dataclass
class Layouts:
    """All sheets understood: their contexts, their rows about pupils, and what was written in these."""

    contexts: list[SheetContext] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    rows_read: int = 0


def understand(sheets: list[Sheet], reader: HeadingReader, columns: ColumnRules, findings: Findings) -> Layouts:
    """Every sheet's rows and results. A sheet that holds no pupils is a problem and stops no other."""
    layouts = Layouts()
    for sheet in sheets:
        place = Place(sheet.file, sheet.name)
        if not any(sheet.rows):
            findings.add("sheet-empty", place, "no cells", "headings and rows of pupils")
            continue
        index = heading_row(sheet, reader)
        if index is None:
            found = ", ".join(_most_texts(sheet)) or "numbers only"
            findings.add(
                "sheet-unused", place, f"a widest row that reads: {found}", "a row of headings that names pupils"
            )
            below = sum(1 for row in sheet.rows if any(row))
            layouts.rows_read += below
            findings.set_aside("rows", "in a sheet without pupils", below)
            continue
        _SheetLayout(sheet, index, reader, columns, findings, layouts).read()
    return layouts


def _most_texts(sheet: Sheet) -> list[str]:
    """The texts of the first row with the most cells: most likely headings, so safe to show."""
    widest = max(sheet.rows[:10], key=lambda row: sum(1 for cell in row if cell))
    return [cell for cell in widest if cell and not cell.replace(".", "").isdigit()][:8]


class _SheetLayout:
    """Reads one sheet into the layouts."""

    def __init__(
        self,
        sheet: Sheet,
        index: int,
        reader: HeadingReader,
        columns: ColumnRules,
        findings: Findings,
        layouts: Layouts,
    ) -> None:
        self.sheet, self.index, self.reader = sheet, index, reader
        self.columns, self.findings, self.layouts = columns, findings, layouts
        self.headings = sheet.rows[index]
        self.by_column = self._meanings()
        self.by_name = {m.name: column for column, m in self.by_column.items() if m.kind is Kind.ROLE}
        self.characteristics = {m.name: c for c, m in self.by_column.items() if m.kind is Kind.CHARACTERISTIC}
        self.results = {c: m for c, m in self.by_column.items() if m.kind in (Kind.RESULT, Kind.TARGET)}
        self.totals = {words(total) for total in columns.totals}
        self.context = self._context()
        self.years_alone: set[int] = set()

    def read(self) -> None:
        """Add the sheet's rows and results to the layouts, each row of the sheet accounted for."""
        number = len(self.layouts.contexts)
        self.layouts.contexts.append(self.context)
        for column, meaning in self.results.items():
            if meaning.year_alone:
                self._say_year_only(column)
        for offset, cells in enumerate(self.sheet.rows[self.index + 1 :], start=self.index + 2):
            if not any(cells):
                continue
            self.layouts.rows_read += 1
            texts = {role: self._cell(cells, role) for role in ROW_ROLES if role in self.by_name}
            texts.update({key: _at(cells, column) for key, column in self.characteristics.items()})
            results = list(self._written(cells))
            if reason := self._not_a_pupil(cells, texts, results, offset):
                self.findings.set_aside("rows", reason)
                continue
            self.layouts.written += [replace(result, row=len(self.layouts.rows)) for result in results]
            self.layouts.rows.append(Row(number, offset, texts))

    def _meanings(self) -> Mapping[int, Meaning]:
        """Each column's meaning; two columns that claim the same thing are both left out, and said so."""
        meanings = column_meanings(self.headings, self.reader)
        claims: defaultdict[object, list[int]] = defaultdict(list)
        for column, meaning in meanings.items():
            if meaning.kind not in (Kind.UNKNOWN, Kind.PASSED_OVER):
                claims[meaning.claim].append(column)
        clashing = [columns for columns in claims.values() if len(columns) > 1]
        for columns in clashing:
            names = " and ".join(f"'{self.headings[column]}'" for column in columns)
            place = Place(self.sheet.file, self.sheet.name, self.index + 1, columns[0] + 1)
            self.findings.add(
                "heading-clash", place, f"{len(columns)} columns that mean the same: {names}", "one column"
            )
        left_out = set(chain.from_iterable(clashing))
        return {column: meaning for column, meaning in meanings.items() if column not in left_out}

    def _context(self) -> SheetContext:
        titles = [cell for row in self.sheet.rows[: self.index] for cell in row if cell]
        stem = self.sheet.file.rsplit(".", 1)[0]
        term = NO_TERM
        for text in (*titles, self.sheet.name, stem):
            term = term.filled(self.reader.finder.find(text)[0])
        subjects = filter(None, map(self.reader.subject_of, (*titles, self.sheet.name, stem)))
        return SheetContext(
            file=self.sheet.file,
            sheet=self.sheet.name,
            heading=" ".join((*titles, self.sheet.name, stem)),
            term=replace(term, year_group=None),
            year_group=term.year_group,
            subject=next(subjects, ""),
            columns={column: self.headings[column] for column in self.by_column},
            holds_results=bool(self.results) or not self.by_name.keys().isdisjoint(LONG_ROLES),
            row_each_result="subject" in self.by_name,
        )

    def _cell(self, cells: tuple[str, ...], role: str) -> str:
        return _at(cells, self.by_name[role]) if role in self.by_name else ""

    def _written(self, cells: tuple[str, ...]) -> Iterator[Written]:
        """What the row holds of results and targets, blank cells left out."""
        row_subject = self.reader.subject_of(self._cell(cells, "subject"))
        for column, meaning in self.results.items():
            subject = meaning.name or row_subject or self.context.subject
            if text := _at(cells, column):
                is_target = meaning.kind is Kind.TARGET
                yield Written(0, column + 1, subject, is_target, meaning.term.filled(self.context.term), text)
        if text := self._cell(cells, "result"):
            column = self.by_name["result"] + 1
            subject = row_subject if "subject" in self.by_name else self.context.subject
            yield Written(0, column, subject, False, self._row_term(cells).filled(self.context.term), text)  # noqa: FBT003

    def _row_term(self, cells: tuple[str, ...]) -> TermParts:
        """The term that the row's own cells say, in a long layout."""
        parts = self.reader.finder.find(self._cell(cells, "term"))[0]
        parts = parts.filled(self.reader.finder.find(self._cell(cells, "academic_year"))[0])
        if day := read_date(self._cell(cells, "date"), self.columns.date_formats):
            season = self.columns.season_months[day.month]
            parts = parts.filled(TermParts(season, day.year - (season is not Season.AUTUMN)))
        if parts.season is None and parts.academic_year is not None:
            self._say_year_only(self.by_name["academic_year"])
            parts = parts.filled(TermParts(season=self.columns.whole_year))
        return parts

    def _say_year_only(self, column: int) -> None:
        """Say once a column that a year without a term is read as the end of that year."""
        if column not in self.years_alone:
            self.years_alone.add(column)
            season = self.columns.whole_year.label
            found = f"'{self.headings[column]}' gives a year and no term; read as {season}"
            self.findings.add("year-only", self.context.place(self.index + 1, column + 1), found, "a term and year")

    def _not_a_pupil(
        self, cells: tuple[str, ...], texts: Mapping[str, str], results: list[Written], number: int
    ) -> str:
        """Why a row is not about a pupil; empty when it is."""
        if cells == self.headings:
            return "headings repeated"
        first = words(next(filter(None, cells)))
        if first in self.totals or words(texts.get("name", "") or texts.get("surname", "")) in self.totals:
            return "total, average or note"
        if any(texts.get(role) for role in PUPIL_ROLES):
            return ""
        if results:
            self.findings.add("no-pupil", self.context.place(number), "results without a name", "a UPN, number or name")
            return "no pupil named"
        return "total, average or note"


def _at(cells: tuple[str, ...], column: int) -> str:
    return cells[column] if column < len(cells) else ""
