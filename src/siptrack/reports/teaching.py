"""The report of `siptrack teaching`: what was recorded of lessons and books, and the progress of the same classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from siptrack.cycle.teaching import Taught
from siptrack.cycle.teaching_tables import BESIDE, COUNTED, RECORDED, SEEN, Asks
from siptrack.reports import styles
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.data_problems import put_problems, put_unusable
from siptrack.reports.findings import subject_label
from siptrack.reports.page import Page
from siptrack.reports.printed import Printed
from siptrack.reports.teaching_cpd import put_cpd
from siptrack.reports.wording import overall
from siptrack.reports.wording import teaching as wording
from siptrack.reports.wording.numbers import inside
from siptrack.reports.wording.since import day_words
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS

Row = Mapping[str, Cell]
_QUESTION = "good-or-better"  # the guidance's own, in questions.yaml


@dataclass(frozen=True)
class _Told:
    """What is put on the page, its rows as plain cells."""

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
        years = [self.rules.years.label(None if one is None else int(one)) for one in (first, last)]
        return wording.class_line(text(row["class"]), *years)

    def counts(self, row: Row) -> str:
        """The progress in a row, in words."""
        return wording.counts_sentence(whole(row), text(row["from_term"]), text(row["to_term"]), self.small)

    def of_unit(self, row: Row) -> tuple[float | None, str, float | None]:
        """What tells a row's class, or year group, from every other."""
        name = text(row["class"])
        return number(row["academic_year"]), name, None if name else number(row["year_group"])


def teaching_printed(taught: Taught, rules: Rules, *, detail: bool) -> Printed:
    """The report as a document."""
    told = _Told(taught, rules)
    title = wording.title(taught.analysis.term)
    return Printed(title, lambda page: _put(page, told, detail=detail), rules, wording.NOTICE)


def whole(row: Row) -> dict[str, int]:
    """The cells of a row that count, those that are missing as 0."""
    names = ("records", "graded", "good", *COUNTED[2:])
    return {name: int(number(row[name]) or 0) for name in names if name in row}


def _put(page: Page, told: _Told, *, detail: bool) -> None:
    taught, analysis = told.taught, told.taught.analysis
    put_unusable(page, analysis.register)
    leavers = None if analysis.filters else analysis.leavers
    for line in overall.ledger_lines(analysis.register.ledger, len(analysis.pupils), leavers):
        page.say(line, hang=2)
    if analysis.filters:
        page.say(overall.filters_line(analysis.filters), hang=2)
    seen = None if analysis.register.observations is None else len(told.seen)
    trained = None if analysis.register.cpd is None else len(taught.cpd)
    page.say(wording.held_line(seen, trained, taught.later, analysis.term), hang=2)
    page.gap()
    page.say(wording.HOW_TO_READ)
    if analysis.register.observations is not None:
        _put_recorded(page, told)
        _put_together(page, told)
        _put_classes(page, told, wording.BY_CLASS, told.year)
        _put_elsewhere(page, told)
        _put_without(page, told)
        _put_earlier(page, told, detail=detail)
    if analysis.register.cpd is not None:
        put_cpd(page, taught, told.rules, detail=detail)
    put_problems(page, analysis.register, every=detail)


def _put_recorded(page: Page, told: _Told) -> None:
    """The guidance's question, and all that can be answered of it."""
    page.heading(wording.RECORDED)
    question = told.rules.enquiry.questions.get(_QUESTION)
    if question:
        page.say(wording.asked(question.asks, told.rules.enquiry.source))
    rows = [row for row in records(told.taught.recorded, RECORDED.names) if row["academic_year"] == told.year]
    if not rows:
        page.say(wording.nothing_this_year())
        return
    if not any(row["graded"] for row in rows):
        page.say(wording.no_grades())
    for row in rows:
        of = whole(row)
        label = told.label(text(row["subject"]))
        page.gap()
        page.say(
            wording.recorded_so(label, of["good"], of["graded"], of["records"], told.small), style=styles.STRONG, hang=2
        )
        page.say(wording.how_known(text(row["by"]), text(row["kinds"])), indent=2, hang=2)
        page.say(_progress_there(row, label, told), indent=2, hang=2)
    page.gap()
    page.say(wording.few_for_percentages(told.small), style=styles.QUIET)
    page.say(wording.grades_note(told.rules.teaching), style=styles.QUIET)


def _progress_there(row: Row, label: str, told: _Told) -> str:
    classes = int(number(row["classes"]) or 0)
    if not classes:
        return wording.no_class_to_set_beside()
    if not row["subject"]:
        return wording.no_subject_to_set_beside()
    if text(row["subject"]) not in told.taught.analysis.register.subjects:
        return wording.no_results(label)
    return wording.progress_there(classes, told.counts(row))


def _put_together(page: Page, told: _Told) -> None:
    """Where records and progress point in different directions."""
    page.heading(wording.TOGETHER)
    asked = [row for row in told.beside if row["asks"] and row["academic_year"] == told.year]
    for row in asked:
        where = f"{told.where(row)}, {inside(told.label(text(row['subject'])))}"
        page.say(wording.asks_sentence(Asks(text(row["asks"])), where, whole(row), told.small), indent=2, hang=2)
    if not asked:
        page.say(wording.nothing_to_ask())
    page.say(wording.asks_note(told.rules.teaching, told.small), style=styles.QUIET)


def _put_classes(page: Page, told: _Told, heading: str, year: int) -> None:
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


def _put_class(page: Page, told: _Told, seen: Sequence[Row], rows: Sequence[Row]) -> None:
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
    when = day_words(text(row["date"]) or text(row["when"]))
    return wording.record_line(when, text(row["kind"]), text(row["by"]), text(row["judgement"]), text(row["notes"]))


def _put_elsewhere(page: Page, told: _Told) -> None:
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


def _put_without(page: Page, told: _Told) -> None:
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


def _put_earlier(page: Page, told: _Told, *, detail: bool) -> None:
    """The records of earlier school years; without `detail` how many they are."""
    years = [int(year) for row in told.seen if (year := number(row["academic_year"])) is not None and year != told.year]
    if not years:
        return
    if not detail:
        page.gap()
        page.say(wording.others_left(len(years)))
        return
    for year in sorted(set(years), reverse=True):
        _put_classes(page, told, wording.year_heading(year, told.taught.analysis.term), year)
