"""CPD, and how the children stood in its subject before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from siptrack.cycle.teaching import Taught
from siptrack.cycle.teaching_tables import CPD_BESIDE, TRAINED
from siptrack.reports import styles
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.findings import subject_label
from siptrack.reports.page import Heading, Page
from siptrack.reports.wording import teaching as wording
from siptrack.reports.wording.since import day_words
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

Row = Mapping[str, Cell]
_COLUMNS = (
    Heading("Year"),
    Heading("Insufficient then"),
    Heading("Insufficient now"),
    Heading("At ARE then"),
    Heading("At ARE now"),
)


def put_cpd(page: Page, taught: Taught, rules: Rules, *, detail: bool) -> None:
    """CPD by term and subject; without `detail` only what results of this school year may follow."""
    page.heading(wording.CPD)
    rows = records(taught.cpd, TRAINED.names)
    beside = records(taught.cpd_beside, CPD_BESIDE.names)
    first = taught.analysis.term.academic_year * SEASONS_IN_A_YEAR
    shown = [row for row in rows if detail or _follows(row, first, rules)]
    if not shown:
        page.say(wording.no_cpd())
    shown.sort(key=lambda row: (row["term"] is None, number(row["term"]) or 0, _about(row) == ("",), *_about(row)))
    for (term, about), of_term in groupby(shown, key=lambda row: (number(row["term"]), _about(row))):
        _put_term(page, list(of_term), term, about, beside, rules)
    if len(shown) < len(rows) or beside:
        page.gap()
    if len(shown) < len(rows):
        page.say(wording.cpd_left(len(rows) - len(shown)))
    if beside:
        page.say(wording.cpd_note(rules.teaching.after), style=styles.QUIET)


def _about(row: Row) -> tuple[str, ...]:
    """The subjects beside whose results a row is set; else its own, as written."""
    return tuple((text(row["beside"]) or text(row["subject"])).split(BETWEEN_SUBJECTS))


def _follows(row: Row, first: int, rules: Rules) -> bool:
    """Whether results from that term on may follow it; one of no known term may be of any."""
    term = number(row["term"])
    return term is None or term + rules.teaching.after >= first


def _put_term(
    page: Page, rows: Sequence[Row], term: float | None, subjects: Sequence[str], beside: Sequence[Row], rules: Rules
) -> None:
    """CPD of one term and the same subjects, and a table for each of these."""
    known = rules.columns.subjects
    labels = [subject_label(one, rules) if one in known else one or wording.NO_SUBJECT for one in subjects]
    when = wording.NO_TERM if term is None else Term.numbered(int(term)).label
    page.gap()
    page.say(wording.cpd_heading(labels, when), style=styles.CLASS)
    for row in rows:
        page.say(_line(row), indent=2, hang=2)
    for subject, label in zip(subjects, labels, strict=True):
        of_subject = [row for row in beside if row["term"] == term and row["subject"] == subject]
        if of_subject:
            _put_counts(page, of_subject, label, rules)
        elif subject and term is not None:
            page.say(wording.without_results(label, when), indent=2)


def _line(row: Row) -> str:
    """One row of CPD: what it was, what was intended, and what was written of it since."""
    when = day_words(text(row["date"]) or text(row["when"]))
    about = (text(row["staff"]), wording.hours(number(row["hours"])), text(row["provider"]))
    return wording.cpd_line(when, text(row["focus"]), about, text(row["intended"]), text(row["evaluation"]))


def _put_counts(page: Page, rows: Sequence[Row], label: str, rules: Rules) -> None:
    """How the children of each year group stood then and now."""
    page.gap()
    then = next((text(row["from_term"]) for row in rows if row["from_term"]), "")
    page.say(wording.cpd_caption(label, then, text(rows[0]["to_term"])), indent=2, style=styles.STRONG)
    page.table(_COLUMNS, [_counted(row, rules) for row in rows])


def _counted(row: Row, rules: Rules) -> list[str]:
    small, year = rules.groups.small.percentages_from, number(row["year_group"])
    pairs = (
        *(("insufficient_then", "told_then"), ("insufficient", "told")),
        *(("at_are_then", "assessed_then"), ("at_are", "assessed")),
    )
    counts = [wording.of_those(int(number(row[one]) or 0), int(number(row[of]) or 0), small) for one, of in pairs]
    return [rules.years.label(None if year is None else int(year)), *counts]
