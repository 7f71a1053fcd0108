"""The results of a register: each text decoded once on its column's scale, doubtful ones reported and left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.grades import Decoded, ScaleReader, is_number
from siptrack.reading.layout import Layouts
from siptrack.reading.recognition import Around, Column, Recognised, Recogniser
from siptrack.reading.spelling import tight
from siptrack.reading.written import Slot
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame, counted, numbered
from siptrack.school.place import Place
from siptrack.school.register import RESULTS
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_SAME_RESULT = ("pupil", "subject", "term", "test", "scale")
_FIRST_MONTH, _MONTHS = 9, 12  # of a school year
_SHOWN = 3
CONTRADICTED = "contradicted by another result"


class ResultReader:
    """Understands everything that was written, column by column."""

    def __init__(
        self,
        layouts: Layouts,
        dated: Dated,
        readers: Mapping[str, ScaleReader],
        rules: Rules,
        findings: Findings,
    ) -> None:
        self.layouts, self.rules, self.findings = layouts, rules, findings
        self.written, self.dated, self.readers = layouts.written, dated, readers
        self.blank = {tight(text) for text in rules.columns.blank}
        self.broken = {tight(text) for text in rules.columns.broken}
        self.columns = list(dict.fromkeys(map(_column, self.written.slots)))
        number = {column: at for at, column in enumerate(self.columns)}
        self.column = self.written.each(lambda slot: number[_column(slot)])
        # What is said of a text in a column is found once, and holds for each of its cells.
        self.cell, first = numbered([self.column, self.written.text])
        texts = self.written.text[first].tolist()
        self.cells = [(self.columns[at], str(text)) for at, text in zip(self.column[first], texts, strict=True)]
        self.texts = self._texts(first)
        recogniser = Recogniser(rules, self.readers)
        self.order = recogniser.order
        self.found = recogniser.all(self.texts, self._around())
        self.scales = {column: recognised.scale for column, recognised in self.found.items()}
        for column, recognised in self.found.items():
            self._report_scale(column, recognised)

    def read(self, pupils: Sequence[str | None]) -> tuple[Frame, Frame, int]:
        """The tables of results and of targets, and how many results were read; `pupils` is each row's pupil."""
        decoded = list(map(self._decode, self.cells))
        is_target = self.written.each(lambda slot: slot.is_target).astype(np.bool_)
        kept = ~self._of_cells([tight(text) in self.blank for _, text in self.cells])
        read = int((kept & ~is_target).sum())
        whose = Texts.of(pupils)[self.written.row]
        for reason, here in self._left_out(kept, whose, decoded):
            self.findings.set_aside("results", reason, *map(self._place, np.flatnonzero(here & ~is_target).tolist()))
            kept = kept & ~here
        self._report_marks(kept, decoded)
        results, targets = (
            self._one_each(self._table(np.flatnonzero(kept & of_kind), whose, decoded), report=report)
            for of_kind, report in ((~is_target, True), (is_target, False))
        )
        return results, targets, read

    def scale_of(self, table: int, column: int) -> tuple[str, int]:
        """The scale of a column (of its first subject, in a long table), and how many of its cells speak for it."""
        for key, scale in self.scales.items():
            if key[:2] == (table, column):
                return scale, self.found[key].evidence
        return "", 0

    def _of_cells(self, flags: Sequence[bool]) -> Flags:
        """What is so of the text in its column, for each result."""
        return np.array(flags, dtype=np.bool_)[self.cell]

    def _place(self, at: int) -> Place:
        """Where a result stands."""
        slot = self.written.slots[self.written.slot[at]]
        return self.layouts.tables[slot.table].context.place(int(self.written.number[at]), slot.column)

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
        of_row = np.array([np.nan if one.year_group is None else one.year_group for one in dated.rows])
        year_of_row = np.array([one.academic_year for one in dated.rows])
        then = np.where(dated.known, of_row[row] + year - year_of_row[row], np.nan)
        stated = self.written.each(lambda slot: np.nan if slot.term.year_group is None else slot.term.year_group)
        groups: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for (column, group), count in counted([self.column, np.where(np.isnan(stated), then, stated)]).items():
            if not np.isnan(group):
                groups[column][int(group)] += count
        years: defaultdict[int, set[int]] = defaultdict(set)
        for column, one in counted([self.column[dated.known], year[dated.known]]):
            if Term(one, Season.AUTUMN).dated:
                years[column].add(one)
        return {one: self._of_column(one, groups[at], years[at]) for at, one in enumerate(self.columns)}

    def _of_column(self, column: Column, groups: Counter[int], years: set[int]) -> Around:
        table = self.layouts.tables[column[0]]
        heading = table.heading(column[1] - 1)
        meaning = table.results.get(column[1] - 1)
        said = meaning.scale if meaning else ""
        return Around(
            file=table.context.file,
            words=f"{heading} {table.context.words}",
            subject=column[2],
            year_groups=groups,
            academic_years=frozenset(years),
            chosen=self.rules.use.get(column[2]) or self.rules.use.get(heading) or said,
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
            self.findings.add("scale-by-default", self._heading_place(column), why, "grades of one scale")

    def _heading_place(self, column: Column) -> Place:
        return self.layouts.tables[column[0]].context.place(column=column[1])

    def _report_unknown_scale(self, column: Column) -> None:
        texts = self.texts[column]
        shown = ", ".join(f"'{text}'" for text in _commonest(texts))
        found = f"{sum(texts.values())} results on no known scale, such as {shown}"
        self.findings.add("unknown-scale", self._heading_place(column), found, "grades of a scale that siptrack knows")
        if texts["0"] and any(text != "0" and is_number(text) for text in texts):
            zeros = f"{texts['0']} zeros among marks"
            self.findings.add(
                "zero-mark", self._heading_place(column), zeros, "a mark, or a blank for a child who did not sit"
            )

    def _decode(self, cell: tuple[Column, str]) -> Decoded | None:
        """What a text means in its column; where no scale fits, a mark without points; None where it is no grade."""
        column, text = cell
        scale = self.scales[column]
        if not scale:
            return Decoded(text, None, counts=False)
        return self.readers[scale].decode(text)

    def _left_out(self, kept: Flags, whose: Texts, decoded: Sequence[Decoded | None]) -> Iterator[tuple[str, Flags]]:
        """Why results are not used, each reason with those for which it is the first; what they do wrong is said."""
        left = kept & whose.known
        yield "in a row that fits more than one pupil", kept & ~whose.known
        no_subject = left & self.written.each(lambda slot: not slot.subject).astype(np.bool_)
        for column in sorted(set(self.column[no_subject].tolist())):
            self._report_no_subject(self.columns[column])
        yield "of no known subject", no_subject
        left = left & ~no_subject
        broken = left & self._of_cells([tight(text) in self.broken for _, text in self.cells])
        for at in np.flatnonzero(broken).tolist():
            self.findings.add("broken-cell", self._place(at), f"'{self.cells[self.cell[at]][1]}'", "a grade")
        yield "a spreadsheet error", broken
        left = left & ~broken
        yield "of an unknown term", left & ~self.dated.known
        left = left & self.dated.known
        unknown = left & self._of_cells([one is None for one in decoded])
        of_others = {cell: self._scales_of(self.cells[cell]) for cell in set(self.cell[unknown].tolist())}
        for at in np.flatnonzero(unknown).tolist():
            self._report_unknown_grade(at, of_others[self.cell[at]])
        is_others = unknown & self._of_cells([bool(of_others.get(at)) for at in range(len(self.cells))])
        yield "of another scale than its column", is_others
        yield "not a grade of its column's scale", unknown & ~is_others

    def _report_marks(self, kept: Flags, decoded: Sequence[Decoded | None]) -> None:
        """Say once a column that marks stand beside grades, and how the commonest of them are read."""
        marked: defaultdict[Column, Counter[str]] = defaultdict(Counter)
        read_as: dict[tuple[Column, str], str] = {}
        for cell, count in counted([self.cell[kept]]).items():
            value = decoded[cell[0]]
            if value is not None and value.mark:
                column, text = self.cells[cell[0]]
                marked[column][text], read_as[column, text] = count, _read_as(value)
        for column, texts in marked.items():
            shown = ", ".join(f"'{text}' as {read_as[column, text]}" for text in _commonest(texts))
            found = f"marks or limits in {sum(texts.values())} of the column's cells, read so: {shown}"
            self.findings.add("marked-grade", self._heading_place(column), found, "a grade alone")

    def _report_no_subject(self, column: Column) -> None:
        """Say of a column that its results name no subject that is known."""
        heading = self.layouts.tables[column[0]].heading(column[1] - 1)
        found = f"'{heading}' ({sum(self.texts[column].values())} cells), of no known subject"
        self.findings.add("no-subject", self._heading_place(column), found, "a subject such as Reading")

    def _report_unknown_grade(self, at: int, others: Sequence[str]) -> None:
        column, text = self.cells[self.cell[at]]
        expected = f"a grade of {self.rules.scales[self.scales[column]].name}"
        code, found = "unknown-grade", f"'{text}'"
        if others:
            code, found = "grade-of-another-scale", f"'{text}', a grade of {others[0]}"
        self.findings.add(code, self._place(at), found, expected)

    def _scales_of(self, cell: tuple[Column, str]) -> Sequence[str]:
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

    def _table(self, kept: Positions, whose: Texts, decoded: Sequence[Decoded | None]) -> Frame:
        """The results in these positions, and `when` in its term each stands."""
        written, slot, cell = self.written, self.written.slot[kept], self.cell[kept]
        said = [Decoded("", None, counts=False) if one is None else one for one in decoded]
        tables = self.layouts.tables
        scale = Texts.of(self.scales[column] for column, _ in self.cells)[cell]
        frame = Frame(
            {
                "pupil": whose[kept],
                "subject": Texts.of(one.subject for one in written.slots)[slot],
                "term": self.dated.terms[kept],
                "scale": scale,
                "text": written.text[kept],
                "grade": Texts.of(one.grade for one in said)[cell],
                "points": _numbers(one.points for one in said)[cell],
                "of_year": _numbers(one.of_year for one in said)[cell],
                "counts": np.array([one.counts for one in said], dtype=np.bool_)[cell],
                "test": self._is_test(scale, slot),
                "mark": Texts.of(one.mark for one in said)[cell],
                "lean": _numbers(one.lean for one in said)[cell],
                "file": Texts.of(tables[one.table].context.file for one in written.slots)[slot],
                "sheet": Texts.of(tables[one.table].context.sheet for one in written.slots)[slot],
                "row": written.number[kept],
                "column": written.each(lambda one: one.column)[kept],
            }
        )
        return frame.having(when=_orders(written.slots)[slot])

    def _is_test(self, scale: Texts, slot: Positions) -> Flags:
        """Whether results are a test's: as their scale has it; else as the heading says; marks with no scale are."""
        of_test = scale.isin({name for name, one in self.rules.scales.items() if one.test})
        said = _numbers(one.test for one in self.written.slots)[slot]
        return of_test | np.where(np.isnan(said), scale == "", said == 1)

    def _one_each(self, frame: Frame, *, report: bool) -> Frame:
        frame = frame.sorted_by(*_SAME_RESULT, "when", "file", "sheet", "row", "column")
        is_last = _is_last(frame)
        if report:
            earlier = _places(frame[~is_last])
            self.findings.set_aside("results", "of an earlier date or half of the same term", *earlier)
        frame = frame[is_last]
        differ = _differ(frame)
        repeats = ~frame.first_of(*_SAME_RESULT) & ~differ
        if report:
            self._report_doubles(frame[differ], "two-results", "another result elsewhere")
            self._report_doubles(frame[repeats], "repeated-result", "the same result elsewhere")
        of_term: Frame = frame[~(differ | repeats)][RESULTS.names]
        return of_term

    def _report_doubles(self, rows: Frame, code: str, found: str) -> None:
        places = _places(rows)
        for place, text in zip(places, rows["text"].tolist(), strict=True):
            self.findings.add(code, place, f"'{text}', and {found} for the same term", "one result a term")
        reasons = {"two-results": CONTRADICTED, "repeated-result": "written twice"}
        self.findings.set_aside("results", reasons[code], *places)


def _column(slot: Slot) -> Column:
    return slot.table, slot.column, slot.subject


def _numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)


def _orders(slots: Iterable[Slot]) -> Positions:
    """What puts two results of one term in order: its half, its month counted from September, its day."""
    whens = list(map(_when_in_term, slots))
    order = {when: at for at, when in enumerate(sorted(set(whens)))}
    return np.array([order[when] for when in whens], dtype=np.int64)


def _when_in_term(slot: Slot) -> tuple[int, int, int]:
    month = 0 if slot.term.month is None else (slot.term.month - _FIRST_MONTH) % _MONTHS + 1
    return slot.term.half or 0, month, slot.day


def _is_last(frame: Frame) -> Flags:
    """Which results are of the last date or half of their term that there is for the pupil."""
    same, _ = numbered([frame[name] for name in _SAME_RESULT])
    latest = np.zeros(same.max(initial=-1) + 1, dtype=np.int64)
    np.maximum.at(latest, same, frame["when"])
    is_last: Flags = frame["when"] == latest[same]
    return is_last


def _differ(frame: Frame) -> Flags:
    """Which results have another with another grade beside them."""
    same, first = numbered([frame[name] for name in _SAME_RESULT])
    is_another = frame["grade"] != frame["grade"][first[same]]
    return np.isin(same, same[is_another])


def _read_as(value: Decoded) -> str:
    """The grade that a text with a mark counts as; of a score told as a limit the points."""
    return value.grade if value.points is None or value.mark not in value.grade else f"{value.points:g}"


def _commonest(texts: Mapping[str, int]) -> list[str]:
    """The few texts that stand most often."""
    return sorted(texts, key=lambda text: (-texts[text], text))[:_SHOWN]


def _places(rows: Frame) -> list[Place]:
    """Where these results stand."""
    return [Place(*where) for where in rows.in_rows("file", "sheet", "row", "column")]
