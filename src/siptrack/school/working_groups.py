"""The working groups in which a class is talked about, by where a child stands against expectations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.scale import Attainment


class WorkingGroup(NamedTuple):
    """One group: its name in print, the one standing that puts a child into it, and what that means."""

    key: str
    label: str
    attainment: Attainment
    meaning: str


class WorkingGroups(NamedTuple):
    """The groups in order, by key; every known standing leads to one of them, and an unknown one to none."""

    groups: Mapping[str, WorkingGroup]
    source: str

    @property
    def by_attainment(self) -> Mapping[str, str]:
        """The key of the group of each standing."""
        return {group.attainment.value: group.key for group in self.groups.values()}
