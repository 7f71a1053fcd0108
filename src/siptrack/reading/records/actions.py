"""Actions agreed for children: a heading for the child and one for the action, on a sheet of results too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siptrack.reading.findings import Findings
from siptrack.reading.headings import NOT_USED, PUPIL_ROLES, SCHOOL_ROLES, ColumnKind, HeadingReader
from siptrack.reading.records.kind import RecordKind, Surroundings, by_words, columns_by, has_headings
from siptrack.reading.records.sheets import BETWEEN, Columns, RecordLine, RecordSheet, Row
from siptrack.reading.sections import SheetSection
from siptrack.reading.sheet import Cells
from siptrack.reading.spelling import words
from siptrack.rules.model import Rules
from siptrack.school.actions import ACTIONS
from siptrack.school.term import Term

ACTION = "action"
_NAMING = (*PUPIL_ROLES, "key")
_ABOUT_ROW = ("date_of_birth", "year_group", "class", "term", "academic_year", "subject", *SCHOOL_ROLES)
_OF_NOBODY = "names no child who is known, in a record of actions"
_OF_TWO = "fits more than one child, in a record of actions"
_SAYS_WHEN = ("meeting", "term", "academic_year")


class Actions(RecordKind):
    """Records of actions, the meeting workbook that came back among them."""

    name = "actions"
    tables = ((ACTION, ACTIONS),)
    merged = (*_NAMING, *_ABOUT_ROW)
    in_own_files = True
    no_child = _OF_NOBODY, "action-no-pupil", "an action for no child who is known", "a name or UPN"
    two_children = _OF_TWO, "action-two-pupils", "an action that fits more than one child", "one child's row"

    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        super().__init__(reader, rules, findings)
        self.statuses = by_words({status.value: texts for status, texts in rules.actions.statuses.items()})

    def columns_in(self, row: Cells) -> Columns:
        """The columns of a record of actions; none of a table that siptrack wrote of actions which it had read."""
        if ACTION not in map(self.reader.action_of, row) or has_headings([row], *self.reader.written):
            return {}
        alone = self._holds_no_results(row)
        found = columns_by(row, lambda cell: self._held_by(cell, alone=alone))
        return {} if ACTION not in found or found.keys().isdisjoint(_NAMING) else found

    def _held_by(self, heading: str, *, alone: bool) -> str:
        """What a column holds. Beside results a heading that is known means what it means there."""
        meaning = self.reader.meaning(heading)
        name = self.reader.action_of(heading) if alone or meaning.kind in NOT_USED else ""
        about_row = meaning.kind is ColumnKind.ROLE and meaning.name in (*PUPIL_ROLES, *_ABOUT_ROW)
        return name or (meaning.name if about_row else "")

    def _holds_no_results(self, row: Cells) -> bool:
        """Whether no column holds results or targets; one that may be about an action is none."""
        others = (self.reader.meaning(cell) for cell in row if cell and not self.reader.action_of(cell))
        return not any(one.holds_results for one in others)

    def laid_out(self, section: SheetSection, columns: Columns) -> RecordSheet:
        """The record; on a sheet that holds results too it is not alone."""
        record = super().laid_out(section, columns)
        return replace(record, alone=self._holds_no_results(record.headings))

    def order(self, row: Row) -> tuple[object, ...]:
        """By child and term, without a term last."""
        term = row["term"]
        return row["pupil"], term is None, term or 0, row["file"], row["sheet"], row["row"]

    def read(self, record: RecordSheet, around: Surroundings) -> Iterator[Row]:
        """The rows that are about one known child; one without an action is nothing odd, any other is."""
        used = undated = 0
        for line in self.lines(record, around):
            line.said.setdefault("class", record.context.class_name)
            term = self.term([line.said[name] for name in _SAYS_WHEN], record.context.term, around.newest)
            if not line.said[ACTION]:
                self.leave_out(line, "nothing agreed, in a record of actions")
            elif pupil := self.child(line, around, line.said, term):
                used, undated = used + 1, undated + (term is None)
                yield self._agreed(line, pupil, term)
        if undated:
            found = f"{undated} of {used} actions without the term of their meeting"
            self.findings.add("action-no-term", record.context.place(), found, "a term and year such as Spring 2026")

    def _agreed(self, line: RecordLine, pupil: str, term: Term | None) -> Row:
        """A row of ACTIONS. A status in other words than those known tells how it went, and so does an outcome.

        An outcome that is only a time is none; where nothing else tells, it is one more time by which.
        """
        said, status = line.said, self.statuses.get(words(line.said["status"]), "")
        how = ["" if self._only_a_time(said["outcome"]) else said["outcome"], "" if status else said["status"]]
        tells = any(how) or not said["outcome"]
        by_when = BETWEEN.join(filter(None, [said["by_when"], "" if tells else said["outcome"]]))
        return line.row(
            pupil=pupil,
            term=term,
            subjects=self.subjects(said["subject"]) or self.subjects(line.record.context.subject),
            by_when=by_when,
            due=self.due(by_when, term),
            outcome=BETWEEN.join(filter(None, how)),
            status=status,
        )

    def _only_a_time(self, text: str) -> bool:
        """Whether a text is a date or a term and nothing else: when it will be looked at, not how it went."""
        parts, rest = self.reader.finder.find(text)
        return self.day(text) is not None or (parts.speaks and rest in ("", "term"))
