"""The facts of the first page of an analysis: what a head takes in in five minutes, each child on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.tables import SUMMARY
from siptrack.documents.children import Child, SchoolClass, hardly
from siptrack.documents.findings import Finding
from siptrack.documents.labels import subject_label
from siptrack.documents.read import Read
from siptrack.rendering.numbers import inside
from siptrack.rendering.template import document
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.codes import FlagCode

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.documents.evidence import HowSure
    from siptrack.rendering.model import Document
    from siptrack.rules.model import Rules


_WIDEST = 28  # letters of a name, beyond which what is said of a child begins further on


class NamedSubject(NamedTuple):
    """A subject in which a child is named: the grades of its starts and now, and how sure the marks are."""

    label: str
    grades: Sequence[str]
    behind: float | None
    early: bool
    lower: bool
    newer: str


class ListedNamed(NamedTuple):
    """A named child; `hardly` where the rule names it and its marks hardly do."""

    name: str
    subjects: Sequence[NamedSubject]
    hardly: bool


class ClassLines(NamedTuple):
    """The named children of a class of one year group, those whom their marks hardly name last, and its size."""

    name: str
    year_group: int | None
    size: int
    children: Sequence[ListedNamed]


class InYear(NamedTuple):
    """A subject of a year group: how many are at expectations, of how many assessed, and how many are slow."""

    at_are: int
    assessed: int
    insufficient: int | None


class YearLine(NamedTuple):
    """A year group: its label, the children on roll, and how it stands in each subject; None where in none."""

    label: str
    on_roll: int
    subjects: Sequence[InYear | None]


class FirstPage(NamedTuple):
    """What stands on the first page, beside what the shared macros say.

    `warnings` nobody may overlook; `in_short` and `gaps` are sentences; `subjects` head the columns of `years`, and
    `others` are those that only the whole report has. `below` children are below expectations and keep up;
    `recovered` are those not named whose newer result shows more.
    """

    warnings: Sequence[str]
    in_short: Sequence[str]
    subjects: Sequence[str]
    others: Sequence[str]
    years: Sequence[YearLine]
    classes: Sequence[ClassLines]
    below: int
    recovered: Sequence[str]
    gaps: Sequence[str]
    settings: Sequence[str]

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Each subject, and whether anybody's progress in it is judged."""
        judged = zip(*(year.subjects for year in self.years), strict=True)
        slow = [any(standing and standing.insufficient is not None for standing in of_each) for of_each in judged]
        return list(zip(self.subjects, slow, strict=True))

    @property
    def longest_name(self) -> int:
        """How wide a column of these children's names is."""
        names = (len(child.name) for of_class in self.classes for child in of_class.children)
        return min(max(names, default=0), _WIDEST)

    @property
    def named(self) -> int:
        """How many children are named."""
        return sum(len(of_class.children) for of_class in self.classes)


def first_page(page: FirstPage, analysis: Analysis, rules: Rules, sure: HowSure, paths: str) -> Document:
    """The first page as a document."""
    read = Read(analysis.register, analysis.begun, len(analysis.children.pupils), analysis.leavers, analysis.filters)
    return document(
        "analyse/page.jinja", "", page=page, analysis=analysis, read=read, rules=rules, sure=sure, paths=paths
    )


def class_lines(classes: Sequence[SchoolClass], rules: Rules) -> list[ClassLines]:
    """The lines of the named children of these classes, in the order in which they are listed."""
    return [
        ClassLines(listed.name, listed.year_group, listed.size, [_child(child, rules) for child in listed.children])
        for listed in classes
    ]


def _child(child: Child, rules: Rules) -> ListedNamed:
    lower = {finding.subject for finding in child.findings if finding.code == FlagCode.FELL_BACK}
    of_subject: dict[str, list[Finding]] = {}
    for finding in child.findings:
        if finding.code in rules.flags.counting:
            of_subject.setdefault(finding.subject, []).append(finding)
    subjects = [_subject(alike, lower=subject in lower) for subject, alike in of_subject.items()]
    strongest_first = sorted(subjects, key=lambda subject: -(subject.behind or 0))
    return ListedNamed(child.name, strongest_first, hardly=hardly(child, rules))


def _subject(findings: Sequence[Finding], *, lower: bool) -> NamedSubject:
    """The starts, that of the key stage first, and now."""
    oldest_first = sorted(findings, key=lambda finding: not finding.key_stage)
    starts = dict.fromkeys(finding.from_grade for finding in oldest_first)
    now = findings[0]
    grades = [grade for grade in (*starts, now.grade) if grade]
    return NamedSubject(now.label, grades, now.behind, now.early, lower, _newer(now))


def recovered_lines(classes: Sequence[SchoolClass]) -> list[str]:
    """The children of these classes whose newer result shows more, each with it."""
    children = (child for listed in classes for child in listed.children)
    found = (
        f"{child.name}, {inside(finding.label)} ({_newer(finding)})"
        for child in sorted(children, key=lambda child: child.pupil)
        for finding in child.findings
        if finding.newer_grade
    )
    return list(dict.fromkeys(found))


def _newer(finding: Finding) -> str:
    return f"{finding.newer_term} already: {finding.newer_grade}" if finding.newer_grade else ""


def year_lines(analysis: Analysis, rules: Rules) -> tuple[list[str], list[str], list[YearLine]]:
    """The subjects in columns, those left to the whole report, and a line a year group.

    Side by side stand the subjects that make up a combined one and that one, where the school has them.
    """
    rows = records(analysis.compared.summary, SUMMARY.names)
    present = list(dict.fromkeys(text(row["subject"]) for row in rows))
    combined = rules.columns.combined
    core = [subject for subject in present if subject in combined or any(subject in of for of in combined.values())]
    columns = core or present
    by_year: dict[int | None, dict[str, Mapping[str, Cell]]] = {}
    for row in rows:
        year = number(row["year_group"])
        by_year.setdefault(None if year is None else int(year), {})[text(row["subject"])] = row
    lines = [
        YearLine(
            rules.years.label(year),
            max(_whole(row["n"]) or 0 for row in of_year.values()),
            [_standing(of_year.get(subject)) for subject in columns],
        )
        for year, of_year in by_year.items()
    ]
    others = [subject_label(subject, rules) for subject in present if subject not in columns]
    return [_heading(subject, rules) for subject in columns], others, lines


def _heading(subject: str, rules: Rules) -> str:
    """A subject over its column; of a combined one, which stands behind its parts, how many these are."""
    parts = rules.columns.combined.get(subject)
    return f"All {len(parts)}" if parts else subject_label(subject, rules)


def _standing(row: Mapping[str, Cell] | None) -> InYear | None:
    if row is None or not _whole(row["assessed"]):
        return None
    return InYear(_whole(row["at_are"]) or 0, _whole(row["assessed"]) or 0, _whole(row["insufficient"]))


def _whole(value: Cell) -> int | None:
    counted = number(value)
    return None if counted is None else int(counted)
