"""The grid of a class: the working groups down, the subjects across, and the children's names in the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.cycle.working_groups import GROUPED, in_groups
from siptrack.documents.labels import subject_label
from siptrack.school.cells import records, text

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules


class GroupRow(NamedTuple):
    """A working group by its name in print, empty for none, with the children in it by subject."""

    label: str
    names: Sequence[Sequence[str]]


class WorkingGrid(NamedTuple):
    """Who is in which working group: its key by child and subject, the subjects by key, and the groups' names."""

    groups: Mapping[tuple[str, str], str]
    subjects: Mapping[str, str]
    labels: Mapping[str, str]

    def of(self, children: Sequence[tuple[str, str]]) -> Sequence[GroupRow]:
        """A row a group, and a last one for those in none if there are any; `children` are keys and names."""
        rows = [
            GroupRow(label, [self._names(key, subject, children) for subject in self.subjects])
            for key, label in (*self.labels.items(), ("", ""))
        ]
        return rows if any(rows[-1].names) else rows[:-1]

    def _names(self, group: str, subject: str, children: Sequence[tuple[str, str]]) -> Sequence[str]:
        return [name for pupil, name in children if self.groups.get((pupil, subject), "") == group]


def working_grid(analysis: Analysis, rules: Rules) -> WorkingGrid:
    """The working groups of an analysis, in the subjects in which anybody may be in one."""
    rows = records(in_groups(analysis.children.progress, rules.working_groups), GROUPED.names)
    groups = {(text(row["pupil"]), text(row["subject"])): text(row["group"]) for row in rows}
    subjects = [subject for subject in analysis.subjects if any(subject == of for _, of in groups)]
    return WorkingGrid(
        groups,
        {subject: subject_label(subject, rules) for subject in subjects},
        {key: group.label for key, group in rules.working_groups.groups.items()},
    )
