"""The results of a register: each text decoded once on its column's scale, doubtful ones reported and left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from siptrack.reading.calendar import Dated
from siptrack.reading.findings import Findings
from siptrack.reading.grades import Decoded, Recognised, ScaleReader, is_number, recognise
from siptrack.reading.layout import Layouts
from siptrack.reading.rows import Written
from siptrack.reading.spelling import tight
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.register import RESULTS

if TYPE_CHECKING:
    from pandas import DataFrame

Column = tuple[int, int, str]  # the table's number, the column, the subject
_SAME_RESULT = ["pupil", "subject", "term"]
_SHOWN = 3


class ResultReader:
    """Understands everything that was written, column by column."""

    def __init__(self, layouts: Layouts, rules: Rules, findings: Findings) -> None:
        self.layouts, self.rules, self.findings = layouts, rules, findings
        self.readers = {name: ScaleReader(scale, rules.columns.grade_marks) for name, scale in rules.scales.items()}
        self.blank = {tight(text) for text in rules.columns.blank}
        self.broken = {tight(text) for text in rules.columns.broken}
        self.said_no_subject: set[Column] = set()
        self.scales = self._scales()

    def read(self, dated: Dated, pupils: Sequence[str | None]) -> tuple[DataFrame, DataFrame, int]:
        """The tables of results and of targets, and how many results were read; `pupils` is each row's pupil."""
        decoded = self._decoded()
        kept, read = [], 0
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
                kept.append(self._row(written, str(pupils[written.row]), term.number, value))
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

    def _scales(self) -> Mapping[Column, str]:
        """The scale of each column; a column with no evidence of its own takes its neighbours'."""
        self.texts = self._texts()
        found = {column: self._recognised(column, texts) for column, texts in self.texts.items()}
        self.found = found
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (table, _, _), recognised in found.items():
            if recognised.scale:
                votes[self.layouts.tables[table].context.file][recognised.scale] += recognised.evidence
                votes[""][recognised.scale] += recognised.evidence
        scales = {column: recognised.scale or self._neighbours(column, votes) for column, recognised in found.items()}
        for column, scale in scales.items():
            if not scale and self.texts[column]:
                self._report_unknown_scale(column)
        return scales

    def _recognised(self, column: Column, texts: Counter[str]) -> Recognised:
        table = self.layouts.tables[column[0]]
        heading = table.heading(column[1] - 1)
        chosen = self.rules.use.get(column[2]) or self.rules.use.get(heading)
        if chosen:
            return Recognised(chosen, sum(texts.values()))
        recognised = recognise(texts, f"{heading} {table.context.words}", self.readers)
        if recognised.rivals:
            found = f"grades of {recognised.scale} that also fit {', '.join(recognised.rivals)}"
            self.findings.add("scale-by-default", self._heading_place(column), found, "grades of one scale")
        return recognised

    def _neighbours(self, column: Column, votes: Mapping[str, Counter[str]]) -> str:
        """The commonest scale of the file, else of all files, if it knows some grade of the column."""
        texts = self.texts[column]
        for name in (self.layouts.tables[column[0]].context.file, ""):
            for scale, _ in votes[name].most_common(1):
                if self.readers[scale].knows_some(texts):
                    return scale
        return ""

    def _heading_place(self, column: Column) -> Place:
        return self.layouts.tables[column[0]].context.place(column=column[1])

    def _report_unknown_scale(self, column: Column) -> None:
        texts = self.texts[column]
        shown = ", ".join(
            f"'{text}'" for text, _ in sorted(texts.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]
        )
        found = f"{sum(texts.values())} results on no known scale, such as {shown}"
        self.findings.add("unknown-scale", self._heading_place(column), found, "grades of a scale in config/scales")
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
            self.findings.add("broken-cell", place, written.text, "a grade")
            return "a spreadsheet error"
        if not term_known:
            return "of an unknown term"
        if value is None:
            return self._report_unknown_grade(written, place)
        if value.mark:
            self.findings.add("marked-grade", place, f"'{written.text}', read as {value.grade}", "a grade alone")
        return ""

    def _report_no_subject(self, column: Column) -> None:
        """Say once a column that its results name no subject that is known."""
        if column not in self.said_no_subject:
            self.said_no_subject.add(column)
            found = f"{sum(self.texts[column].values())} results of no known subject"
            self.findings.add("no-subject", self._heading_place(column), found, "a subject such as Reading")

    def _report_unknown_grade(self, written: Written, place: Place) -> str:
        scale = self.rules.scales[self.scales[self._column(written)]]
        expected = f"a grade of {scale.name}"
        others = [name for name, reader in self.readers.items() if reader.decode(written.text) and reader.scale.grades]
        if others:
            found = f"'{written.text}', a grade of {' and of '.join(others)}"
            self.findings.add("grade-of-another-scale", place, found, expected)
            return "of another scale than its column"
        self.findings.add("unknown-grade", place, f"'{written.text}'", expected)
        return "not a grade of its column's scale"

    def _row(self, written: Written, pupil: str, term: int, value: Decoded) -> tuple[object, ...]:
        row = self.layouts.rows[written.row]
        context = self.layouts.context(row)
        scale = self.scales[self._column(written)]
        return (
            *(pupil, written.subject, term, scale, written.text, value.grade, value.points, value.counts),
            *(
                context.file,
                context.sheet,
                row.number,
                written.column,
                written.is_target,
                (written.term.half or 0, written.day),
            ),
        )

    def _tables(self, kept: Sequence[tuple[object, ...]]) -> tuple[DataFrame, DataFrame]:
        """Results and targets, one a pupil, subject and term: the last half-term's; contradictions are left out."""
        import pandas as pd

        frame = pd.DataFrame(kept, columns=[*RESULTS.names, "is_target", "half"])
        frame["points"] = frame["points"].astype("float64")
        frame["counts"] = frame["counts"].astype("bool")
        is_target = frame["is_target"].astype("bool")
        results = self._one_each(frame[~is_target], report=True)
        targets = self._one_each(frame[is_target], report=False)
        return results[RESULTS.names], targets[RESULTS.names]

    def _one_each(self, frame: DataFrame, *, report: bool) -> DataFrame:
        import pandas as pd

        frame = frame.sort_values([*_SAME_RESULT, "half", "file", "sheet", "row", "column"], kind="stable")
        frame["half"] = pd.factorize(frame["half"], sort=True)[0]
        last_half = (frame["half"] == frame.groupby(_SAME_RESULT)["half"].transform("max")).astype("bool")
        if report:
            earlier = _places(frame[~last_half])
            self.findings.set_aside("results", "of an earlier date or half of the same term", *earlier)
        frame = frame[last_half]
        differ = frame.groupby(_SAME_RESULT)[["scale", "grade"]].transform("nunique").max(axis=1) > 1
        repeats = frame.duplicated(_SAME_RESULT) & ~differ
        if report:
            self._report_doubles(frame, differ.tolist(), "two-results", "another result elsewhere")
            self._report_doubles(frame, repeats.tolist(), "repeated-result", "the same result elsewhere")
        return frame[~(differ | repeats)].reset_index(drop=True)

    def _report_doubles(self, frame: DataFrame, chosen: Sequence[bool], code: str, found: str) -> None:
        rows = frame.loc[[index for index, double in zip(frame.index, chosen, strict=True) if double]]
        places = _places(rows)
        for place, text in zip(places, rows["text"], strict=True):
            self.findings.add(code, place, f"'{text}', and {found} for the same term", "one result a term")
        reasons = {"two-results": "contradicted by another result", "repeated-result": "written twice"}
        self.findings.set_aside("results", reasons[code], *places)


def _places(rows: DataFrame) -> list[Place]:
    """Where these results stand."""
    columns = (rows[name].tolist() for name in ("file", "sheet", "row", "column"))
    return [Place(*where) for where in zip(*columns, strict=True)]
