"""Finds and reads the sheets of a kind of record, whichever it is."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace

from siptrack.reading.cells import Cells, cell_at
from siptrack.reading.findings import Findings
from siptrack.reading.headings import NOT_USED, ColumnKind, HeadingReader
from siptrack.reading.layout import Layouts
from siptrack.reading.records.kind import LikeResults, RecordKind
from siptrack.reading.records.lines import RecordLine, Row, Surroundings, by_words
from siptrack.reading.records.sheets import Columns, RecordSheet, RowRefusal, has_headings, section_below
from siptrack.reading.rows import RowReader
from siptrack.reading.sections import SheetSection
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import tight, words
from siptrack.reading.table import TableColumns, context_of, table_columns
from siptrack.reading.written import Writing
from siptrack.school.term import Term


class RecordReader:
    """Works through the declaration of a kind of record."""

    def __init__(self, kind: RecordKind, reader: HeadingReader, findings: Findings) -> None:
        self.kind, self.reader, self.findings, self.rules = kind, reader, findings, reader.rules
        self.names = by_words(kind.headings(self.rules))
        self.keys = {name: by_words(spellings(self.rules)) for name, spellings in kind.spellings.items()}
        self.blank = set() if kind.as_written else set(map(tight, self.rules.columns.blank))
        self.layouts = Layouts()  # the rows about children, of a kind that has them laid out
        self.first: dict[Hashable, str] = {}

    def record_below(self, sheet: Sheet, at: int) -> RecordSheet | None:
        """The record that the row `at` heads; None where it heads none, or is of a table that siptrack wrote."""
        row, meaning = sheet.rows[at], self.reader.meaning
        names = [self.names.get(words(cell), "") for cell in row]
        if set(self.kind.needs).isdisjoint(names) or has_headings([row], *self.reader.written):
            return None
        others = (meaning(cell) for cell, name in zip(row, names, strict=True) if cell and not name)
        alone = not (self.kind.beside_results and any(one.holds_results for one in others))
        columns = self.kind.columns_of(self._columns(row, names, alone=alone), row, self.rules)
        if not columns or self._is_other(row, columns):
            return None
        merged = {column for name in self.kind.merged for column in columns.get(name, ())}
        return self._laid_out(section_below(sheet, at, merged, repeats=self.kind.repeats), columns, alone=alone)

    def _columns(self, row: Cells, names: list[str], *, alone: bool) -> Columns:
        """The columns by what they hold; two that say the same are read together."""
        columns: dict[str, tuple[int, ...]] = {}
        for at, (cell, name) in enumerate(zip(row, names, strict=True)):
            meaning = self.reader.meaning(cell)
            role = meaning.name if meaning.kind is ColumnKind.ROLE and meaning.name in self.kind.roles else ""
            if cell and (holds := name if name and (alone or meaning.kind in NOT_USED) else role):
                columns[holds] = (*columns.get(holds, ()), at)
        return columns

    def _is_other(self, row: Cells, columns: Columns) -> bool:
        """Whether the other headings are those of another sort of sheet."""
        known = {at for places in columns.values() for at in places}
        others = [cell for at, cell in enumerate(row) if cell and at not in known]
        never = any(self.kind.never_beside(self.reader.meaning(cell)) for cell in others)
        return never or any(map(self.reader.is_pupil_heading, others)) is not self.kind.beside_pupils

    def _laid_out(self, section: SheetSection, columns: Columns, *, alone: bool) -> RecordSheet:
        """The record that a section is."""
        context, headings = context_of(section, self.reader), section.headings
        record = RecordSheet(self.kind.called, context, headings.row, headings.texts, columns, section.rows, alone)
        return self._with_children(record, section, like) if (like := self.kind.like_results) else record

    def _with_children(self, record: RecordSheet, section: SheetSection, like: LikeResults) -> RecordSheet:
        """The record, with the rows that name a child and fill the column that each must; others are set aside."""
        about = {
            at: meaning
            for at, text in enumerate(record.headings)
            if text and words(text) not in self.names and (meaning := self.reader.meaning(text)).kind is ColumnKind.ROLE
        }
        section = section._replace(headings=section.headings._replace(meanings=about))
        table = table_columns(section, self.reader, self.findings, loosely=False)
        record = replace(record, columns=self._settled(record.columns, table))
        rows = dict(record.rows)
        for number, cells in record.rows:
            if self._is_nameless(record, cells, table, like):
                record.leave_out(number, like.nameless, self.findings)
                del rows[number]
        table = replace(table, section=section._replace(rows=tuple(rows.items())))
        number = len(self.layouts.tables)
        self.layouts.tables.append(table)
        unkept = Writing(), Writing()
        for row in RowReader(number, table, self.reader, self.rules.columns, self.findings, *unkept).read():
            if record.text(rows[row.number], like.named):
                self.layouts.rows.append(row)
            else:
                record.leave_out(row.number, like.unnamed, self.findings)
        return replace(record, rows=table.section.rows, table=table, left_out=len(record.rows) - len(rows))

    def _settled(self, columns: Columns, table: TableColumns) -> Columns:
        """The column of each name; two that claim the same are both left out, and reported."""
        for places in columns.values():
            if len(places) > 1:
                names = " and ".join(f"'{table.heading(at)}'" for at in places)
                found = f"{len(places)} columns that mean the same: {names}"
                self.findings.add("heading-clash", table.heading_place(places[0]), found, "one column")
        return {name: places for name, places in columns.items() if len(places) == 1}

    def _is_nameless(self, record: RecordSheet, cells: Cells, table: TableColumns, like: LikeResults) -> bool:
        """Whether a row fills that column and names no child; totals and headings are left to the reader of rows."""
        named = words(record.text(cells, like.named))
        others = {"", words(table.heading(record.columns.get(like.named, (0,))[0]))}
        names_child = any(cell_at(cells, at) for at, meaning in table.meanings.items() if meaning.names_pupil)
        return named not in others.union(map(words, self.rules.columns.totals)) and not names_child

    def _rows(self, record: RecordSheet) -> Iterator[tuple[int, Cells, Mapping[str, str]]]:
        """The rows that are read: the number of each, its cells, and what is known of its child beside them."""
        if record.table is None:
            return ((number, cells, {}) for number, cells in record.rows)
        cells, tables = dict(record.rows), self.layouts.tables
        kept = (row for row in self.layouts.rows if tables[row.table] is record.table)
        return ((row.number, cells[row.number], row.texts) for row in kept)

    def read(self, record: RecordSheet, around: Surroundings) -> Iterator[Row]:
        """The rows that are used, by the columns of the kind's table; each other one is set aside."""
        used, undated, above = 0, 0, ""
        for number, cells, about in self._rows(record):
            texts = {name: self._text(record, cells, name) for name in record.columns}
            if carried := self.kind.carried:
                texts[carried] = above = texts.get(carried) or above
            line = RecordLine(record, number, cells, texts, self.reader, self.findings, around, self.keys, self.first)
            row = self._row(line, about)
            if isinstance(row, RowRefusal):
                record.leave_out(number, row, self.findings)
            else:
                used, undated = used + 1, undated + (row.get("term") is None)
                yield row
        if undated and self.kind.undated:
            code, found = self.kind.undated
            found = found.format(undated=undated, used=used)
            self.findings.add(code, record.context.place(), found, "a term and year such as Spring 2026")

    def _text(self, record: RecordSheet, cells: Cells, column: str) -> str:
        """What a row says in a column; what a school writes for nothing is nothing."""
        text = record.text(cells, column)
        return "" if tight(text) in self.blank else text

    def _row(self, line: RecordLine, about: Mapping[str, str]) -> Row | RowRefusal:
        """A row of the table: what it says and where it stands, save where more is understood of it; or why it is none.

        One that should be about a known child has the key of that child.
        """
        if line.around.where.is_another(line.texts):
            return RowRefusal("of another school")
        if refusal := self.kind.refusal(line):
            return refusal
        place, context = line.record.place(line.number), line.record.context
        where = {"file": place.file, "sheet": place.sheet, "row": place.row}
        row, of = {**line.texts, **where, **self.kind.cells(line)}, self.kind.child
        if of is None:
            return row
        year = since.academic_year if isinstance(since := row[of.since], Term) else None
        fitting = line.around.pupils().find({"class": context.class_name, **line.texts, **about}, place, year)
        if len(fitting) == 1:
            return {**row, "pupil": next(iter(fitting))}
        return of.several if fitting else of.nobody
