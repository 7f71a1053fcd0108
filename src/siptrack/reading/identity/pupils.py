"""Whose row is whose: every row about a pupil with what it says of who that is, matched to children."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.headings import NUMBER_ROLES, UPN_ROLE
from siptrack.reading.identity.classes import Classes, InClass, Node
from siptrack.reading.identity.doubts import report_doubts
from siptrack.reading.identity.groups import UPN, Mention, Moment
from siptrack.reading.identity.matching import Matching, match
from siptrack.reading.identity.mentions import (
    BirthReader,
    MentionMaker,
    Saying,
    class_key,
    is_place,
    number_cells,
    sayings_of,
)
from siptrack.reading.identity.numbers import NumberCell, Settled, number_key, settle_numbers, upn_kind
from siptrack.reading.identity.sources import Source, SourceOf
from siptrack.reading.identity.standing import find_repeated, find_standings, moments_of_rows, results_of_rows
from siptrack.reading.layout import Layouts
from siptrack.reading.names import may_be_one_name, surname_and_forename
from siptrack.reading.spelling import words
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.register import STILL_HERE
from siptrack.school.term import Term

if TYPE_CHECKING:
    from pandas import DataFrame

_MOST = 0.5  # of a table's rows
NEVER = -1_000_000  # the last term of a row that holds no results


@dataclass(frozen=True)
class Identified:
    """What every row says of its pupil, the pupil of each (None where it fits several), and each table's source."""

    layouts: Layouts
    dated: Dated
    first_row: Mapping[int, int]
    sayings: Sequence[Saying]
    settled: Settled
    mentions: Sequence[Mention]
    moments: Sequence[Moment]
    classes: Classes
    nodes: Sequence[Node | None]
    sources: Sequence[Source]
    matching: Matching

    def place(self, row: int, role: str = "") -> Place:
        """The place of a row, or of its cell of a role."""
        found = self.layouts.rows[row]
        column = self.layouts.tables[found.table].roles.get(role, -1)
        return self.layouts.place(found, column + 1)

    def when(self, row: int) -> str:
        """The newest term of the row's sheet in words, or that it is of a pupil list."""
        number, of_list = self.moments[row]
        return "the pupil list" if of_list >= 0 else Term.numbered(number).label


def match_rows(layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> tuple[DataFrame, Identified]:
    """One row for each row about a pupil, in the order of `layouts.rows`, and how its pupil was found.

    Columns: `who` (the pupil's number, -1 where the row fits several and was set aside), `table`, `number` (the row in
    its sheet), `is_list`, `first_term` and `last_term` (STILL_HERE and NEVER without results), `academic_year`,
    `year_group`, `names` and `numbers` (those that tell who it is), `class` and `class_written`, and the
    row's texts.
    """
    _report_year_groups(layouts, rules, findings)
    identified = _Identifying(layouts, dated, rules, findings).identified()
    for index, who in enumerate(identified.matching.pupils):
        if who is None:
            place = layouts.place(layouts.rows[index])
            findings.add("ambiguous-pupil", place, "a row that fits more than one pupil", "one pupil's row")
            findings.set_aside("rows", "fits more than one pupil", place)
    report_doubts(identified, findings)
    return _frame(identified), identified


class _Identifying:
    """The steps from what rows say to whose they are."""

    def __init__(self, layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> None:
        self.layouts, self.dated, self.rules, self.findings = layouts, dated, rules, findings
        self.sayings = sayings_of(layouts, dated)
        self.moments = moments_of_rows(layouts, dated)
        self.first_row: dict[int, int] = {}
        for index, row in enumerate(layouts.rows):
            self.first_row.setdefault(id(row.texts), index)

    def identified(self) -> Identified:
        rules, layouts = self.rules, self.layouts
        no_upn = set(map(words, rules.columns.no_upn))
        single = {number for number, table in enumerate(layouts.tables) if not table.row_each_result}
        cells = number_cells(self.sayings, single, no_upn)
        self._report_upns(cells)
        settled = settle_numbers(cells, single, self._slots, rules.matching)
        sources = self._sources(settled)
        nodes = self._nodes()
        classes = Classes(self._in_class(nodes, sources), rules.matching)
        mentions = self._mentions(settled, classes, nodes)
        matching = self._matched(mentions, sources)
        return Identified(
            layouts=layouts,
            dated=self.dated,
            first_row=self.first_row,
            sayings=self.sayings,
            settled=settled,
            mentions=mentions,
            moments=self.moments,
            classes=classes,
            nodes=nodes,
            sources=sources,
            matching=matching,
        )

    def _report_upns(self, cells: Sequence[NumberCell]) -> None:
        """Say of each UPN that it has not the form of one, or another check letter; it is used all the same."""
        said: set[str] = set()
        for cell in cells:
            if cell.role == UPN_ROLE and cell.text not in said and not is_upn(cell.text):
                said.add(cell.text)
                place = self.layouts.place(self.layouts.rows[cell.row])
                found = "a UPN of another form, or whose first letter does not fit"
                self.findings.add("upn-check-letter", place, found, "a UPN such as R201100018042")

    def _slots(self, row: int) -> frozenset[object]:
        """The subjects and terms of which the rows that say what this one says hold results."""
        return self._all_slots.get(row, frozenset())

    @cached_property
    def _all_slots(self) -> Mapping[int, frozenset[object]]:
        slots: defaultdict[int, set[object]] = defaultdict(set)
        for written in self.layouts.written:
            first = self.first_row[id(self.layouts.rows[written.row].texts)]
            slots[first].add((written.subject, written.term, written.is_target, written.day))
        return {row: frozenset(held) for row, held in slots.items()}

    def _sources(self, settled: Settled) -> Sequence[Source]:
        """The source of each table: its file, with the kinds of number that most of its rows have."""
        rows: Counter[int] = Counter(row.table for row in self.layouts.rows)
        kinds: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for row in self.layouts.rows:
            kinds[row.table].update(kind for kind, _ in settled.numbers.get(self.first_row[id(row.texts)], ()))
        return [
            Source(
                table.context.file,
                tuple(sorted(kind for kind, count in kinds[number].items() if count > _MOST * rows[number])),
            )
            for number, table in enumerate(self.layouts.tables)
        ]

    def _nodes(self) -> Sequence[Node | None]:
        """Which class each row names, in which school and year, and at which moment."""
        years = YearGroupReader(self.rules.years)
        return [
            (row.school, year.academic_year, key, moment) if (key := class_key(row, year.year_group, years)) else None
            for row, year, moment in zip(self.layouts.rows, self.dated.rows, self.moments, strict=True)
        ]

    def _in_class(self, nodes: Sequence[Node | None], sources: Sequence[Source]) -> Iterator[InClass]:
        number = {source: at for at, source in enumerate(dict.fromkeys(sources))}
        seen: set[tuple[int, Node]] = set()
        for said, node in zip(self.sayings, nodes, strict=True):
            if node and (id(said.row.texts), node) not in seen:
                seen.add((id(said.row.texts), node))
                yield InClass(node, said.row.texts["class"], number[sources[said.row.table]], said.names)

    def _mentions(self, settled: Settled, classes: Classes, nodes: Sequence[Node | None]) -> Sequence[Mention]:
        births = BirthReader(self.layouts, self.dated, self.rules, self.findings)
        maker = MentionMaker(self.layouts, settled, self.first_row, self.rules)
        return [
            maker.mention(said, births.read(said.row), classes.known[node] if node else None)
            for said, node in zip(self.sayings, nodes, strict=True)
        ]

    def _matched(self, mentions: Sequence[Mention], sources: Sequence[Source]) -> Matching:
        """The pupil of each row, each different mention matched once."""
        first: dict[Mention, int] = {}
        for index, mention in enumerate(mentions):
            first.setdefault(mention, index)
        different = list(first)
        number = {mention: at for at, mention in enumerate(different)}
        twice = frozenset(number[mentions[index]] for index in find_repeated(self.layouts, mentions))
        standings = find_standings(self.layouts, self.moments, mentions)
        pairs = (*self._said(mentions), *self._twice(mentions))
        said = [(number[mentions[one]], number[mentions[other]]) for one, other in pairs]
        found = match(different, self.rules.matching, twice, standings, self._compared(sources), said)
        rows = [first[mention] for mention in different]
        return Matching(
            pupils=[found.pupils[number[mention]] for mention in mentions],
            conflicts=[rows[at] for at in found.conflicts],
            contradicted=[(kind, rows[one], rows[other]) for kind, one, other in found.contradicted],
            near=[replace(near, first=rows[near.first], second=rows[near.second]) for near in found.near],
        )

    def _compared(self, sources: Sequence[Source]) -> Sequence[SourceOf]:
        """The sources compared as wholes: sheets of different terms apart, then all files of a term together."""
        newest: dict[int, int] = {}
        for row, moment in zip(self.layouts.rows, self.moments, strict=True):
            newest[row.table] = max(moment[0], newest.get(row.table, moment[0]))
        apart = {table: replace(sources[table], term=term) for table, term in newest.items()}
        return apart, {table: replace(source, file="") for table, source in apart.items()}

    def _said(self, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """The pairs of rows that siptrack.yaml says are one child's, as far as nothing in them speaks against it."""
        said = {words(key): words(place) for key, place in self.rules.pupils.items() if is_place(place)}
        if not said:
            return
        rows = {words(self.layouts.place(row).label): index for index, row in enumerate(self.layouts.rows)}
        files = {words(table.context.file) for table in self.layouts.tables}
        for index, row in enumerate(self.layouts.rows):
            surname, forename = surname_and_forename(row.texts)
            for key in (words(self.layouts.place(row).label), words(f"{surname}, {forename}")):
                other = rows.get(said.get(key, ""))
                if other is not None and self._may_be_said(mentions, index, other):
                    yield index, other
                elif key in said and (other is not None or any(said[key].startswith(file) for file in files)):
                    found = "a row which siptrack.yaml joins to one of another child, or to none"
                    self.findings.add("settings-misfit", self.layouts.place(row), found, "two rows of one child")

    def _twice(self, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """The pairs of rows of one sheet that are alike in all but the number, which one of them lacks."""
        alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for index, (row, mention) in enumerate(zip(self.layouts.rows, mentions, strict=True)):
            if mention.name and not self.layouts.tables[row.table].row_each_result:
                about = (mention.name, mention.date_of_birth, mention.class_in_year, mention.cohort, mention.school)
                alike[row.table, *about].append(index)
        results = results_of_rows(self.layouts, (row for rows in alike.values() if len(rows) > 1 for row in rows))
        for rows in alike.values():
            numbered = [row for row in rows if mentions[row].numbers]
            if len({mentions[row] for row in numbered}) == 1:
                yield from (
                    (numbered[0], row) for row in rows if mentions[row].weak and results[row] == results[numbered[0]]
                )

    def _may_be_said(self, mentions: Sequence[Mention], index: int, other: int) -> bool:
        """Whether two rows may be one child's: by name or birthday, and by no number of a third row."""
        one, two = mentions[index], mentions[other]
        table = self.layouts.rows[other].table
        another = any(
            not mention.numbers.isdisjoint(one.numbers) and mention != two
            for mention, row in zip(mentions, self.layouts.rows, strict=True)
            if row.table == table
        )
        alike = may_be_one_name(one.called, two.called) or one.date_of_birth == two.date_of_birth != ""
        return alike and not another and self.layouts.rows[index].table != table


def is_upn(text: str) -> bool:
    """Whether a text has the form of a UPN and the check letter that its number asks for."""
    from stdnum.gb.upn import calc_check_digit

    plain = "".join(text.split()).upper()
    return bool(upn_kind(text)) and plain == number_key(text) and plain[0] == calc_check_digit(plain[1:])


def _frame(found: Identified) -> DataFrame:
    """The rows as a table."""
    import pandas as pd

    layouts, dated = found.layouts, found.dated
    first, last = _first_and_last_terms(layouts, dated)
    rows, said = layouts.rows, [row.texts for row in layouts.rows]
    names = [surname_and_forename(texts) for texts in said]
    several = len({row.school for row in rows}) > 1
    classes = [
        found.classes.text(node) if node else texts.get("class", "")
        for node, texts in zip(found.nodes, said, strict=True)
    ]
    return pd.DataFrame(
        {
            "who": [-1 if who is None else who for who in found.matching.pupils],
            "table": [row.table for row in rows],
            "number": [row.number for row in rows],
            "is_list": [not layouts.tables[row.table].holds_results for row in rows],
            "first_term": [first.get(index, STILL_HERE) for index in range(len(said))],
            "last_term": [last.get(index, NEVER) for index in range(len(said))],
            "academic_year": [row.academic_year for row in dated.rows],
            "year_group": pd.array([row.year_group for row in dated.rows], dtype="Float64"),
            "names": [mention.called for mention in found.mentions],
            "numbers": [
                frozenset(number for kind, number in mention.numbers if kind != UPN) for mention in found.mentions
            ],
            "upn": [upn_as_known(row, found) for row in range(len(said))],
            "id": [_number_as_written(row, found) for row in range(len(said))],
            "date_of_birth": [mention.date_of_birth for mention in found.mentions],
            "surname": [surname for surname, _ in names],
            "forename": [forename for _, forename in names],
            "school": [row.school for row in rows],
            "class": [
                _told_apart(name, row.school if several else "") for name, row in zip(classes, rows, strict=True)
            ],
            "class_written": [texts.get("class", "") for texts in said],
            **{role: [texts.get(role, "") for texts in said] for role in ("enrolment", "leaving_date")},
        }
    )


def _told_apart(name: str, school: str) -> str:
    """A class with its school beside it."""
    return f"{name} ({school})" if name and school else name


def upn_as_known(row: int, found: Identified) -> str:
    """The UPN that tells whose a row is, in capitals without spaces; empty where none does."""
    text = _as_written(row, found, (UPN_ROLE,))
    return number_key(text) if upn_kind(text) else "".join(text.split()).upper()


def _number_as_written(row: int, found: Identified) -> str:
    return _as_written(row, found, NUMBER_ROLES[1:])


def _as_written(row: int, found: Identified, roles: Sequence[str]) -> str:
    """The first number of these roles that tells whose a row is, as it is written."""
    said = found.layouts.rows[row].texts
    first = found.first_row[id(said)]
    return next((said[role] for role in roles if said.get(role) and (first, role) in found.settled.used), "")


def _first_and_last_terms(layouts: Layouts, dated: Dated) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """The numbers of the first and the last term in which each row has a result."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for written, term in zip(layouts.written, dated.terms, strict=True):
        if term is not None and not written.is_target:
            first[written.row] = min(term.number, first.get(written.row, STILL_HERE))
            last[written.row] = max(term.number, last.get(written.row, NEVER))
    return first, last


def _report_year_groups(layouts: Layouts, rules: Rules, findings: Findings) -> None:
    """Report year groups that no primary school has."""
    reader, years = YearGroupReader(rules.years), rules.years
    expected = f"{years.label(years.lowest)} to {years.label(years.highest)}"
    for row in layouts.rows:
        text = row.texts.get("year_group", "")
        if reader.read(text) == OUT_OF_RANGE:
            findings.add("year-group-out-of-range", layouts.place(row), f"year group '{text}'", expected)
