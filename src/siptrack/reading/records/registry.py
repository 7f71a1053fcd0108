"""The kinds of record that a school may keep, and those that its sheets hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.layout import Layouts, report_oddities
from siptrack.reading.records.actions import ACTIONS_AGREED
from siptrack.reading.records.kind import RecordKind
from siptrack.reading.records.lines import Row, Surroundings
from siptrack.reading.records.plans import ACTIONS_PLANNED, HEADS, STAFF_DEVELOPMENT
from siptrack.reading.records.provision import PROVIDED
from siptrack.reading.records.reader import RecordReader
from siptrack.reading.records.reviews import OWN_REVIEWS
from siptrack.reading.records.sheets import OWN_REPORT, RecordSheet, has_headings, unread
from siptrack.reading.records.teaching import LESSONS_SEEN, TRAINING
from siptrack.reading.sections import ROWS_LOOKED_AT
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.school.frame import Frame
from siptrack.school.tables import Column
from siptrack.school.term import Term

KINDS = (
    *(OWN_REVIEWS, HEADS, ACTIONS_PLANNED, STAFF_DEVELOPMENT),
    *(PROVIDED, LESSONS_SEEN, TRAINING, ACTIONS_AGREED),
)
"""Every kind of record, in the order in which a sheet is asked whether it is one.

Of neighbours with one name a sheet is the one that its first row of headings tells. A further kind is one file beside
these, with a `RecordKind`, and its name here: all that is done with records goes over this list, and the register takes
each table in the field of its name (school/register.py).
"""


class Records:
    """The school's own records, found sheet by sheet. `own` are the files that siptrack wrote.

    What these say, but for what is written into them, they say again; their sheets are `passed_over`.
    """

    def __init__(
        self, sheets: Iterable[Sheet], reader: HeadingReader, findings: Findings, kinds: Sequence[RecordKind] = KINDS
    ) -> None:
        self.rules, self.findings = reader.rules, findings
        self.found = {RecordReader(kind, reader, findings): list[RecordSheet]() for kind in kinds}
        ours = reader.own, *reader.written
        self.own = frozenset(one.file for one in sheets if has_headings(one.rows[:ROWS_LOOKED_AT], *ours))
        self.passed_over: list[RecordSheet] = []

    def find(self, sheet: Sheet) -> RecordSheet | None:
        """The record on a sheet, which is kept here; None where it is none of the school's and none of siptrack's."""
        own = sheet.file in self.own
        asked = [one for one in self.found if one.kind.in_own_files or not own]
        for reader, record in self._recognised(sheet, asked):
            self.found[reader].append(record)
            return record
        if not own:
            return None
        report_oddities(sheet, self.findings)
        self.passed_over.append(unread(sheet, OWN_REPORT, self.findings))
        return self.passed_over[-1]

    def _recognised(self, sheet: Sheet, asked: Sequence[RecordReader]) -> Iterator[tuple[RecordReader, RecordSheet]]:
        """The record below the first row that heads one; else what siptrack laid beside such a record."""
        upper = sheet.rows[:ROWS_LOOKED_AT]
        for _, together in groupby(asked, lambda one: one.kind.name):
            readers = list(together)
            for at, reader in ((at, reader) for at in range(len(upper)) for reader in readers):
                if record := reader.record_below(sheet, at):
                    if record.alone:
                        report_oddities(sheet, self.findings)
                    yield reader, record
            for reader in readers:
                beside = frozenset(map(words, reader.kind.laid_beside(self.rules)))
                if beside and has_headings(upper, beside):
                    yield reader, unread(sheet, OWN_REPORT, self.findings)

    def in_order(self, *, in_own_files: bool) -> list[RecordSheet]:
        """The records as they are listed: of kinds looked for in siptrack's own files too, or of the others."""
        listed = sorted(self.found, key=lambda one: one.kind.name)
        found = (self.found[one] for one in listed if one.kind.in_own_files is in_own_files)
        return [record for of_kind in found for record in sorted(of_kind, key=lambda one: bool(one.note))]

    @property
    def all(self) -> list[RecordSheet]:
        """Every record, and every sheet that siptrack wrote."""
        return [*self.in_order(in_own_files=True), *self.in_order(in_own_files=False), *self.passed_over]

    @property
    def of_pupils(self) -> list[Layouts]:
        """The rows about children of each kind that has them laid out."""
        return [reader.layouts for reader in self.found if reader.layouts.rows]

    @property
    def rows_read(self) -> int:
        """How many rows hold anything, on sheets from which nothing else is read."""
        return sum(len(one.rows) + one.left_out for one in self.all if one.alone)

    @property
    def held(self) -> Mapping[str, str]:
        """What a file holds that has no results, by its name."""
        found = ((one, reader.kind.holds) for reader, of_kind in self.found.items() for one in of_kind if not one.note)
        return {one.context.file: holds for one, holds in found if holds} | dict.fromkeys(self.own, OWN_REPORT)

    def read(self, around: Surroundings) -> tuple[Mapping[str, Any], int]:
        """The tables by the register's fields, each a Frame, of kinds of which there is a sheet; and the rows used.

        On a sheet of results too, these use the rows.
        """
        tables, used = dict[str, Frame](), 0
        for reader, of_kind in self.found.items():
            read = [(one, list(reader.read(one, around))) for one in of_kind if not one.note]
            if read:
                rows = reader.kind.settled([row for _, rows in read for row in rows], self.findings, self.rules)
                tables[reader.kind.table.name] = self._table(reader.kind, rows)
                used += sum(len(rows) for one, rows in read if one.alone)
        return tables, used

    def _table(self, kind: RecordKind, rows: list[Row]) -> Frame:
        if order := kind.order:
            rows = sorted(rows, key=lambda row: (*order(row, self.rules), row["file"], row["sheet"], row["row"]))
        return kind.table.of([_in_table(row, column) for column in kind.table.columns] for row in rows)


def _in_table(row: Row, column: Column) -> object:
    """What stands in a column: of a term its number, of a day its date; an empty text where the row has none."""
    value = row.get(column.name)
    if isinstance(value, Term):
        return value.number
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None and column.kind == "text" else value
