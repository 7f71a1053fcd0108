"""The school's own reviews: what is written under each heading, held as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.record_sheets import BETWEEN
from siptrack.reading.review_sheets import HEADING, STAGE, ReviewSheet, ReviewSheets
from siptrack.reading.sheet import Cells
from siptrack.reading.spelling import tight, words
from siptrack.reading.times import TimeReader
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.review import REVIEWS
from siptrack.school.term import Term

_WRITTEN = (STAGE, "evidence", "dated", "step", "who", "by_when", "came")
_NO_STAGE = "a stage that is none of those in use"


def read_reviews(found: ReviewSheets, reader: HeadingReader, rules: Rules, findings: Findings) -> Frame:
    """The table of reviews, the oldest first, one that names no term before all."""
    reviews = _Reviews(reader, rules, findings)
    kept = [row for sheet in found.reviews for row in reviews.rows(sheet)]
    order = {text: at for at, text in enumerate(rules.review.headings)}

    def oldest_first(row: Sequence[object]) -> tuple[bool, object, int, object, object, object]:
        term, heading, *_, file, sheet, number = row
        return term is not None, term or 0, order[str(heading)], file, sheet, number

    return REVIEWS.of(sorted(kept, key=oldest_first))


class _Reviews:
    def __init__(self, reader: HeadingReader, rules: Rules, findings: Findings) -> None:
        self.rules, self.findings = rules, findings
        self.times = TimeReader(reader.finder, rules.columns)
        self.blank = {tight(text) for text in rules.columns.blank}
        self.ticked = {tight(text) for text in rules.columns.ticked}
        self.unticked = {tight(text) for text in rules.columns.unticked}
        self.headings = {words(text): name for name, texts in rules.review.headings.items() for text in texts}
        self.stages = {
            words(text): key
            for key, stage in rules.review.stages.items()
            for text in (key, stage.label, *stage.spellings)
        }
        self.chosen: dict[tuple[Term | None, str], str] = {}

    def rows(self, sheet: ReviewSheet) -> list[tuple[object, ...]]:
        """The rows in which something is written; a row that names no heading belongs to the one above."""
        kept, heading, undated = [], "", False
        for number, cells in sheet.rows:
            said = self._said(sheet, cells)
            if said[HEADING]:
                heading = self.headings.get(words(said[HEADING]), "")
            place = sheet.context.place(number)
            if cells == sheet.headings or not any(said[name] for name in _WRITTEN):
                self.findings.set_aside("rows", "nothing written, in the school's own review", place)
            elif not heading:
                expected = f"one of the guidance's headings, such as {min(self.rules.review.headings, key=len)}"
                self.findings.add("review-heading", place, "a heading that is none of the guidance's", expected)
                self.findings.set_aside("rows", "under no heading of the guidance, in the school's own review", place)
            else:
                term = self._term(said, sheet)
                undated |= term is None
                kept.append(self._row(sheet, number, heading, term, said))
        if undated:
            found, expected = "a review without its term", "a term and year such as Spring 2026"
            self.findings.add("review-no-term", sheet.context.place(), found, expected)
        return kept

    def _said(self, sheet: ReviewSheet, cells: Cells) -> dict[str, str]:
        """What a row says by column; in a grid the stage that is marked, and words in its cell are evidence."""
        said = {name: self._filled(sheet.text(cells, name)) for name in self.rules.review.columns}
        marked = {label: self._filled(cells[at]) for label, at in sheet.grid.items() if at < len(cells)}
        marked = {label: text for label, text in marked.items() if text and tight(text) not in self.unticked}
        said[STAGE] = said[STAGE] or BETWEEN.join(marked)
        told = [text for text in marked.values() if tight(text) not in self.ticked]
        said["evidence"] = BETWEEN.join(filter(None, [said["evidence"], *told]))
        return said

    def _filled(self, text: str) -> str:
        return "" if tight(text) in self.blank else text

    def _term(self, said: Mapping[str, str], sheet: ReviewSheet) -> Term | None:
        """The term of the review, from the row, else from what surrounds the table."""
        parts = self.times.when(said["reviewed"]).filled(sheet.context.term)
        if parts.season is None or parts.academic_year is None:
            return None
        return Term(parts.academic_year, parts.season)

    def _row(
        self, sheet: ReviewSheet, number: int, heading: str, term: Term | None, said: Mapping[str, str]
    ) -> tuple[object, ...]:
        due = self.times.due(said["by_when"], term)
        return (
            *(None if term is None else term.number, heading),
            *(self._stage(sheet, number, heading, term, said[STAGE]), said[STAGE]),
            *(said["evidence"], self.times.written(said["dated"])),
            *(said["step"], said["who"], self.times.written(said["by_when"])),
            None if due is None else due.number,
            *(said["last_step"], said["came"]),
            *(sheet.context.file, sheet.context.sheet, number),
        )

    def _stage(self, sheet: ReviewSheet, number: int, heading: str, term: Term | None, text: str) -> str:
        """The key of the stage; one that is not known, or another than stands elsewhere in that review, is said."""
        if not text:
            return ""
        stage = self.stages.get(words(text), "")
        at = next(iter((*sheet.columns.get(STAGE, ()), *sheet.grid.values())), -1)
        place = sheet.context.place(number, at + 1)
        labels = [one.label for one in self.rules.review.stages.values()]
        if not stage:
            self.findings.add("review-stage", place, _NO_STAGE, ", ".join(labels))
        if self.chosen.setdefault((term, heading), stage) != stage:
            self.findings.add("review-two-stages", place, "another stage than elsewhere in that term", "one stage")
        return stage
