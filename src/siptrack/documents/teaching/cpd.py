"""CPD, and how the children stood in its subject before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from siptrack.cycle.teaching import Taught
from siptrack.cycle.teaching_tables import CPD_BESIDE, TRAINED
from siptrack.documents.labels import subject_label
from siptrack.documents.teaching import sentences as wording
from siptrack.rendering.numbers import day
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class CpdOfTerm:
    """CPD of one term about the same subjects, rows of TRAINED, with the results of each subject beside it.

    `term` is None where it is not known. `results` are rows of CPD_BESIDE by the subject's name in print.
    """

    term: Term | None
    subjects: tuple[str, ...]
    rows: Sequence[Row]
    results: Mapping[str, Sequence[Row]]

    @property
    def heading(self) -> str:
        """The subjects and the term, in print."""
        return wording.cpd_heading(self.subjects, self.when)

    @property
    def lines(self) -> list[str]:
        """Each training in a line."""
        return [_line(row) for row in self.rows]

    @property
    def when(self) -> str:
        """The term, in print."""
        return wording.NO_TERM if self.term is None else self.term.label


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
    known = rules.columns.subjects
    labels = [
        subject_label(subject, rules) if subject in known else subject or wording.NO_SUBJECT for subject in subjects
    ]
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


def _line(row: Row) -> str:
    """One row of CPD: what it was, what was intended, and what was written of it since."""
    when = day(text(row["date"]) or text(row["when"]))
    about = (text(row["staff"]), wording.hours(number(row["hours"])), text(row["provider"]))
    return wording.cpd_line(when, text(row["focus"]), about, text(row["intended"]), text(row["evaluation"]))


def then_and_now(rows: Sequence[Row], label: str) -> str:
    """The subject and the two terms of these rows of CPD_BESIDE."""
    then = next((text(row["from_term"]) for row in rows if row["from_term"]), "")
    return wording.cpd_caption(label, then, text(rows[0]["to_term"]))


def counted(row: Row, rules: Rules) -> list[str]:
    """The year group in print, how many were insufficient then and now, and how many at ARE then and now."""
    small, year = rules.groups.small.percentages_from, number(row["year_group"])
    pairs = (
        *(("insufficient_then", "told_then"), ("insufficient", "told")),
        *(("at_are_then", "assessed_then"), ("at_are", "assessed")),
    )
    counts = [wording.of_those(int(number(row[some]) or 0), int(number(row[of]) or 0), small) for some, of in pairs]
    return [rules.years.label(None if year is None else int(year)), *counts]
