"""The kinds of record that a school may keep, and those that its sheets hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.layout import Layouts, report_oddities
from siptrack.reading.records.actions import Actions
from siptrack.reading.records.kind import RecordKind, Surroundings, has_headings, in_table
from siptrack.reading.records.provision import Provision
from siptrack.reading.records.reviews import Reviews
from siptrack.reading.records.sheets import OWN_REPORT, RecordSheet, unread
from siptrack.reading.records.teaching import Teaching
from siptrack.reading.sections import ROWS_LOOKED_AT
from siptrack.reading.sheet import Sheet
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame

KINDS: tuple[type[RecordKind], ...] = (Reviews, Provision, Teaching, Actions)
"""Every kind of record, in the order in which a sheet is asked whether it is one.

A further kind is one file beside these, with a `RecordKind`, and its name here. Finding its sheets, the list of their
columns, the ledger, schools told apart and the reading all go over this list, and the register takes each table in the
field of its name (school/register.py).
"""


class Records:
    """The school's own records, found sheet by sheet. `own` are the files that siptrack wrote.

    What these say, but for what is written into them, they say again; their sheets are `passed_over`.
    """

    def __init__(
        self,
        sheets: Iterable[Sheet],
        reader: HeadingReader,
        rules: Rules,
        findings: Findings,
        kinds: Sequence[type[RecordKind]] = KINDS,
    ) -> None:
        self.findings = findings
        self.found = {kind(reader, rules, findings): list[RecordSheet]() for kind in kinds}
        ours = reader.own, *reader.written
        self.own = frozenset(one.file for one in sheets if has_headings(one.rows[:ROWS_LOOKED_AT], *ours))
        self.passed_over: list[RecordSheet] = []

    def find(self, sheet: Sheet) -> RecordSheet | None:
        """The record on a sheet, which is kept here; None where it is none of the school's and none of siptrack's."""
        own = sheet.file in self.own
        for kind, records in self.found.items():
            if (kind.in_own_files or not own) and (record := kind.recognises(sheet)):
                records.append(record)
                return record
        if not own:
            return None
        report_oddities(sheet, self.findings)
        self.passed_over.append(unread(sheet, OWN_REPORT, self.findings))
        return self.passed_over[-1]

    def in_order(self, *, in_own_files: bool) -> list[RecordSheet]:
        """The records as they are listed: of kinds looked for in siptrack's own files too, or of the others."""
        kinds = sorted((one for one in self.found if one.in_own_files is in_own_files), key=lambda one: one.name)
        names = [(kind, called) for kind in kinds for called in (*(name for name, _ in kind.tables), "")]
        return [record for kind, called in names for record in self.found[kind] if record.called == called]

    @property
    def all(self) -> list[RecordSheet]:
        """Every record, and every sheet that siptrack wrote."""
        return [*self.in_order(in_own_files=True), *self.in_order(in_own_files=False), *self.passed_over]

    @property
    def of_pupils(self) -> list[Layouts]:
        """The rows about children of each kind that has them laid out."""
        return [kind.layouts for kind in self.found if kind.layouts.rows]

    @property
    def rows_read(self) -> int:
        """How many rows hold anything, on sheets from which nothing else is read."""
        return sum(len(one.rows) + one.left_out for one in self.all if one.alone)

    @property
    def held(self) -> Mapping[str, str]:
        """What a file holds that has no results, by its name."""
        found = ((one, kind.holds) for kind, records in self.found.items() if kind.holds for one in records)
        return {one.context.file: holds for one, holds in found if not one.note} | dict.fromkeys(self.own, OWN_REPORT)

    def read(self, around: Surroundings) -> tuple[Mapping[str, Any], int]:
        """The tables by the register's fields, each a Frame, of kinds of which there is a sheet; and the rows used.

        On a sheet of results too, these use the rows.
        """
        tables, used = dict[str, Frame](), 0
        for kind, records in self.found.items():
            for called, table in kind.tables:
                read = [(one, list(kind.read(one, around))) for one in records if one.called == called]
                if read:
                    rows = sorted((row for _, of_one in read for row in of_one), key=kind.order)
                    tables[table.name] = table.of([in_table(row, column) for column in table.columns] for row in rows)
                    used += sum(len(of_one) for one, of_one in read if one.alone)
        return tables, used
