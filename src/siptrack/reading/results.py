"""The results of a register: each text decoded once on its column's scale, doubtful ones reported and left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from siptrack.reading.column_scales import ColumnScales, commonest
from siptrack.reading.findings import Findings
from siptrack.reading.grades import Decoded
from siptrack.reading.recognition import Column
from siptrack.reading.spelling import tight
from siptrack.reading.still_stands import says_it_stands, with_standing
from siptrack.reading.written import Slot
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame, counted, numbered, numbers, of_each
from siptrack.school.place import Place
from siptrack.school.register import RESULTS
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_SAME_RESULT = ("pupil", "subject", "term", "test", "scale")
_FIRST_MONTH, _MONTHS = 9, 12  # of a school year
CONTRADICTED = "contradicted by another result"


class ResultReader:
    """Reads everything that was written, the scales of its columns being known."""

    def __init__(self, known: ColumnScales, rules: Rules, findings: Findings) -> None:
        self.known, self.rules, self.findings = known, rules, findings
        self.layouts, self.written, self.dated = known.layouts, known.written, known.dated
        self.decoded = list(map(known.decode, known.cells))
        cells = zip(known.cells, self.decoded, strict=True)
        self.others = [known.scales_of(cell) if value is None else () for cell, value in cells]

    def read(self, pupils: Texts) -> tuple[Frame, Frame, int]:
        """The tables of results and of targets, and how many results were read; `pupils` is each row's pupil."""
        is_target = self.written.is_target
        kept = ~self.known.of_cells([tight(text) in self.known.blank for _, text in self.known.cells])
        read, all_filled = int((kept & ~is_target).sum()), kept
        whose = pupils[self.written.row]
        for reason, here, report in self._why_not(whose):
            out = kept & here
            report(out)
            self.findings.set_aside("results", reason, *self._places_of(out & ~is_target))
            kept = kept & ~out
        self._report_marks(kept)
        targets = self._last_of_each(self._table(np.flatnonzero(kept & is_target), whose), report=False)
        aside = all_filled & ~kept & ~is_target & self.dated.known & whose.known
        written, left_out = (self._table(np.flatnonzero(rows), whose) for rows in (kept & ~is_target, aside))
        results = self._with_standing(written, left_out)
        return results, targets, read

    def _why_not(self, whose: Texts) -> Iterator[tuple[str, Flags, Callable[[Flags], None]]]:
        """Why results are not used, the first that holds: the reason, which they are, and what says what is wrong."""
        known = self.known
        no_subject = self.written.each(lambda slot: not slot.subject).astype(np.bool_)
        broken = known.of_cells([tight(text) in known.broken for _, text in known.cells])
        unknown = known.of_cells([value is None for value in self.decoded])
        is_others = known.of_cells(list(map(bool, self.others)))
        yield "in a row that fits more than one pupil", ~whose.known, _say_nothing
        yield "of no known subject", no_subject, self._report_no_subject
        yield "a spreadsheet error", broken, self._report_broken
        yield "of an unknown term", ~self.dated.known, _say_nothing
        yield "of another scale than its column", is_others, self._report_unknown_grades
        yield "not a grade of its column's scale", unknown, self._report_unknown_grades

    def _each(self, out: Flags) -> Iterator[tuple[Place, int]]:
        """The place of each of these results, and the number of its cell."""
        for at in np.flatnonzero(out).tolist():
            slot = self.written.slots[self.written.slot[at]]
            context = self.layouts.tables[slot.table].context
            yield context.place(int(self.written.number[at]), slot.column), int(self.known.cell[at])

    def _places_of(self, out: Flags) -> Iterator[Place]:
        return (place for place, _ in self._each(out))

    def _report_marks(self, kept: Flags) -> None:
        """Say once a column that marks stand beside grades, and how the commonest of them are read."""
        marked: defaultdict[Column, Counter[str]] = defaultdict(Counter)
        read_as: dict[tuple[Column, str], str] = {}
        for cell, count in counted([self.known.cell[kept]]).items():
            value = self.decoded[cell[0]]
            if value is not None and value.mark:
                column, text = self.known.cells[cell[0]]
                marked[column][text], read_as[column, text] = count, _read_as(value)
        for column, texts in marked.items():
            shown = ", ".join(f"'{text}' as {read_as[column, text]}" for text in commonest(texts))
            found = f"marks or limits in {sum(texts.values())} of the column's cells, read so: {shown}"
            self.findings.add("marked-grade", self.known.heading_place(column), found, "a grade alone")

    def _report_no_subject(self, out: Flags) -> None:
        """Say of a column that its results name no subject that is known."""
        for column in (self.known.columns[at] for at in sorted(set(self.known.column[out].tolist()))):
            heading = self.layouts.tables[column[0]].heading(column[1] - 1)
            found = f"'{heading}' ({sum(self.known.texts[column].values())} cells), of no known subject"
            self.findings.add("no-subject", self.known.heading_place(column), found, "a subject such as Reading")

    def _report_broken(self, out: Flags) -> None:
        for place, cell in self._each(out):
            self.findings.add("broken-cell", place, f"'{self.known.cells[cell][1]}'", "a grade")

    def _report_unknown_grades(self, out: Flags) -> None:
        for place, cell in self._each(out):
            column, text = self.known.cells[cell]
            expected = f"a grade of {self.rules.scales[self.known.scales[column]].name}"
            code, found = "unknown-grade", f"'{text}'"
            if self.others[cell]:
                code, found = "grade-of-another-scale", f"'{text}', a grade of {self.others[cell][0]}"
            self.findings.add(code, place, found, expected)

    def _table(self, kept: Positions, whose: Texts) -> Frame:
        """The results in these positions, and `when` in its term each stands."""
        written, slot, cell = self.written, self.written.slot[kept], self.known.cell[kept]
        decoded = [Decoded("", None, counts=False) if meaning is None else meaning for meaning in self.decoded]
        tables = self.layouts.tables
        scale = Texts.of(self.known.scales[column] for column, _ in self.known.cells)[cell]
        frame = Frame(
            {
                "pupil": whose[kept],
                "subject": Texts.of(slot.subject for slot in written.slots)[slot],
                "term": self.dated.terms[kept],
                "scale": scale,
                "text": written.text[kept],
                "grade": Texts.of(meaning.grade for meaning in decoded)[cell],
                "points": of_each(numbers(meaning.points for meaning in decoded), cell),
                "of_year": of_each(numbers(meaning.of_year for meaning in decoded), cell),
                "counts": of_each(np.array([meaning.counts for meaning in decoded], dtype=np.bool_), cell),
                "test": self._is_test(scale, slot),
                "mark": Texts.of(meaning.mark for meaning in decoded)[cell],
                "lean": of_each(numbers(meaning.lean for meaning in decoded), cell),
                "stands_from": np.full(len(kept), np.nan),
                "file": Texts.of(tables[slot.table].context.file for slot in written.slots)[slot],
                "sheet": Texts.of(tables[slot.table].context.sheet for slot in written.slots)[slot],
                "row": written.number[kept],
                "column": of_each(np.array([slot.column for slot in written.slots], dtype=np.int64), slot),
            }
        )
        return frame.having(when=of_each(_orders(written.slots), slot))

    def _is_test(self, scale: Texts, slot: Positions) -> Flags:
        """Whether results are a test's: as their scale has it; else as the heading says; marks with no scale are."""
        of_test = scale.isin({name for name, known_scale in self.rules.scales.items() if known_scale.test})
        as_headed = numbers(slot.test for slot in self.written.slots)[slot]
        return of_test | np.where(np.isnan(as_headed), scale == "", as_headed == 1)

    def _with_standing(self, written: Frame, aside: Frame) -> Frame:
        """The results, one a term; where a cell says that a judgement still stands, with the grade of that.

        `aside` are those that were left out already.
        """
        code = self.rules.columns.standing
        words = {tight(text) for text in code.spellings} if code else set()
        in_words = [text for text in written["text"].distinct() if tight(text) in words]
        stands = says_it_stands(written, code.code if code else "", in_words)
        real = self._last_of_each(written[~stands], report=True)
        if not stands.any():
            return real
        standing = self._last_of_each(written[stands], report=True)
        gone = written[~stands][RESULTS.names]
        gone = gone[gone.found_in(real, *_SAME_RESULT) == NONE]
        found = with_standing(real, Frame.stacked([aside[RESULTS.names], gone]), standing, self.rules.scales)
        for place, text in zip(_places(found.nothing), found.nothing["text"].tolist(), strict=True):
            expected = "a judgement of an earlier term in this subject, on this scale"
            self.findings.add("nothing-stands", place, f"'{text}', and no judgement before it", expected)
        self.findings.set_aside("results", "says that a judgement stands, and none is known", *_places(found.nothing))
        self.findings.set_aside("results", "says that a judgement stands, beside a new one", *_places(found.beside))
        return found.results

    def _last_of_each(self, frame: Frame, *, report: bool) -> Frame:
        _, first = numbered([frame[name] for name in _SAME_RESULT])
        if len(first) == len(frame):  # the first with each number are all there are, and in order
            return frame.take(first)[RESULTS.names]
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


def _say_nothing(_: Flags) -> None:
    """Nothing is wrong with the result itself."""


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
    """The grade that a text with a mark counts as; of a score written as a limit the points."""
    return value.grade if value.points is None or value.mark not in value.grade else f"{value.points:g}"


def _places(rows: Frame) -> list[Place]:
    """Where these results stand."""
    return [Place(*where) for where in rows.in_rows("file", "sheet", "row", "column")]
