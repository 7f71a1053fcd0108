"""The named children by class, a line a child: each subject with what it moved from and to, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.documents.children import Child, SchoolClass, hardly
from siptrack.documents.findings import Finding

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


class SubjectMove(NamedTuple):
    """What a child moved from and to in a subject; of 100 children with these marks so many have fallen behind."""

    subject: str
    start: str
    now: str
    behind: float | None
    early: bool


class ChildLine(NamedTuple):
    """A child with the subjects it is named in, the strongest first."""

    child: Child
    moves: Sequence[SubjectMove]


class NamedInClass(NamedTuple):
    """A class: how many are in it, whom the marks name too, and those whom they hardly do."""

    key: str
    name: str
    year: str
    size: int
    lines: Sequence[ChildLine]
    hardly: Sequence[ChildLine]

    @property
    def named(self) -> int:
        """How many are named."""
        return len(self.lines) + len(self.hardly)


def class_lists(classes: Sequence[SchoolClass], rules: Rules) -> list[NamedInClass]:
    """The classes of the named children."""
    return [_class_list(at, listed, rules) for at, listed in enumerate(classes, 1)]


def _class_list(at: int, listed: SchoolClass, rules: Rules) -> NamedInClass:
    by_marks: Mapping[bool, list[ChildLine]] = {False: [], True: []}
    for child in listed.children:
        by_marks[hardly(child, rules)].append(ChildLine(child, _moves(child.findings, rules)))
    year = rules.years.label(listed.year_group)
    return NamedInClass(f"class-{at}", listed.name, year, listed.size, by_marks[False], by_marks[True])


def _moves(findings: Sequence[Finding], rules: Rules) -> list[SubjectMove]:
    """A move a subject: over the school year where it counts, else over the key stage."""
    counting: dict[str, Finding] = {}
    for finding in findings:
        if finding.code in rules.flags.counting:
            counting.setdefault(finding.subject, finding)
    moves = [SubjectMove(of.label, of.from_grade, of.grade, of.behind, of.early) for of in counting.values()]
    return sorted(moves, key=lambda move: -(move.behind or 0))
