"""A file with one table of plain rows laid out and dated, without a row of it being made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.by_columns.plain import PlainRows, PlainTable, numbered_by, plain_table
from siptrack.reading.calendar import HISTORY_YEARS, NEVER, Calendar, Dated, DatedColumns, of_now
from siptrack.reading.formats.limits import MOST_CELLS
from siptrack.reading.headings import SCHOOL_ROLES
from siptrack.reading.identity.mentions import birthday
from siptrack.reading.identity.years import child_of, report_of_today
from siptrack.reading.layout import Layouts
from siptrack.reading.numbered_terms import count_terms
from siptrack.reading.refusals import Refusals
from siptrack.reading.rows import Row
from siptrack.reading.schools import ALL, Schools, choose_school
from siptrack.reading.side_by_side import tables_apart, without_legend
from siptrack.reading.table import table_columns
from siptrack.reading.values import YearGroupReader
from siptrack.school.frame import numbered, numbers, standing
from siptrack.school.register import STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from siptrack.reading.by_columns.whole_file import WholeFile
    from siptrack.reading.calendar import Points
    from siptrack.reading.findings import Findings
    from siptrack.reading.grid import GridRows
    from siptrack.reading.headings import HeadingReader
    from siptrack.reading.records.registry import Records
    from siptrack.reading.sheet import Sheet
    from siptrack.reading.table import TableColumns
    from siptrack.reading.written import WrittenResults
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Positions
    from siptrack.school.term import Term
    from siptrack.school.texts import Flags


class OfSchools(NamedTuple):
    """The schools of a file, that of each row, missing where it names none, and the one spoken of."""

    schools: Schools
    label: Texts
    school: str


class Steady(NamedTuple):
    """How many pupils have rows of `several` school years, and how many of them one year group in all: `steady` ones.

    `year` is the newest school year beside which a year group stands.
    """

    several: int
    steady: int
    year: int

    def of_today(self, nearly_all: float) -> int | None:
        """The school year that all year groups are of: nearly all pupils have one in all their school years."""
        return self.year if self.several > 0 and self.steady >= nearly_all * self.several else None

    def beside(self, other: Steady) -> Steady:
        """Those of other rows, of other pupils, with these."""
        return Steady(self.several + other.several, self.steady + other.steady, max(self.year, other.year))


@dataclass(frozen=True)
class PlainFile:
    """A table of plain rows, those of the school spoken of, and when each is of.

    `others` are the rows of the schools in which it has to be weighed whose a row is; they follow those that are
    together, and so do their years. In the layouts there is a row for each different thing that plain rows say, with
    the numbers of all rows that say it, and then the others.
    """

    plain: PlainTable
    rows: PlainRows
    others: Sequence[Row]
    layouts: Layouts
    schools: Schools
    school: str
    of_school: Texts  # of each pupil of plain rows; empty where the file names none
    dated: Dated
    steady: Steady
    whole: WholeFile | None = None  # what the whole file says, where these rows are a part of it

    @cached_property
    def pupil_of(self) -> Positions:
        """The pupil of each of the rows that are together one."""
        return self.rows.of_together(self.rows.pupil)

    @cached_property
    def wording_of(self) -> Positions:
        """The place of what each of these and of the others says, among what the rows of the layouts say."""
        different = len(self.layouts.rows) - len(self.others)
        place = np.full(len(self.plain.wording), NONE)
        place[standing(self.rows.wording)] = np.arange(different)
        return np.concatenate(
            [place[self.rows.of_together(self.rows.wording)], np.arange(different, len(self.layouts.rows))]
        )

    @cached_property
    def first_row(self) -> Positions:
        """The number of the first row of each of these and of the others."""
        first = np.empty(self.rows.how_many, dtype=np.int64)
        first[self.rows.together[::-1]] = self.plain.numbers(self.rows)[
            ::-1
        ]  # from the last up, so that the first stays
        return np.concatenate([first, np.array([row.number for row in self.others], dtype=np.int64)])

    @cached_property
    def years(self) -> DatedColumns:
        """The academic year and the year group of each of these and of the others."""
        return DatedColumns.of(self.dated.rows)

    @cached_property
    def class_written(self) -> Texts:
        """The class that each row names, as it is written."""
        named = Texts.of(row.texts.get("class", "") for row in self.layouts.rows)
        return named[self.wording_of[: self.rows.how_many]]

    def birthdays(self, rules: Rules) -> Texts:
        """When each pupil is born; missing where that is not to be believed, empty where nothing is said."""
        pupils = self.plain.pupils
        written = pupils.texts.get("date_of_birth", Texts.every("", pupils.how_many))
        return written.renamed(lambda text: birthday(text, self.dated.newest, rules))

    @cached_property
    def first_and_last(self) -> tuple[Positions, Positions]:
        """The first and the last term in which each row has a result; without, STILL_HERE and NEVER."""
        written, results = self.layouts.written, of_now(self.layouts, self.dated.known)
        row, term = written.row[results], self.dated.terms[results]
        first, last = (np.full(len(self.dated.rows), never) for never in (STILL_HERE, NEVER))
        np.minimum.at(first, row, term)
        np.maximum.at(last, row, term)
        return first, last

    def of_others(self) -> tuple[Layouts, Dated]:
        """The other rows alone, laid out and dated."""
        plain = self.rows.how_many
        position = np.full(plain + len(self.others), NONE)
        position[plain:] = np.arange(len(self.others))
        theirs = self.layouts.written.row >= plain
        written = self.layouts.written.in_rows(position)
        several = len(self.schools.names) > 1 and self.school == ALL
        layouts = Layouts(self.layouts.tables, list(self.others), written, of_several_schools=several)
        years = list(self.dated.rows[plain:])
        return layouts, Dated(self.dated.terms[theirs], self.dated.known[theirs], years, self.dated.newest)


def lay_out_plain(
    sheets: Sequence[Sheet], records: Records, reader: HeadingReader, rules: Rules, findings: Findings
) -> PlainTable | None:
    """The one table of a file by columns; None where there is another sheet or table, or a row is not plain."""
    table = single_table(sheets, records, reader, rules, findings)
    return None if table is None else plain_table(table, reader, rules.columns, findings)


def single_table(
    sheets: Sequence[Sheet], records: Records, reader: HeadingReader, rules: Rules, findings: Findings
) -> TableColumns | None:
    """The one table of results that the sheets hold; None where there is another, or what is no table."""
    if len(sheets) != 1 or rules.pupils or records.find(sheets[0]) is not None:
        return None
    apart = tables_apart(sheets[0], reader)
    if apart.confused or apart.unread or len(apart.sections) != 1:
        return None
    section = without_legend(apart.sections[0])
    if Refusals(reader).of_labels(section):
        return None
    table = table_columns(section, reader, findings)
    return table if table.holds_results else None


def of_school(
    plain: PlainTable,
    rules: Rules,
    default_term: Term | None,
    school: str,
    doubted: Collection[str],
    findings: Findings,
) -> PlainFile | None:
    """The rows of the school asked for, dated; None where the file cannot be taken apart by schools that are plain.

    `doubted` are schools that are known not to be so.
    Raises ChoiceError where the file holds several schools and none is chosen.
    """
    schools, label = schools_of(plain.table, plain.cells, rules)
    named = not schools.names or label.known.all()
    odd = label.isin({*label[plain.odd].distinct(), *doubted})
    some_odd = bool(plain.odd.any() or doubted)
    if not named or odd.all() or (some_odd and not (schools.names and plain.table.row_each_result)):
        return None
    chosen = choose_school(schools, school)
    spoken_of = (label == chosen) if schools.names and chosen != ALL else np.ones(len(odd), dtype=np.bool_)
    place = plain.table.context.place
    findings.set_aside("rows", "of another school", *map(place, plain.cells.number[~spoken_of].tolist()))
    of = OfSchools(schools, label, chosen)
    return laid_out(plain, of, (spoken_of & ~odd, spoken_of & odd), rules, default_term, findings)


def laid_out(
    plain: PlainTable,
    of: OfSchools,
    which: tuple[Flags, Flags],
    rules: Rules,
    default_term: Term | None,
    findings: Findings,
    whole: WholeFile | None = None,
) -> PlainFile | None:
    """These rows, `which` are the plain ones and those to be weighed, dated; None where that cannot be.

    `whole` is what the whole file says, of which these rows are a part.
    """
    kept, odd = which
    rows, here = plain.rows.only(kept), np.flatnonzero(odd)
    if len(here) * (len(plain.cells.columns) + 1) > MOST_CELLS:
        return None
    others, beside = _looked_at(plain, here, of.label, rows.how_many)
    if sum(len(row.numbers) for row in others) < len(here):
        return None  # some are about no pupil
    written = plain.written(rows).beside(beside).as_met()
    layouts = Layouts([plain.table], [*_wordings(plain, rows), *others], written, rows_read=len(plain.cells))
    count_terms(layouts, rules.columns.numbered_terms, findings)
    found = _dated(layouts, rows, others, rules, default_term, findings, whole)
    layouts.rows = [row for row in layouts.rows if row.numbers]
    of_pupil = np.zeros(plain.pupils.how_many, dtype=np.int64)
    of_pupil[plain.rows.pupil] = np.arange(len(of.label))
    of_school = of.label.filled("")[of_pupil]
    return found and PlainFile(plain, rows, others, layouts, of.schools, of.school, of_school, *found, whole)


def _looked_at(plain: PlainTable, positions: Positions, label: Texts, first: int) -> tuple[list[Row], WrittenResults]:
    """These rows made one after the other, with what is written in them; their positions count from `first`."""
    plain.reader.look_at(plain.cells.numbered(positions), whole=plain.cells)
    school = dict(zip(plain.cells.number[positions].tolist(), label[positions].tolist(), strict=True))
    places: dict[int, int] = {}  # by the identity of rows
    made: list[Row] = []
    for row, results, _ in plain.reader.together():
        at = places.setdefault(id(row), len(made))
        if at == len(made):
            made.append(row)
        for slot, text in results:
            plain.writing.add(first + at, row.numbers[-1], slot, text)
    return [row._replace(school=school[row.number] or "") for row in made], plain.writing.as_added()


def schools_of(table: TableColumns, cells: GridRows, rules: Rules) -> tuple[Schools, Texts]:
    """The schools that the rows name, and that of each row; missing where it names none."""
    roles = [role for role in SCHOOL_ROLES if role in table.roles]
    number, first = numbered_by([table.roles[role] for role in roles], cells)
    counts = np.bincount(number, minlength=len(first)).tolist()
    wording = [{role: of[table.roles[role]] for role in roles} for _, of in cells.numbered(first)]
    rows = [Row(0, range(count), of) for of, count in zip(wording, counts, strict=True)]
    schools = Schools([Layouts([table], rows)], rules.columns, rules.matching)
    return schools, Texts.of(schools.school_named(row.texts) or None for row in rows)[number]


def _wordings(plain: PlainTable, rows: PlainRows) -> list[Row]:
    """A row for each different thing that is said, with the numbers of all rows that say it."""
    order = np.argsort(rows.wording, kind="stable")
    ends = np.cumsum(np.bincount(rows.wording, minlength=len(plain.wording))).tolist()
    numbers_in_order = plain.numbers(rows)[order].tolist()
    parts = zip([0, *ends], ends, plain.wording, strict=False)
    return [Row(0, numbers_in_order[first:end], texts) for first, end, texts in parts]


def _dated(
    layouts: Layouts,
    rows: PlainRows,
    others: Sequence[Row],
    rules: Rules,
    default_term: Term | None,
    findings: Findings,
    whole: WholeFile | None,
) -> tuple[Dated, Steady] | None:
    """When everything is of, and how steady its year groups are; None where headings name year groups."""
    if any(slot.term.year_group is not None for slot in layouts.written.slots):
        return None
    calendar = Calendar(layouts, YearGroupReader(rules.years), default_term, findings, whole and whole.slots)
    terms, known = calendar.terms()
    written, results = layouts.written, of_now(layouts, known)
    years = terms[results] // SEASONS_IN_A_YEAR
    last = np.full(rows.how_many + len(others), NEVER)
    np.maximum.at(last, written.row[results], years)
    newest = calendar.reference_year(0)
    history = layouts.tables[0].row_each_result or len(np.unique(years)) >= HISTORY_YEARS
    year = np.where(last != NEVER, last, newest) if history else np.full(len(last), newest)
    own = np.arange(len(layouts.rows) - len(others), len(layouts.rows))
    groups = numbers(calendar.year_groups)[np.concatenate([rows.of_together(rows.wording), own])]
    steady = _steady(rows, others, year, groups)
    of_today = steady.of_today(rules.matching.shared) if whole is None else whole.of_today
    if layouts.tables[0].row_each_result and of_today is not None:
        report_of_today(layouts.tables[0], findings)
        groups = groups - (of_today - year)
    return Dated(terms, known, DatedColumns(year, groups), calendar.newest), steady


def _steady(rows: PlainRows, others: Sequence[Row], year: Positions, groups: Points) -> Steady:
    """How steady the year groups are. Of two that a pupil has in a school year, the one that stands last counts."""
    known = ~np.isnan(groups)
    newest = int(year[known].max(initial=NEVER))
    if (year[known] == newest).all():
        return Steady(0, 0, newest)
    child: dict[object, int] = {}
    theirs = [child.setdefault(child_of(row), len(child)) + int(rows.pupil.max(initial=NONE)) + 1 for row in others]
    last = [*rows.of_together(rows.at).tolist(), *(row.numbers[-1] for row in others)]
    order = np.argsort(np.array(last), kind="stable")[::-1]
    order = order[~np.isnan(groups[order])]
    pupil, year = np.concatenate([rows.of_together(rows.pupil), np.array(theirs, np.int64)])[order], year[order]
    counted = numbered([pupil, year])[1]
    pupil, group = pupil[counted], groups[order][counted]
    number, _ = numbered([pupil])
    lowest, highest = np.full(number.max() + 1, np.inf), np.full(number.max() + 1, -np.inf)
    np.minimum.at(lowest, number, group)
    np.maximum.at(highest, number, group)
    several = np.bincount(number) > 1
    return Steady(int(several.sum()), int((several & (lowest == highest)).sum()), newest)
