"""The rows of one table: whose each is, and what is written in it. Wide and long tables come out alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from siptrack.reading.findings import Findings
from siptrack.reading.group_words import SEVERAL, TICK
from siptrack.reading.headings import NUMBER_ROLES, PUPIL_ROLES, SCHOOL_ROLES, HeadingReader, Kind
from siptrack.reading.names import surname_and_forename
from siptrack.reading.sections import Cells
from siptrack.reading.spelling import words
from siptrack.reading.table import TableColumns
from siptrack.reading.terms import NO_TERM, TermParts, term_on
from siptrack.reading.values import class_made_a_date, read_date
from siptrack.rules.model import ColumnRules

_LONGEST_NAME = 6  # words
_SHORTEST_UPN = 8  # characters; a count below the UPNs is shorter
_TERM_ROLES = ("term", "academic_year", "date")
_ABOUT_PUPIL = ("date_of_birth", "year_group", "class", "enrolment", "leaving_date")
_FURTHER_NAMES = ("former_surname", "preferred_surname", "preferred_forename", "preferred_name")
_ROW_ROLES = (*PUPIL_ROLES, *_ABOUT_PUPIL, *_FURTHER_NAMES, *SCHOOL_ROLES)


@dataclass(frozen=True)
class Row:
    """One row about a pupil: the number of its table, its own number in the sheet, and its texts by what they are.

    `school` is the one that the row is of; empty where the files tell of none, or not of which.
    """

    table: int
    number: int
    texts: Mapping[str, str]
    school: str = ""


@dataclass(frozen=True)
class Written:
    """One result or target as it was written: in which row (by position in `rows`), column, subject and term.

    `test` is whether the heading says that it is a test's, None where it does not say. `day` counts the days of a
    dated result, so that the last of a term is known; 0 where no date stands.
    """

    row: int
    column: int
    subject: str
    is_target: bool
    term: TermParts
    text: str
    day: int = 0
    test: bool | None = None


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: TableColumns, reader: HeadingReader, columns: ColumnRules, findings: Findings) -> None:
        self.table, self.reader, self.columns, self.findings = table, reader, columns, findings
        self.roles = {role: table.roles[role] for role in _ROW_ROLES if role in table.roles}
        self.characteristics: dict[str, list[int]] = {}
        for column, meaning in table.of(Kind.CHARACTERISTIC).items():
            self.characteristics.setdefault(meaning.name, []).append(column)
        self.groups = table.of(Kind.GROUP)
        self.totals = set(map(words, columns.totals))
        starts = "|".join(map(re.escape, columns.totals))
        self.total = re.compile(rf"(?:{starts})\s*[:(\d].*", re.IGNORECASE | re.DOTALL)
        self.years_alone: set[int] = set()
        self.dates_for_classes: set[str] = set()
        self.headings = list(filter(None, table.section.headings.texts))
        self.first_heading = self.headings[0]
        self.about_pupil = (*self.roles.values(), *chain(*self.characteristics.values()), *self.groups)
        self.same_texts: dict[tuple[str, ...], Mapping[str, str]] = {}
        # Caches of this reader's own, which end with it: a cache on the class would keep names for the whole run.
        self._term = lru_cache(maxsize=4096)(self._read_term)
        self._row_term = lru_cache(maxsize=4096)(self._read_row_term)
        self._is_total = lru_cache(maxsize=65536)(self._read_total)
        self.dated = not table.roles.keys().isdisjoint(_TERM_ROLES)
        self.terms = {column: self._term(meaning.term, NO_TERM) for column, meaning in table.results.items()}
        for column, meaning in table.results.items():
            if meaning.year_alone:
                self._say_year_only(column)

    def read(self, number: int, first: int) -> Iterator[tuple[Row, list[Written]]]:
        """The rows about pupils with what is written in each, numbered from `first`; others are set aside."""
        for at, cells in self.table.section.rows:
            texts = self._texts(cells)
            results = list(self._written(cells, first))
            if reason := self._not_a_pupil(cells, texts, results, at):
                self.findings.set_aside("rows", reason, self.table.context.place(at))
                continue
            yield Row(number, at, texts), results
            first += 1

    def _texts(self, cells: Cells) -> Mapping[str, str]:
        """A row's texts by what they are; rows that say the same, as in a long table, share them."""
        said = tuple(_at(cells, column) for column in self.about_pupil)
        if said not in self.same_texts:
            self.same_texts[said] = self._read_texts(cells)
        return self.same_texts[said]

    def _read_texts(self, cells: Cells) -> Mapping[str, str]:
        texts = {role: _at(cells, column) for role, column in self.roles.items()}
        texts.setdefault("class", self.table.context.class_name)
        texts["class"] = self._class(texts["class"])
        for key, columns in self.characteristics.items():
            texts[key] = SEVERAL.join(filter(None, (_at(cells, column) for column in columns)))
        for column, meaning in self.groups.items():
            said = f"{meaning.group}{TICK}{cell}" if (cell := _at(cells, column)) else ""
            texts[meaning.name] = SEVERAL.join(filter(None, (texts.get(meaning.name), said)))
        return texts

    def _class(self, text: str) -> str:
        """The class; one that a spreadsheet has made a date is read back, and said once a table."""
        meant = class_made_a_date(text, self.columns, self.reader.year_groups)
        if meant and text not in self.dates_for_classes:
            self.dates_for_classes.add(text)
            column = self.table.roles.get("class", -1)
            place = self.table.heading_place(column) if column >= 0 else self.table.context.place()
            self.findings.add("class-as-date", place, f"'{text}' for a class, read as {meant}", "the class's name")
        return meant or text

    def _cell(self, cells: Cells, role: str) -> str:
        return _at(cells, self.table.roles[role]) if role in self.table.roles else ""

    def _written(self, cells: Cells, row: int) -> Iterator[Written]:
        """What the row holds of results and targets, blank cells left out."""
        context, roles = self.table.context, self.table.roles
        row_subject = self.reader.subject_of(self._cell(cells, "subject"))
        row_term = self._row_term(*(self._cell(cells, role) for role in _TERM_ROLES)) if self.dated else NO_TERM
        for column, meaning in self.table.results.items():
            if text := _at(cells, column):
                subject = meaning.name or row_subject or context.subject
                term = self._term(meaning.term, row_term) if self.dated else self.terms[column]
                target = meaning.kind is Kind.TARGET
                yield Written(row, column + 1, subject, target, term, text, test=meaning.test)
        if text := self._cell(cells, "result"):
            subject = row_subject if "subject" in roles else context.subject
            term = self._term(NO_TERM, row_term)
            date = read_date(self._cell(cells, "date"), self.columns.date_formats)
            day = date.toordinal() if date else 0
            yield Written(row, roles["result"] + 1, subject, is_target=False, term=term, text=text, day=day)

    def _read_term(self, heading: TermParts, row: TermParts) -> TermParts:
        """The term of a result from its heading, its row, and what surrounds the table.

        A heading that names a year group (KS1, Y3 Summer) speaks of another year than the sheet's own.
        """
        term, around = heading.filled(row), self.table.context.term
        return term.filled(replace(around, academic_year=None) if heading.year_group is not None else around)

    def _read_row_term(self, term: str, academic_year: str, date: str) -> TermParts:
        """The term that a row's own cells say."""
        parts = self.reader.finder.find(term)[0].filled(self.reader.finder.find(academic_year)[0])
        if day := read_date(date, self.columns.date_formats):
            on = term_on(day, self.columns.season_months)
            parts = parts.filled(TermParts(on.season, on.academic_year))
        if parts.season is None and parts.academic_year is not None and "result" in self.table.roles:
            self._say_year_only(self.table.roles["academic_year"])
            parts = parts.filled(TermParts(season=self.columns.whole_year))
        return parts

    def _say_year_only(self, column: int) -> None:
        """Say once a column that a year without a term is read as the end of that year."""
        if column not in self.years_alone:
            self.years_alone.add(column)
            heading, season = self.table.heading(column), self.columns.whole_year.label
            found = f"'{heading}' gives a year and no term; read as {season}"
            self.findings.add("year-only", self.table.heading_place(column), found, "a term and year")

    def _read_total(self, text: str) -> bool:
        """Whether a row that begins so is a total or a note."""
        return bool(self.total.match(text)) or words(text) in self.totals

    def _identified(self, texts: Mapping[str, str]) -> bool:
        """Whether a row says more of a pupil than a surname, which may be a word such as Key or Total."""
        upn, forename = texts.get("upn", ""), surname_and_forename(texts)[1]
        return (
            (len(upn) >= _SHORTEST_UPN and any(map(str.isdigit, upn)))
            or read_date(texts.get("date_of_birth", ""), self.columns.date_formats) is not None
            or (any(map(str.isalpha, forename)) and not self._is_total(forename))
        )

    def _not_a_pupil(self, cells: Cells, texts: Mapping[str, str], results: list[Written], number: int) -> str:
        """Why a row is not about a pupil; empty when it is."""
        first = next(filter(None, cells))
        if first == self.first_heading and list(filter(None, cells)) == self.headings:
            return "headings repeated"
        name = texts.get("name", "") or surname_and_forename(texts)[0]
        if not self._identified(texts) and (self._is_total(first) or self._is_total(name)):
            return "total, average or note"
        numbered = any(texts.get(role) for role in NUMBER_ROLES)
        if sum(map(bool, cells)) == 1 and not numbered and _reads_like_a_note(first):
            return "total, average or note"
        if any(texts.get(role) for role in PUPIL_ROLES):
            return ""
        if results:
            place = self.table.context.place(number)
            self.findings.add("no-pupil", place, "results without a name", "a UPN, number or name")
            return "no pupil named"
        return "total, average or note"


def _reads_like_a_note(text: str) -> bool:
    """Whether the only text of a row is a note, a date or a class's label rather than a child's name."""
    return (
        not text[0].isalpha() or any(map(str.isdigit, text)) or text.endswith(".") or len(text.split()) > _LONGEST_NAME
    )


def _at(cells: Cells, column: int) -> str:
    return cells[column] if column < len(cells) else ""
