"""A long file of many schools read so many schools at a time, each part as it is where all are read together.

What is decided for a whole file, such as the scale of a column, is given to each part; and each tells what it says
toward that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from siptrack.reading.by_columns.doubt import Misfits, misfits_and_doubts
from siptrack.reading.by_columns.laid_out import OfSchools, PlainFile, laid_out, schools_of, single_table
from siptrack.reading.by_columns.part_evidence import PartEvidence
from siptrack.reading.by_columns.plain import plain_cells, plain_table, without_own_upn
from siptrack.reading.by_columns.pupils import tables_of_pupils
from siptrack.reading.by_columns.whole_file import WholeFile
from siptrack.reading.calendar import NEVER
from siptrack.reading.column_scales import ColumnScales
from siptrack.reading.findings import Findings
from siptrack.reading.grid import GridRows, TextGrid
from siptrack.reading.headings import UPN_ROLE, ColumnKind, HeadingReader
from siptrack.reading.records.registry import Records
from siptrack.reading.results import ResultReader
from siptrack.reading.schools import ALL
from siptrack.school.begun import children_by_term
from siptrack.school.frame import Frame, ordered
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from siptrack.reading.by_columns.plain import PlainTable
    from siptrack.reading.files import Files
    from siptrack.reading.schools import Schools
    from siptrack.reading.table import TableColumns
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Positions
    from siptrack.school.term import Term
    from siptrack.school.texts import Flags

AT_ONCE = 300_000  # rows that are read together, or those of one school
FEW = 20_000  # of which the first guess is made at what all say
AT_THE_SAME_TIME = 2  # parts, as the work is mostly on arrays and outside of Python
_Made = TypeVar("_Made")
_OF_PUPILS = (ColumnKind.CHARACTERISTIC, ColumnKind.GROUP)


class NotInPartsError(Exception):
    """The file cannot be read in parts."""


class ReadPart(NamedTuple):
    """The tables of a part, as a register has them, without characteristics; and what it says toward the whole."""

    pupils: Frame
    placements: Frame
    results: Frame
    targets: Frame
    evidence: PartEvidence


@dataclass
class FileInParts:
    """One table of plain rows of several schools. `doubted` are those in which something has to be weighed."""

    table: TableColumns
    cells: GridRows
    schools: Schools
    label: Texts
    reader: HeadingReader
    rules: Rules
    default_term: Term | None
    doubted: set[str] = field(default_factory=set)

    def first(self) -> ReadPart:
        """A few schools, read as if they were all. Raises NotInPartsError."""
        found, doubted = self._read_plain(next(self._cut(FEW)), None)
        return found or self._read_weighed(doubted, None)

    def read(self, whole: WholeFile, then: Callable[[ReadPart], _Made]) -> list[_Made]:
        """What is made of each part as soon as it is read; last of the schools in doubt. Raises NotInPartsError."""

        def made(rows: Positions | slice) -> tuple[_Made | None, set[str]]:
            found, doubted = self._read_plain(rows, whole)
            return found and then(found), doubted

        with ThreadPoolExecutor(AT_THE_SAME_TIME) as threads:
            parts = list(threads.map(made, self._cut(AT_ONCE)))
        weighed = set().union(*(doubted for _, doubted in parts))
        plain = [part for part, _ in parts if part is not None]
        return [*plain, then(self._read_weighed(weighed, whole))] if weighed else plain

    def agree(self, evidence: PartEvidence) -> WholeFile:
        """What is decided by what parts say. Raises NotInPartsError where the whole has to be weighed."""
        if (whole := evidence.agree(self.rules, self.reader.scales)) is None:
            raise NotInPartsError
        return whole

    def _cut(self, at_once: int) -> Iterator[Positions | slice]:
        """The rows of some schools at a time, all rows of each."""
        order, ends = None, self.label.ends()
        if len(ends) > len(self.label.words):  # a school's rows do not stand together
            order = ordered([self.label])
            ends = self.label[order].ends()
        first = 0
        for end in ends:
            if end - first >= at_once or end == len(self.label):
                yield slice(first, end) if order is None else np.sort(order[first:end])
                first = end

    def _read_plain(self, rows: Positions | slice, whole: WholeFile | None) -> tuple[ReadPart | None, set[str]]:
        """These rows without those of schools in doubt, None where all of them are; and which schools are."""
        label, misfits = self.label[rows].compact(), None
        findings = Findings(self.rules.problems)
        plain = self._plain(rows, label.isin(self.doubted), findings)
        doubted = set(label[plain.odd].distinct())
        while True:
            odd = label.isin(doubted)
            if odd.all():
                return None, doubted
            file = self._laid_out(plain, label, ~odd, np.zeros_like(odd), whole, findings)
            now, more = misfits_and_doubts(file, self.rules)
            misfits = misfits or now
            if not more:
                return self._of(file, misfits, findings), doubted
            doubted |= more

    def _read_weighed(self, schools: set[str], whole: WholeFile | None) -> ReadPart:
        """The rows of these schools, each weighed for whose it is."""
        findings, rows = Findings(self.rules.problems), np.flatnonzero(self.label.isin(schools))
        every = np.ones(len(rows), dtype=np.bool_)
        plain = self._plain(rows, every, findings)
        file = self._laid_out(plain, self.label[rows].compact(), ~every, every, whole, findings)
        return self._of(file, Misfits.nobody(), findings)

    def _plain(self, rows: Positions | slice, odd: Flags, findings: Findings) -> PlainTable:
        used = {*self.table.roles.values(), *self.table.results}
        section = self.table.section._replace(rows=self.cells.part(rows, used))
        table = replace(self.table, section=section)
        plain = plain_table(table, self.reader, self.rules.columns, findings, odd)
        if plain is None:
            raise NotInPartsError
        return plain

    def _laid_out(
        self, plain: PlainTable, label: Texts, kept: Flags, odd: Flags, whole: WholeFile | None, findings: Findings
    ) -> PlainFile:
        of = OfSchools(self.schools, label, ALL)
        file = laid_out(plain, of, (kept, odd), self.rules, self.default_term, findings, whole)
        if file is None or any(slot.term.number is not None for slot in file.layouts.written.slots):
            raise NotInPartsError
        return file

    def _of(self, file: PlainFile, misfits: Misfits, findings: Findings) -> ReadPart:
        """The tables of these rows, and what they say."""
        tables = tables_of_pupils(file, self.rules, findings)
        known = file.whole and file.whole.scales
        scales = ColumnScales(file.layouts, file.dated, self.reader.scales, self.rules, findings, known)
        results, targets, _ = ResultReader(scales, self.rules, findings).read(tables.keys)
        last = file.first_and_last[1][tables.keys.known]
        evidence = PartEvidence(
            slots=frozenset(file.layouts.written.slots),
            subjects=frozenset([*results["subject"].distinct(), *targets["subject"].distinct()]),
            newest=int(last.max(initial=NEVER)),
            steady=file.steady,
            misfits=misfits,
            texts=scales.texts,
            around=scales.around,
            children=children_by_term(results, self.rules.special_codes),
        )
        return ReadPart(tables.pupils, tables.placements, results, targets, evidence)


def in_parts(files: Files, rules: Rules, default_term: Term | None = None) -> FileInParts | None:
    """The file in parts; None where it is not one long table of plain rows, each naming a result and its school."""
    if len(files.sheets) != 1 or not isinstance(files.sheets[0].rows, TextGrid):
        return None
    findings, reader = Findings(rules.problems), HeadingReader(rules)
    table = single_table(files.sheets, Records(files.sheets, reader, findings), reader, rules, findings)
    cells = None if table is None else plain_cells(table)
    if table is None or cells is None or "subject" not in table.roles:
        return None
    if any(meaning.percent for meaning in table.of(*_OF_PUPILS).values()):
        return None
    schools, label = schools_of(table, cells, rules)
    if not label.known.all():
        return None
    without_groups = {column: meaning for column, meaning in table.meanings.items() if meaning.kind not in _OF_PUPILS}
    file = FileInParts(replace(table, meanings=without_groups), cells, schools, label, reader, rules, default_term)
    file.doubted.update(_of_several_schools(cells.columns[table.roles[UPN_ROLE]], label))
    return file


def _of_several_schools(upn: Texts, label: Texts) -> set[str]:
    """The schools of pupils who have no UPN of their own, or another school's rows."""
    some = [slice(at, at + AT_ONCE) for at in range(0, len(upn), AT_ONCE)]
    of_pupil, without = np.full(len(upn.words), NONE, dtype=np.int32), without_own_upn(upn.words)
    for rows in some:
        of_pupil[upn[rows].codes] = label[rows].codes
    found: set[int] = set()
    for rows in some:
        number, school = upn[rows].codes, label[rows].codes
        odd = without[number] | (of_pupil[number] != school)
        found.update(school[odd].tolist(), of_pupil[number[odd]].tolist())
    return {label.words[school] for school in found}
