"""Actions agreed for children: a heading for the child and one for the action, on a sheet of results too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from siptrack.reading.findings import Findings
from siptrack.reading.headings import NOT_USED, PUPIL_ROLES, SCHOOL_ROLES, HeadingReader, Kind
from siptrack.reading.records.kind import Around, RecordKind, RecordsRead, by_words, columns_by, table_of
from siptrack.reading.records.sheets import BETWEEN, Columns, Line, RecordSheet
from siptrack.reading.sections import Section
from siptrack.reading.sheet import Cells
from siptrack.reading.spelling import words
from siptrack.rules.model import Rules
from siptrack.school.actions import ACTIONS
from siptrack.school.term import Term

ACTION = "action"
_NAMING = (*PUPIL_ROLES, "key")
_ABOUT_ROW = ("date_of_birth", "year_group", "class", "term", "academic_year", "subject", *SCHOOL_ROLES)
_SAYS_WHEN = ("meeting", "term", "academic_year")


class Actions(RecordKind):
    """Records of actions, the meeting workbook that came back among them."""

    name, calls = "actions", (ACTION,)
    merged = (*_NAMING, *_ABOUT_ROW)
    in_own_files = True

    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        super().__init__(reader, rules, findings)
        self.statuses = by_words({status.value: texts for status, texts in rules.actions.statuses.items()})

    def columns_in(self, row: Cells) -> Columns:
        """The columns of a record of actions; none of a table that siptrack wrote of actions which it had read."""
        if ACTION not in map(self.reader.action_of, row):
            return {}
        said = set(map(words, row))
        if any(headings <= said for headings in self.reader.written):
            return {}
        alone = self._holds_no_results(row)
        found = columns_by(row, lambda cell: self._held_by(cell, alone=alone))
        return {} if ACTION not in found or found.keys().isdisjoint(_NAMING) else found

    def _held_by(self, heading: str, *, alone: bool) -> str:
        """What a column holds. Beside results a heading that is known means what it means there."""
        meaning = self.reader.meaning(heading)
        name = self.reader.action_of(heading) if alone or meaning.kind in NOT_USED else ""
        about_row = meaning.kind is Kind.ROLE and meaning.name in (*PUPIL_ROLES, *_ABOUT_ROW)
        return name or (meaning.name if about_row else "")

    def _holds_no_results(self, row: Cells) -> bool:
        """Whether no column holds results or targets; one that may be about an action is none."""
        others = (self.reader.meaning(cell) for cell in row if cell and not self.reader.action_of(cell))
        return not any(one.holds_results for one in others)

    def laid_out(self, section: Section, columns: Columns) -> RecordSheet:
        """The record; on a sheet that holds results too it is not alone."""
        record = super().laid_out(section, columns)
        return replace(record, alone=self._holds_no_results(record.headings))

    def read(self, records: Sequence[RecordSheet], around: Around) -> RecordsRead:
        """The table of actions by child and term; only rows of sheets that hold nothing else count as used."""
        kept, used = list[Mapping[str, object]](), 0
        for record in records:
            of_sheet = list(self._rows(record, around))
            kept += of_sheet
            used += len(of_sheet) * record.alone
            if undated := sum(row["term"] is None for row in of_sheet):
                found = f"{undated} of {len(of_sheet)} actions without the term of their meeting"
                expected = "a term and year such as Spring 2026"
                self.findings.add("action-no-term", record.context.place(), found, expected)
        table = table_of(ACTIONS, kept).sorted_by("pupil", "term", "file", "sheet", "row")
        return RecordsRead({self.name: table}, used)

    def _rows(self, record: RecordSheet, around: Around) -> Iterator[Mapping[str, object]]:
        """The rows that are about one known child; one without an action is nothing odd, any other is."""
        for line in self.lines(record, around):
            line.said.setdefault("class", record.context.class_name)
            when = [line.said[name] for name in _SAYS_WHEN]
            term = self.term(when, record.context.term, no_year=around.no_year)
            year = None if term is None else term.academic_year
            fitting = around.pupils.find(line.said, line.place(), year) if line.said[ACTION] else frozenset()
            if len(fitting) == 1:
                yield self._row(next(iter(fitting)), term, line)
                continue
            reason, problem = "nothing agreed", tuple[str, ...]()
            if fitting:
                reason = "fits more than one child"
                problem = "action-two-pupils", "an action that fits more than one child", "one child's row"
            elif line.said[ACTION]:
                reason = "names no child who is known"
                problem = "action-no-pupil", "an action for no child who is known", "a name or UPN"
            self.leave_out(line.place(), f"{reason}, in a record of actions", *problem, counted=record.alone)

    def _row(self, pupil: str, term: Term | None, line: Line) -> Mapping[str, object]:
        """A row of the table ACTIONS; a status in other words than those known, and an outcome, say how it went."""
        said, status = line.said, self.statuses.get(words(line.said["status"]), "")
        times = [said["by_when"]]
        how = [said["outcome"]]
        if self.times.only_a_time(said["outcome"]):
            how = []
        if said["status"] and not status:
            how.append(said["status"])
        if not how:
            times.append(said["outcome"])
        by_when = BETWEEN.join(filter(None, times))
        due = self.times.due(by_when, term)
        return {
            **said,
            "pupil": pupil,
            "term": None if term is None else term.number,
            "subjects": self.subjects(said["subject"]) or self.subjects(line.record.context.subject),
            "by_when": by_when,
            "due": None if due is None else due.number,
            "outcome": BETWEEN.join(filter(None, how)),
            "status": status,
            **line.stands,
        }
