"""Which scale each column's results are on, and what each text in it means there, found once for all its cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.calendar import Dated, DatedColumns
from siptrack.reading.findings import Findings
from siptrack.reading.grades import Decoded, ScaleReader, is_number
from siptrack.reading.layout import Layouts
from siptrack.reading.recognition import Around, Column, Recognised, Recogniser
from siptrack.reading.spelling import tight
from siptrack.reading.written import Slot
from siptrack.rules.model import Rules
from siptrack.school.frame import counted, numbered, numbers
from siptrack.school.place import Place
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_SHOWN = 3


class ColumnScales:
    """The scale of every column; `column` and `cell` say of each result in which column it stands, and as which text.

    `cells` are the different texts of each of the `columns`; `agreed` are the scales that are known already, from all
    of a file of which this is a part.
    """

    def __init__(
        self,
        layouts: Layouts,
        dated: Dated,
        readers: Mapping[str, ScaleReader],
        rules: Rules,
        findings: Findings,
        agreed: Mapping[Column, Recognised] | None = None,
    ) -> None:
        self.layouts, self.rules, self.findings = layouts, rules, findings
        self.written, self.dated, self.readers = layouts.written, dated, readers
        self.blank = {tight(text) for text in rules.columns.blank}
        self.broken = {tight(text) for text in rules.columns.broken}
        self.columns = list(dict.fromkeys(map(_column, self.written.slots)))
        number = {column: at for at, column in enumerate(self.columns)}
        self.column = self.written.each(lambda slot: number[_column(slot)])
        # What a text in a column means is found once, and holds for each of its cells.
        self.cell, first = numbered([self.column, self.written.text])
        texts = self.written.text[first].tolist()
        self.cells = [(self.columns[at], str(text)) for at, text in zip(self.column[first], texts, strict=True)]
        self.texts = self._texts(first)
        recogniser = Recogniser(rules, self.readers)
        self.order = recogniser.order
        self.around = self._around()
        self.found = {column: agreed[column] for column in self.texts if column in agreed} if agreed else {}
        if len(self.found) < len(self.texts):
            self.found = {**recogniser.all(self.texts, self.around), **self.found}
        self.scales = {column: recognised.scale for column, recognised in self.found.items()}
        for column, recognised in self.found.items():
            self._report_scale(column, recognised)

    def scale_of(self, table: int, column: int) -> tuple[str, int]:
        """The scale of a column (of its first subject, in a long table), and how many of its cells speak for it."""
        for key, scale in self.scales.items():
            if key[:2] == (table, column):
                return scale, self.found[key].evidence
        return "", 0

    def of_cells(self, flags: Sequence[bool]) -> Flags:
        """What is so of the text in its column, for each result; `flags` has one for each of the `cells`."""
        return np.array(flags, dtype=np.bool_)[self.cell]

    def heading_place(self, column: Column) -> Place:
        """Where a column's heading stands."""
        return self.layouts.tables[column[0]].context.place(column=column[1])

    def decode(self, cell: tuple[Column, str]) -> Decoded | None:
        """What a text means in its column; where no scale fits, a mark without points; None where it is no grade."""
        column, text = cell
        scale = self.scales[column]
        if not scale:
            return Decoded(text, None, counts=False)
        return self.readers[scale].decode(text)

    def scales_of(self, cell: tuple[Column, str]) -> Sequence[str]:
        """The scales that may be used in a column's subject and of which its text is a grade."""
        (*_, subject), text = cell
        readers = ((name, self.readers[name]) for name in self.order)
        return [
            name
            for name, reader in readers
            if (not reader.scale.subjects or subject in reader.scale.subjects)
            and reader.scale.grades
            and reader.decode(text) is not None
        ]

    def _texts(self, first: Positions) -> Mapping[Column, Counter[str]]:
        """How often each text stands in each column, in the order in which they do, without blanks and errors."""
        texts: dict[Column, Counter[str]] = {column: Counter() for column in self.columns}
        counts = np.bincount(self.cell)
        for at in np.argsort(first).tolist():
            column, text = self.cells[at]
            if tight(text) not in self.blank | self.broken:
                texts[column][text] = int(counts[at])
        return texts

    def _around(self) -> Mapping[Column, Around]:
        """What is known of each column beside its cells."""
        dated, row = self.dated, self.written.row
        year = dated.terms // SEASONS_IN_A_YEAR
        of_rows = DatedColumns.of(dated.rows)
        then = np.where(dated.known, of_rows.year_group[row] + year - of_rows.academic_year[row], np.nan)
        stated = numbers(slot.term.year_group for slot in self.written.slots)[self.written.slot]
        groups: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for (column, group), count in counted([self.column, np.where(np.isnan(stated), then, stated)]).items():
            if not np.isnan(group):
                groups[column][int(group)] += count
        years: defaultdict[int, set[int]] = defaultdict(set)
        for column, academic_year in counted([self.column[dated.known], year[dated.known]]):
            if Term(academic_year, Season.AUTUMN).dated:
                years[column].add(academic_year)
        return {column: self._of_column(column, groups[at], years[at]) for at, column in enumerate(self.columns)}

    def _of_column(self, column: Column, groups: Counter[int], years: set[int]) -> Around:
        table = self.layouts.tables[column[0]]
        heading = table.heading(column[1] - 1)
        meaning = table.results.get(column[1] - 1)
        named_scale = meaning.scale if meaning else ""
        return Around(
            file=table.context.file,
            words=f"{heading} {table.context.words}",
            subject=column[2],
            year_groups=groups,
            academic_years=frozenset(years),
            chosen=self.rules.use.get(column[2]) or self.rules.use.get(heading) or named_scale,
            raw=bool(meaning and meaning.raw),
        )

    def _report_scale(self, column: Column, recognised: Recognised) -> None:
        """Say of a column that its grades fit another scale too, or none."""
        if not recognised.scale and self.texts[column]:
            self._report_unknown_scale(column)
        if recognised.rivals:
            rivals = ", ".join(recognised.rivals)
            found = f"grades that fit {recognised.scale} and also {rivals}; read as {recognised.scale}"
            why = f"{found}, since {recognised.because}"
            self.findings.add("scale-by-default", self.heading_place(column), why, "grades of one scale")

    def _report_unknown_scale(self, column: Column) -> None:
        texts = self.texts[column]
        shown = ", ".join(f"'{text}'" for text in commonest(texts))
        found = f"{sum(texts.values())} results on no known scale, such as {shown}"
        self.findings.add("unknown-scale", self.heading_place(column), found, "grades of a scale that siptrack knows")
        if texts["0"] and any(text != "0" and is_number(text) for text in texts):
            zeros = f"{texts['0']} zeros among marks"
            self.findings.add(
                "zero-mark", self.heading_place(column), zeros, "a mark, or a blank for a child who did not sit"
            )


def _column(slot: Slot) -> Column:
    return slot.table, slot.column, slot.subject


def commonest(texts: Mapping[str, int]) -> list[str]:
    """The few texts that stand most often."""
    return sorted(texts, key=lambda text: (-texts[text], text))[:_SHOWN]
