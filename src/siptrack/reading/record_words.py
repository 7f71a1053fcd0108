"""What the rows of a school's own records say of when and of which subjects."""

from __future__ import annotations

import re
from collections.abc import Iterable

from siptrack.reading.calendar import THIS_YEAR
from siptrack.reading.headings import HeadingReader
from siptrack.reading.record_sheets import RecordSheet
from siptrack.reading.sheet import Cells
from siptrack.reading.spelling import tight
from siptrack.reading.terms import NO_TERM, TermParts
from siptrack.reading.times import TimeReader
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.term import Term

_SEVERAL = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)


class RecordWords:
    """Understands dates, terms and subjects. `newest` is the newest academic year of the results, 0 for one unnamed."""

    def __init__(self, newest: int, reader: HeadingReader, rules: Rules) -> None:
        self.newest, self.reader, self.rules = newest, reader, rules
        self.times = TimeReader(reader.finder, rules.columns)
        self.blank = {tight(text) for text in rules.columns.blank}

    def said(self, record: RecordSheet, cells: Cells) -> dict[str, str]:
        """What a row says, by column; what a school writes for nothing is nothing."""
        texts = {name: record.text(cells, name) for name in record.columns}
        return {name: "" if tight(text) in self.blank else text for name, text in texts.items()}

    def term(self, texts: Iterable[str], around: TermParts) -> Term | None:
        """The term that the texts name, the first before the others, else what is around; None where none is named."""
        parts = NO_TERM
        for text in texts:
            parts = parts.filled(self.times.when(text))
        parts = parts.filled(around)
        if parts.season is None or (parts.academic_year is None and self.newest != THIS_YEAR):
            return None
        return Term(THIS_YEAR if parts.academic_year is None else parts.academic_year, parts.season)

    def subjects(self, text: str) -> str:
        """The keys of the subjects that a text names, a combined one as its parts; empty where it names none."""
        combined = self.rules.columns.combined
        named = [self.reader.subject_of(part) for part in (text, *_SEVERAL.split(text))]
        every = {key for name in named if name for key in combined.get(name, (name,))}
        return BETWEEN_SUBJECTS.join(subject for subject in self.rules.columns.subjects if subject in every)
