"""The school's own reviews: a heading, a stage, and evidence or a next step, and no child; held as it is written.

A grid with a column for each stage, in which one is marked, is one too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.records.kind import RecordKind, Surroundings, besides, by_words, columns_by, has_headings
from siptrack.reading.records.sheets import BETWEEN, OWN_REPORT, Columns, RecordLine, RecordSheet, Row, unread
from siptrack.reading.sections import ROWS_LOOKED_AT
from siptrack.reading.sheet import Cells, Sheet, cell_at
from siptrack.reading.spelling import tight, words
from siptrack.rules.model import Rules
from siptrack.school.review import REVIEWS
from siptrack.school.term import Term

HEADING, STAGE = "heading", "stage"
_EITHER = frozenset({"evidence", "step"})
_WRITTEN = (STAGE, "evidence", "dated", "step", "who", "by_when", "came")
_NO_STAGE = "a stage that is none of those in use"


class Reviews(RecordKind):
    """Reviews; the sheet that siptrack laid beside one says nothing new."""

    name = "reviews"
    tables = (("review", REVIEWS),)
    holds = "the school's own review"
    repeats = True

    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        super().__init__(reader, rules, findings)
        review, columns = rules.review, rules.columns
        self.names, self.headings = by_words(review.columns), by_words(review.headings)
        self.own = frozenset(map(words, review.own))
        self.labels = [stage.label for stage in review.stages.values()]
        self.in_grid = by_words({stage.label: (stage.label, *stage.spellings) for stage in review.stages.values()})
        self.stages = by_words({key: (key, one.label, *one.spellings) for key, one in review.stages.items()})
        self.ticked = set(map(tight, columns.ticked))
        self.unmarked = self.blank.union(map(tight, columns.unticked))
        self.order_of = {text: at for at, text in enumerate(review.headings)}
        self.chosen: dict[tuple[Term | None, str], str] = {}

    def recognises(self, sheet: Sheet) -> RecordSheet | None:
        """The review on a sheet, or what siptrack laid beside one."""
        if record := super().recognises(sheet):
            return record
        beside = has_headings(sheet.rows[:ROWS_LOOKED_AT], self.own)
        return unread(sheet, OWN_REPORT, self.findings) if beside else None

    def columns_in(self, row: Cells) -> Columns:
        """The columns of a review."""
        found = columns_by(row, lambda cell: self.names.get(words(cell), ""))
        written = STAGE in found and not _EITHER.isdisjoint(found)
        if HEADING not in found or not (written or self._grid(row).keys() == set(self.labels)):
            return {}
        return {} if any(map(self.reader.is_pupil_heading, besides(row, found))) else found

    def _grid(self, headings: Cells) -> Mapping[str, int]:
        """The column of each stage that heads one, by its label; empty where stages are written."""
        return {self.in_grid[words(text)]: at for at, text in enumerate(headings) if words(text) in self.in_grid}

    def order(self, row: Row) -> tuple[object, ...]:
        """The oldest first, one that names no term before all."""
        term, heading = row["term"], str(row["heading"])
        return term is not None, term or 0, self.order_of[heading], row["file"], row["sheet"], row["row"]

    def read(self, record: RecordSheet, around: Surroundings) -> Iterator[Row]:
        """The rows in which something is written; a row that names no heading belongs to the one above."""
        heading, undated = "", False
        cells = dict(record.rows)
        for line in self.lines(record, around):
            if line.said[HEADING]:
                heading = self.headings.get(words(line.said[HEADING]), "")
            if cells[line.number] == record.headings or not any(line.said[name] for name in _WRITTEN):
                self.leave_out(line, "nothing written, in the school's own review")
            elif not heading:
                expected = f"one of the guidance's headings, such as {min(self.order_of, key=len)}"
                problem = "review-heading", "a heading that is none of the guidance's", expected
                self.leave_out(line, "under no heading of the guidance, in the school's own review", *problem)
            else:
                term = self.term([line.said["reviewed"]], record.context.term)
                undated |= term is None
                yield self._written(line, heading, term)
        if undated:
            found, expected = "a review without its term", "a term and year such as Spring 2026"
            self.findings.add("review-no-term", record.context.place(), found, expected)

    def line(self, record: RecordSheet, number: int, cells: Cells) -> RecordLine:
        """What a row says by column; in a grid the stage that is marked, and words in its cell are evidence."""
        line = super().line(record, number, cells)
        in_grid = {label: cell_at(cells, at) for label, at in self._grid(record.headings).items()}
        marked = {label: text for label, text in in_grid.items() if text and tight(text) not in self.unmarked}
        line.said[STAGE] = line.said[STAGE] or BETWEEN.join(marked)
        in_words = [text for text in marked.values() if tight(text) not in self.ticked]
        line.said["evidence"] = BETWEEN.join(filter(None, [line.said["evidence"], *in_words]))
        return line

    def _written(self, line: RecordLine, heading: str, term: Term | None) -> Row:
        """A row of REVIEWS."""
        said = line.said
        return line.row(
            term=term,
            heading=heading,
            stage=self._stage(line, heading, term),
            stage_written=said[STAGE],
            dated=self.day(said["dated"]) or said["dated"],
            by_when=self.day(said["by_when"]) or said["by_when"],
            due=self.due(said["by_when"], term),
        )

    def _stage(self, line: RecordLine, heading: str, term: Term | None) -> str:
        """The key of the stage; one that is not known, or another than stands elsewhere in that review, is said."""
        text, record = line.said[STAGE], line.record
        if not text:
            return ""
        stage = self.stages.get(words(text), "")
        at = next(iter((*record.columns.get(STAGE, ()), *self._grid(record.headings).values())), -1)
        place = record.context.place(line.number, at + 1)
        if not stage:
            self.findings.add("review-stage", place, _NO_STAGE, ", ".join(self.labels))
        if self.chosen.setdefault((term, heading), stage) != stage:
            self.findings.add("review-two-stages", place, "another stage than elsewhere in that term", "one stage")
        return stage
