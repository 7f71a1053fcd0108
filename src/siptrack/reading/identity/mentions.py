"""What each row says of who its pupil is; rows that say the same share one mention."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.headings import NUMBER_ROLES
from siptrack.reading.identity.groups import UPN, ClassInYear, Mention, Number
from siptrack.reading.identity.numbers import NumberCell, SettledNumbers, number_key, upn_kind
from siptrack.reading.layout import Layouts
from siptrack.reading.names import Names, names_in, surname_and_forename
from siptrack.reading.rows import Row
from siptrack.reading.spelling import name_key, words
from siptrack.reading.values import YearGroupReader, read_date
from siptrack.rules.model import Rules
from siptrack.school.term import Season, Term

_ROW = re.compile(r", (?:row \d+|cell [A-Z]+\d+)$")


class PupilDetails(NamedTuple):
    """What one row says of its pupil before anything is compared: its names, its school, and its cohort."""

    row: Row
    names: Names
    school: str
    cohort: int | None
    listed: bool


def details_of(layouts: Layouts, dated: Dated) -> Sequence[PupilDetails]:
    """What each row says, in the order of `layouts.rows`."""
    names = {id(row.texts): names_in(row.texts) for row in {id(row.texts): row for row in layouts.rows}.values()}
    return [
        PupilDetails(
            row,
            names[id(row.texts)],
            row.school,
            None if year.year_group is None else year.academic_year - year.year_group,
            not layouts.tables[row.table].holds_results,
        )
        for row, year in zip(layouts.rows, dated.rows, strict=True)
    ]


def number_cells(
    details_of_rows: Sequence[PupilDetails], single: Collection[int], no_upn: Collection[str]
) -> list[NumberCell]:
    """Every number that the rows give their pupils; in tables with several rows a pupil, those that say the same once.

    `single` are the tables with one row a pupil.
    """
    cells, seen = [], set()
    for index, details in enumerate(details_of_rows):
        if details.row.table not in single and id(details.row.texts) in seen:
            continue
        seen.add(id(details.row.texts))
        for role in NUMBER_ROLES:
            text = details.row.texts.get(role, "")
            if not text or words(text) in no_upn:
                continue
            in_class = name_key(details.row.texts.get("class", ""))
            about = (details.names, details.cohort, in_class, details.listed)
            cells.append(NumberCell(index, details.school, details.row.table, role, text, *about))
    return cells


class MentionMaker:
    """Makes the mentions of rows whose numbers are settled and whose classes are known, as the school corrects them."""

    def __init__(self, layouts: Layouts, settled: SettledNumbers, first_row: Mapping[int, int], rules: Rules) -> None:
        self.layouts, self.settled, self.first_row = layouts, settled, first_row
        self.rules = rules
        self.corrected = {words(written): pupil for written, pupil in rules.pupils.items()}
        self.known: dict[str, Number] = {}
        for numbers in settled.numbers.values():
            for number in sorted(numbers):
                self.known.setdefault(number[1], number)
        self.sheets = sheets_of_names(layouts) if rules.pupils else {}
        self.same: dict[tuple[object, ...], Mention] = {}

    def mention(self, details: PupilDetails, born: str, in_class: ClassInYear | None) -> Mention:
        """The mention of a row; rows that say the same share one."""
        key = (id(details.row.texts), details.cohort, in_class, born)
        if key not in self.same:
            self.same[key] = self._made(details, born, in_class)
        mention = self.same[key]
        if not self.corrected:
            return mention
        places = self.layouts.places(details.row)
        pupil = next(filter(None, (self.corrected.get(words(place.label)) for place in places)), "")
        return self._as(mention, pupil) if pupil else mention

    def _made(self, details: PupilDetails, born: str, in_class: ClassInYear | None) -> Mention:
        numbers = self.settled.numbers.get(self.first_row[id(details.row.texts)], ())
        mention = Mention(
            numbers=frozenset(numbers),
            name=details.names.main,
            date_of_birth=born,
            class_in_year=in_class,
            cohort=details.cohort,
            others=details.names.others,
            school=details.school,
            called=details.names,
        )
        pupil = self.corrected and self.corrected.get(written_name(details.row.texts))
        return self._as(mention, pupil) if pupil else mention

    def _as(self, mention: Mention, pupil: str) -> Mention:
        """The mention as of the pupil whom siptrack.yaml names by UPN, number or name; a place is joined later.

        Two names that one sheet knows are two children's.
        """
        if is_place(pupil):
            return mention
        if upn_kind(pupil):
            others = {number for number in mention.numbers if number[0] != UPN}
            return replace(mention, numbers=frozenset({*others, (upn_kind(pupil), number_key(pupil))}))
        if number := self.known.get(number_key(pupil)):
            others = {other for other in mention.numbers if other[0] != number[0]}
            return replace(mention, numbers=frozenset({*others, number}))
        called = names_in({"name": pupil})
        if on_same_sheet(self.sheets, mention.called, called):
            return mention
        return replace(mention, name=called.main, others=called.others, called=called)


def sheets_of_names(layouts: Layouts) -> Mapping[str, set[int]]:
    """The sheets with one row a pupil on which each name stands."""
    sheets: defaultdict[str, set[int]] = defaultdict(set)
    for row in layouts.rows:
        if not layouts.tables[row.table].row_each_result:
            for key in names_in(row.texts).keys:
                sheets[key].add(row.table)
    return sheets


def on_same_sheet(sheets: Mapping[str, set[int]], first: Names, second: Names) -> bool:
    """Whether one sheet knows two different names."""
    if first.keys & second.keys:
        return False
    where = [set[int]().union(*(sheets.get(key, set()) for key in name.keys)) for name in (first, second)]
    return not where[0].isdisjoint(where[1])


def is_place(text: str) -> bool:
    """Whether a text of siptrack.yaml is a row's place, such as `Autumn 2025.csv, row 7`."""
    return bool(_ROW.search(text.strip()))


def written_name(texts: Mapping[str, str]) -> str:
    """The name by which siptrack.yaml would call a row's pupil."""
    surname, forename = surname_and_forename(texts)
    return words(f"{surname}, {forename}")


def birthday(text: str, newest: int, rules: Rules) -> str | None:
    """A date of birth as 2015-03-01, empty for a blank; None for what is no date of a pupil's of that year."""
    day = read_date(text, rules.columns.date_formats)
    if day and Term(newest, Season.AUTUMN).dated and newest - day.year not in rules.years.ages:
        return None
    return day.isoformat() if day else None if text else ""


class BirthReader:
    """Reads dates of birth; an oddity is reported where it first stands."""

    def __init__(self, layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> None:
        self.layouts, self.findings = layouts, findings
        self.formats = rules.columns.date_formats
        self.newest = Term(dated.newest, Season.AUTUMN)
        self.ages = rules.years.ages
        self.read_once: dict[int, str] = {}

    def read(self, row: Row) -> str:
        """The date of birth as 2015-03-01; empty, and a problem, when what is written is no date of a pupil's."""
        if id(row.texts) not in self.read_once:
            self.read_once[id(row.texts)] = self._read(row)
        return self.read_once[id(row.texts)]

    def _read(self, row: Row) -> str:
        text = row.texts.get("date_of_birth", "")
        day = read_date(text, self.formats)
        if text and day is None:
            found = "a date of birth that is not a date"
            self.findings.add("implausible-date", self.layouts.place(row), found, "dd/mm/yyyy")
        elif day and self.newest.dated and self.newest.academic_year - day.year not in self.ages:
            found = f"a birthday in {day.year}, which is no pupil's"
            self.findings.add("implausible-date", self.layouts.place(row), found, "a primary pupil's date of birth")
            return ""
        return day.isoformat() if day else ""


def class_key(row: Row, year_group: int | None, years: YearGroupReader) -> str:
    """A class without capitals and signs; none where it says no more than the year group, as `Year 5` does."""
    in_class = row.texts.get("class", "")
    return "" if year_group is not None and years.read(in_class) == year_group else name_key(in_class)
