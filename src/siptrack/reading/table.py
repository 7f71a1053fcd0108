"""The columns of one table by what they hold, and what its surroundings say of all its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader, How, Kind, Meaning
from siptrack.reading.sections import Section
from siptrack.reading.terms import NO_TERM, TermParts
from siptrack.reading.values import class_named_by
from siptrack.school.place import Place

_IGNORED = (Kind.UNKNOWN, Kind.PASSED_OVER)
_LONG_ROLES = ("subject", "result")


@dataclass(frozen=True)
class SheetContext:
    """What the rows above the headings, the sheet's name and the file's name say of a whole table."""

    file: str
    sheet: str
    words: str
    term: TermParts
    year_group: int | None
    class_name: str
    subject: str

    def place(self, row: int = 0, column: int = 0) -> Place:
        """A place in this sheet."""
        return Place(self.file, self.sheet, row, column)


@dataclass(frozen=True)
class TableColumns:
    """A table of a sheet with each column's meaning; `left_out` are columns that claim what another claims."""

    section: Section
    context: SheetContext
    meanings: Mapping[int, Meaning]
    left_out: frozenset[int]
    export: str

    def of(self, *kinds: Kind) -> dict[int, Meaning]:
        """The columns of these kinds, with their meanings."""
        return {column: meaning for column, meaning in self.meanings.items() if meaning.kind in kinds}

    @cached_property
    def roles(self) -> Mapping[str, int]:
        """The column of each role."""
        return {meaning.name: column for column, meaning in self.of(Kind.ROLE).items()}

    @cached_property
    def results(self) -> Mapping[int, Meaning]:
        """The columns of results and targets."""
        return self.of(Kind.RESULT, Kind.TARGET)

    @property
    def holds_results(self) -> bool:
        """Whether the table holds results; one that does not is a list of pupils."""
        return bool(self.results) or not self.roles.keys().isdisjoint(_LONG_ROLES)

    @property
    def row_each_result(self) -> bool:
        """Whether a pupil has a row for each subject or result, so that one pupil's rows are no repetition."""
        return "subject" in self.roles

    def heading(self, column: int) -> str:
        """The text of a column's heading; columns are counted from 0."""
        texts = self.section.headings.texts
        return texts[column] if column < len(texts) else ""

    def heading_place(self, column: int) -> Place:
        """Where a column's heading stands."""
        return self.context.place(self.section.headings.row, column + 1)


def table_columns(section: Section, reader: HeadingReader, findings: Findings) -> TableColumns:
    """The columns of a table; two that claim the same thing are both left out, and said so."""
    headings = section.headings
    export = _export(section, reader, findings)
    known = next((one for one in reader.exports if one.label == export), None)
    meanings = {**headings.meanings, **(reader.with_export(headings.texts, known) if known else {})}
    left_out = _clashing(section, meanings, findings)
    return TableColumns(
        section=section,
        context=context_of(section, reader),
        meanings={column: meaning for column, meaning in meanings.items() if column not in left_out},
        left_out=left_out,
        export=export,
    )


def _export(section: Section, reader: HeadingReader, findings: Findings) -> str:
    """The label of the known export whose headings these are; empty when none fits, or two do, which is said."""
    fits = reader.known_exports(section.headings.texts)
    if len(fits) > 1:
        found = " and ".join(f"'{export.label}'" for export in fits)
        place = Place(section.sheet.file, section.sheet.name, section.headings.row)
        findings.add("two-layouts", place, f"headings that fit {found}", "the headings of one export")
    return fits[0].label if len(fits) == 1 else ""


def _clashing(section: Section, meanings: Mapping[int, Meaning], findings: Findings) -> frozenset[int]:
    """The columns that claim the same thing, unless the school has said which of them it is."""
    claims: defaultdict[object, list[int]] = defaultdict(list)
    for column, meaning in meanings.items():
        if meaning.kind not in _IGNORED:
            claims[meaning.claim].append(column)
    clashing = []
    for columns in claims.values():
        fixed = [column for column in columns if meanings[column].how is How.SCHOOL]
        rivals = [column for column in columns if column not in fixed] if len(fixed) == 1 else columns
        if len(columns) > 1:
            clashing.append(rivals)
        if len(columns) > 1 and len(fixed) != 1:
            names = " and ".join(f"'{section.headings.texts[column]}'" for column in columns)
            place = Place(section.sheet.file, section.sheet.name, section.headings.row, columns[0] + 1)
            found = f"{len(columns)} columns that mean the same: {names}"
            findings.add("heading-clash", place, found, "one column")
    return frozenset(chain.from_iterable(clashing))


def context_of(section: Section, reader: HeadingReader) -> SheetContext:
    """What the titles of a table, the name of its sheet and that of its file say of it."""
    sheet = section.sheet
    stem = sheet.file.rsplit(".", 1)[0]
    around = (*section.titles, sheet.name, stem)
    term = NO_TERM
    for text in around:
        term = term.filled(reader.finder.find(text)[0])
    return SheetContext(
        file=sheet.file,
        sheet=sheet.name,
        words=" ".join(around),
        term=replace(term, year_group=None),
        year_group=term.year_group,
        class_name=class_named_by(section.titles, (sheet.name, stem)),
        subject=next(filter(None, map(reader.subject_of, around)), ""),
    )
