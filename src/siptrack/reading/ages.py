"""The ages that tests of reading and spelling gave pupils, with the day of each and the own age written beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from siptrack.reading.age_cells import Age, AgeColumn
from siptrack.reading.age_headings import MONTHS, YEARS
from siptrack.reading.findings import Findings
from siptrack.reading.headings import Meaning
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.layout import Layouts
from siptrack.reading.percents import year_of
from siptrack.reading.spelling import tight, words
from siptrack.reading.terms import term_on
from siptrack.reading.values import read_date
from siptrack.reading.written import Slot
from siptrack.rules.model import Rules
from siptrack.school.ages import OWN_AGE, TEST_DATE, AgeResult, day_in, months_old
from siptrack.school.place import Place
from siptrack.school.term import Term

_Column: TypeAlias = "tuple[int, int]"  # the number of a table, and of a column in it, counted from 1
_SHOWN = 2


class _Cell(NamedTuple):
    """A cell of a known pupil's row: where the row stands among all, the slot, and the text."""

    at: int
    number: int
    slot: Slot
    text: str


class _Time(NamedTuple):
    """When a test was: the number of its term, and its day or month as far as it is known."""

    term: int
    tested: str


def read_ages(
    rows: Sequence[PupilRow], born: Mapping[str, str], layouts: Layouts, rules: Rules, findings: Findings
) -> list[AgeResult]:
    """Every age of the pupils who are known, in order of time; `rows` are all rows, `born` the birthdays."""
    if not any(slot.is_age for slot in layouts.beside.slots):
        return []
    return _Reader(rows, born, layouts, rules, findings).read()


class _Reader:
    """Reads what stands in the columns of ages and beside them."""

    def __init__(
        self, rows: Sequence[PupilRow], born: Mapping[str, str], layouts: Layouts, rules: Rules, findings: Findings
    ) -> None:
        self.rows, self.born, self.layouts, self.rules, self.findings = rows, born, layouts, rules, findings
        nothing = [text for code in rules.columns.no_mark for text in (code.code, *code.spellings)]
        self.nothing = set(map(tight, nothing))
        self.columns: defaultdict[_Column, list[_Cell]] = defaultdict(list)
        for cell in self._cells():
            self.columns[cell.slot.table, cell.slot.column].append(cell)
        self.read_as = {
            column: self._understood(column, cells)
            for column, cells in self.columns.items()
            if self._meaning(column).name != TEST_DATE
        }

    def _cells(self) -> Iterator[_Cell]:
        for at, number, slot, text in self.layouts.beside.cells():
            if text and slot.is_age and self.rows[at].who is not None and tight(text) not in self.nothing:
                yield _Cell(at, number, slot, text)

    def read(self) -> list[AgeResult]:
        """The ages, in order of pupil, kind and time."""
        of_kinds = [column for column in self.columns if self._meaning(column).name in self.rules.ages.kinds]
        found = [age for column in of_kinds for age in self._column(column)]
        for column in self.columns:
            if self._meaning(column).name == TEST_DATE:
                self._report_odd_days(column)
        once = sorted(each_once(found, self.findings), key=_in_order)
        self._report_own_ages(once)
        return once

    def _column(self, column: _Column) -> Iterator[AgeResult]:
        """The ages of a column that have a time."""
        meaning, read = self._meaning(column), self.read_as[column]
        own, days = (self._beside(column, name) for name in (OWN_AGE, TEST_DATE))
        own_as = self.read_as.get((column[0], self._column_beside(column, OWN_AGE) or 0), {})
        timeless: list[_Cell] = []
        for cell in self.columns[column]:
            age, when = read.get(cell.text), self._when(cell, days.get(cell.number, ""))
            if age is not None and when is None:
                timeless.append(cell)
            elif age is not None and when is not None:
                beside = own_as.get(own.get(cell.number, ""))
                yield AgeResult(
                    *(self.rows[cell.at].pupil, meaning.name, meaning.group, when.term, when.tested),
                    *(age.months, age.limit, cell.text, beside.months if beside and not beside.limit else None),
                    *self._place(column, cell.number),
                )
        if timeless:
            found = f"'{self._heading(column)}', with no term and no day of the test for {_counted(timeless)}"
            self.findings.add("no-term", self._place(column), found, "a term and year, or a column Date of test")

    def _understood(self, column: _Column, cells: Sequence[_Cell]) -> Mapping[str, Age]:
        """The age of each text of a column that is one; what is none is reported once."""
        meaning, texts = self._meaning(column), dict.fromkeys(cell.text for cell in cells)
        reader = AgeColumn(texts, meaning.measure, self.rules, short=self._is_short(column))
        in_two = self._years_beside_months(column)
        read = {} if in_two else {text: age for text in texts if (age := reader.read(text)) is not None}
        unread = [cell for cell in cells if cell.text not in read]
        if unread:
            such_as = " and ".join(f"'{text}'" for text in [text for text in texts if text not in read][:_SHOWN])
            why = "years in one column and months in another" if in_two else reader.why_not
            found = f"'{self._heading(column)}': {_counted(unread)} not read, such as {such_as}{why and f' ({why})'}"
            self.findings.add("age-unread", self._place(column, unread[0].number), found, "an age such as 7:06")
        return read

    def _is_short(self, column: _Column) -> bool:
        """Whether a heading is letters alone that may stand for anything else, such as RA."""
        says, kind = self._says(column), self.rules.ages.kinds.get(self._meaning(column).name, self.rules.ages.own)
        short, full = ([f" {words(text)} " in says for text in texts] for texts in (kind.short, kind.headings))
        return any(short) and not any(full)

    def _years_beside_months(self, column: _Column) -> bool:
        """Whether an age is in two columns of the table, its years in one and its months in another."""
        meaning = self._meaning(column)
        alike = (each for each in self._ages(column).values() if each._replace(measure=meaning.measure) == meaning)
        units = {each.measure for each in alike}
        return units >= {MONTHS, YEARS} and meaning.measure in (MONTHS, YEARS)

    def _ages(self, column: _Column) -> Mapping[int, Meaning]:
        return self.layouts.tables[column[0]].ages

    def _beside(self, column: _Column, name: str) -> Mapping[int, str]:
        """What stands in the column of this name beside one of ages, by the number of the row."""
        beside = self._column_beside(column, name)
        cells = self.columns.get((column[0], beside or 0), ())
        return {cell.number: cell.text for cell in cells}

    def _column_beside(self, column: _Column, name: str) -> int | None:
        """The one column of this name that speaks of the same time; None where there is none, or several are.

        One that names no time speaks of the ages only where they are all of one time.
        """
        ages, own = self._ages(column), self._meaning(column)
        there = {at + 1: meaning for at, meaning in ages.items() if meaning.name == name}
        same = [at for at, meaning in there.items() if meaning.term == own.term and self._is_of(at, column)]
        times = {meaning.term for meaning in ages.values() if meaning.name in self.rules.ages.kinds}
        if not same and len(times) == 1:
            same = [at for at in there if self._is_of(at, column)]
        return same[0] if len(same) == 1 else None

    def _is_of(self, beside: int, column: _Column) -> bool:
        """Whether a column beside ages may be of these: `RA date` is of no spelling age."""
        kinds, says = self.rules.ages.kinds, self._says((column[0], beside))
        named = {
            key
            for key, kind in kinds.items()
            if any(f" {words(text)} " in says for text in (key, *kind.headings, *kind.short))
        }
        return not named or self._meaning(column).name in named

    def _when(self, cell: _Cell, on: str) -> _Time | None:
        """When a test was: by the day beside it, else that of the row, else by the term; None where nothing says."""
        day = read_date(on, self.rules.columns.date_formats) if on else None
        if day is None and cell.slot.day:
            day = date.fromordinal(cell.slot.day)
        if day is not None:
            return _Time(term_on(day, self.rules.columns.season_months).number, day.isoformat())
        term, row = cell.slot.term, self.rows[cell.at]
        if term.season is None:
            return None
        year = year_of(row, cell.slot)
        of = Term(row.academic_year if year is None else year, term.season)
        if term.month is None or not of.dated:
            return _Time(of.number, "")
        return _Time(of.number, f"{of.year_of(term.month)}-{term.month:02d}")

    def _report_odd_days(self, column: _Column) -> None:
        """Say once of a column of days which of its cells are none."""
        odd = [cell for cell in self.columns[column] if read_date(cell.text, self.rules.columns.date_formats) is None]
        if odd:
            found = f"'{self._heading(column)}': {_counted(odd)} not read, such as '{odd[0].text}'"
            self.findings.add("age-unread", self._place(column, odd[0].number), found, "a day such as 12/09/2025")

    def _report_own_ages(self, ages: Iterable[AgeResult]) -> None:
        """Ask once a column about own ages as written that are not those of the birthdays."""
        apart: defaultdict[tuple[str, str, int], list[AgeResult]] = defaultdict(list)
        for age in sorted(ages, key=lambda age: age.row):
            born, tested = day_in(self.born.get(age.pupil, "")), day_in(age.tested)
            own = None if age.own_months is None else round(age.own_months)
            if born and tested and own is not None and own not in self._near(months_old(born, tested)):
                apart[age.file, age.sheet, age.column].append(age)
        for (file, sheet, column), rows in apart.items():
            count = "1 own age" if len(rows) == 1 else f"{len(rows)} own ages"
            found = f"{count} beside it, from row {rows[0].row} on, not as by birthday and day of the test"
            self.findings.add("own-age-misfit", Place(file, sheet, 0, column), found, "the age on the day of the test")

    def _near(self, months: int) -> range:
        """The own ages that are taken for this one."""
        return range(months - self.rules.ages.apart, months + self.rules.ages.apart + 1)

    def _meaning(self, column: _Column) -> Meaning:
        return self.layouts.tables[column[0]].ages[column[1] - 1]

    def _says(self, column: _Column) -> str:
        """The words of a column's heading, between blanks."""
        return f" {words(self._heading(column))} "

    def _heading(self, column: _Column) -> str:
        return self.layouts.tables[column[0]].heading(column[1] - 1)

    def _place(self, column: _Column, number: int = 0) -> Place:
        table = self.layouts.tables[column[0]]
        return table.context.place(number, column[1]) if number else table.heading_place(column[1] - 1)


def each_once(ages: Iterable[AgeResult], findings: Findings) -> Iterator[AgeResult]:
    """The ages, each once; of two that differ for one test neither, which is reported.

    One whose day is not known repeats the one of its term or month that has a day, or else differs from it.
    """
    tests: dict[tuple[str, str, str, int], dict[str, list[AgeResult]]] = {}
    for age in ages:
        times = tests.setdefault((age.pupil, age.kind, age.test, age.term), {})
        times.setdefault(age.tested, []).append(age)
    for times in tests.values():
        taken: list[AgeResult] = []
        for tested in sorted(times, key=len, reverse=True):
            finer = [age for age in taken if age.tested.startswith(tested)]
            first, last = (*finer, *times[tested])[0], times[tested][-1]
            ours, before = ({(age.months, age.limit) for age in ages} for ages in (times[tested], finer))
            if len(ours) > 1 or (finer and not ours <= before):
                found = f"'{last.text}', and '{first.text}' for the same test in {_place(first).label}"
                findings.add("ages-differ", _place(last), found, "one age, or the day of each test")
            elif not finer:
                taken.append(first)
                yield first


def _place(age: AgeResult) -> Place:
    return Place(age.file, age.sheet, age.row, age.column)


def _in_order(age: AgeResult) -> tuple[object, ...]:
    return age.pupil, age.kind, age.term, age.tested, age.test, _place(age)


def _counted(cells: Sequence[object]) -> str:
    return "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
