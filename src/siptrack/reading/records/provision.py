"""What is provided to whom: a heading for the intervention and two more that tell, and a child in every row.

A sheet of results is never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.headings import ColumnKind, HeadingReader
from siptrack.reading.records.kind import RecordKind, Surroundings, besides, by_words, columns_by
from siptrack.reading.records.sheets import Columns, RecordLine, RecordSheet, Row, Said
from siptrack.reading.rows import RowReader
from siptrack.reading.sections import SheetSection
from siptrack.reading.sheet import Cells, cell_at
from siptrack.reading.spelling import words
from siptrack.reading.table import TableColumns, table_columns
from siptrack.reading.written import Writing
from siptrack.rules.model import Rules
from siptrack.school.provision import PROVISION
from siptrack.school.term import Season, Term

_NAMED = "intervention"
_TELLING = 2  # columns that no list of pupils has
_NUMBERS = ("planned", "attended", "minutes", "group_size", "cost", "wave")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Years and months: 7:06, 7-06, 7y 6m; the time that a spreadsheet makes of 7:06 has seconds of nought behind it.
_AGE = re.compile(
    r"(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2})\s*(?:[:;-]|y(?:ea)?r?s?\.?,?(?: and)?)\s*(\d{1,2})\s*"
    r"(?::00(?:\.0+)?|m(?:on)?t?h?s?\.?)?",
    re.IGNORECASE,
)
_YEARS_ALONE = re.compile(r"(\d{1,2})\s*(?:y|yrs?|years?)\.?", re.IGNORECASE)
_MONTHS = 12
_OF_NOBODY, _OF_TWO = "provision of no known pupil", "fits more than one pupil"
_NAMELESS = _OF_NOBODY, "provision-no-pupil", "an intervention without a name", "a UPN, number or name"
_UNNAMED = "provision without its name", "provision-unnamed", "no intervention", "the intervention's name"


class _When(NamedTuple):
    """The day and the term that a cell says; either may be missing."""

    day: date | None = None
    term: Term | None = None


class Provision(RecordKind):
    """Sheets of provision, whose rows are of children as those of results are."""

    name = "provision"
    tables = (("provision", PROVISION),)
    holds = "provision"
    repeats = True
    no_child = _OF_NOBODY, "provision-no-pupil", "a pupil who is in no other sheet", "a pupil with results"
    two_children = _OF_TWO, "provision-two-pupils", "a row that fits more than one pupil", "one pupil's row"

    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        super().__init__(reader, rules, findings)
        self.names = by_words(rules.columns.provision.headings)
        catalogue = rules.provision.catalogue
        self.known = by_words({key: material.names for key, material in catalogue.items()})
        self.nothing = set(map(words, rules.columns.blank))
        self.totals = set(map(words, rules.columns.totals))

    def columns_in(self, row: Cells) -> Columns:
        """The columns of a sheet of provision; none where it has a column of results, whatever else is in it."""
        found = columns_by(row, lambda cell: self.names.get(words(cell), ""))
        if _NAMED not in found or len(found.keys() & self.rules.columns.provision.tells) < _TELLING:
            return {}
        rest = besides(row, found)
        of_pupils = any(map(self.reader.is_pupil_heading, rest))
        return found if of_pupils and not any(self.reader.meaning(cell).holds_results for cell in rest) else {}

    def laid_out(self, section: SheetSection, columns: Columns) -> RecordSheet:
        """The record, with the rows that name a pupil and an intervention; others are set aside."""
        about = {
            at: meaning
            for at, text in enumerate(section.headings.texts)
            if text and words(text) not in self.names and (meaning := self.reader.meaning(text)).kind is ColumnKind.ROLE
        }
        section = section._replace(headings=section.headings._replace(meanings=about))
        table = table_columns(section, self.reader, self.findings, loosely=False)
        record = super().laid_out(section, self._settled(columns, table))
        rows = tuple(row for row in section.rows if not self._of_nobody(self.line(record, *row), table, row[1]))
        table = replace(table, section=section._replace(rows=rows))
        record = replace(record, rows=rows, table=table, left_out=len(section.rows) - len(rows))
        self._add_rows(record, table)
        return record

    def _add_rows(self, record: RecordSheet, table: TableColumns) -> None:
        """Add the rows that name an intervention to those about children."""
        number, cells = len(self.layouts.tables), dict(record.rows)
        self.layouts.tables.append(table)
        for row in RowReader(number, table, self.reader, self.rules.columns, self.findings, Writing()).read():
            line = self.line(record, row.number, cells[row.number])
            if line.said[_NAMED]:
                self.layouts.rows.append(row)
            else:
                self.leave_out(line, *_UNNAMED)

    def _settled(self, columns: Columns, table: TableColumns) -> Columns:
        """The column of each name; two that claim the same are both left out, and said so."""
        for places in columns.values():
            if len(places) > 1:
                names = " and ".join(f"'{table.heading(at)}'" for at in places)
                found = f"{len(places)} columns that mean the same: {names}"
                self.findings.add("heading-clash", table.heading_place(places[0]), found, "one column")
        return {name: places for name, places in columns.items() if len(places) == 1}

    def _of_nobody(self, line: RecordLine, table: TableColumns, cells: Cells) -> bool:
        """Whether a row names an intervention and no pupil, and is set aside; totals and notes are left to others."""
        named = words(line.said[_NAMED])
        heading = table.heading(line.record.columns.get(_NAMED, (0,))[0])
        if not named or named in self.totals or named == words(heading):
            return False
        if any(cell_at(cells, at) for at, meaning in table.meanings.items() if meaning.names_pupil):
            return False
        self.leave_out(line, *_NAMELESS)
        return True

    def line(self, record: RecordSheet, number: int, cells: Cells) -> RecordLine:
        """What a row says, by column, as it is written."""
        return RecordLine(record, number, Said(str, {name: record.text(cells, name) for name in record.columns}))

    def read(self, record: RecordSheet, around: Surroundings) -> Iterator[Row]:
        """The provision of the pupils who are known; a row that fits no pupil or two is a problem and is set aside.

        A class beside a name may be that of now or that of when it began.
        """
        cells = dict(record.rows)
        for row in self.layouts.rows:
            if self.layouts.tables[row.table] is record.table:
                line = self.line(record, row.number, cells[row.number])
                start, end = self._dates(line)
                provided = self._provided(line)
                if pupil := self.child(line, around, row.texts, start.term):
                    when = {"start": start.day, "end": end.day, "start_term": start.term, "end_term": end.term}
                    yield {**provided, **when, "pupil": pupil}

    def _provided(self, line: RecordLine) -> Row:
        """What is provided: a row of PROVISION without the pupil and the times."""
        said, named = line.said, line.said[_NAMED]
        numbers = {name: self._number(line, name) for name in _NUMBERS}
        material = self.rules.provision.catalogue.get(self.known.get(words(named), ""))
        only = material.subjects[0] if material and len(material.subjects) == 1 else ""
        numbers["attended"] = self._attended(line, numbers["planned"], numbers["attended"])
        if numbers["wave"] is None and material:
            numbers["wave"] = material.wave
        return line.row(
            **numbers,
            intervention=self.first_spelt(named),
            material=material.key if material else "",
            subject=self.reader.subject_of(said["need"]) or self.reader.subject_of(named) or only,
            entry_months=_age(said["entry"]),
            exit_months=_age(said["exit"]),
        )

    def _dates(self, line: RecordLine) -> tuple[_When, _When]:
        """When a row's intervention starts and ends; neither where it would end before it starts."""
        columns = self.rules.columns
        start = self._date(line, "start", columns.provision.starts_in)
        end = self._date(line, "end", columns.season_months)
        backwards = bool(start.day and end.day and end.day < start.day)
        earlier = start.term is not None and end.term is not None and end.term < start.term
        if backwards or (earlier and not (start.day and end.day)):
            self.findings.add("provision-dates", line.place("end"), "an end before the start", "a later day")
            return _When(), _When()
        return start, end._replace(term=start.term) if earlier else end

    def _date(self, line: RecordLine, name: str, seasons: Mapping[int, Season]) -> _When:
        text = line.said[name]
        if day := self.day(text):
            season = seasons[day.month]
            return _When(day, Term(day.year - (season is not Season.AUTUMN), season))
        parts, rest = self.reader.finder.find(text)
        if parts.season is not None and parts.academic_year is not None and rest in ("", "term"):
            return _When(None, Term(parts.academic_year, parts.season))
        self._not_read(line, name, "a date such as 15/01/2026")
        return _When()

    def _number(self, line: RecordLine, name: str) -> float | None:
        """The one number in a cell, whatever unit stands with it; of a ratio such as 1:6 the children."""
        found = _NUMBER.findall(line.said[name])
        ratio = name == "group_size" and len(found) == 2  # noqa: PLR2004  # an adult to so many children
        if len(found) == 1 or ratio:
            return float(found[-1].replace(",", ""))
        self._not_read(line, name, "a number")
        return None

    def _not_read(self, line: RecordLine, name: str, expected: str) -> None:
        """Say of a cell that it is not understood, unless it stands for nothing."""
        text = line.said[name]
        if text and words(text) not in self.nothing:
            self.findings.add("provision-unread", line.place(name), f"'{text}'", expected)

    def _attended(self, line: RecordLine, planned: float | None, attended: float | None) -> float | None:
        """The sessions attended; of a percentage, of those planned; none where more than were planned."""
        if attended is not None and "%" in line.said["attended"]:
            attended = planned * attended / 100 if planned is not None else None
        if planned is None or attended is None or attended <= planned:
            return attended
        found = f"{attended:g} sessions attended of {planned:g} planned"
        self.findings.add("provision-sessions", line.place("attended"), found, "no more than were planned")
        return None


def _age(text: str) -> int | None:
    """A reading or spelling age written as 7:06 or 7y 6m, in months; None for anything else, such as 7.10."""
    bare = text.strip()
    if years := _YEARS_ALONE.fullmatch(bare):
        return int(years[1]) * _MONTHS
    found = _AGE.fullmatch(bare)
    if found is None or int(found[2]) >= _MONTHS:
        return None
    return int(found[1]) * _MONTHS + int(found[2])
