"""Whose row is whose: every row about a pupil with what it says of who that is, matched to children."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.headings import UPN_ROLE
from siptrack.reading.identity.classes import Classes, InClass, Node
from siptrack.reading.identity.doubts import report_doubts
from siptrack.reading.identity.given_pairs import GivenPairs
from siptrack.reading.identity.groups import Mention
from siptrack.reading.identity.identified import Identified
from siptrack.reading.identity.matching import Matching, match
from siptrack.reading.identity.mentions import (
    BirthReader,
    MentionMaker,
    class_key,
    details_of,
    number_cells,
)
from siptrack.reading.identity.numbers import NumberCell, SettledNumbers, is_upn, settle_numbers
from siptrack.reading.identity.pupil_rows import PupilRow, rows_of_pupils
from siptrack.reading.identity.sources import PupilSource, SourceOf
from siptrack.reading.identity.standing import find_repeated, find_standings, moments_of_rows
from siptrack.reading.layout import Layouts
from siptrack.reading.spelling import words
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader
from siptrack.rules.model import Rules


def match_rows(layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> tuple[list[PupilRow], Identified]:
    """Every row about a pupil, in the order of `layouts.rows`, and how its pupil was found."""
    report_year_groups(layouts, rules, findings)
    identified = _Identifying(layouts, dated, rules, findings).identified()
    for index, who in enumerate(identified.matching.pupils):
        if who is None:
            for place in layouts.places(layouts.rows[index]):
                findings.add("ambiguous-pupil", place, "a row that fits more than one pupil", "one pupil's row")
                findings.set_aside("rows", "fits more than one pupil", place)
    report_doubts(identified, findings)
    return rows_of_pupils(identified), identified


class _Identifying:
    """The steps from what rows say to whose they are."""

    def __init__(self, layouts: Layouts, dated: Dated, rules: Rules, findings: Findings) -> None:
        self.layouts, self.dated, self.rules, self.findings = layouts, dated, rules, findings
        self.details_of_rows = details_of(layouts, dated)
        self.moments = moments_of_rows(layouts, dated)
        self.first_row: dict[int, int] = {}
        for index, row in enumerate(layouts.rows):
            self.first_row.setdefault(id(row.texts), index)

    def identified(self) -> Identified:
        rules, layouts = self.rules, self.layouts
        no_upn = set(map(words, rules.columns.no_upn))
        single = layouts.single
        cells = number_cells(self.details_of_rows, single, no_upn)
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
        reported: set[str] = set()
        for cell in cells:
            if cell.role == UPN_ROLE and cell.text not in reported and not is_upn(cell.text):
                reported.add(cell.text)
                place = self.layouts.place(self.layouts.rows[cell.row])
                found = "a UPN of another form, or whose first letter does not fit"
                self.findings.add("upn-check-letter", place, found, "a UPN such as R201100018042")

    def _slots(self, row: int) -> frozenset[object]:
        """The subjects and terms of which the rows that say what this one says hold results."""
        return self._all_slots.get(row, frozenset())

    @cached_property
    def _all_slots(self) -> Mapping[int, frozenset[object]]:
        slots: defaultdict[int, set[object]] = defaultdict(set)
        written = self.layouts.written
        for row, at in set(zip(written.row.tolist(), written.slot.tolist(), strict=True)):
            slot, first = written.slots[at], self.first_row[id(self.layouts.rows[row].texts)]
            slots[first].add((slot.subject, slot.term, slot.is_target, slot.day))
        return {row: frozenset(held) for row, held in slots.items()}

    def _sources(self, settled: SettledNumbers) -> Sequence[PupilSource]:
        """The source of each table: its file, with the kinds of number that most of its rows have."""
        rows: Counter[int] = Counter()
        kinds: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for row in self.layouts.rows:
            rows[row.table] += len(row.numbers)
            for kind, _ in settled.numbers.get(self.first_row[id(row.texts)], ()):
                kinds[row.table][kind] += len(row.numbers)
        return [
            PupilSource(
                table.context.file,
                tuple(
                    sorted(
                        kind for kind, count in kinds[number].items() if count > self.rules.matching.most * rows[number]
                    )
                ),
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

    def _in_class(self, nodes: Sequence[Node | None], sources: Sequence[PupilSource]) -> Iterator[InClass]:
        number = {source: at for at, source in enumerate(dict.fromkeys(sources))}
        seen: set[tuple[int, Node]] = set()
        for details, node in zip(self.details_of_rows, nodes, strict=True):
            if node and (id(details.row.texts), node) not in seen:
                seen.add((id(details.row.texts), node))
                yield InClass(node, details.row.texts["class"], number[sources[details.row.table]], details.names)

    def _mentions(self, settled: SettledNumbers, classes: Classes, nodes: Sequence[Node | None]) -> Sequence[Mention]:
        births = BirthReader(self.layouts, self.dated, self.rules, self.findings)
        maker = MentionMaker(self.layouts, settled, self.first_row, self.rules)
        return [
            maker.mention(details, births.read(details.row), classes.known[node] if node else None)
            for details, node in zip(self.details_of_rows, nodes, strict=True)
        ]

    def _matched(self, mentions: Sequence[Mention], sources: Sequence[PupilSource]) -> Matching:
        """The pupil of each row, each different mention matched once."""
        first: dict[Mention, int] = {}
        for index, mention in enumerate(mentions):
            first.setdefault(mention, index)
        different = list(first)
        number = {mention: at for at, mention in enumerate(different)}
        twice = frozenset(number[mentions[index]] for index in find_repeated(self.layouts, self.moments, mentions))
        standings = find_standings(self.layouts, self.moments, mentions)
        given = GivenPairs(self.layouts, self.rules.pupils, self.findings)
        pairs = (*given.by_the_school(mentions), *given.listed_twice(mentions))
        by_the_school = [(number[mentions[row]], number[mentions[other]]) for row, other in pairs]
        found = match(different, self.rules.matching, twice, standings, self._compared(sources), by_the_school)
        rows = [first[mention] for mention in different]
        return Matching(
            pupils=[found.pupils[number[mention]] for mention in mentions],
            conflicts=[rows[at] for at in found.conflicts],
            contradicted=[(kind, rows[at], rows[other]) for kind, at, other in found.contradicted],
            near=[near._replace(first=rows[near.first], second=rows[near.second]) for near in found.near],
        )

    def _compared(self, sources: Sequence[PupilSource]) -> Sequence[SourceOf]:
        """The sources compared as wholes: sheets of different terms apart, then all files of a term together."""
        newest: dict[int, int] = {}
        for row, moment in zip(self.layouts.rows, self.moments, strict=True):
            newest[row.table] = max(moment[0], newest.get(row.table, moment[0]))
        apart = {table: sources[table]._replace(term=term) for table, term in newest.items()}
        return apart, {table: source._replace(file="") for table, source in apart.items()}


def report_year_groups(layouts: Layouts, rules: Rules, findings: Findings) -> None:
    """Report year groups that no primary school has."""
    reader, years = YearGroupReader(rules.years), rules.years
    expected = f"{years.label(years.lowest)} to {years.label(years.highest)}"
    for row in layouts.rows:
        text = row.texts.get("year_group", "")
        if reader.read(text) == OUT_OF_RANGE:
            for place in layouts.places(row):
                findings.add("year-group-out-of-range", place, f"year group '{text}'", expected)
