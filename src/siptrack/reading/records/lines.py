"""One row of a record, and what its cells mean: a day, a term, subjects."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from siptrack.reading.calendar import THIS_YEAR
from siptrack.reading.cells import Cells
from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.records.sheets import BETWEEN, RecordSheet
from siptrack.reading.schools import OfASchool
from siptrack.reading.spelling import words
from siptrack.reading.terms import NO_TERM
from siptrack.reading.values import read_date
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.term import Term

_SEVERAL = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)
Row = Mapping[str, object]


class Surroundings(NamedTuple):
    """What the results tell that records are read by: the school spoken of, its children, classes and newest year.

    The children, by all that they are called, are worked out where a record speaks of any.
    """

    where: OfASchool
    pupils: Callable[[], KnownPupils]
    classes: Sequence[str]
    newest: int


@dataclass(frozen=True)
class RecordLine:
    """A row of a record, its `texts` by column, and what it is read by.

    `keys` are what the spellings that its kind declares stand for, and `first` is what rows before it said.
    """

    record: RecordSheet
    number: int
    cells: Cells
    texts: Mapping[str, str]
    reader: HeadingReader
    findings: Findings
    around: Surroundings
    keys: Mapping[str, Mapping[str, str]]
    first: dict[Hashable, str]

    def __getitem__(self, column: str) -> str:
        """What the row says in a column; empty for one that the record lacks."""
        return self.texts.get(column, "")

    def report(self, code: str, column: str, found: str, expected: str) -> None:
        """Report a problem with the cell of that column."""
        self.findings.add(code, self.record.place(self.number, column), found, expected)

    def key(self, name: str, text: str) -> str:
        """What a text is one of the spellings of, of those declared under that name; empty for none."""
        return self.keys[name].get(words(text), "")

    def first_spelt(self, text: str) -> str:
        """A text as it was first written, of those that a person would take for the same."""
        return self.first.setdefault(words(text), text)

    def day(self, column: str) -> date | None:
        """The day that a cell is."""
        return read_date(self[column], self.reader.rules.columns.date_formats)

    def term(self, *columns: str, this_year: bool = True) -> Term | None:
        """The term that these columns name, the first before the others, else what is around; None where none does.

        A season alone is a term only with `this_year`, and where the newest year is the only one, which nobody names.
        """
        parts = NO_TERM
        for column in columns:
            parts = parts.filled(self.reader.finder.of_cell(self[column]))
        parts = parts.filled(self.record.context.term)
        only_one = this_year and self.around.newest == THIS_YEAR and parts.academic_year is None
        year = THIS_YEAR if only_one else parts.academic_year
        return None if parts.season is None or year is None else Term(year, parts.season)

    def due(self, by_when: str, agreed: Term | None) -> Term | None:
        """The last term that a text names; a season without a year is the next one from when it was agreed on."""
        found = []
        for parts in map(self.reader.finder.of_cell, by_when.split(BETWEEN)):
            if parts.season is not None and parts.academic_year is not None:
                found.append(Term(parts.academic_year, parts.season))
            elif parts.season is not None and agreed is not None:
                found.append(Term(agreed.academic_year + (parts.season < agreed.season), parts.season))
        return max(found, default=None)

    def subjects(self, *texts: str) -> str:
        """The keys of the subjects that the first text names which names any, a combined one as its parts."""
        columns = self.reader.rules.columns
        for text in texts:
            named = map(self.reader.subject_of, (text, *_SEVERAL.split(text)))
            every = {key for name in named if name for key in columns.combined.get(name, (name,))}
            if found := [subject for subject in columns.subjects if subject in every]:
                return BETWEEN_SUBJECTS.join(found)
        return ""


def joined(*texts: str) -> str:
    """The texts of which there are any, as one."""
    return BETWEEN.join(filter(None, texts))


def by_words(spellings: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """What each spelling stands for."""
    return {words(text): key for key, texts in spellings.items() for text in texts}
