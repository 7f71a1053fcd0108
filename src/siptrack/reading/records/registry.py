"""The kinds of record that a school may keep, and those that its sheets hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.layout import Layouts, report_oddities
from siptrack.reading.records.actions import Actions
from siptrack.reading.records.kind import Around, RecordsRead, Source
from siptrack.reading.records.provision import Provision
from siptrack.reading.records.reviews import Reviews
from siptrack.reading.records.sheets import OWN_REPORT, RecordSheet, passed_over
from siptrack.reading.records.teaching import Teaching
from siptrack.reading.sections import ROWS_LOOKED_AT
from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame

MakesSource = Callable[[HeadingReader, Rules, Findings], Source]
KINDS: tuple[MakesSource, ...] = (Reviews, Provision, Teaching, Actions)
"""Every kind of record, in the order in which a sheet is asked whether it is one.

A further kind is a file beside these with a `RecordKind`, and its name here. Finding its sheets, the list of columns,
the ledger, schools told apart and the reading all go over this list. What its `read` gives is held in the register
under the same name (school/register.py), where every table is declared.
"""


class Records:
    """The school's own records, found sheet by sheet; `own` are the files that siptrack wrote, read for few kinds.

    What is in those otherwise says again what is in the school's own files.
    """

    def __init__(
        self,
        sheets: Iterable[Sheet],
        reader: HeadingReader,
        rules: Rules,
        findings: Findings,
        kinds: Sequence[MakesSource] = KINDS,
    ) -> None:
        self.findings = findings
        self.kinds = [kind(reader, rules, findings) for kind in kinds]
        self.own = frozenset(sheet.file for sheet in sheets if _is_ours(sheet, reader))
        self.found: dict[str, list[RecordSheet]] = {kind.name: [] for kind in self.kinds}
        self.passed_over: list[RecordSheet] = []

    def find(self, sheet: Sheet) -> RecordSheet | None:
        """The record on a sheet, which is kept here; None where it is none of the school's and none of siptrack's."""
        own = sheet.file in self.own
        for kind in self.kinds:
            if (kind.in_own_files or not own) and (record := kind.recognises(sheet)):
                self.found[kind.name].append(record)
                return record
        if own:
            report_oddities(sheet, self.findings)
            self.passed_over.append(passed_over(sheet, self.findings))
            return self.passed_over[-1]
        return None

    def in_order(self, *, in_own_files: bool) -> list[RecordSheet]:
        """The records by kind, as they are listed: of kinds that files of siptrack's own may hold, or of the others."""
        kinds = sorted((kind for kind in self.kinds if kind.in_own_files is in_own_files), key=lambda kind: kind.name)
        return [one for kind in kinds for called in kind.calls for one in self.found[kind.name] if one.called == called]

    @property
    def all(self) -> list[RecordSheet]:
        """Every record, and every sheet that siptrack wrote."""
        return [*self.in_order(in_own_files=True), *self.in_order(in_own_files=False), *self.passed_over]

    @property
    def rows_read(self) -> int:
        """How many rows hold anything, on sheets from which nothing else is read."""
        return sum(len(one.rows) + one.left_out for one in self.all if one.alone)

    @property
    def of_pupils(self) -> list[Layouts]:
        """The rows about children of each kind that has them laid out."""
        return [kind.layouts for kind in self.kinds if kind.layouts.rows]

    @property
    def held(self) -> Mapping[str, str]:
        """What a file holds that has no results, by its name."""
        found = ((one.context.file, kind.holds) for kind in self.kinds for one in self.found[kind.name] if not one.note)
        return {file: holds for file, holds in found if holds} | dict.fromkeys(self.own, OWN_REPORT)

    def read(self, around: Around) -> RecordsRead:
        """All tables of records."""
        tables: dict[str, Frame | None] = {}
        used = 0
        for kind in self.kinds:
            read = kind.read(self.found[kind.name], around)
            tables |= read.tables
            used += read.rows_used
        return RecordsRead(tables, used)


def _is_ours(sheet: Sheet, reader: HeadingReader) -> bool:
    """Whether a row of headings is of a report that siptrack wrote."""
    rows = (set(map(words, row)) for row in sheet.rows[:ROWS_LOOKED_AT] if row)
    return any(headings <= row for row in rows for headings in (reader.own, *reader.written))
