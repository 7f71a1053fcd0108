"""Pairs of rows that are one child's before anything is compared: as the school says, or listed twice in one sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from siptrack.reading.findings import Findings
from siptrack.reading.identity.groups import Mention
from siptrack.reading.identity.mentions import is_place, on_same_sheet, sheets_of_names, written_name
from siptrack.reading.identity.numbers import number_key, upn_kind
from siptrack.reading.identity.standing import results_of_rows
from siptrack.reading.layout import Layouts
from siptrack.reading.names import may_be_same_name, names_in
from siptrack.reading.spelling import words


class GivenPairs:
    """The pairs of rows, each as two positions among the rows; `pupils` is the section of siptrack.yaml."""

    def __init__(self, layouts: Layouts, pupils: Mapping[str, str], findings: Findings) -> None:
        self.layouts, self.pupils, self.findings = layouts, pupils, findings

    def by_the_school(self, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """The pairs of rows that siptrack.yaml says are one child's, as far as nothing in them speaks against it.

        A line that leads to another child's row, or to nobody, is reported where it begins.
        """
        given = {words(key): value for key, value in self.pupils.items()}
        if not given:
            return
        places = [
            (index, row, place) for index, row in enumerate(self.layouts.rows) for place in self.layouts.places(row)
        ]
        rows = {words(place.label): index for index, _, place in places}
        known, sheets = self._known(mentions), sheets_of_names(self.layouts)
        for index, row, place in places:
            for key in (words(place.label), written_name(row.texts)):
                if key not in given:
                    continue
                other = rows.get(words(given[key]))
                if other is not None and self._may_be_given(mentions, index, other):
                    yield index, other
                elif other != index and (
                    self._leads_nowhere(given[key], known, row=other)
                    or on_same_sheet(sheets, names_in(row.texts), names_in({"name": given[key]}))
                ):
                    found = "a row which siptrack.yaml joins to one of another child, or to none"
                    self.findings.add("settings-misfit", place, found, "two rows of one child")

    def _known(self, mentions: Sequence[Mention]) -> set[str]:
        """The names and numbers that the rows themselves give."""
        numbers = {number for mention in mentions for _, number in mention.numbers}
        return numbers.union(*(names_in(row.texts).keys for row in self.layouts.rows))

    def _leads_nowhere(self, named: str, known: Collection[str], row: int | None) -> bool:
        """Whether a line names no row, number or name of the files; a file that was not given says nothing."""
        if is_place(named):
            given = any(words(named).startswith(words(table.context.file)) for table in self.layouts.tables)
            return row is not None or given
        return not upn_kind(named) and number_key(named) not in known and names_in({"name": named}).main not in known

    def listed_twice(self, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
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

    def _may_be_given(self, mentions: Sequence[Mention], index: int, other: int) -> bool:
        """Whether two rows may be one child's: by name or birthday, and by no number of a third row."""
        own, two = mentions[index], mentions[other]
        table = self.layouts.rows[other].table
        another = any(
            not mention.numbers.isdisjoint(own.numbers) and mention != two
            for mention, row in zip(mentions, self.layouts.rows, strict=True)
            if row.table == table
        )
        alike = may_be_same_name(own.called, two.called) or own.date_of_birth == two.date_of_birth != ""
        return alike and not another and self.layouts.rows[index].table != table
