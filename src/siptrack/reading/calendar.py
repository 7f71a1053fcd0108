"""Which academic year and term each result belongs to, also where the heading leaves part of it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from siptrack.reading.findings import Findings
from siptrack.reading.layout import Layouts
from siptrack.reading.terms import TermParts
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader
from siptrack.reading.written import Slot
from siptrack.school.frame import numbers
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

    Points = NDArray[np.float64]

HISTORY_YEARS = 3  # a table of so many academic years is a history; one of fewer, a list of those who are here
NEVER = -1_000_000  # the last term of a row that holds no results
THIS_YEAR = 0  # the newest academic year of data that names none


class DatedRow(NamedTuple):
    """What the terms say of a row: its year group, and the academic year in which it had that year group."""

    academic_year: int
    year_group: int | None


class Dated(NamedTuple):
    """The term of each result by its number, whether it is `known`, in the order written; and each row's year."""

    terms: Positions
    known: Flags
    rows: Sequence[DatedRow]
    newest: int


def date_results(layouts: Layouts, reader: YearGroupReader, default: Term | None, findings: Findings) -> Dated:
    """Dates every result and row; `default` is the term of results which name none."""
    calendar = Calendar(layouts, reader, default, findings)
    terms, known = calendar.terms()
    return Dated(terms, known, calendar.rows(terms, known), calendar.newest)


def of_now(layouts: Layouts, known: Flags) -> Flags:
    """Which of all that is written are results, and no targets, of a term that is known."""
    results: Flags = known & ~layouts.written.is_target
    return results


class DatedColumns(Sequence[DatedRow]):
    """The same of many rows as columns: of each its academic year, and its year group, which is NaN where unknown."""

    def __init__(self, academic_year: Positions, year_group: Points) -> None:
        self.academic_year, self.year_group = academic_year, year_group

    def __len__(self) -> int:
        return len(self.academic_year)

    @overload
    def __getitem__(self, at: int) -> DatedRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[DatedRow]: ...
    def __getitem__(self, at: int | slice) -> DatedRow | list[DatedRow]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        group = self.year_group[at]
        return DatedRow(int(self.academic_year[at]), None if np.isnan(group) else int(group))

    @classmethod
    def of(cls, rows: Sequence[DatedRow]) -> DatedColumns:
        """These rows as columns."""
        if isinstance(rows, DatedColumns):
            return rows
        years = np.array([row.academic_year for row in rows], dtype=np.int64)
        return cls(years, numbers(row.year_group for row in rows))


class Calendar:
    """When everything is of that sheets hold, by what their results and rows name.

    `every` are the slots of all that the file holds, where the layouts are a part of it.
    """

    def __init__(
        self,
        layouts: Layouts,
        reader: YearGroupReader,
        default: Term | None,
        findings: Findings,
        every: Collection[Slot] | None = None,
    ) -> None:
        self.layouts, self.reader, self.findings = layouts, reader, findings
        if default is not None:
            filling = TermParts(default.season, default.academic_year if default.dated else None)

            def filled(slot: Slot) -> Slot:
                of_term = slot.term.season in (None, default.season)
                return slot._replace(term=slot.term.filled(filling)) if of_term else slot

            layouts.written = replace(layouts.written, slots=list(map(filled, layouts.written.slots)))
            beside = [filled(slot) if slot.is_age else slot for slot in layouts.beside.slots]
            layouts.beside = replace(layouts.beside, slots=beside)
        self.slots = layouts.written.slots
        self.every: Collection[Slot] = self.slots if every is None else every
        self.years = self._years_by_sheet()
        stated = [year for years in self.years.values() for year in years]
        aimed_at = [slot.term.academic_year for slot in self.every if slot.term.academic_year is not None]
        self.dated = bool(aimed_at)
        self.newest = max(stated or aimed_at, default=THIS_YEAR)
        self.heading_years = self._newest_heading_years()
        self.of_tests = self._years_of_tests()

    def _years_by_sheet(self) -> dict[int, set[int]]:
        """The academic years that each sheet's results name; a target lies ahead and tells nothing of now."""
        years: dict[int, set[int]] = {}
        for slot in self.every:
            if slot.term.academic_year is not None and not slot.is_target:
                years.setdefault(slot.table, set()).add(slot.term.academic_year)
        return years

    def _years_of_tests(self) -> Positions:
        """The academic year of each slot of ages in a sheet without results, which is of the time of its tests."""
        with_results = {slot.table for slot in self.slots}
        years = np.full(len(self.layouts.beside.slots), NEVER)
        for at, slot in enumerate(self.layouts.beside.slots):
            if slot.is_age and slot.table not in with_results and slot.term.academic_year is not None:
                years[at] = slot.term.academic_year
                self.years.setdefault(slot.table, set()).add(slot.term.academic_year)
        return years

    def _newest_heading_years(self) -> dict[int, int]:
        """The highest year group that a sheet's headings name, where all of them name one, as in `Y5 Summer`.

        A baseline (KS1) beside results of this year says nothing of the year group that the children are in now.
        """
        highest: dict[int, int] = {}
        others: set[int] = set()
        for slot in self.every:
            if slot.term.year_group is not None:
                highest[slot.table] = max(slot.term.year_group, highest.get(slot.table, slot.term.year_group))
            elif not slot.is_target:
                others.add(slot.table)
        return {sheet: year for sheet, year in highest.items() if sheet not in others}

    def reference_year(self, sheet: int) -> int:
        """The academic year that a sheet's year groups are of."""
        stated = self.layouts.tables[sheet].context.term.academic_year
        return stated if stated is not None else max(self.years.get(sheet, {self.newest}))

    def _year_group(self, row: int) -> int | None:
        """The year group of a row: from its column, else its class, else the sheet, else the newest heading."""
        texts, sheet = self.layouts.rows[row].texts, self.layouts.rows[row].table
        context = self.layouts.tables[sheet].context
        stated = self.reader.read(texts.get("year_group", ""))
        if stated is not None and stated != OUT_OF_RANGE:
            return stated
        by_class = self.reader.of_class(texts.get("class", ""))
        if by_class is not None:
            return by_class
        return context.year_group if context.year_group is not None else self.heading_years.get(sheet)

    def terms(self) -> tuple[Positions, Flags]:
        """The number of each result's term, and whether it is known; where not, there is one problem a column."""
        written = self.layouts.written
        season = numbers(slot.term.season for slot in self.slots)[written.slot]
        year = written.each(self._year)
        if any(map(_of_a_year_group, self.slots)):
            now = numbers(self.year_groups)[written.row]
            of_group = numbers(slot.term.year_group if _of_a_year_group(slot) else None for slot in self.slots)
            year = year - np.where(np.isnan(of_group[written.slot]), 0, now - of_group[written.slot])
        number = year * SEASONS_IN_A_YEAR + season
        known = ~np.isnan(number)
        self._report_unknown(written.slot[~known].tolist())
        return np.where(known, number, 0).astype(np.int64), known

    def _year(self, slot: Slot) -> float:
        """The academic year of a slot, or, where its heading names a year group, the one of which the rows' own are."""
        if slot.term.academic_year is not None:
            return slot.term.academic_year
        if slot.term.year_group is not None:
            return self.reference_year(slot.table)
        return np.nan if self.dated else THIS_YEAR

    @cached_property
    def year_groups(self) -> Sequence[int | None]:
        """The year group of each row."""
        return list(map(self._year_group, range(len(self.layouts.rows))))

    def _report_unknown(self, unknown: Iterable[int]) -> None:
        """Say once a column why the terms of its results are not known, by the numbers of their slots."""
        first: dict[tuple[int, int], Slot] = {}
        for slot in map(self.slots.__getitem__, dict.fromkeys(unknown)):
            first.setdefault((slot.table, slot.column), slot)
        for slot in first.values():
            if slot.term.season is None:
                why = "no term"
            elif slot.term.year_group is not None:
                why = "a year group in the heading, and none beside the pupils"
            else:
                why = "no year beside the term, while other results name theirs"
            table = self.layouts.tables[slot.table]
            place = table.context.place(column=slot.column)
            found = f"'{table.heading(slot.column - 1)}', with {why}"
            self.findings.add("no-term", place, found, "a term and year such as Autumn 2025")

    def rows(self, terms: Positions, known: Flags) -> list[DatedRow]:
        """Each row's year group and the academic year it is of.

        That is the table's own newest year; where each result has a row of its own, or in a history of many years in
        which leavers stay, that of the row's last result.
        """
        written, results = self.layouts.written, of_now(self.layouts, known)
        years = terms[results] // SEASONS_IN_A_YEAR
        last = np.full(len(self.layouts.rows), NEVER)
        np.maximum.at(last, written.row[results], years)
        beside = self.layouts.beside
        np.maximum.at(last, beside.row, self.of_tests[beside.slot])
        table = written.each(lambda slot: slot.table)[results]
        spans = Counter(table for table, _ in set(zip(table.tolist(), years.tolist(), strict=True)))
        dated = []
        for row, year_group, its_last in zip(self.layouts.rows, self.year_groups, last.tolist(), strict=True):
            newest = self.reference_year(row.table)
            of_its_own = self.layouts.tables[row.table].row_each_result
            history = of_its_own or spans[row.table] >= HISTORY_YEARS
            year = its_last if history and its_last != NEVER else newest
            by_heading = row.table in self.heading_years and row.table not in self.years
            later = self.reference_year(row.table) - year if by_heading else 0
            dated.append(DatedRow(year, None if year_group is None else year_group - later))
        return dated


def _of_a_year_group(slot: Slot) -> bool:
    """Whether a heading names a year group and no year, as `Y3 Summer` does."""
    return slot.term.year_group is not None and slot.term.academic_year is None
