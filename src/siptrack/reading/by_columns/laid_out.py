"""A file with one table of plain rows laid out and dated, without a row of it being made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.by_columns.plain import PlainRows, PlainTable, plain_table
from siptrack.reading.calendar import HISTORY_YEARS, NEVER, Calendar, Dated, DatedColumns, of_now
from siptrack.reading.findings import Findings
from siptrack.reading.headings import SCHOOL_ROLES
from siptrack.reading.identity.years import report_of_today
from siptrack.reading.layout import Layouts
from siptrack.reading.numbered_terms import count_terms
from siptrack.reading.refusals import Refusals
from siptrack.reading.rows import Row
from siptrack.reading.schools import ALL, Schools, choose_school
from siptrack.reading.side_by_side import tables_apart, without_legend
from siptrack.reading.table import table_columns
from siptrack.reading.values import YearGroupReader
from siptrack.school.frame import numbered, numbers
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.reading.headings import HeadingReader
    from siptrack.reading.records.registry import Records
    from siptrack.reading.sheet import Sheet
    from siptrack.reading.calendar import Points
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Positions
    from siptrack.school.term import Term


class PlainFile(NamedTuple):
    """A table of plain rows, those of the school spoken of, and when each is of.

    In the layouts there is a row for each different thing that is said, with the numbers of all rows that say it.
    """

    plain: PlainTable
    rows: PlainRows
    layouts: Layouts
    schools: Schools
    school: str
    of_school: Texts  # of each pupil; empty where the file names none
    dated: Dated

    @property
    def pupil_of(self) -> Positions:
        """The pupil of each of the rows that are together one."""
        return self.rows.of_together(self.rows.pupil)

    @property
    def said_of(self) -> Positions:
        """The place of what each of these says, among what the rows of the layouts say."""
        place = np.full(len(self.plain.said), NONE)
        place[np.unique(self.rows.said)] = np.arange(len(self.layouts.rows))
        return place[self.rows.of_together(self.rows.said)]

    @property
    def first_row(self) -> Positions:
        """The number of the first row of each of these."""
        first = np.full(len(self.dated.rows), np.iinfo(np.int64).max)
        np.minimum.at(first, self.rows.together, self.rows.number)
        return first

    @property
    def years(self) -> DatedColumns:
        """The academic year and the year group of each of these."""
        return DatedColumns.of(self.dated.rows)


def lay_out_plain(
    sheets: Sequence[Sheet], records: Records, reader: HeadingReader, rules: Rules, findings: Findings
) -> PlainTable | None:
    """The one table of a file by columns; None where there is another sheet or table, or a row is not plain."""
    if len(sheets) != 1 or rules.pupils or records.find(sheets[0]) is not None:
        return None
    apart = tables_apart(sheets[0], reader)
    if apart.confused or apart.unread or len(apart.sections) != 1:
        return None
    section = without_legend(apart.sections[0])
    if Refusals(reader).of_labels(section):
        return None
    table = table_columns(section, reader, findings)
    return plain_table(table, reader, rules.columns, findings) if table.holds_results else None


def of_school(
    plain: PlainTable, rules: Rules, default_term: Term | None, school: str, findings: Findings
) -> PlainFile | None:
    """The rows of the school asked for, dated; None where something about their years has to be looked at.

    Raises ChoiceError where the file holds several schools and none is chosen.
    """
    schools, label, number = _schools(plain, rules)
    if schools.names and not label.known.all():
        return None
    chosen = choose_school(schools, school)
    rows = plain.rows
    if schools.names and chosen != ALL:
        kept = (label == chosen)[rows.pupil]
        place = plain.table.context.place
        findings.set_aside("rows", "of another school", *map(place, rows.number[~kept].tolist()))
        rows = rows.only(kept)
    layouts = Layouts([plain.table], _said(plain, rows), plain.written(rows), rows_read=len(plain.cells))
    count_terms(layouts, rules.columns.numbered_terms, findings)
    dated = _dated(layouts, plain, rows, rules, default_term, findings)
    layouts.rows = [row for row in layouts.rows if row.numbers]
    return dated and PlainFile(plain, rows, layouts, schools, chosen, label.filled(""), dated)


def _schools(plain: PlainTable, rules: Rules) -> tuple[Schools, Texts, Positions]:
    """The schools that the rows name, that of each pupil, and the number of what is written of it."""
    texts = [plain.pupils.texts[role] for role in SCHOOL_ROLES if role in plain.pupils.texts]
    pupils = plain.pupils.count
    number, first = numbered(texts) if texts else (np.zeros(pupils, np.int64), np.zeros(1, np.int64))
    counts = np.bincount(number[plain.rows.pupil], minlength=len(first)).tolist()
    roles = [role for role in SCHOOL_ROLES if role in plain.pupils.texts]
    said = [dict(zip(roles, those, strict=True)) for those in zip(*(text[first].tolist() for text in texts), strict=True)]
    rows = [Row(0, list(range(count)), of) for of, count in zip(said or [{}], counts, strict=True)]  # type: ignore[arg-type]  # none is missing
    schools = Schools([Layouts([plain.table], rows)], rules.columns, rules.matching)
    named = [schools.school_named(row.texts) or None for row in rows]
    return schools, Texts.of(named)[number], number


def _said(plain: PlainTable, rows: PlainRows) -> list[Row]:
    """A row for each different thing that is said, with the numbers of all rows that say it."""
    order = np.argsort(rows.said, kind="stable")
    ends = np.cumsum(np.bincount(rows.said, minlength=len(plain.said))).tolist()
    numbers_in_order = rows.number[order].tolist()
    parts = zip([0, *ends], ends, plain.said, strict=False)
    return [Row(0, numbers_in_order[first:end], texts) for first, end, texts in parts]


def _dated(
    layouts: Layouts,
    plain: PlainTable,
    rows: PlainRows,
    rules: Rules,
    default_term: Term | None,
    findings: Findings,
) -> Dated | None:
    """When everything is of; None where headings name year groups."""
    if any(slot.term.year_group is not None for slot in layouts.written.slots):
        return None
    calendar = Calendar(layouts, YearGroupReader(rules.years), default_term, findings)
    terms, known = calendar.terms()
    written, results = layouts.written, of_now(layouts, known)
    together = int(rows.together.max(initial=-1)) + 1
    years = terms[results] // SEASONS_IN_A_YEAR
    last = np.full(together, NEVER)
    np.maximum.at(last, written.row[results], years)
    history = layouts.tables[0].row_each_result or len(np.unique(years)) >= HISTORY_YEARS
    year = np.where(last != NEVER, last, calendar.reference_year(0)) if history else np.full(together, calendar.reference_year(0))
    groups = numbers(calendar.year_groups)[rows.of_together(rows.said)]
    if layouts.tables[0].row_each_result and _are_of_today(rows, year, groups, rules.matching.shared):
        report_of_today(layouts.tables[0], findings)
        groups = groups - (int(year[~np.isnan(groups)].max()) - year)
    return Dated(terms, known, DatedColumns(year, groups), calendar.newest)


def _are_of_today(rows: PlainRows, year: Positions, groups: Points, nearly_all: float) -> bool:
    """Whether nearly all pupils with rows of several school years have one year group in all of them.

    Of two that a pupil has in a school year, the one that stands last counts.
    """
    last = rows.of_together(rows.number)  # as later rows write over earlier ones
    order = np.argsort(last, kind="stable")[::-1]
    order = order[~np.isnan(groups[order])]
    pupil, year = rows.of_together(rows.pupil)[order], year[order]
    if not len(order):
        return False
    counted = numbered([pupil, year])[1]
    pupil, group = pupil[counted], groups[order][counted]
    number, _ = numbered([pupil])
    lowest, highest = np.full(number.max() + 1, np.inf), np.full(number.max() + 1, -np.inf)
    np.minimum.at(lowest, number, group)
    np.maximum.at(highest, number, group)
    several = np.bincount(number) > 1
    steady = int((several & (lowest == highest)).sum())
    return bool(several.any()) and steady >= nearly_all * int(several.sum())
