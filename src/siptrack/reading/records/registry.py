"""The kinds of record that a school may keep, and those that its sheets hold."""

from __future__ import annotations

from collections import defaultdict
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

KINDS = (OWN_REVIEWS, PROVIDED, LESSONS_SEEN, TRAINING, ACTIONS_AGREED)
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
        self.readers = [RecordReader(kind, reader, findings) for kind in kinds]
        self.found: list[tuple[RecordReader, RecordSheet]] = []
        ours = reader.own, *reader.written
        self.own = frozenset(one.file for one in sheets if has_headings(one.rows[:ROWS_LOOKED_AT], *ours))
        self.passed_over: list[RecordSheet] = []

    def find(self, sheet: Sheet) -> RecordSheet | None:
        """The record on a sheet, which is kept here; None where it is none of the school's and none of siptrack's."""
        own = sheet.file in self.own
        asked = [one for one in self.readers if one.kind.in_own_files or not own]
        for found in self._recognised(sheet, asked):
            self.found.append(found)
            return found[1]
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
        order = [one.kind.called for one in self.readers]
        of_kind = [one for one in self.found if one[0].kind.in_own_files is in_own_files]
        of_kind.sort(key=lambda one: (one[0].kind.name, bool(one[1].note), order.index(one[0].kind.called)))
        return [record for _, record in of_kind]

    @property
    def all(self) -> list[RecordSheet]:
        """Every record, and every sheet that siptrack wrote."""
        return [*(record for _, record in self.found), *self.passed_over]

    @property
    def of_pupils(self) -> list[Layouts]:
        """The rows about children of each kind that has them laid out."""
        return [reader.layouts for reader in self.readers if reader.layouts.rows]

    @property
    def rows_read(self) -> int:
        """How many rows hold anything, on sheets from which nothing else is read."""
        return sum(len(one.rows) + one.left_out for one in self.all if one.alone)

    @property
    def held(self) -> Mapping[str, str]:
        """What a file holds that has no results, by its name."""
        holding = [one for one in self.readers if one.kind.holds]
        read = [(of, one) for of, one in self.found if not one.note]
        found = {one.context.file: each.kind.holds for each in holding for of, one in read if of is each}
        return found | dict.fromkeys(self.own, OWN_REPORT)

    def read(self, around: Surroundings) -> tuple[Mapping[str, Any], int]:
        """The tables by the register's fields, each a Frame, of kinds of which there is a sheet; and the rows used.

        On a sheet of results too, these use the rows.
        """
        rows, used = defaultdict[RecordReader, list[Row]](list), 0
        for reader, record in self.found:
            if not record.note:
                of_sheet = list(reader.read(record, around))
                rows[reader] += of_sheet
                used += len(of_sheet) if record.alone else 0
        return {reader.kind.table.name: self._table(reader.kind, of_kind) for reader, of_kind in rows.items()}, used

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
