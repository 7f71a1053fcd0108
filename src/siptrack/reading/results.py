"""The results of a register: each text decoded once on its column's scale, doubtful ones reported and left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.grades import Decoded, ScaleReader, is_number
from siptrack.reading.layout import Layouts
from siptrack.reading.recognition import Around, Column, Recognised, Recogniser
from siptrack.reading.rows import Written
from siptrack.reading.spelling import tight
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame, numbered
from siptrack.school.place import Place
from siptrack.school.register import RESULTS

if TYPE_CHECKING:
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
        self.readers = readers
        self.blank = {tight(text) for text in rules.columns.blank}
        self.broken = {tight(text) for text in rules.columns.broken}
        self.said_no_subject: set[Column] = set()
        self.marked: defaultdict[Column, Counter[str]] = defaultdict(Counter)
        self.texts = self._texts()
        recogniser = Recogniser(rules, self.readers)
        self.order = recogniser.order
        self.found = recogniser.all(self.texts, self._around(dated))
        self.scales = {column: recognised.scale for column, recognised in self.found.items()}
        for column, recognised in self.found.items():
            self._report_scale(column, recognised)

    def read(self, dated: Dated, pupils: Sequence[str | None]) -> tuple[Frame, Frame, int]:
        """The tables of results and of targets, and how many results were read; `pupils` is each row's pupil."""
        decoded = self._decoded()
        kept: list[tuple[Written, tuple[object, ...]]] = []
        read = 0
        for written, term in zip(self.layouts.written, dated.terms, strict=True):
            if tight(written.text) in self.blank:
                continue
            read += not written.is_target
            value = decoded.get((self._column(written), written.text))
            reason = self._left_out(written, pupils[written.row], term is not None, value)
            if reason:
                if not written.is_target:
                    place = self.layouts.place(self.layouts.rows[written.row], written.column)
                    self.findings.set_aside("results", reason, place)
            elif term is not None and value is not None:
                kept.append((written, self._row(written, str(pupils[written.row]), term.number, value)))
        self._report_marks(decoded)
        return *self._tables(kept), read

    def scale_of(self, table: int, column: int) -> tuple[str, int]:
        """The scale of a column (of its first subject, in a long table), and how many of its cells speak for it."""
        for key, scale in self.scales.items():
            if key[:2] == (table, column):
                return scale, self.found[key].evidence
        return "", 0

    def _column(self, written: Written) -> Column:
        return self.layouts.rows[written.row].table, written.column, written.subject

    def _texts(self) -> Mapping[Column, Counter[str]]:
        """How often each text stands in each column, blanks and spreadsheet errors apart."""
        texts: defaultdict[Column, Counter[str]] = defaultdict(Counter)
        for written in self.layouts.written:
            counter = texts[self._column(written)]
            if tight(written.text) not in self.blank | self.broken:
                counter[written.text] += 1
        return texts

    def _around(self, dated: Dated) -> Mapping[Column, Around]:
        """What is known of each column beside its cells."""
        years: defaultdict[Column, set[int]] = defaultdict(set)
        groups: defaultdict[Column, Counter[int]] = defaultdict(Counter)
        for written, term in zip(self.layouts.written, dated.terms, strict=True):
            column, row = self._column(written), dated.rows[written.row]
            if term is not None and term.dated:
                years[column].add(term.academic_year)
            if written.term.year_group is not None:
                groups[column][written.term.year_group] += 1
            elif row.year_group is not None and term is not None:
                groups[column][row.year_group + term.academic_year - row.academic_year] += 1
        return {column: self._of_column(column, groups[column], years[column]) for column in self.texts}

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

    def _decoded(self) -> Mapping[tuple[Column, str], Decoded]:
        """Each distinct text of each column, decoded once; where no scale fits, a mark without points."""
        decoded = {}
        for column, texts in self.texts.items():
            scale = self.scales[column]
            for text in texts:
                value = self.readers[scale].decode(text) if scale else Decoded(text, None, counts=False)
                if value is not None:
                    decoded[column, text] = value
        return decoded

    def _left_out(self, written: Written, pupil: str | None, term_known: bool, value: Decoded | None) -> str:
        """Why a result is not used; empty when it is."""
        if pupil is None:
            return "in a row that fits more than one pupil"
        if not written.subject:
            self._report_no_subject(self._column(written))
            return "of no known subject"
        place = self.layouts.place(self.layouts.rows[written.row], written.column)
        if tight(written.text) in self.broken:
            self.findings.add("broken-cell", place, f"'{written.text}'", "a grade")
            return "a spreadsheet error"
        if not term_known:
            return "of an unknown term"
        if value is None:
            return self._report_unknown_grade(written, place)
        if value.mark:
            self.marked[self._column(written)][written.text] += 1
        return ""

    def _report_marks(self, decoded: Mapping[tuple[Column, str], Decoded]) -> None:
        """Say once a column that marks stand beside grades, and how the commonest of them are read."""
        for column, texts in self.marked.items():
            shown = ", ".join(f"'{text}' as {_read_as(decoded[column, text])}" for text in _commonest(texts))
            found = f"marks or limits in {sum(texts.values())} of the column's cells, read so: {shown}"
            self.findings.add("marked-grade", self._heading_place(column), found, "a grade alone")

    def _report_no_subject(self, column: Column) -> None:
        """Say once a column that its results name no subject that is known."""
        if column not in self.said_no_subject:
            self.said_no_subject.add(column)
            heading = self.layouts.tables[column[0]].heading(column[1] - 1)
            found = f"'{heading}' ({sum(self.texts[column].values())} cells), of no known subject"
            self.findings.add("no-subject", self._heading_place(column), found, "a subject such as Reading")

    def _report_unknown_grade(self, written: Written, place: Place) -> str:
        scale = self.rules.scales[self.scales[self._column(written)]]
        expected = f"a grade of {scale.name}"
        others = [name for name in self.order if self._is_grade_of(name, written)]
        if others:
            found = f"'{written.text}', a grade of {others[0]}"
            self.findings.add("grade-of-another-scale", place, found, expected)
            return "of another scale than its column"
        self.findings.add("unknown-grade", place, f"'{written.text}'", expected)
        return "not a grade of its column's scale"

    def _is_grade_of(self, name: str, written: Written) -> bool:
        """Whether a text is a grade of that scale, which may be used in the subject."""
        reader = self.readers[name]
        used = not reader.scale.subjects or written.subject in reader.scale.subjects
        return used and bool(reader.scale.grades) and reader.decode(written.text) is not None

    def _row(self, written: Written, pupil: str, term: int, value: Decoded) -> tuple[object, ...]:
        row = self.layouts.rows[written.row]
        context = self.layouts.context(row)
        scale = self.scales[self._column(written)]
        return (
            *(pupil, written.subject, term, scale, written.text, value.grade, value.points, value.of_year),
            *(value.counts, self._is_test(written, scale), value.mark, float(value.lean)),
            *(context.file, context.sheet, row.number, written.column),
        )

    def _is_test(self, written: Written, scale: str) -> bool:
        """Whether a result is a test's: as its scale has it; else as its heading says; marks with no scale are."""
        if scale and self.rules.scales[scale].test:
            return True
        return written.test if written.test is not None else not scale

    def _tables(self, kept: Sequence[tuple[Written, tuple[object, ...]]]) -> tuple[Frame, Frame]:
        """Results and targets, one a pupil, subject and term: the last half-term's; contradictions are left out."""
        written = RESULTS.of(row for _, row in kept).having(when=_orders(one for one, _ in kept))
        is_target = np.array([one.is_target for one, _ in kept], dtype=np.bool_)
        return self._one_each(written[~is_target], report=True), self._one_each(written[is_target], report=False)

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


def _orders(written: Iterable[Written]) -> Positions:
    """What puts two results of one term in order: its half, its month counted from September, its day."""
    whens = [_when_in_term(one) for one in written]
    order = {when: at for at, when in enumerate(sorted(set(whens)))}
    return np.array([order[when] for when in whens], dtype=np.int64)


def _when_in_term(written: Written) -> tuple[int, int, int]:
    month = 0 if written.term.month is None else (written.term.month - _FIRST_MONTH) % _MONTHS + 1
    return written.term.half or 0, month, written.day


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
