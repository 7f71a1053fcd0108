"""Records of teaching: of what was seen of lessons and books, and of the staff's training.

A sheet that names pupils, or holds results, is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from siptrack.reading.findings import Findings
from siptrack.reading.headings import SCHOOL_ROLES, ColumnKind, HeadingReader
from siptrack.reading.records.actions import ACTION
from siptrack.reading.records.kind import RecordKind, Surroundings, besides, by_words, columns_by
from siptrack.reading.records.sheets import BETWEEN, Columns, RecordLine, RecordSheet, Row
from siptrack.reading.schools import class_with_school
from siptrack.reading.sections import SheetSection
from siptrack.reading.sheet import Cells
from siptrack.reading.spelling import words
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader
from siptrack.rules.model import Rules
from siptrack.school.teaching import CPD, OBSERVATIONS

FOCUS, TOPIC, STAFF = "focus", "topic", "staff"
KIND, TYPE = "kind", "type"
_SEEN, _TRAINED = "observation", "cpd"
_NAME = "name"  # the role of a heading such as Name, which beside training is the staff's
_TELLING_OF_A_TOPIC = 2
_NO_FOCUS = "no focus, in a record of teaching", "cpd-no-focus", "no focus", "what the training was about"
_NOTHING = (
    "no judgement and no notes, in a record of teaching",
    *("teaching-nothing-recorded", "no judgement and no notes", "either"),
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(.*)")
_CLASS = re.compile(r"^class ")


class Teaching(RecordKind):
    """Sheets of observations and of CPD. What a sheet is decides the first row that heads either."""

    name = "teaching"
    tables = ((_SEEN, OBSERVATIONS), (_TRAINED, CPD))
    holds = "records of teaching"
    merged = ("date", "term", "class", "year_group", "subject")

    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        super().__init__(reader, rules, findings)
        teaching = rules.teaching
        self.observed, self.trained = by_words(teaching.observations), by_words(teaching.cpd)
        self.years = YearGroupReader(rules.years)
        self.everybody = set(map(words, teaching.everybody))
        self.grades = by_words({key: grade.spellings for key, grade in teaching.grades.items()})

    def columns_in(self, row: Cells) -> Columns:
        """The columns of a row of headings of observations, else of CPD; none where it is neither."""
        return self._observations(row) or self._cpd(row)

    def _observations(self, row: Cells) -> Columns:
        columns = self._columns(row, self.observed)
        seen = "judgement" in columns and not columns.keys().isdisjoint((KIND, "by"))
        noted = columns.keys() >= {"notes", "by"}
        of_a_class = not columns.keys().isdisjoint(("class", "year_group"))
        return columns if of_a_class and (seen or noted) and self._names_no_pupil(row, columns) else {}

    def _cpd(self, row: Cells) -> Columns:
        columns = self._columns(row, self.trained)
        telling = len(columns.keys() & self.rules.teaching.tells)
        if FOCUS in columns:
            named = tuple(at for at, cell in enumerate(row) if self._is_name(cell))
            columns |= {STAFF: (*named, *columns.get(STAFF, ()))} if named else {}
            is_one = telling + bool(named) > 0
        else:
            is_one = TOPIC in columns and telling >= _TELLING_OF_A_TOPIC
        of_a_plan = any(self.reader.action_of(cell) == ACTION for cell in row)
        return columns if is_one and not of_a_plan and self._names_no_pupil(row, columns) else {}

    def _columns(self, row: Cells, names: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
        """The columns by what they hold, a school's name or number among them; none where no heading is known."""
        if not any(words(cell) in names for cell in row):
            return {}
        return columns_by(row, lambda cell: names.get(words(cell)) or self._school_role(cell))

    def _school_role(self, cell: str) -> str:
        role = self.reader.meaning(cell).name
        return role if role in SCHOOL_ROLES else ""

    def _is_name(self, cell: str) -> bool:
        meaning = self.reader.meaning(cell)
        return bool(cell) and meaning.kind is ColumnKind.ROLE and meaning.name == _NAME

    def _names_no_pupil(self, row: Cells, columns: Columns) -> bool:
        """Whether no other heading names pupils or holds a subject's results."""
        results = (ColumnKind.RESULT, ColumnKind.TARGET)
        return not any(
            self.reader.is_pupil_heading(cell) or self.reader.meaning(cell).kind in results
            for cell in besides(row, columns)
        )

    def laid_out(self, section: SheetSection, columns: Columns) -> RecordSheet:
        """The record, called by what tells it."""
        of_training = not columns.keys().isdisjoint((FOCUS, TOPIC))
        return replace(super().laid_out(section, columns), called=_TRAINED if of_training else _SEEN)

    def read(self, record: RecordSheet, around: Surroundings) -> Iterator[Row]:
        """Every row that records something; one that records nothing is set aside, and said."""
        of_training = record.called == _TRAINED
        classes = {_CLASS.sub("", words(name)): name for name in around.classes}
        for line in self.lines(record, around):
            said = line.said
            focus = BETWEEN.join(filter(None, (said[FOCUS], said[TOPIC])))
            if of_training and not focus:
                self.leave_out(line, *_NO_FOCUS)
            elif of_training:
                when, subjects = self._when(line, around), self._subjects(line, focus)
                yield line.row(**when, focus=focus, subjects=subjects, hours=self._hours(line))
            elif said["judgement"] or said["notes"]:
                when, whose = self._when(line, around), self._whose(line, around, classes)
                yield line.row(**when, **whose, **self._judged(line), subjects=self._subjects(line, ""))
            else:
                self.leave_out(line, *_NOTHING)

    def _judged(self, line: RecordLine) -> Row:
        """How good what was seen is by the grades that are known, what kind of evidence it was, and who saw it."""
        said = line.said
        found = {self.grades.get(words(part), "") for part in said["judgement"].split(BETWEEN)}
        grade = found.pop() if len(found) == 1 else ""
        return {
            "grade": grade,
            "good": self.rules.teaching.grades[grade].good_or_better if grade else None,
            "kind": self.first_spelt(BETWEEN.join(filter(None, (said[KIND], said[TYPE])))),
            "by": self.first_spelt(said["by"]),
        }

    def _when(self, line: RecordLine, around: Surroundings) -> Row:
        """The day and the term of a row, and what it says of them; a row of no known term is a problem."""
        written = [line.said[name] for name in ("date", "term", "academic_year")]
        term = self.term(written, line.record.context.term, around.newest)
        when = written[0] or written[1]
        if term is None:
            found, expected = f"'{when}'" if when else "no date", "a date such as 15/01/2026, or a term and year"
            self.findings.add("teaching-no-term", line.place("date"), found, expected)
        return {"term": term, "date": self.day(written[0]), "when": when}

    def _whose(self, line: RecordLine, around: Surroundings, classes: Mapping[str, str]) -> Row:
        """The class of a row, else its year group; neither where it is of the whole school, or of no known class.

        Where several schools are spoken of, their classes are told apart by the school.
        """
        of_class = (
            class_with_school(line.said["class"], around.where.beside(line.said)) or line.record.context.class_name
        )
        of_year = line.said["year_group"]
        about, column = (of_class, "class") if of_class else (of_year, "year_group")
        known = classes.get(_CLASS.sub("", words(of_class)), "")
        unknown = classes and about and words(about) not in self.everybody
        year = self._year(about) if unknown else self._year(of_year)
        if unknown and not known and year is None:
            expected = "a class of the results, a year group, or 'whole school'"
            self.findings.add("teaching-no-class", line.place(column), f"'{about}'", expected)
        return {"about": about, "class": known, "year_group": None if known else year}

    def _year(self, text: str) -> int | None:
        year = self.years.read(text)
        return None if year == OUT_OF_RANGE else year

    def _subjects(self, line: RecordLine, otherwise: str) -> str:
        """The subjects that a row names, else those of another text or the sheet."""
        written = line.said["subject"]
        texts = (written,) if written else (otherwise, line.record.context.subject)
        return next(filter(None, map(self.subjects, texts)), "")

    def _hours(self, line: RecordLine) -> float | None:
        """A number of hours, alone or with its unit."""
        text = line.said["hours"]
        match = _NUMBER.fullmatch(text)
        if match and (not match[2] or words(match[2]) in self.rules.teaching.hours):
            return float(match[1])
        if text:
            self.findings.add("cpd-hours", line.place("hours"), f"'{text}'", "a number of hours")
        return None
