"""Every child on roll by class, a row a child: where it stands in each subject, and whether it is named in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.documents.children import Child, by_class, class_sizes
from siptrack.documents.labels import subject_label
from siptrack.school.cells import records, text
from siptrack.school.scale import Attainment

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules


class SubjectPlace(NamedTuple):
    """A child in a subject: the grade, where it lies, and whether progress is insufficient."""

    grade: str
    attainment: str
    named: bool


class ChildRow(NamedTuple):
    """A child, the key of its row, and its place in each subject."""

    key: str
    child: Child
    places: Sequence[SubjectPlace]


class ClassRows(NamedTuple):
    """A class with a row for each of its children."""

    key: str
    name: str
    year: str
    rows: Sequence[ChildRow]


class EveryChild(NamedTuple):
    """The subjects, and every class."""

    subjects: Sequence[str]
    classes: Sequence[ClassRows]

    @property
    def rows(self) -> dict[str, str]:
        """Where each child's row is found on the page, by the child's key."""
        return {row.child.pupil: f"#{row.key}" for of_class in self.classes for row in of_class.rows}

    @property
    def years(self) -> dict[str, str]:
        """Where the first class of each year group is found."""
        return {of_class.year: f"#{of_class.key}" for of_class in reversed(self.classes)}


def every_child_of(analysis: Analysis, rules: Rules, children: Iterable[Child]) -> EveryChild:
    """All these children, who are in the order of the register."""
    listed = list(children)
    subjects = [subject for subject in analysis.subjects if subject not in rules.columns.combined]
    places = _places(analysis)
    numbered = {child.pupil: at for at, child in enumerate(listed, 1)}
    classes = [
        ClassRows(
            f"everybody-{at}",
            of_class.name,
            rules.years.label(of_class.year_group),
            [
                ChildRow(f"child-{numbered[child.pupil]}", child, _row(child, subjects, places, rules))
                for child in of_class.children
            ],
        )
        for at, of_class in enumerate(by_class(listed, class_sizes(listed)), 1)
    ]
    return EveryChild([subject_label(subject, rules) for subject in subjects], classes)


def _places(analysis: Analysis) -> dict[tuple[str, str], tuple[str, str]]:
    """The grade and the attainment of each child in each subject."""
    rows = records(analysis.children.progress, ["pupil", "subject", "grade", "attainment"])
    return {(text(row["pupil"]), text(row["subject"])): (text(row["grade"]), text(row["attainment"])) for row in rows}


def _row(
    child: Child, subjects: Sequence[str], places: Mapping[tuple[str, str], tuple[str, str]], rules: Rules
) -> list[SubjectPlace]:
    named = {finding.subject for finding in child.findings if finding.code in rules.flags.counting}
    found = [(subject, *places.get((child.pupil, subject), ("", Attainment.NOT_KNOWN.value))) for subject in subjects]
    return [
        SubjectPlace(grade, "" if attainment == Attainment.NOT_KNOWN else attainment, subject in named)
        for subject, grade, attainment in found
    ]
