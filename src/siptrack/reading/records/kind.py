"""What a kind of record is: what tells its sheets, which columns they hold, and how their rows are read."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from siptrack.reading.calendar import THIS_YEAR
from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.layout import Layouts, report_oddities
from siptrack.reading.records.sheets import Columns, Line, RecordSheet, Said, section_below
from siptrack.reading.records.times import TimeReader
from siptrack.reading.schools import OfASchool
from siptrack.reading.sections import ROWS_LOOKED_AT, Section
from siptrack.reading.sheet import Cells, Sheet
from siptrack.reading.spelling import tight, words
from siptrack.reading.table import context_of
from siptrack.reading.terms import NO_TERM, TermParts
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.frame import Frame
from siptrack.school.place import Place
from siptrack.school.tables import Table
from siptrack.school.term import Term

_SEVERAL = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)
_CLASS = re.compile(r"^class ")


class Around:
    """What the results tell that records are read by: their pupils, classes and newest year, and the school spoken of.

    `newest` is the newest academic year of the results, 0 where they name none.
    """

    def __init__(
        self,
        rules: Rules,
        where: OfASchool,
        known: Sequence[PupilRow] = (),
        classes: Iterable[str] = (),
        newest: int = THIS_YEAR,
    ) -> None:
        self.rules, self.where, self.known = rules, where, known
        self.classes = {_plain(name): name for name in classes if name}
        self.no_year = newest == THIS_YEAR

    @cached_property
    def pupils(self) -> KnownPupils:
        """The pupils by what they are called, worked out where a record speaks of any."""
        return KnownPupils(self.known, self.rules, self.where)

    def class_of(self, text: str) -> str:
        """A class as the results spell it; empty for one that they do not name."""
        return self.classes.get(_plain(text), "")


def _plain(name: str) -> str:
    return _CLASS.sub("", words(name))


class RecordsRead(NamedTuple):
    """The tables of records by the register's names, None where no sheet holds one; and how many rows were used."""

    tables: Mapping[str, Any]  # each a Frame or None, and a field of the register
    rows_used: int


class Source(Protocol):
    """What the school's records of one kind are found and read by."""

    name: str
    holds: str
    in_own_files: bool
    layouts: Layouts

    @property
    def calls(self) -> tuple[str, ...]:
        """What its sheets are called in the list of columns, in the order in which they stand there."""

    def recognises(self, sheet: Sheet) -> RecordSheet | None:
        """The record that a sheet holds; None where it holds none of this kind."""

    def read(self, records: Sequence[RecordSheet], around: Around) -> RecordsRead:
        """The tables of all records of this kind."""


class RecordKind(ABC):
    """A kind of record: a sheet is one where a row of headings has the columns that tell it.

    `name` is the kind's; `calls` is what its sheets are called in the list of columns, in that order; `holds` says what
    a file holds that has no results and such a sheet. In the columns named in `merged` a merged cell counts for every
    row; with `repeats`, rows that say the headings again are counted. `in_own_files`: such a sheet may also stand in a
    file that siptrack wrote. `layouts` has the rows of known children, where records of the kind are laid out as such.
    """

    name: str
    calls: tuple[str, ...]
    holds = ""
    merged: tuple[str, ...] = ()
    repeats = False
    in_own_files = False

    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        self.reader, self.rules, self.findings = reader, rules, findings
        self.times = TimeReader(reader.finder, rules.columns)
        self.blank = set(map(tight, rules.columns.blank))
        self.layouts = Layouts()

    @abstractmethod
    def columns_in(self, row: Cells) -> Columns:
        """The columns of a row of headings by what they hold; none where it heads no such record."""

    @abstractmethod
    def read(self, records: Sequence[RecordSheet], around: Around) -> RecordsRead:
        """The tables of all records of this kind."""

    def recognises(self, sheet: Sheet) -> RecordSheet | None:
        """The record below the first of a sheet's upper rows that heads one."""
        for at, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            if columns := self.columns_in(row):
                merged = (column for name in self.merged for column in columns.get(name, ()))
                record = self.laid_out(section_below(sheet, at, merged, repeats=self.repeats), columns)
                if record.alone:
                    report_oddities(sheet, self.findings)
                return record
        return None

    def laid_out(self, section: Section, columns: Columns) -> RecordSheet:
        """The record that a section is."""
        headings = section.headings
        context = context_of(section, self.reader)
        return RecordSheet(self.calls[0], context, headings.row, headings.texts, columns, section.rows)

    def lines(self, record: RecordSheet, around: Around) -> Iterator[Line]:
        """The rows of a record and what they say; those of another school are set aside."""
        for number, cells in record.rows:
            line = Line(record, number, self.said(record, cells))
            if not around.where.is_another(line.said):
                yield line
            elif record.alone:
                self.findings.set_aside("rows", "of another school", line.place())

    def said(self, record: RecordSheet, cells: Cells) -> Said:
        """What a row says, by column; what a school writes for nothing is nothing."""
        texts = {name: record.text(cells, name) for name in record.columns}
        return Said(str, {name: "" if tight(text) in self.blank else text for name, text in texts.items()})

    def term(self, texts: Iterable[str], around: TermParts, *, no_year: bool) -> Term | None:
        """The term that the texts name, the first before the others, else what is around; None where none is named.

        With `no_year`, a season alone is a term, of the only year that there is.
        """
        parts = NO_TERM
        for text in texts:
            parts = parts.filled(self.times.when(text))
        parts = parts.filled(around)
        if parts.season is None or (parts.academic_year is None and not no_year):
            return None
        return Term(THIS_YEAR if parts.academic_year is None else parts.academic_year, parts.season)

    def subjects(self, text: str) -> str:
        """The keys of the subjects that a text names, a combined one as its parts; empty where it names none."""
        combined = self.rules.columns.combined
        named = [self.reader.subject_of(part) for part in (text, *_SEVERAL.split(text))]
        every = {key for name in named if name for key in combined.get(name, (name,))}
        return BETWEEN_SUBJECTS.join(subject for subject in self.rules.columns.subjects if subject in every)

    def leave_out(self, place: Place, reason: str, *problem: str, counted: bool = True) -> None:
        """Set a row aside; a `problem`, where it is one, is its code, what was found and what was expected."""
        if problem:
            code, found, expected = problem
            self.findings.add(code, place, found, expected)
        if counted:
            self.findings.set_aside("rows", reason, place)


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


def besides(row: Cells, columns: Columns) -> list[str]:
    """The other headings of a row."""
    taken = {at for places in columns.values() for at in places}
    return [cell for at, cell in enumerate(row) if cell and at not in taken]


def table_of(table: Table, rows: Iterable[Mapping[str, object]]) -> Frame:
    """A table with these rows, of which each has the values that it has by the names of columns, and empty texts."""
    return table.of([row.get(name, "") for name in table.names] for row in rows)
