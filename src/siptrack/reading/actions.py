"""Actions agreed for children: each row of a school's record matched to one child, or reported with its place."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.reading.action_sheets import ACTION, KEY, ActionSheet
from siptrack.reading.findings import Findings
from siptrack.reading.headings import PUPIL_ROLES, SCHOOL_ROLES, HeadingReader
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.layout import Layouts
from siptrack.reading.record_sheets import BETWEEN
from siptrack.reading.record_words import RecordWords
from siptrack.reading.spelling import words
from siptrack.rules.model import Rules
from siptrack.school.actions import ACTIONS
from siptrack.school.frame import Frame
from siptrack.school.place import Place
from siptrack.school.term import Term

_NAMING = (*PUPIL_ROLES, KEY, "date_of_birth", "class", "year_group", *SCHOOL_ROLES)
_TOLD_WHEN = ("meeting", "term", "academic_year")


class ActionReader:
    """Reads the records of actions. `newest` is the newest academic year of the results, 0 where they name none."""

    def __init__(
        self, pupils: KnownPupils, newest: int, reader: HeadingReader, rules: Rules, findings: Findings
    ) -> None:
        self.pupils, self.reader, self.rules, self.findings = pupils, reader, rules, findings
        self.words = RecordWords(newest, reader, rules)
        self.statuses = {words(text): status for status, texts in rules.actions.statuses.items() for text in texts}

    def read(self, layouts: Layouts) -> tuple[Frame, int]:
        """The table of actions by child and term, and how many rows of sheets that hold nothing else were used."""
        kept: list[tuple[object, ...]] = []
        used = 0
        for record in layouts.actions:
            before = len(kept)
            kept += self._of_sheet(record)
            used += (len(kept) - before) * record.alone
        return ACTIONS.of(kept).sorted_by("pupil", "term", "file", "sheet", "row"), used

    def _of_sheet(self, record: ActionSheet) -> list[tuple[object, ...]]:
        kept = []
        undated = 0
        for number, cells in record.rows:
            place = record.context.place(number)
            said = self.words.said(record, cells)
            said.setdefault("class", record.context.class_name)
            term = self.words.term((said.get(name, "") for name in _TOLD_WHEN), record.context.term)
            if self.pupils.where.is_another(said):
                if record.alone:
                    self.findings.set_aside("rows", "of another school", place)
                continue
            fitting = self._whose(said, place, term) if said[ACTION] else None
            if fitting is not None and len(fitting) == 1:
                undated += term is None
                kept.append(self._row(next(iter(fitting)), term, said, record, place))
            else:
                self._leave_out(fitting, place, count=record.alone)
        if undated:
            found = f"{undated} of {len(kept)} actions without the term of their meeting"
            self.findings.add("action-no-term", record.context.place(), found, "a term and year such as Spring 2026")
        return kept

    def _whose(self, said: Mapping[str, str], place: Place, meeting: Term | None) -> frozenset[str]:
        year = None if meeting is None else meeting.academic_year
        return self.pupils.find({name: said.get(name, "") for name in _NAMING}, place, year)

    def _leave_out(self, fitting: frozenset[str] | None, place: Place, *, count: bool) -> None:
        """Account for a row: one without an action is nothing odd, one that is not about one known child is."""
        reason = "nothing agreed"
        if fitting is not None and not fitting:
            reason = "names no child who is known"
            self.findings.add("action-no-pupil", place, "an action for no child who is known", "a name or UPN")
        elif fitting:
            reason = "fits more than one child"
            self.findings.add("action-two-pupils", place, "an action that fits more than one child", "one child's row")
        if count:
            self.findings.set_aside("rows", f"{reason}, in a record of actions", place)

    def _row(
        self, pupil: str, term: Term | None, said: Mapping[str, str], record: ActionSheet, place: Place
    ) -> tuple[object, ...]:
        status = self.statuses.get(words(said.get("status", "")))
        about = [said.get("outcome", "")] if not self.words.times.only_a_time(said.get("outcome", "")) else []
        about += [said["status"]] if status is None and said.get("status") else []
        times = [said.get("by_when", ""), *([] if about else [said.get("outcome", "")])]
        by_when = BETWEEN.join(filter(None, times))
        due = self.words.times.due(by_when, term)
        return (
            *(pupil, None if term is None else term.number),
            self.words.subjects(said.get("subject", "")) or self.words.subjects(record.context.subject),
            *(said.get("barrier", ""), said[ACTION], said.get("who", ""), by_when),
            None if due is None else due.number,
            BETWEEN.join(filter(None, about)),
            "" if status is None else status.value,
            *(place.file, place.sheet, place.row),
        )
