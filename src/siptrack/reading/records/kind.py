"""What a kind of record is: what tells its sheets, which columns they hold, and how their rows are read."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from siptrack.reading.calendar import THIS_YEAR
from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.layout import Layouts, report_oddities
from siptrack.reading.records.sheets import BETWEEN, Columns, RecordLine, RecordSheet, Row, Said, section_below
from siptrack.reading.schools import OfASchool
from siptrack.reading.sections import ROWS_LOOKED_AT, SheetSection
from siptrack.reading.sheet import Cells, Sheet
from siptrack.reading.spelling import tight, words
from siptrack.reading.table import context_of
from siptrack.reading.terms import NO_TERM, TermParts, term_on
from siptrack.reading.values import read_date
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.tables import Column, Table
from siptrack.school.term import Term

_SEVERAL = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)
Problem = tuple[str, str, str, str]  # why a row is set aside; the problem's code, what was found, what was expected


class Surroundings(NamedTuple):
    """What the results tell that records are read by: the school spoken of, its children, classes and newest year.

    The children, by all that they are called, are worked out where a record speaks of any.
    """

    where: OfASchool
    pupils: Callable[[], KnownPupils]
    classes: Sequence[str]
    newest: int


class Source(Protocol):
    """What the school's records are found by, sheet by sheet, and read, each when the results are known."""

    def recognises(self, sheet: Sheet) -> RecordSheet | None:
        """The record that a sheet holds; None where it holds none of this kind."""

    def read(self, record: RecordSheet, around: Surroundings) -> Iterator[Row]:
        """The rows that are used, by the columns of its table; each other one is accounted for."""


class RecordKind(Source):
    """A kind of record: a sheet is one where one of its upper rows has the headings that tell it.

    By its `name` it is listed; `tables` has what such a sheet is called in the list of columns, and the table into
    which it is read; `holds` says what a file holds that has nothing else. In columns named in `merged`, a merged cell
    counts for every row; with `repeats`, rows that say the headings again count as rows. `in_own_files`: it is looked
    for in files that siptrack wrote too. `no_child` and `two_children` say why a row that should be about one child is
    set aside. `layouts` has the rows about children, where they are laid out as those of results are.
    """

    name: str
    tables: tuple[tuple[str, Table], ...]
    holds = ""
    merged: tuple[str, ...] = ()
    repeats = False
    in_own_files = False
    no_child: Problem
    two_children: Problem

    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        self.reader, self.rules, self.findings = reader, rules, findings
        self.blank = set(map(tight, rules.columns.blank))
        self.layouts = Layouts()
        self.spelt: dict[str, str] = {}

    @abstractmethod
    def columns_in(self, row: Cells) -> Columns:
        """The columns of a row of headings by what they hold; none where it heads no such record."""

    def order(self, _: Row) -> tuple[object, ...]:
        """What puts the rows of all records in order; they stay as they stand where it says nothing."""
        return ()

    def recognises(self, sheet: Sheet) -> RecordSheet | None:
        """The record below the first row that heads one."""
        for at, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            if columns := self.columns_in(row):
                merged = {column for name in self.merged for column in columns.get(name, ())}
                record = self.laid_out(section_below(sheet, at, merged, repeats=self.repeats), columns)
                if record.alone:
                    report_oddities(sheet, self.findings)
                return record
        return None

    def laid_out(self, section: SheetSection, columns: Columns) -> RecordSheet:
        """The record that a section is."""
        context, headings = context_of(section, self.reader), section.headings
        return RecordSheet(self.tables[0][0], context, headings.row, headings.texts, columns, section.rows)

    def lines(self, record: RecordSheet, around: Surroundings) -> Iterator[RecordLine]:
        """The rows of a record and what they say; those of another school are set aside."""
        for number, cells in record.rows:
            line = self.line(record, number, cells)
            if around.where.is_another(line.said):
                self.leave_out(line, "of another school")
            else:
                yield line

    def line(self, record: RecordSheet, number: int, cells: Cells) -> RecordLine:
        """What a row says, by column; what a school writes for nothing is nothing."""
        texts = {name: record.text(cells, name) for name in record.columns}
        said = {name: "" if tight(text) in self.blank else text for name, text in texts.items()}
        return RecordLine(record, number, Said(str, said))

    def child(self, line: RecordLine, around: Surroundings, texts: Mapping[str, str], term: Term | None) -> str:
        """The key of the one known child whom a row is about; empty where it is none or several, which is said."""
        year = None if term is None else term.academic_year
        fitting = around.pupils().find(texts, line.place(), year)
        if len(fitting) == 1:
            return next(iter(fitting))
        self.leave_out(line, *(self.two_children if fitting else self.no_child))
        return ""

    def leave_out(self, line: RecordLine, reason: str, *problem: str) -> None:
        """Set a row aside, unless results are read from it; a `problem` is as in Problem, without the reason."""
        if problem:
            code, found, expected = problem
            self.findings.add(code, line.place(), found, expected)
        if line.record.alone:
            self.findings.set_aside("rows", reason, line.place())

    def first_spelt(self, text: str) -> str:
        """A text as it was first written, of those that a person would take for the same."""
        return self.spelt.setdefault(words(text), text)

    def day(self, text: str) -> date | None:
        """The day that a text is."""
        return read_date(text, self.rules.columns.date_formats)

    def when(self, text: str) -> TermParts:
        """What a date or the name of a term says of a term."""
        day = self.day(text)
        if day is None:
            return self.reader.finder.find(text)[0]
        term = term_on(day, self.rules.columns.season_months)
        return TermParts(term.season, term.academic_year)

    def term(self, texts: Iterable[str], around: TermParts, newest: int | None = None) -> Term | None:
        """The term that the texts name, the first before the others, else what is around; None where none is named.

        A season alone is a term only where the newest year is the only one, which nobody names.
        """
        parts = NO_TERM
        for text in texts:
            parts = parts.filled(self.when(text))
        parts = parts.filled(around)
        year = newest if newest == THIS_YEAR and parts.academic_year is None else parts.academic_year
        return None if parts.season is None or year is None else Term(year, parts.season)

    def due(self, by_when: str, agreed: Term | None) -> Term | None:
        """The last term that a text names; a season without a year is the next one from when it was agreed on."""
        found = []
        for text in by_when.split(BETWEEN):
            parts = self.when(text)
            if parts.season is not None and parts.academic_year is not None:
                found.append(Term(parts.academic_year, parts.season))
            elif parts.season is not None and agreed is not None:
                found.append(Term(agreed.academic_year + (parts.season < agreed.season), parts.season))
        return max(found, default=None)

    def subjects(self, text: str) -> str:
        """The keys of the subjects that a text names, a combined one as its parts; empty where it names none."""
        combined = self.rules.columns.combined
        named = [self.reader.subject_of(part) for part in (text, *_SEVERAL.split(text))]
        every = {key for name in named if name for key in combined.get(name, (name,))}
        return BETWEEN_SUBJECTS.join(subject for subject in self.rules.columns.subjects if subject in every)


def by_words(spellings: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """What each spelling stands for."""
    return {words(text): name for name, texts in spellings.items() for text in texts}


def columns_by(row: Cells, name_of: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """The columns of each name that headings have; two that say the same are read together."""
    found: dict[str, tuple[int, ...]] = {}
    for at, cell in enumerate(row):
        if cell and (name := name_of(cell)):
            found[name] = (*found.get(name, ()), at)
    return found


def has_headings(rows: Iterable[Cells], *headings: frozenset[str]) -> bool:
    """Whether one of the rows has all headings of one of these tables."""
    said = (set(map(words, row)) for row in rows if row)
    return any(every <= row for row in said for every in headings)


def besides(row: Cells, columns: Columns) -> list[str]:
    """The other headings of a row."""
    taken = {at for places in columns.values() for at in places}
    return [cell for at, cell in enumerate(row) if cell and at not in taken]


def in_table(row: Row, column: Column) -> object:
    """What stands in a column: of a term its number, of a day its date; an empty text where the row has none."""
    value = row.get(column.name)
    if isinstance(value, Term):
        return value.number
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None and column.kind == "text" else value
