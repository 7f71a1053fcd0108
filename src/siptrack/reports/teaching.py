"""The report of `siptrack teaching`: what was recorded of lessons and books, and the progress of the same classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from siptrack.cycle.teaching import Taught
from siptrack.documents import overall
from siptrack.documents.read import Read
from siptrack.documents.teaching import sentences as wording
from siptrack.documents.teaching.cpd import counted, list_cpd, then_and_now
from siptrack.documents.teaching.recorded import Recorded
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import day, inside
from siptrack.rendering.page import Page
from siptrack.reports.data_problems import ledger_lines, put_alarms, put_begun, put_problems
from siptrack.reports.printed import Printed
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.cells import Cell, number, text

Row = Mapping[str, Cell]
_QUESTION = "good-or-better"  # the guidance's own, in questions.yaml

_COLUMNS = (
    ColumnHead("Year"),
    ColumnHead("Insufficient then"),
    ColumnHead("Insufficient now"),
    ColumnHead("At ARE then"),
    ColumnHead("At ARE now"),
)


def teaching_printed(taught: Taught, rules: Rules, *, detail: bool) -> Printed:
    """The report as a document."""
    told = Recorded(taught, rules)
    title = wording.title(taught.analysis.term)
    return Printed(title, lambda page: _put(page, told, detail=detail), rules, wording.NOTICE)


def _put(page: Page, told: Recorded, *, detail: bool) -> None:
    taught, analysis = told.taught, told.taught.analysis
    put_alarms(page, analysis.register)
    put_begun(page, analysis.begun)
    leavers = None if analysis.filters else analysis.leavers
    for line in ledger_lines(Read(analysis.register, (), len(analysis.children.pupils), leavers)):
        page.say(line, hang=2)
    if analysis.filters:
        page.say(overall.filters_line(analysis.filters), hang=2)
    seen = None if analysis.register.optional_frame("observations") is None else len(told.seen)
    trained = None if analysis.register.optional_frame("cpd") is None else len(taught.cpd)
    page.say(wording.held_line(seen, trained, taught.later, analysis.term), hang=2)
    page.gap()
    page.say(wording.HOW_TO_READ)
    if analysis.register.optional_frame("observations") is not None:
        _put_recorded(page, told)
        _put_together(page, told)
        _put_classes(page, told, wording.BY_CLASS, told.year)
        _put_elsewhere(page, told)
        _put_without(page, told)
        _put_earlier(page, told, detail=detail)
    if analysis.register.optional_frame("cpd") is not None:
        _put_cpd(page, taught, told.rules, detail=detail)
    put_problems(page, analysis.register, every=detail)


def _put_recorded(page: Page, told: Recorded) -> None:
    """The guidance's question, and all that can be answered of it."""
    page.heading(wording.RECORDED)
    question = told.rules.enquiry.questions.get(_QUESTION)
    if question:
        page.say(wording.asked(question.asks, told.rules.enquiry.source))
    rows = told.subjects
    if not rows:
        page.say(wording.nothing_this_year())
        return
    if not any(row["graded"] for row in rows):
        page.say(wording.no_grades())
    for row in rows:
        page.gap()
        page.say(told.good_or_better(row), style=styles.STRONG, hang=2)
        for line in told.behind(row):
            page.say(line, indent=2, hang=2)
    page.gap()
    page.say(wording.few_for_percentages(told.small), style=styles.QUIET)
    page.say(wording.grades_note(told.rules.teaching), style=styles.QUIET)


def _put_together(page: Page, told: Recorded) -> None:
    """Where records and progress point in different directions."""
    page.heading(wording.TOGETHER)
    asked = told.asked()
    for line in asked:
        page.say(line, indent=2, hang=2)
    if not asked:
        page.say(wording.nothing_to_ask())
    page.say(wording.asks_note(told.rules.teaching, told.small), style=styles.QUIET)


def _put_classes(page: Page, told: Recorded, heading: str, year: int) -> None:
    """Each class of a school year with records: these, and progress beside them."""
    rows = [row for row in told.beside if row["academic_year"] == year]
    units = {told.of_unit(row): told.where(row) for row in rows}
    for row in told.seen:  # a class whose records name no subject with results
        if row["academic_year"] == year and (row["class"] or row["year_group"] is not None):
            units.setdefault(told.of_unit(row), told.where({**row, "to_year_group": row["year_group"]}))
    seen = {unit: [row for row in told.seen if told.of_unit(row) == unit] for unit in units}
    if not any(seen.values()):
        return
    page.heading(heading)
    for unit, label in units.items():
        if seen[unit]:
            page.gap()
            page.say(label, style=styles.CLASS)
            _put_class(page, told, seen[unit], [row for row in rows if told.of_unit(row) == unit])


def _put_class(page: Page, told: Recorded, seen: Sequence[Row], rows: Sequence[Row]) -> None:
    """A class's records by subject, and progress beside them."""
    shown: list[Row] = []
    for row in rows:
        of_subject = [one for one in seen if text(row["subject"]) in text(one["beside"]).split(BETWEEN_SUBJECTS)]
        if of_subject:
            page.say(told.label(text(row["subject"])), indent=2, style=styles.STRONG)
            for one in of_subject:
                page.say(_line(one), indent=4, hang=2)
            page.say(wording.beside(told.counts(row)), indent=4, hang=2)
            shown += of_subject
    rest = [one for one in seen if one not in shown]
    for subject in dict.fromkeys(text(one["subject"]) for one in rest):
        page.say(told.label(subject), indent=2, style=styles.STRONG)
        for one in rest:
            if text(one["subject"]) == subject:
                page.say(_line(one), indent=4, hang=2)


def _line(row: Row) -> str:
    when = day(text(row["date"]) or text(row["when"]))
    return wording.record_line(when, text(row["kind"]), text(row["by"]), text(row["judgement"]), text(row["notes"]))


def _put_elsewhere(page: Page, told: Recorded) -> None:
    """Records about the whole school, a class that is not known, or without a term."""
    rows = [
        row
        for row in told.seen
        if row["academic_year"] is None
        or (row["academic_year"] == told.year and not row["class"] and row["year_group"] is None)
    ]
    if rows:
        page.heading(wording.ELSEWHERE)
        for row in rows:
            subject = inside(text(row["subject"]))
            about = ", ".join(filter(None, (text(row["about"]), subject)))
            page.say(wording.about(about, _line(row)), indent=2, hang=2)


def _put_without(page: Page, told: Recorded) -> None:
    """The classes of this school year of which nothing was recorded, at all or in a subject."""
    here = [row for row in told.beside if row["academic_year"] == told.year]
    named = {text(row["class"]) for row in told.seen if row["academic_year"] == told.year}
    whole_years = [row for row in here if not row["class"]]
    classes = [row for row in here if row["class"] and not any(_covers(year, row) for year in whole_years)]
    none = dict.fromkeys(told.where(row) for row in classes if row["class"] not in named)
    lacking = [row for row in classes if row["class"] in named and not row["records"]]
    if not (none or lacking):
        return
    page.heading(wording.WITHOUT)
    if none:
        page.say(wording.without_any(list(none)), hang=2)
    by_subject = _by_subject(lacking)
    for subject in filter(by_subject.get, told.taught.analysis.register.subjects):
        names = by_subject[subject]
        page.say(wording.without_subject(told.label(subject), names), indent=2, hang=2)


def _covers(year: Row, row: Row) -> bool:
    """Whether records about a whole year group are about some of a class in its subject too."""
    first, group, last = (number(one) or 0 for one in (row["year_group"], year["year_group"], row["to_year_group"]))
    return year["subject"] == row["subject"] and first <= group <= last


def _by_subject(rows: Iterable[Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(text(row["subject"]), []).append(text(row["class"]))
    return found


def _put_earlier(page: Page, told: Recorded, *, detail: bool) -> None:
    """The records of earlier school years; without `detail` how many they are."""
    years = told.earlier
    if not years:
        return
    if not detail:
        page.gap()
        page.say(wording.others_left(len(years), wording.ADD_DETAIL))
        return
    for year in sorted(set(years), reverse=True):
        _put_classes(page, told, wording.year_heading(year, told.taught.analysis.term), year)


def _put_cpd(page: Page, taught: Taught, rules: Rules, *, detail: bool) -> None:
    """CPD by term and subject, each with a table of how the children stood then and now."""
    page.heading(wording.CPD)
    shown = list_cpd(taught, rules, detail=detail)
    if not shown:
        page.say(wording.no_cpd())
    for one in shown:
        page.gap()
        page.say(one.heading, style=styles.CLASS)
        for line in one.lines:
            page.say(line, indent=2, hang=2)
        for label, rows in one.results.items():
            if rows:
                _put_counts(page, rows, label, rules)
            else:
                page.say(wording.without_results(label, one.when), indent=2)
    left = len(taught.cpd) - sum(len(one.rows) for one in shown)
    if left or len(taught.cpd_beside):
        page.gap()
    if left:
        page.say(wording.cpd_left(left, wording.ADD_DETAIL))
    if len(taught.cpd_beside):
        page.say(wording.cpd_note(rules.teaching.after), style=styles.QUIET)


def _put_counts(page: Page, rows: Sequence[Row], label: str, rules: Rules) -> None:
    """How the children of each year group stood then and now."""
    page.gap()
    page.say(then_and_now(rows, label), indent=2, style=styles.STRONG)
    page.table(_COLUMNS, [counted(row, rules) for row in rows])
