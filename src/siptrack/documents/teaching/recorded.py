"""What was recorded of lessons, books and CPD: rows as plain cells, their subjects and classes in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from siptrack.cycle.teaching import Taught
from siptrack.cycle.teaching_tables import BESIDE, CPD_BESIDE, RECORDED, SEEN, TRAINED
from siptrack.documents.labels import subject_label
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Recorded:
    """What was recorded of lessons and books, its rows as plain cells."""

    taught: Taught
    rules: Rules

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
        return label_of(subject, self.rules)

    def where(self, row: Row) -> str:
        """A class in print, `4/5M (Year 4 and Year 5)`; `The whole of Year 4` for a year group."""
        first, last = (year_label(row, self.rules, name) for name in ("year_group", "to_year_group"))
        years = first if first == last else f"{first} and {last}"
        return f"{text(row['class'])} ({years})" if row["class"] else f"The whole of {years}"

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

    @property
    def asked(self) -> list[dict[str, Cell]]:
        """Where records and progress of the school year point in different directions."""
        return [row for row in self.beside if row["asks"] and row["academic_year"] == self.year]


@dataclass(frozen=True)
class CpdOfTerm:
    """CPD of one term about the same subjects, rows of TRAINED, with the results of each subject beside it.

    `term` is None where it is not known. `results` are rows of CPD_BESIDE by the subject's name in print.
    """

    term: Term | None
    subjects: tuple[str, ...]
    rows: Sequence[Row]
    results: Mapping[str, Sequence[Row]]


def list_cpd(taught: Taught, rules: Rules, *, detail: bool) -> list[CpdOfTerm]:
    """CPD by term and subject; without `detail` only what results of this school year may follow."""
    rows = records(taught.cpd, TRAINED.names)
    beside = records(taught.cpd_beside, CPD_BESIDE.names)
    first = taught.analysis.term.academic_year * SEASONS_IN_A_YEAR
    shown = [row for row in rows if detail or _follows(row, first, rules)]
    shown.sort(key=lambda row: (row["term"] is None, number(row["term"]) or 0, _about(row) == ("",), *_about(row)))
    alike = groupby(shown, key=lambda row: (number(row["term"]), _about(row)))
    return [_of_term(list(of_term), term, about, beside, rules) for (term, about), of_term in alike]


def _of_term(
    rows: Sequence[Row], term: float | None, subjects: Sequence[str], beside: Sequence[Row], rules: Rules
) -> CpdOfTerm:
    labels = [label_of(subject, rules) for subject in subjects]
    results = {
        label: [row for row in beside if row["term"] == term and row["subject"] == subject]
        for subject, label in zip(subjects, labels, strict=True)
        if subject and term is not None
    }
    when = None if term is None else Term.numbered(int(term))
    return CpdOfTerm(when, tuple(labels), rows, results)


def _about(row: Row) -> tuple[str, ...]:
    """The subjects beside whose results a row is set; else its own, as written."""
    return tuple((text(row["beside"]) or text(row["subject"])).split(BETWEEN_SUBJECTS))


def _follows(row: Row, first: int, rules: Rules) -> bool:
    """Whether results from that term on may follow it; one of no known term may be of any."""
    term = number(row["term"])
    return term is None or term + rules.teaching.after >= first


def label_of(subject: str, rules: Rules) -> str:
    """A subject in print; one that is none of siptrack's as it was written."""
    return (subject_label(subject, rules) if subject in rules.columns.subjects else subject) or "No subject named"


def year_label(row: Row, rules: Rules, name: str = "year_group") -> str:
    """A row's year group in print."""
    return rules.years.label(number(row[name]))
