"""What was recorded of lessons and books, in the sentences in which the report of teaching says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from siptrack.cycle.teaching import Taught
from siptrack.cycle.teaching_tables import BESIDE, COUNTED, RECORDED, SEEN, Asks
from siptrack.documents.labels import subject_label
from siptrack.documents.teaching import sentences as wording
from siptrack.rendering.numbers import inside
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Recorded:
    """What was recorded of lessons and books, its rows as plain cells and in the report's sentences."""

    taught: Taught
    rules: Rules

    @property
    def small(self) -> int:
        """From how many on a percentage stands."""
        return self.rules.groups.small.percentages_from

    @property
    def year(self) -> int:
        """The school year judged."""
        return self.taught.analysis.term.academic_year

    @cached_property
    def seen(self) -> list[dict[str, Cell]]:
        """Every record of lessons and books."""
        return records(self.taught.observations, SEEN.names)

    @cached_property
    def beside(self) -> list[dict[str, Cell]]:
        """Every class and subject."""
        return records(self.taught.beside, BESIDE.names)

    def label(self, subject: str) -> str:
        """A subject in print; one that is none of siptrack's as it was written."""
        known = subject_label(subject, self.rules) if subject in self.rules.columns.subjects else subject
        return known or wording.NO_SUBJECT

    def where(self, row: Row) -> str:
        """A class in print."""
        first, last = (number(row[name]) for name in ("year_group", "to_year_group"))
        years = [self.rules.years.label(None if year is None else int(year)) for year in (first, last)]
        return wording.class_line(text(row["class"]), *years)

    def counts(self, row: Row) -> str:
        """The progress in a row, in words."""
        return wording.counts_sentence(whole(row), text(row["from_term"]), text(row["to_term"]), self.small)

    def of_unit(self, row: Row) -> tuple[float | None, str, float | None]:
        """What tells a row's class, or year group, from every other."""
        name = text(row["class"])
        return number(row["academic_year"]), name, None if name else number(row["year_group"])

    @property
    def subjects(self) -> list[dict[str, Cell]]:
        """The school year judged by subject; a record that names two stands in both."""
        return [row for row in records(self.taught.recorded, RECORDED.names) if row["academic_year"] == self.year]

    @property
    def earlier(self) -> list[int]:
        """The school year of every record of an earlier one."""
        years = (number(row["academic_year"]) for row in self.seen)
        return [int(year) for year in years if year is not None and year != self.year]

    def good_or_better(self, row: Row) -> str:
        """How many records of a subject say good or better."""
        label, of = self.label(text(row["subject"])), whole(row)
        return wording.recorded_so(label, of["good"], of["graded"], of["records"], self.small)

    def behind(self, row: Row) -> tuple[str, str]:
        """By whom and how a subject's records were made, and the progress in the classes they are about."""
        return wording.how_known(text(row["by"]), text(row["kinds"])), self._progress_there(row)

    def _progress_there(self, row: Row) -> str:
        subject, classes = text(row["subject"]), int(number(row["classes"]) or 0)
        if not classes:
            return wording.no_class_to_set_beside()
        if not subject:
            return wording.no_subject_to_set_beside()
        if subject not in self.taught.analysis.register.subjects:
            return wording.no_results(self.label(subject))
        return wording.progress_there(classes, self.counts(row))

    def asked(self) -> list[str]:
        """Where records and progress of the school year point in different directions."""
        rows = [row for row in self.beside if row["asks"] and row["academic_year"] == self.year]
        where = [f"{self.where(row)}, {inside(self.label(text(row['subject'])))}" for row in rows]
        return [
            wording.asks_sentence(Asks(text(row["asks"])), there, whole(row), self.small)
            for row, there in zip(rows, where, strict=True)
        ]


def whole(row: Row) -> dict[str, int]:
    """The cells of a row that count, those that are missing as 0."""
    names = ("records", "graded", "good", *COUNTED[2:])
    return {name: int(number(row[name]) or 0) for name in names if name in row}
