"""The columns of one table by what they hold, and what its surroundings say of all its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from siptrack.reading.cells import Cells, cell_at
from siptrack.reading.claims import Claims
from siptrack.reading.findings import Findings
from siptrack.reading.grades import is_number
from siptrack.reading.headings import NOT_UNDERSTOOD, ColumnKind, HeadingReader, Meaning
from siptrack.reading.sections import SheetSection
from siptrack.reading.sheet import cells_of
from siptrack.reading.spelling import words
from siptrack.reading.terms import NO_TERM, TermParts, term_on
from siptrack.reading.values import class_named_by, read_age, read_date
from siptrack.school.ages import TEST_DATE
from siptrack.school.place import Place

_BETWEEN_WORDS = re.compile(r"[\s_,;:()]+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_LONG_ROLES = ("subject", "result")
TERM_ROLES = ("term", "academic_year", "date")


class SheetContext(NamedTuple):
    """What the rows above the headings, the sheet's name and the file's name say of a whole table.

    `named`: part of the term is from a name, and from nothing above the table.
    """

    file: str
    sheet: str
    words: str
    term: TermParts
    year_group: int | None
    class_name: str
    subject: str
    named: bool = False
    left: int = 0

    def place(self, row: int = 0, column: int = 0) -> Place:
        """A place in this sheet; a row of a table to the right of another is known by its first cell."""
        return Place(self.file, self.sheet, row, column or (self.left if row else 0))


@dataclass(frozen=True)
class TableColumns:
    """A table of a sheet with each column's meaning; `left_out` tells why a column that claims one is not used.

    `row_each_term` is whether a pupil has a row for each term, with the subjects beside each other.
    """

    section: SheetSection
    context: SheetContext
    meanings: Mapping[int, Meaning]
    left_out: Mapping[int, str]
    export: str
    row_each_term: bool = False

    def of(self, *kinds: ColumnKind) -> dict[int, Meaning]:
        """The columns of these kinds, with their meanings."""
        return {column: meaning for column, meaning in self.meanings.items() if meaning.kind in kinds}

    @cached_property
    def roles(self) -> Mapping[str, int]:
        """The column of each role."""
        return {meaning.name: column for column, meaning in self.of(ColumnKind.ROLE).items()}

    @cached_property
    def results(self) -> Mapping[int, Meaning]:
        """The columns of results and targets."""
        return self.of(ColumnKind.RESULT, ColumnKind.TARGET)

    @cached_property
    def ages(self) -> Mapping[int, Meaning]:
        """The columns of reading and spelling ages, and of what stands beside these."""
        return self.of(ColumnKind.AGE)

    @cached_property
    def holds_results(self) -> bool:
        """Whether the table holds results; one that does not is a list of pupils.

        A sheet of tests with their ages is no list of who is here, but a list of the school's may have ages in it.
        """
        of_tests = self.ages and (not self.of(ColumnKind.CHARACTERISTIC, ColumnKind.GROUP) or "date" in self.roles)
        return bool(self.results or of_tests) or not self.roles.keys().isdisjoint(_LONG_ROLES)

    @cached_property
    def row_each_result(self) -> bool:
        """Whether a pupil has a row for each subject, result or term, so that one pupil's rows are no repetition."""
        return "subject" in self.roles or self.row_each_term

    def heading(self, column: int) -> str:
        """The text of a column's heading; columns are counted from 0."""
        texts = self.section.headings.texts
        return texts[column] if column < len(texts) else ""

    def heading_place(self, column: int) -> Place:
        """Where a column's heading stands."""
        return self.context.place(self.section.headings.row, column + 1)


def table_columns(
    section: SheetSection, reader: HeadingReader, findings: Findings, *, loosely: bool = True
) -> TableColumns:
    """The columns of a table; with `loosely`, headings that are not wholly understood are read where the cells fit."""
    headings, context = section.headings, context_of(section, reader)
    export = _export(section, reader, findings)
    known = next((candidate for candidate in reader.exports if candidate.label == export), None)
    meanings = {**headings.meanings, **(reader.with_export(headings.texts, known) if known else {})}
    claims = Claims(section, meanings, reader, context.term, context.words)
    if loosely:
        claims.read_loosely()
    settled = claims.settled(findings)
    whole = _with_ages(settled.meanings, section, reader)
    by_term = _is_row_each_term(section, whole, reader)
    return TableColumns(section, context, whole, settled.left_out, export, row_each_term=by_term)


def _with_ages(meanings: Mapping[int, Meaning], section: SheetSection, reader: HeadingReader) -> Mapping[int, Meaning]:
    """The meanings with what stands beside ages: the day of a test, which beside grades is not that of the grades.

    Letters that may stand for anything, above no cell that is an age or a number, head no age.
    """
    texts = section.headings.texts
    ages = [column for column, meaning in meanings.items() if meaning.kind is ColumnKind.AGE]
    other = {column for column in ages if _heads_no_age(texts[column], cells_of(section.rows, column), reader)}
    found = {column: NOT_UNDERSTOOD if column in other else meaning for column, meaning in meanings.items()}
    if len(other) == len(ages):
        return found
    beside_grades = any(meaning.kind is ColumnKind.RESULT for meaning in found.values())
    for column, meaning in list(found.items()):
        is_date = meaning.kind is ColumnKind.ROLE and meaning.name == TEST_DATE
        if (is_date and beside_grades) or meaning.kind is ColumnKind.UNKNOWN:
            found[column] = reader.test_date(texts[column]) or meaning
    return found


def _heads_no_age(heading: str, cells: Iterable[str], reader: HeadingReader) -> bool:
    """Whether a column headed in a few letters, such as SA, holds neither ages nor numbers."""
    age = reader.age_in(heading)
    return age is not None and age.short and not any(read_age(cell) or is_number(cell) for cell in set(cells))


def _is_row_each_term(section: SheetSection, meanings: Mapping[int, Meaning], reader: HeadingReader) -> bool:
    """Whether one pupil has rows of different terms, by the columns of term, academic year or date."""
    of_terms = {
        meaning.name: column
        for column, meaning in meanings.items()
        if meaning.kind is ColumnKind.ROLE and meaning.name in TERM_ROLES
    }
    who = [column for column, meaning in meanings.items() if meaning.names_pupil]
    if not of_terms or any(
        meaning.kind is ColumnKind.ROLE and meaning.name == "subject" for meaning in meanings.values()
    ):
        return False
    first: dict[Cells, object] = {}
    for _, row in section.rows:
        pupil = tuple(cell_at(row, column) for column in who)
        if any(pupil):
            term = tuple(_term_in(cell_at(row, column), name, reader) for name, column in of_terms.items())
            if first.setdefault(pupil, term) != term:
                return True
    return False


def _term_in(text: str, role: str, reader: HeadingReader) -> object:
    """What a cell says of a term; a date, the term that it falls in."""
    columns = reader.finder.rules.columns
    if role == "date" and (day := read_date(text, columns.date_formats)):
        return term_on(day, columns.season_months)
    return words(text)


def _export(section: SheetSection, reader: HeadingReader, findings: Findings) -> str:
    """The label of the known export whose headings these are; empty when none fits, or two do, which is a finding."""
    fits = reader.known_exports(section.headings.texts)
    if len(fits) > 1:
        found = " and ".join(f"'{export.label}'" for export in fits)
        place = Place(section.sheet.file, section.sheet.name, section.headings.row)
        findings.add("two-layouts", place, f"headings that fit {found}", "the headings of one export")
    return fits[0].label if len(fits) == 1 else ""


def context_of(section: SheetSection, reader: HeadingReader) -> SheetContext:
    """What the titles of a table, the name of its sheet and that of its file say of it."""
    sheet = section.sheet
    stem = sheet.file.rsplit(".", 1)[0]
    around = (*section.titles, sheet.name, stem)
    term = NO_TERM
    for title in section.titles:
        term = term.filled(reader.finder.find(title)[0])
    titled = term
    for name in (sheet.name, stem):
        term = term.filled(reader.term_named(name))
    return SheetContext(
        file=sheet.file,
        sheet=sheet.name,
        words=" ".join(around),
        term=term._replace(year_group=None),
        year_group=term.year_group,
        class_name=class_named_by(section.titles, (sheet.name, stem)) or _class_beside_others(around, reader),
        subject=next(filter(None, map(reader.subject_around, around)), ""),
        named=titled._replace(year_group=None) != term._replace(year_group=None),
        left=sheet.left,
    )


def _class_beside_others(around: Iterable[str], reader: HeadingReader) -> str:
    """The class that a title or name gives beside a subject and words of labels, `4P Reading 2025-26`; empty for none.

    Where 2B may be a grade, it is a class only if it stands first.
    """
    for text in around:
        parts = _BETWEEN_WORDS.split(text)
        classes = [part for part in parts if class_named_by((), (part,)) and not _ORDINAL.fullmatch(part)]
        sure = len(classes) == 1 and (classes[0] == parts[0] or not reader.labels.is_grade(classes[0]))
        if sure and reader.labels.is_label(text) and reader.subject_around(text):
            return classes[0]
    return ""
