"""The facts of the page of teaching and CPD: what was seen of each class, and the progress of its children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from siptrack.cycle.teaching import Taught
from siptrack.documents.read import read_of
from siptrack.documents.teaching.recorded import CpdOfTerm, Recorded, Row, list_cpd, year_label
from siptrack.documents.written import Written
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.cells import number, text, whole

_PAIRS = (("insufficient", "told"), ("at_are", "assessed"))


class Moving(NamedTuple):
    """How many of how many, in the term before and in the term after; None where it is not known."""

    then: tuple[int, int] | None
    now: tuple[int, int] | None


class ProgressBeside(NamedTuple):
    """The progress of the same children, and who is at expectations, since a term; empty where nothing was before."""

    since: str
    insufficient: Moving
    at_are: Moving


class OfSubject(NamedTuple):
    """What was recorded of a subject this school year: of so many with a grade how many are good or better."""

    label: str
    records: int
    graded: int
    good: int
    beside: ProgressBeside | None


class Seen(NamedTuple):
    """The records of a class in a subject, and the progress of its children in it, where there are results."""

    where: str
    subject: str
    rows: Sequence[Row]
    beside: ProgressBeside | None


class Trained(NamedTuple):
    """A subject of the CPD of a term, and how the children stood before and after it: all of them and by year group."""

    subject: str
    when: str
    beside: ProgressBeside | None
    years: Sequence[tuple[str, ProgressBeside]]


def teaching_document(taught: Taught, rules: Rules, *, every: bool) -> Document:
    """The page; `every` asks for earlier school years, for each year group, and for every place of a problem."""
    analysis, recorded = taught.analysis, Recorded(taught, rules)
    cpd = list_cpd(taught, rules, detail=every)
    has = {name: analysis.register.optional_frame(name) is not None for name in ("observations", "cpd")}
    return document(
        "teaching/page.jinja",
        ruler_line(rules.ruler),
        recorded=recorded,
        taught=taught,
        term=analysis.term,
        read=read_of(analysis),
        has=has,
        this_year=[row for row in recorded.seen if row["academic_year"] == recorded.year],
        subjects=[_of_subject(row, recorded) for row in recorded.subjects],
        classes={year: seen_in(recorded, year) for year in _years(recorded, every=every)},
        elsewhere=[row for row in recorded.seen if _is_elsewhere(row, recorded)],
        without=without_record(recorded),
        cpd=cpd,
        left=len(taught.cpd) - sum(len(of_term.rows) for of_term in cpd),
        trained=[trained for of_term in cpd for trained in _trained(of_term, rules)],
        good_or_better=[grade.label for grade in rules.teaching.grades.values() if grade.good_or_better],
        rules=rules,
        every=every,
    )


def of_teaching(taught: Taught, rules: Rules) -> Written:
    """What was recorded of lessons, books and CPD beside progress."""
    return Written("teaching", rules, taught.analysis, taught.frame, besides={"later": taught.later})


def beside(rows: Sequence[Row]) -> ProgressBeside | None:
    """The counts of these rows added up; None where nothing is known of the term after."""
    since = next((text(row["from_term"]) for row in rows if row["from_term"]), "")
    insufficient, at_are = (_moving(rows, *pair) for pair in _PAIRS)
    return ProgressBeside(since, insufficient, at_are) if insufficient.now or at_are.now else None


def _moving(rows: Sequence[Row], count: str, of: str) -> Moving:
    """Added up over the rows that have both terms, so that it is of the same children; else over those with one."""
    both = [row for row in rows if row[of] and row[f"{of}_then"]]
    then, now = _added(both, f"{count}_then", f"{of}_then"), _added(both or rows, count, of)
    return Moving(then, now)


def _added(rows: Sequence[Row], count: str, of: str) -> tuple[int, int] | None:
    counted, among = (sum(whole(row[name]) for row in rows) for name in (count, of))
    return (counted, among) if among else None


def _years(recorded: Recorded, *, every: bool) -> list[int]:
    earlier = sorted(set(recorded.earlier), reverse=True) if every else []
    return [recorded.year, *earlier]


def _of_subject(row: Row, recorded: Recorded) -> OfSubject:
    records, graded, good = (whole(row[name]) for name in ("records", "graded", "good"))
    label = recorded.label(text(row["subject"])) if row["subject"] else ""
    return OfSubject(label, records, graded, good, beside([row]))


def _is_elsewhere(row: Row, recorded: Recorded) -> bool:
    """Whether a record is of no one class, or of no known term."""
    unplaced = not row["class"] and row["year_group"] is None
    return row["academic_year"] is None or (row["academic_year"] == recorded.year and unplaced)


def seen_in(recorded: Recorded, year: int) -> list[Seen]:
    """The records of a school year by class and subject; those of no subject with results after the others."""
    of_unit: dict[object, tuple[str, list[Row], list[Row]]] = {}
    for row in recorded.beside:
        if row["academic_year"] == year:
            of_unit.setdefault(recorded.of_unit(row), (recorded.where(row), [], []))[1].append(row)
    for row in recorded.seen:
        if row["academic_year"] == year and (row["class"] or row["year_group"] is not None):
            where = recorded.where({**row, "to_year_group": row["year_group"]})
            of_unit.setdefault(recorded.of_unit(row), (where, [], []))[2].append(row)
    return [seen for unit in of_unit.values() for seen in _of_unit(*unit, recorded)]


def _of_unit(where: str, rows: Sequence[Row], records: Sequence[Row], recorded: Recorded) -> Iterable[Seen]:
    left = list(records)
    for row in rows:
        of_subject = [seen for seen in records if text(row["subject"]) in _subjects(seen)]
        left = [seen for seen in left if seen not in of_subject]
        if of_subject:
            yield Seen(where, recorded.label(text(row["subject"])), of_subject, beside([row]))
    for subject in dict.fromkeys(text(seen["subject"]) for seen in left):
        yield Seen(where, recorded.label(subject), [seen for seen in left if text(seen["subject"]) == subject], None)


def _subjects(row: Row) -> list[str]:
    return text(row["beside"]).split(BETWEEN_SUBJECTS)


def without_record(recorded: Recorded) -> tuple[list[str], Mapping[str, list[str]]]:
    """The classes of this school year of which nothing was recorded, and others by subject of which nothing was in it.

    What was recorded of a whole year group was of its classes too.
    """
    here = [row for row in recorded.beside if row["academic_year"] == recorded.year]
    named = {text(row["class"]) for row in recorded.seen if row["academic_year"] == recorded.year}
    whole_years = [row for row in here if not row["class"]]
    classes = [row for row in here if row["class"] and not any(_covers(year, row) for year in whole_years)]
    none = dict.fromkeys(recorded.where(row) for row in classes if row["class"] not in named)
    lacking: dict[str, list[str]] = {}
    for row in classes:
        if row["class"] in named and not row["records"]:
            lacking.setdefault(recorded.label(text(row["subject"])), []).append(text(row["class"]))
    return list(none), lacking


def _covers(year: Row, row: Row) -> bool:
    """Whether records about a whole year group are about some of a class in its subject too."""
    first, group, last = (number(cell) or 0 for cell in (row["year_group"], year["year_group"], row["to_year_group"]))
    return year["subject"] == row["subject"] and first <= group <= last


def _trained(cpd: CpdOfTerm, rules: Rules) -> list[Trained]:
    """The subjects of the CPD of a term, each with how the children stood."""
    when = cpd.term.label if cpd.term else ""  # results stand beside a known term alone
    return [
        Trained(
            label, when, beside(rows), [(year_label(row, rules), found) for row in rows if (found := beside([row]))]
        )
        for label, rows in cpd.results.items()
    ]
