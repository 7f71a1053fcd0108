"""Which academic year and term each result belongs to, also where the heading leaves part of it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from siptrack.reading.findings import Findings
from siptrack.reading.layout import Layouts
from siptrack.reading.rows import Written
from siptrack.reading.terms import TermParts
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader
from siptrack.school.term import Term

HISTORY_YEARS = 3  # a table of so many academic years is a history; one of fewer, a list of those who are here
THIS_YEAR = 0  # the newest academic year of data that names none


@dataclass(frozen=True)
class DatedRow:
    """What the terms say of a row: its year group, and the academic year in which it had that year group."""

    academic_year: int
    year_group: int | None


@dataclass(frozen=True)
class Dated:
    """The term of each result (None where it cannot be known), in the order written, and each row's year."""

    terms: Sequence[Term | None]
    rows: Sequence[DatedRow]
    newest: int


def date_results(layouts: Layouts, reader: YearGroupReader, default: Term | None, findings: Findings) -> Dated:
    """Dates every result and row; `default` is the term of results which name none."""
    calendar = _Calendar(layouts, reader, default, findings)
    terms = [calendar.term(written) for written in layouts.written]
    return Dated(terms, calendar.rows(terms), calendar.newest)


def dated_results(layouts: Layouts, terms: Sequence[Term | None]) -> Iterator[tuple[Written, Term]]:
    """The results, without targets, whose term is known, each with it; `terms` has one for all that is written."""
    for written, term in zip(layouts.written, terms, strict=True):
        if term is not None and not written.is_target:
            yield written, term


class _Calendar:
    def __init__(self, layouts: Layouts, reader: YearGroupReader, default: Term | None, findings: Findings) -> None:
        self.layouts, self.reader, self.default, self.findings = layouts, reader, default, findings
        if default is not None:
            filling = TermParts(default.season, default.academic_year if default.dated else None)
            layouts.written = [
                replace(w, term=w.term.filled(filling)) if w.term.season in (None, default.season) else w
                for w in layouts.written
            ]
        self.years = self._years_by_sheet()
        stated = [year for years in self.years.values() for year in years]
        aimed_at = [w.term.academic_year for w in layouts.written if w.term.academic_year is not None]
        self.dated = bool(aimed_at)
        self.newest = max(stated or aimed_at, default=THIS_YEAR)
        self.heading_years = self._newest_heading_years()
        self.said: set[tuple[int, int]] = set()

    def _years_by_sheet(self) -> dict[int, set[int]]:
        """The academic years that each sheet's results name; a target lies ahead and tells nothing of now."""
        years: dict[int, set[int]] = {}
        for written in self.layouts.written:
            if written.term.academic_year is not None and not written.is_target:
                years.setdefault(self.layouts.rows[written.row].table, set()).add(written.term.academic_year)
        return years

    def _newest_heading_years(self) -> dict[int, int]:
        """The highest year group that a sheet's headings name, where all of them name one, as in `Y5 Summer`.

        A baseline (KS1) beside results of this year says nothing of the year group that the children are in now.
        """
        highest: dict[int, int] = {}
        others: set[int] = set()
        for written in self.layouts.written:
            sheet = self.layouts.rows[written.row].table
            if written.term.year_group is not None:
                highest[sheet] = max(written.term.year_group, highest.get(sheet, written.term.year_group))
            elif not written.is_target:
                others.add(sheet)
        return {sheet: year for sheet, year in highest.items() if sheet not in others}

    def reference_year(self, sheet: int) -> int:
        """The academic year that a sheet's year groups are of."""
        stated = self.layouts.tables[sheet].context.term.academic_year
        return stated if stated is not None else max(self.years.get(sheet, {self.newest}))

    def year_group(self, row: int) -> int | None:
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

    def term(self, written: Written) -> Term | None:
        """The term of a result; None, and a problem said once a column, where it cannot be known."""
        parts, sheet = written.term, self.layouts.rows[written.row].table
        if parts.season is None:
            self._report_unknown(written, sheet, "no term")
            return None
        if parts.academic_year is not None:
            return Term(parts.academic_year, parts.season)
        if parts.year_group is not None:
            now = self.year_group(written.row)
            if now is None:
                self._report_unknown(written, sheet, "a year group in the heading, and none beside the pupils")
                return None
            return Term(self.reference_year(sheet) - (now - parts.year_group), parts.season)
        if self.dated:
            self._report_unknown(written, sheet, "no year beside the term, while other results name theirs")
            return None
        return Term(THIS_YEAR, parts.season)

    def _report_unknown(self, written: Written, sheet: int, found: str) -> None:
        if (sheet, written.column) not in self.said:
            self.said.add((sheet, written.column))
            table = self.layouts.tables[sheet]
            found = f"'{table.heading(written.column - 1)}', with {found}"
            place = table.context.place(column=written.column)
            self.findings.add("no-term", place, found, "a term and year such as Autumn 2025")

    def rows(self, terms: Sequence[Term | None]) -> list[DatedRow]:
        """Each row's year group and the academic year it is of.

        That is the table's own newest year; where each result has a row of its own, or in a history of many years in
        which leavers stay, that of the row's last result.
        """
        last: dict[int, int] = {}
        spans: dict[int, set[int]] = {}
        for written, term in dated_results(self.layouts, terms):
            last[written.row] = max(term.academic_year, last.get(written.row, term.academic_year))
            spans.setdefault(self.layouts.rows[written.row].table, set()).add(term.academic_year)
        dated = []
        for index, row in enumerate(self.layouts.rows):
            year_group = self.year_group(index)
            newest = self.reference_year(row.table)
            of_its_own = self.layouts.tables[row.table].row_each_result
            history = of_its_own or len(spans.get(row.table, ())) >= HISTORY_YEARS
            year = last.get(index, newest) if history else newest
            if row.table in self.heading_years and row.table not in self.years and year_group is not None:
                year_group -= self.reference_year(row.table) - year
            dated.append(DatedRow(year, year_group))
        return dated
