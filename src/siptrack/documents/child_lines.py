"""The named children by class, a line a child: each subject with what it moved from and to, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.documents.children import Child, SchoolClass, hardly
from siptrack.documents.evidence import OnListSince
from siptrack.documents.findings import Finding
from siptrack.school.codes import FlagCode

if TYPE_CHECKING:
    from siptrack.rules.model import Rules


class Move(NamedTuple):
    """A subject in which a child is named: the grades of its starts and now, and how sure the marks are.

    Of 100 children with these marks `behind` have fallen behind; `dropped`: lower than last term.
    """

    subject: str
    grades: Sequence[str]
    behind: float | None
    early: bool
    dropped: bool
    newer_term: str
    newer_grade: str


class ChildLine(NamedTuple):
    """A child with the subjects it is named in, the strongest first, and since when it is named."""

    child: Child
    moves: Sequence[Move]
    on_list: OnListSince | None = None


class NamedInClass(NamedTuple):
    """A class: how many are in it, whom the marks name too, and those whom they hardly do."""

    key: str
    name: str
    year: str
    size: int
    sure: Sequence[ChildLine]
    hardly: Sequence[ChildLine]

    @property
    def lines(self) -> list[ChildLine]:
        """All who are named."""
        return [*self.sure, *self.hardly]


def class_lists(
    classes: Sequence[SchoolClass], rules: Rules, since: Mapping[str, OnListSince]
) -> Sequence[NamedInClass]:
    """The classes of the named children, in the order in which they are listed."""
    lists = []
    for at, listed in enumerate(classes, 1):
        by_marks: Mapping[bool, list[ChildLine]] = {False: [], True: []}
        for child in listed.children:
            line = ChildLine(child, _moves(child.findings, rules), since.get(child.pupil))
            by_marks[hardly(child, rules)].append(line)
        year = rules.years.label(listed.year_group)
        lists.append(NamedInClass(f"class-{at}", listed.name, year, listed.size, by_marks[False], by_marks[True]))
    return lists


def _moves(findings: Sequence[Finding], rules: Rules) -> list[Move]:
    """A move a subject, the strongest first; the start of the key stage leads that of the year."""
    dropped = {finding.subject for finding in findings if finding.code == FlagCode.FELL_BACK}
    counting: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code in rules.flags.counting:
            counting.setdefault(finding.subject, []).append(finding)
    moves = []
    for subject, alike in counting.items():
        starts = (finding.from_grade for finding in sorted(alike, key=lambda finding: not finding.key_stage))
        now = alike[0]
        grades = [grade for grade in (*dict.fromkeys(starts), now.grade) if grade]
        moves.append(
            Move(now.label, grades, now.behind, now.early, subject in dropped, now.newer_term, now.newer_grade)
        )
    return sorted(moves, key=lambda move: -(move.behind or 0))
