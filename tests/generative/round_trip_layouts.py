"""One school laid out as schools lay out their sheets: wide, long, a sheet for this, a block for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, product
from random import Random

from round_trip_school import GRADES, School
from round_trip_spelling import Cell, Speller

from siptrack.school.term import Term

TITLES = ("Larkrise Primary School", "Assessment record", "Confidential", "For the office")
COMMENTS = ("", "", "see folder", "Maths went well this week", "new glasses", "2b or not 2b")
UNREAD = ("Wunderbar", "Zone", "Reading and Maths", "Best fit Fred")
NOISE = ("Comments", "Staff", "Next steps", "Intervention", "House", "Parents' evening")
BELOW = ("Total", "Average", "Class average", "Key: see the policy", "Notes")


@dataclass
class Page:
    """One sheet: the file (without ending) and name it goes by, its rows, and which cells are merged (from 0)."""

    file: str
    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A column: its heading, what stands over it in the row above, and its cell for a row (a child, or more)."""

    heading: str
    cell: Callable[[tuple[object, ...]], Cell]
    over: str = ""


Rows = Sequence[tuple[object, ...]]  # each begins with the child's number


class Layout:
    """Lays out one school; every choice that does not change what is said is the random generator's."""

    def __init__(self, school: School, random: Random, *, listed: bool, file: str = "Assessment") -> None:
        self.school, self.random, self.listed, self.file = school, random, listed, file
        self.speller = Speller(random)
        self.subjects = list(school.scales)
        self.unread: set[str] = set()
        self.everyone = [(number,) for number in range(len(school.children))]

    # --- shapes -------------------------------------------------------------------------------------------------------

    def wide(self) -> list[Page]:
        page = Page(self.file, "Sheet1")
        self._table(page, self._arranged(self._people(), [[column] for column in self._wide_results()]), self.everyone)
        return [page]

    def subject_over_term(self) -> list[Page]:
        return self._two_rows(lambda over, under: (over, under), self.subjects, self.school.terms)

    def term_over_subject(self) -> list[Page]:
        return self._two_rows(lambda over, under: (under, over), self.school.terms, self.subjects)

    def sheet_per_term(self) -> list[Page]:
        pages = []
        for term in self.school.terms:
            said, where = self.speller.term(term), self.speller.one(["sheet", "file", "title", "heading"])
            page = Page(*self._filed(term, said, where))
            self._above(page, [said] if where == "title" else [])
            results = [[self._result(subject, term, named=where == "heading")] for subject in self.subjects]
            self._table(page, self._arranged(self._people(term.academic_year), results), self.everyone)
            pages.append(page)
        return self._shuffled(pages)

    def _filed(self, term: Term, said: str, where: str) -> tuple[str, str]:
        """The names of a term's file and sheet, the one or the other saying the term."""
        number = self.school.terms.index(term)
        said = said.replace("/", "-")
        return (f"{said} results" if where == "file" else f"{self.file} {'abcd'[number]}"), (
            said if where == "sheet" else "Sheet " + "abcd"[number]
        )

    def sheet_per_class(self) -> list[Page]:
        """The class is said by the sheet's name or by a title, and by no column."""
        pages = []
        for name, rows in self._classes():
            page = Page(self.file, name)
            self._above(page, [f"Class {name}"])
            self._table(
                page, self._arranged(self._people(without=("class",)), [[c] for c in self._wide_results()]), rows
            )
            pages.append(page)
        return self._shuffled(pages)

    def sheet_per_year_group(self) -> list[Page]:
        pages = []
        for year_group in sorted({child.year_group for child in self.school.children}):
            name = self.speller.one([f"Year {year_group}", f"Y{year_group}", f"yr {year_group}"])
            page = Page(self.file, name)
            rows = [row for row in self.everyone if self.school.children[row[0]].year_group == year_group]
            self._table(
                page, self._arranged(self._people(without=("year_group",)), [[c] for c in self._wide_results()]), rows
            )
            pages.append(page)
        return self._shuffled(pages)

    def sheet_per_subject(self) -> list[Page]:
        pages = []
        for subject in self.subjects:
            name = self.speller.one([h for h in self._subject_names(subject) if len(h) > 1])
            page = Page(self.file, name)
            results = [[self._result(subject, term, subject_named=False)] for term in self.school.terms]
            self._table(page, self._arranged(self._people(), results), self.everyone)
            pages.append(page)
        return self._shuffled(pages)

    def blocks_of_classes(self) -> list[Page]:
        """One class below the other on one sheet, each under its title and headings, with totals between."""
        page = Page(self.file, "Sheet1")
        for name, rows in self._classes():
            page.rows += [[], [f"Class {name}"]]
            results = [[column] for column in self._wide_results()]
            self._table(page, self._arranged(self._people(without=("class",)), results), rows)
        return [page]

    def long(self) -> list[Page]:
        """A row for each result, with a column for its subject and columns for its term."""
        rows = [
            (number, subject, term)
            for number, subject, term in product(range(len(self.everyone)), self.subjects, self.school.terms)
            if (number, subject, term) in self.school.grades or self.speller.often(0.3)
        ]
        speller = self.speller
        whens = [[Column(speller.role("term"), lambda row: speller.term(row[2]))]]
        if self.school.terms[0].dated:
            whens.append([Column(speller.role("date"), lambda row: speller.day_in(row[2]))])
            whens.append(
                [
                    Column(speller.role("academic_year"), lambda row: speller.academic_year(row[2])),
                    Column(speller.role("term"), lambda row: speller.season(row[2])),
                ]
            )
        columns = [
            Column(speller.role("subject"), lambda row: speller.subject(row[1])),
            Column(speller.role("result"), lambda row: self._written(*row)),
            *self.random.choice(whens),
        ]
        page = Page(self.file, "Sheet1")
        self._table(page, self._arranged(self._people(of_row=True), [[column] for column in columns]), rows)
        return [page]

    def row_per_subject(self) -> list[Page]:
        """A row for each pupil and subject, a column for each half-term, and others between."""
        rows = [(number, subject) for (number,) in self.everyone for subject in self.subjects]
        columns = [[Column(self.speller.role("subject"), lambda row: self.speller.subject(row[1]))]]
        for term in self.school.terms:
            year = f"{self.speller.academic_year(term)} " if term.dated else ""
            short = self.speller.one([["Aut", "Spr", "Sum"][term.season], term.season.label])
            halves = (self._earlier, self._written)
            columns += [
                [Column(f"{year}{short}{half}", lambda row, term=term, written=written: written(*row, term))]
                for half, written in enumerate(halves, start=1)
            ]
            columns.append([Column(f"Staff {term.season.label[0]}{term.academic_year}", lambda _: "Mrs Wu")])
        page = Page(self.file, "Sheet1")
        self._table(page, self._arranged(self._people(), columns), rows)
        return [page]

    def _earlier(self, number: object, subject: object, term: object) -> Cell:
        """What was written at half-term, which the end of the term puts aside."""
        judged = (number, subject, term) in self.school.grades and self.speller.often(0.5)
        scale = self.school.scales[str(subject)]
        return self.speller.grade(scale, self.speller.one(GRADES[scale])) if judged else ""

    def pupil_list(self) -> list[Page]:
        """The children and all that is known of them, without results."""
        page = Page("Pupil list", "Pupils")
        self._table(page, self._arranged(self._people(full=True), []), self.everyone)
        return [page]

    # --- columns ------------------------------------------------------------------------------------------------------

    def _wide_results(self) -> list[Column]:
        return [self._result(subject, term) for subject in self.subjects for term in self.school.terms]

    def _result(self, subject: str, term: Term, *, named: bool = True, subject_named: bool = True) -> Column:
        both = self.speller.subject_in_term(subject, term) if subject_named else self.speller.term(term)
        heading = both if named else self.speller.subject(subject)
        return Column(heading, lambda row: self._written(row[0], subject, term))

    def _subject_names(self, subject: str) -> Sequence[str]:
        return self.speller.rules.columns.subjects[subject].headings

    def _written(self, number: object, subject: object, term: object) -> Cell:
        grade = self.school.grades.get((number, subject, term))
        return self.speller.grade(self.school.scales[str(subject)], grade) if grade else ""

    def _people(
        self,
        academic_year: int | None = None,
        without: Iterable[str] = (),
        *,
        full: bool = False,
        of_row: bool = False,
    ) -> list[Column]:
        """The columns about the child: all of them, or who it is alone where a list of pupils says the rest."""
        speller, school, full = self.speller, self.school, full or not self.listed
        year = school.newest_year if academic_year is None else academic_year

        def child(row: tuple[object, ...]):
            return school.children[row[0]]

        def year_of(row: tuple[object, ...]) -> int:
            return row[2].academic_year if of_row else year

        def about(role: str, cell: Callable[[tuple[object, ...]], Cell]) -> Column:
            return Column(speller.role(role), cell)

        columns = []
        if school.known_by == "upn":
            columns.append(about("upn", lambda row: speller.loosely(child(row).upn)))
        if school.known_by == "id":
            columns.append(about("id", lambda row: int(child(row).id) if speller.often(0.5) else child(row).id))
        if full or school.known_by == "name and birthday":
            columns += self._names()
            columns.append(about("date_of_birth", lambda row: speller.day(child(row).born)))
        elif speller.often(0.5):
            columns += self._names()
        if full or speller.often(0.3):
            columns.append(
                about("year_group", lambda row: speller.year_group(school.year_group(child(row), year_of(row))))
            )
            columns.append(about("class", lambda row: school.class_name(child(row), year_of(row))))
            columns = [
                column
                for column in columns
                if not any(column.heading.strip().casefold() in self._headings(role) for role in without)
            ]
        if full:
            columns += [column for key in school.asked for column in self._characteristic(key)]
        return columns

    def _headings(self, role: str) -> set[str]:
        return {heading.casefold() for heading in self.speller.rules.columns.roles[role]}

    def _names(self) -> list[Column]:
        children, speller = self.school.children, self.speller
        if speller.often(0.3):
            together = lambda row: f"{children[row[0]].surname}, {children[row[0]].forename}"  # noqa: E731
            return [Column(speller.role("name"), together)]
        return [
            Column(speller.role("surname"), lambda row: children[row[0]].surname),
            Column(speller.role("forename"), lambda row: children[row[0]].forename),
        ]

    def _characteristic(self, key: str) -> list[Column]:
        children, speller = self.school.children, self.speller
        if key == "ethnicity" and speller.often(0.3):
            groups = speller.rules.groups.characteristics[key].groups
            present = sorted({child.groups[key] for child in children} & groups.keys())
            return [
                Column(groups[one].label, lambda row, one=one: speller.tick(ticked=children[row[0]].groups[key] == one))
                for one in present
            ] or [Column(groups["WBRI"].label, lambda _: "")]
        return [Column(speller.characteristic(key), lambda row: speller.group(key, children[row[0]].groups[key]))]

    # --- tables -------------------------------------------------------------------------------------------------------

    def _two_rows(
        self, told_apart: Callable[[object, object], tuple[object, object]], over: Iterable, under: Sequence
    ) -> list[Page]:
        """Result columns in blocks, one thing over another."""
        blocks = []
        for upper in over:
            first = self._said(upper)
            block = []
            for lower in under:
                subject, term = told_apart(upper, lower)
                cell = lambda row, subject=subject, term=term: self._written(row[0], subject, term)  # noqa: E731
                block.append(Column(self._said(lower), cell, over=first))
            blocks.append(block)
        page, years = Page(self.file, "Sheet1"), self._headings("year_group")
        people = [  # "Year" and "NC Year" to the right of an upper heading are taken for results: see test_layouts
            replace(column, heading="Year group") if column.heading.strip().casefold() in years else column
            for column in self._people()
        ]
        self._table(page, self._arranged(people, blocks), self.everyone)
        return [page]

    def _said(self, what: object) -> str:
        return self.speller.term(what) if isinstance(what, Term) else self.speller.subject(str(what))

    def _classes(self) -> list[tuple[str, Rows]]:
        def name(row: tuple[object, ...]) -> str:
            return self.school.class_name(self.school.children[row[0]], self.school.newest_year)

        return [(key, list(rows)) for key, rows in groupby(sorted(self.everyone, key=name), key=name)]

    def _arranged(self, people: list[Column], results: list[list[Column]]) -> list[list[Column]]:
        """The columns in any order, with others between that say nothing; blocks of results stay together."""
        headings = self.random.sample(NOISE, self.random.randint(0, 2))
        noise = [[Column(heading, lambda _: self.speller.one(COMMENTS))] for heading in headings]
        blank = [[Column("", lambda _: "")]] * self.random.randint(0, 1)
        return self._shuffled([*([column] for column in people), *results, *noise, *blank, *self._unread()])

    def _unread(self) -> list[list[Column]]:
        """Sometimes a column of grades of which nothing says what it is: it must be named."""
        if not self.speller.often(0.1):
            return []
        heading = self.speller.one(UNREAD)
        self.unread.add(heading)
        return [[Column(heading, lambda _: self.speller.one(["EXS", "WTS", "GDS"]))]]

    def _table(self, page: Page, blocks: list[list[Column]], rows: Rows) -> None:
        """The table below what the page holds already."""
        if not page.rows:
            self._above(page, [])
        columns = [column for block in blocks for column in block]
        if any(column.over for column in columns):
            self._upper_headings(page, blocks)
        else:
            page.rows.append([column.heading for column in columns])
        for row in self._shuffled(rows):
            page.rows.append([column.cell(row) for column in columns])
            if self.speller.often(0.05):
                page.rows.append([])
        for words in self.random.sample(BELOW, self.random.randint(0, min(2, len(rows)))):
            page.rows.append([words, *(self.random.choice(["", 3, "54%"]) for _ in columns[1:])])

    def _upper_headings(self, page: Page, blocks: list[list[Column]]) -> None:
        """Two rows of headings, merged over their blocks or written once at the left of each."""
        merging, tall = self.speller.often(0.5), self.speller.often(0.5) and self._may_be_tall(blocks)
        upper, lower, at = [], [], 0
        for block in blocks:
            over = block[0].over
            headings = [column.heading for column in block]
            if not over and merging and tall:
                upper += headings
                lower += [""] * len(block)
                page.merged += [(len(page.rows), at, len(page.rows) + 1, at)]
            else:
                upper += [over, *[""] * (len(block) - 1)]
                lower += headings
                if merging and len(block) > 1:
                    page.merged.append((len(page.rows), at, len(page.rows), at + len(block) - 1))
            at += len(block)
        page.rows += [upper, lower]

    @staticmethod
    def _may_be_tall(blocks: list[list[Column]]) -> bool:
        """Whether headings two rows high are told from others: see the failures expected in test_layouts."""
        return any(len(block) > 1 for block in blocks) and all(column.heading for block in blocks for column in block)

    def _above(self, page: Page, said: Sequence[str]) -> None:
        titles = [*self.random.sample(TITLES, self.random.randint(0, 2)), *said]
        page.rows += [[title] for title in self._shuffled(titles)]
        page.rows += [[]] * self.random.randint(0, 1)

    def _shuffled(self, things: Sequence) -> list:
        return self.random.sample(list(things), len(things))


SHAPES = (
    Layout.wide,
    Layout.subject_over_term,
    Layout.term_over_subject,
    Layout.sheet_per_term,
    Layout.sheet_per_class,
    Layout.sheet_per_year_group,
    Layout.sheet_per_subject,
    Layout.blocks_of_classes,
    Layout.long,
    Layout.row_per_subject,
)
