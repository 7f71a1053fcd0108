"""The grid of a class: the working groups down, the subjects across, and the children's names in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from siptrack.analysis.model import Analysis
from siptrack.cycle.working_groups import GROUPED, in_groups
from siptrack.documents.labels import subject_label
from siptrack.reports.wording.meeting import NOT_IN_A_GROUP
from siptrack.rules.model import Rules
from siptrack.school.cells import records, text

BETWEEN_NAMES = "; "


@dataclass(frozen=True)
class GroupRow:
    """A working group by its name in print, with the children in it by subject, in the order of the subjects."""

    label: str
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Grouped:
    """The working groups of an analysis, from which the grid of any children is made."""

    analysis: Analysis
    rules: Rules

    @cached_property
    def _groups(self) -> dict[tuple[str, str], str]:
        """The key of the group of each child and subject; empty where it is in none."""
        rows = records(in_groups(self.analysis.children.progress, self.rules.working_groups), GROUPED.names)
        return {(text(row["pupil"]), text(row["subject"])): text(row["group"]) for row in rows}

    @cached_property
    def keys(self) -> list[str]:
        """The subjects in which anybody may be in a group."""
        found = {subject for _, subject in self._groups}
        return [subject for subject in self.analysis.subjects if subject in found]

    @property
    def subjects(self) -> list[str]:
        """The same in print."""
        return [subject_label(subject, self.rules) for subject in self.keys]

    def grid(self, children: Sequence[tuple[str, str]]) -> tuple[GroupRow, ...]:
        """A row a group, and one for those in none if there are any; `children` are keys and names, in order."""
        groups = self.rules.working_groups.groups
        rows = [
            GroupRow(label, tuple(self._names(key, subject, children) for subject in self.keys))
            for key, label in (*((key, group.label) for key, group in groups.items()), ("", NOT_IN_A_GROUP))
        ]
        return tuple(rows if any(rows[-1].names) else rows[:-1])

    def _names(self, group: str, subject: str, children: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        return tuple(name for pupil, name in children if self._groups.get((pupil, subject), "") == group)
