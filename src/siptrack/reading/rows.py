"""The rows of one table: whose each is, and what is written in it. Wide and long tables come out alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple
from weakref import proxy

from siptrack.reading.cells import Cells, cell_at, texts_in
from siptrack.reading.findings import Findings
from siptrack.reading.group_words import SEVERAL, TICK
from siptrack.reading.headings import PUPIL_ROLES, SCHOOL_ROLES, ColumnKind, HeadingReader
from siptrack.reading.spelling import tight
from siptrack.reading.sums import RowsOfNoPupil
from siptrack.reading.table import TERM_ROLES, TableColumns
from siptrack.reading.terms import NO_TERM, TermParts, term_on
from siptrack.reading.values import class_made_a_date, class_named_by, read_date
from siptrack.reading.written import Slot, Writing
from siptrack.rules.model import ColumnRules

_ABOUT_PUPIL = ("date_of_birth", "year_group", "class", "enrolment", "leaving_date")
_FURTHER_NAMES = ("former_surname", "preferred_surname", "preferred_forename", "preferred_name")
_ROW_ROLES = (*PUPIL_ROLES, *_ABOUT_PUPIL, *_FURTHER_NAMES, *SCHOOL_ROLES)


class Row(NamedTuple):
    """One row about a pupil: the number of its table, its own number in the sheet, and its texts by what they are.

    Rows of a long table that say the same of a pupil in one term are one, with the `numbers` of all. `school` is the
    one that the row is of; empty where the files tell of none, or not of which.
    """

    table: int
    numbers: Sequence[int]
    texts: Mapping[str, str]
    school: str = ""

    @property
    def number(self) -> int:
        """The first of its numbers."""
        return self.numbers[0]


class RowReader:
    """Reads the rows of one table."""

    def __init__(
        self,
        number: int,
        table: TableColumns,
        reader: HeadingReader,
        columns: ColumnRules,
        findings: Findings,
        writing: Writing,
        writing_beside: Writing,
    ) -> None:
        self.number, self.table, self.writing, self.writing_beside = number, table, writing, writing_beside
        self.reader, self.columns, self.findings = reader, columns, findings
        self.roles = {role: table.roles[role] for role in _ROW_ROLES if role in table.roles}
        self.characteristics: dict[str, list[int]] = {}
        of_pupils = table.of(ColumnKind.CHARACTERISTIC)
        percents = {column: meaning for column, meaning in of_pupils.items() if meaning.percent}
        self.beside = {**percents, **table.ages}
        for column, meaning in of_pupils.items() - percents.items():
            self.characteristics.setdefault(meaning.name, []).append(column)
        self.groups = table.of(ColumnKind.GROUP)
        self.blank = set(map(tight, columns.blank))
        self.years_alone: set[int] = set()
        self.dates_for_classes: set[str] = set()
        self.headings = list(filter(None, table.section.headings.texts))
        self.first_heading = self.headings[0]
        self.about_pupil = (*self.roles.values(), *chain(*self.characteristics.values()), *self.groups)
        self.same_texts: dict[tuple[str, ...], Mapping[str, str]] = {}
        # Caches of this reader's own, which end with it: a cache on the class would keep names for the whole run, and
        # so would one that holds its reader, as nobody looks for what holds itself.
        remembered, me = lru_cache(maxsize=4096), proxy(self)
        self._term = remembered(partial(RowReader._read_term, me))
        self._row_term = remembered(partial(RowReader._read_row_term, me))
        self.slots = remembered(partial(RowReader._find_slots, me))
        self._slots_beside = remembered(partial(RowReader._find_slots_beside, me))
        self._says = remembered(partial(RowReader._read_says, me))
        self.odd_term = remembered(partial(RowReader._find_odd_term, me))
        self._class = remembered(partial(RowReader._read_class, me))
        self.when = [role for role in TERM_ROLES if role in table.roles]
        self.of_result = [*(["subject"] if "subject" in table.roles else []), *self.when]
        self._about_pupil = texts_in(self.about_pupil)
        self._when = texts_in([table.roles[role] for role in self.when])
        self._of_result = texts_in([table.roles[role] for role in self.of_result])
        for column, meaning in table.results.items():
            if meaning.year_alone:
                self._say_year_only(column)
        self.texts: Sequence[Mapping[str, str]] = []
        self.look_at(table.section.rows)

    def look_at(self, rows: Sequence[tuple[int, Cells]], whole: Sequence[tuple[int, Cells]] | None = None) -> None:
        """Turn to these rows; `whole` are all rows of the table where these are but some."""
        self.table = replace(self.table, section=self.table.section._replace(rows=rows))
        self.texts = self.texts_of(rows)
        table, texts, me = self.table, self.texts, proxy(self)
        if whole is not None:
            table = replace(table, section=table.section._replace(rows=whole))
        all_texts = (lambda: texts) if whole is None else (lambda: me.texts_of(whole))
        self.others = RowsOfNoPupil(table, all_texts, self.reader.labels, self.columns)

    def texts_of(self, rows: Sequence[tuple[int, Cells]]) -> Sequence[Mapping[str, str]]:
        """The texts of rows by what they are."""
        return [self._texts(cells) for _, cells in rows]

    def read(self) -> Iterator[Row]:
        """The rows about pupils; others are set aside."""
        for number, _, texts, _ in self._of_pupils():
            yield Row(self.number, [number], texts)

    def together(self) -> Iterator[tuple[Row, Sequence[tuple[int, str]], Sequence[tuple[int, str]]]]:
        """The rows about pupils, each of their numbers with its results and what is beside; others are set aside.

        In a table with a row a result, those that say the same of a pupil and a term are one; one without a result is
        none of its term.
        """
        alike: dict[tuple[int, Cells, bool], tuple[Row, list[int]]] = {}
        a_row_each = "subject" not in self.table.roles
        for number, cells, texts, when in self._of_pupils():
            results = self._results(cells)
            key = id(texts), when, bool(results)
            if a_row_each or key not in alike:
                numbers: list[int] = []
                alike[key] = Row(self.number, numbers, texts), numbers
            row, numbers = alike[key]
            numbers.append(number)
            yield row, results, self._written_beside(cells)

    def _of_pupils(self) -> Iterator[tuple[int, Cells, Mapping[str, str], Cells]]:
        """The rows about pupils by number: their cells, their texts, and what they say of when."""
        school_class = ""
        for (at, cells), texts in zip(self.table.section.rows, self.texts, strict=True):
            if reason := self._not_a_pupil(cells, texts, at):
                school_class = self._class_headed(cells) or school_class
                self.findings.set_aside("rows", reason, self.table.context.place(at))
                continue
            when = self._when(cells)
            if (odd := self.odd_term(when)) is not None:
                self._leave_out_odd(cells, at, odd)
                continue
            yield at, cells, self._in_class(texts, school_class), when

    def _class_headed(self, cells: Cells) -> str:
        """The class that a row of one text names over the rows below it, where no column does; else empty."""
        written = [cell for cell in cells if cell]
        named = class_named_by(written, written) if len(written) == 1 and "class" not in self.table.roles else ""
        return named if any(map(str.isdigit, named)) else ""

    def _in_class(self, texts: Mapping[str, str], school_class: str) -> Mapping[str, str]:
        """A row's texts with the class that a row above gives it; rows that say the same share them."""
        if not school_class:
            return texts
        return self.same_texts.setdefault((school_class, *texts.values()), {**texts, "class": school_class})

    def _texts(self, cells: Cells) -> Mapping[str, str]:
        """A row's texts by what they are; rows that say the same, as in a long table, share them."""
        about_pupil = self._about_pupil(cells)
        if about_pupil not in self.same_texts:
            self.same_texts[about_pupil] = self._read_texts(cells)
        return self.same_texts[about_pupil]

    def _read_texts(self, cells: Cells) -> Mapping[str, str]:
        texts = {role: cell_at(cells, column) for role, column in self.roles.items()}
        texts.setdefault("class", self.table.context.class_name)
        texts["class"] = self._class(texts["class"])
        for key, columns in self.characteristics.items():
            texts[key] = SEVERAL.join(filter(None, (cell_at(cells, column) for column in columns)))
        for column, meaning in self.groups.items():
            text = f"{meaning.group}{TICK}{cell}" if (cell := cell_at(cells, column)) else ""
            texts[meaning.name] = SEVERAL.join(filter(None, (texts.get(meaning.name), text)))
        return texts

    def _read_class(self, text: str) -> str:
        """The class; one that a spreadsheet has made a date is read back, with one finding a table."""
        meant = class_made_a_date(text, self.columns, self.reader.year_groups)
        if meant and text not in self.dates_for_classes:
            self.dates_for_classes.add(text)
            column = self.table.roles.get("class", -1)
            place = self.table.heading_place(column) if column >= 0 else self.table.context.place()
            self.findings.add("class-as-date", place, f"'{text}' for a class, read as {meant}", "the class's name")
        return meant or text

    def _results(self, cells: Cells) -> list[tuple[int, str]]:
        """What a row's cells hold of results and targets: the number of the slot of each, and its text."""
        return [(slot, text) for column, slot in self.slots(self._of_result(cells)) if (text := cell_at(cells, column))]

    def _written_beside(self, cells: Cells) -> list[tuple[int, str]]:
        """The percentages and ages in a row's cells: the number of the slot of each, and its text."""
        return [
            (slot, text)
            for column, slot in (self._slots_beside(self._of_result(cells)) if self.beside else ())
            if (text := cell_at(cells, column)) and tight(text) not in self.blank
        ]

    def _find_slots_beside(self, cells: Cells) -> Sequence[tuple[int, int]]:
        """The columns of percentages and ages, and each one's slot's number in a row that says this of the term.

        The day of a row of one subject is not that of a test in another.
        """
        texts = dict(zip(self.of_result, cells, strict=True))
        of_a_subject = texts.pop("subject", None) is not None
        row_term = self._row_term(**texts) if texts else NO_TERM
        date = None if of_a_subject else read_date(texts.get("date", ""), self.columns.date_formats)
        slots = []
        for column, meaning in self.beside.items():
            term = self._term(meaning.term, row_term)
            slot = Slot(self.number, column + 1, meaning.name, is_target=False, term=term)
            if meaning.kind is ColumnKind.AGE:
                slot = slot._replace(is_age=True, day=date.toordinal() if date else 0)
            slots.append((column, self.writing_beside.number(slot)))
        return slots

    def _find_slots(self, cells: Cells) -> Sequence[tuple[int, int]]:
        """The columns of results, and the number of each one's slot in a row that says this of subject and term."""
        roles, of_table = self.table.roles, self.table.context.subject
        texts = dict(zip(self.of_result, cells, strict=True))
        row_subject = self.reader.subject_of(texts.pop("subject", ""))
        row_term = self._row_term(**texts) if texts else NO_TERM
        slots = []
        for column, meaning in self.table.results.items():
            of = meaning.name or row_subject or of_table
            term = self._term(meaning.term, row_term)
            is_target = meaning.kind is ColumnKind.TARGET
            slots.append(Slot(self.number, column + 1, of, is_target, term, test=meaning.test))
        if "result" in roles:
            of = row_subject if "subject" in roles else of_table
            date = read_date(texts.get("date", ""), self.columns.date_formats)
            day = date.toordinal() if date else 0
            term = self._term(NO_TERM, row_term)
            slots.append(Slot(self.number, roles["result"] + 1, of, is_target=False, term=term, day=day))
        return [(slot.column - 1, self.writing.number(slot)) for slot in slots]

    def _read_term(self, heading: TermParts, row: TermParts) -> TermParts:
        """The term of a result from its heading, its row, and what surrounds the table.

        A heading that names a year group (KS1, Y3 Summer) speaks of another year than the sheet's own.
        """
        term, around = heading.filled(row), self.table.context.term
        return term.filled(around._replace(academic_year=None) if heading.year_group is not None else around)

    def _read_row_term(self, term: str = "", academic_year: str = "", date: str = "") -> TermParts:
        """The term that a row's own cells say."""
        parts = self.reader.finder.find(term)[0].filled(self.reader.finder.find(academic_year)[0])
        if day := read_date(date, self.columns.date_formats):
            on = term_on(day, self.columns.season_months)
            parts = parts.filled(TermParts(on.season, on.academic_year))
        of_a_year = "result" in self.table.roles or self.table.row_each_term
        if not parts.names_term and parts.academic_year is not None and of_a_year:
            roles = self.table.roles
            self._say_year_only(next(roles[role] for role in ("academic_year", "term") if role in roles))
            parts = parts.filled(TermParts(season=self.columns.whole_year))
        return parts

    def _leave_out_odd(self, cells: Cells, number: int, column: int) -> None:
        """Set a row aside whose term is not understood."""
        place, found = self.table.context.place(number, column + 1), f"'{cell_at(cells, column)}'"
        self.findings.add("unknown-term", place, found, "a term and year such as Spring 2026")
        self.findings.set_aside("rows", "of a term that is not understood", self.table.context.place(number))

    def _find_odd_term(self, when: Cells) -> int | None:
        """The column of a cell that should say when and is not understood; a date beside a term is none."""
        texts = {role: text for role, text in zip(self.when, when, strict=True) if tight(text) not in self.blank}
        for role, text in texts.items():
            if text and not self._says(role, text) and not (role == "date" and texts.get("term")):
                return self.table.roles[role]
        return None

    def _read_says(self, role: str, text: str) -> bool:
        """Whether a cell says a term, a school year or a date, as its column has it."""
        if role == "date":
            return read_date(text, self.columns.date_formats) is not None
        return self.reader.says_term(text) and (role == "term" or self.reader.finder.find(text)[0].dated)

    def _say_year_only(self, column: int) -> None:
        """Say once a column that a year without a term is read as the end of that year."""
        if column not in self.years_alone:
            self.years_alone.add(column)
            heading, season = self.table.heading(column), self.columns.whole_year.label
            found = f"'{heading}' gives a year and no term; read as {season}"
            self.findings.add("year-only", self.table.heading_place(column), found, "a term and year")

    def _not_a_pupil(self, cells: Cells, texts: Mapping[str, str], number: int) -> str:
        """Why a row is not about a pupil; empty when it is."""
        if next(filter(None, cells)) == self.first_heading and list(filter(None, cells)) == self.headings:
            return "headings repeated"
        if self.others.has(cells, texts):
            return "total, average or note"
        if id(texts) in self.others.pupils or any(texts.get(role) for role in PUPIL_ROLES):
            return ""
        place = self.table.context.place(number)
        self.findings.add("no-pupil", place, "results without a name", "a UPN, number or name")
        return "no pupil named"
