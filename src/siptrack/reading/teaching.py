"""Records of teaching, row by row: when, of which class and subject, what was judged, and who was trained in what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.record_sheets import BETWEEN, RecordSheet
from siptrack.reading.record_words import RecordWords
from siptrack.reading.schools import OfASchool, told_apart
from siptrack.reading.spelling import words
from siptrack.reading.teaching_sheets import FOCUS, KIND, TOPIC, TYPE, TeachingSheets
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader, read_date
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.place import Place
from siptrack.school.tables import Table
from siptrack.school.teaching import CPD, OBSERVATIONS
from siptrack.school.term import Term

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(.*)")
_CLASS = re.compile(r"^class ")

Row = dict[str, object]


class TeachingRecords(NamedTuple):
    """The tables OBSERVATIONS and CPD, None where no sheet is of that kind, and the rows read and used."""

    observations: Frame | None
    cpd: Frame | None
    rows_read: int
    rows_used: int


class TeachingReader:
    """Reads the records of teaching. `classes` are those that the results and lists name."""

    def __init__(
        self, classes: Iterable[str], said: RecordWords, rules: Rules, findings: Findings, where: OfASchool
    ) -> None:
        self.said, self.rules, self.findings, self.where = said, rules, findings, where
        self.classes = {_CLASS.sub("", words(name)): name for name in classes if name}
        self.years = YearGroupReader(rules.years)
        self.everybody = set(map(words, rules.teaching.everybody))
        graded = rules.teaching.grades.items()
        self.grades = {words(spelling): key for key, grade in graded for spelling in grade.spellings}
        self.spelt: dict[str, str] = {}

    def read(self, sheets: TeachingSheets) -> TeachingRecords:
        """Every row that records something; one that records nothing is set aside, and said."""
        observed = [row for sheet in sheets.observations for row in self._observed(sheet)]
        trained = [row for sheet in sheets.cpd for row in self._trained(sheet)]
        return TeachingRecords(
            observations=_in_columns(observed, OBSERVATIONS) if sheets.observations else None,
            cpd=_in_columns(trained, CPD) if sheets.cpd else None,
            rows_read=sum(len(sheet.rows) for sheet in sheets.every),
            rows_used=len(observed) + len(trained),
        )

    def _rows(self, sheet: RecordSheet) -> Iterable[tuple[int, Mapping[str, str]]]:
        """What each row says; those of another school are set aside, and classes of several told apart by school."""
        for number, cells in sheet.rows:
            said = self.said.said(sheet, cells)
            if self.where.is_another(said):
                self.findings.set_aside("rows", "of another school", sheet.context.place(number))
                continue
            yield number, {**said, "class": told_apart(said.get("class", ""), self.where.beside(said))}

    def _observed(self, sheet: RecordSheet) -> Iterable[Row]:
        for number, said in self._rows(sheet):
            if said.get("judgement") or said.get("notes"):
                yield self._observation(sheet, number, said)
            else:
                self._leave_out(sheet, number, "teaching-nothing-recorded", "no judgement and no notes", "either")

    def _observation(self, sheet: RecordSheet, number: int, said: Mapping[str, str]) -> Row:
        judgement = said.get("judgement", "")
        grade = self._grade(judgement)
        grades = self.rules.teaching.grades
        return {
            **self._when(sheet, number, said),
            **self._whose(sheet, number, said),
            **self._subjects(sheet, said, ""),
            "judgement": judgement,
            "grade": grade,
            "good": grades[grade].good_or_better if grade else None,
            "kind": self._first_spelt(BETWEEN.join(filter(None, (said.get(KIND), said.get(TYPE))))),
            "by": self._first_spelt(said.get("by", "")),
            "notes": said.get("notes", ""),
            **_place(sheet.context.place(number)),
        }

    def _trained(self, sheet: RecordSheet) -> Iterable[Row]:
        for number, said in self._rows(sheet):
            focus = BETWEEN.join(filter(None, (said.get(FOCUS), said.get(TOPIC))))
            if not focus:
                self._leave_out(sheet, number, "cpd-no-focus", "no focus", "what the training was about")
                continue
            yield {
                **self._when(sheet, number, said),
                **self._subjects(sheet, said, focus),
                "focus": focus,
                "hours": self._hours(sheet, number, said.get("hours", "")),
                **{name: said.get(name, "") for name in ("staff", "provider", "intended", "evaluation")},
                **_place(sheet.context.place(number)),
            }

    def _leave_out(self, sheet: RecordSheet, number: int, code: str, found: str, expected: str) -> None:
        place = sheet.context.place(number)
        self.findings.add(code, place, found, expected)
        self.findings.set_aside("rows", f"{found}, in a record of teaching", place)

    def _when(self, sheet: RecordSheet, number: int, said: Mapping[str, str]) -> Row:
        """The day and the term of a row, and what it says of them; a row of no known term is a problem."""
        written = [said.get(name, "") for name in ("date", "term", "academic_year")]
        term: Term | None = self.said.term(written, sheet.context.term)
        day = read_date(written[0], self.rules.columns.date_formats)
        if term is None:
            found = f"'{written[0] or written[1]}'" if any(written[:2]) else "no date"
            expected = "a date such as 15/01/2026, or a term and year"
            self.findings.add("teaching-no-term", sheet.place(number, "date"), found, expected)
        return {
            "term": None if term is None else term.number,
            "date": "" if day is None else day.isoformat(),
            "when": written[0] or written[1],
        }

    def _whose(self, sheet: RecordSheet, number: int, said: Mapping[str, str]) -> Row:
        """The class of a row, else its year group; neither where it is of the whole school, or of no known class."""
        of_class, of_year = said.get("class", "") or sheet.context.class_name, said.get("year_group", "")
        about, column = (of_class, "class") if of_class else (of_year, "year_group")
        known = self.classes.get(_CLASS.sub("", words(of_class)), "")
        unknown = self.classes and about and words(about) not in self.everybody
        year = self._year(about) if unknown else self._year(of_year)
        if unknown and not known and year is None:
            expected = "a class of the results, a year group, or 'whole school'"
            self.findings.add("teaching-no-class", sheet.place(number, column), f"'{about}'", expected)
        return {"about": about, "class": known, "year_group": None if known else year}

    def _year(self, text: str) -> int | None:
        year = self.years.read(text)
        return None if year == OUT_OF_RANGE else year

    def _subjects(self, sheet: RecordSheet, said: Mapping[str, str], otherwise: str) -> Row:
        """The subject of a row as written, and the subjects that it names, else those of another text or the sheet."""
        written = said.get("subject", "")
        texts = (written,) if written else (otherwise, sheet.context.subject)
        return {"subject": written, "subjects": next(filter(None, map(self.said.subjects, texts)), "")}

    def _grade(self, judgement: str) -> str:
        """The grade that every part of a judgement is a spelling of; empty for anything else."""
        found = {self.grades.get(words(part), "") for part in judgement.split(BETWEEN)}
        return found.pop() if len(found) == 1 else ""

    def _hours(self, sheet: RecordSheet, number: int, text: str) -> float | None:
        """A number of hours, alone or with its unit."""
        match = _NUMBER.fullmatch(text)
        if match and (not match[2] or words(match[2]) in self.rules.teaching.hours):
            return float(match[1])
        if text:
            self.findings.add("cpd-hours", sheet.place(number, "hours"), f"'{text}'", "a number of hours")
        return None

    def _first_spelt(self, text: str) -> str:
        return self.spelt.setdefault(words(text), text)


def _in_columns(rows: Iterable[Row], table: Table) -> Frame:
    return table.of([row[name] for name in table.names] for row in rows)


def _place(place: Place) -> Row:
    return {"file": place.file, "sheet": place.sheet, "row": place.row}
