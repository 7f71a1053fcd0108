"""What a priority of the single plan is."""

from __future__ import annotations

from dataclasses import dataclass

from siptrack.cycle.plan_children import Pair
from siptrack.cycle.plan_tables import PrioritySource


@dataclass(frozen=True)
class Aim:
    """A subject of a priority, and whose: `all`, key stages, or year groups."""

    subject: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Priority:
    """What the school would improve: rates of progress in a subject, or the gap between a group and its peers.

    `groups` are those clearly behind: of progress those for whom it is meant particularly, of a gap the one group.
    `also` are groups clearly behind who are mostly the same children. `children` make insufficient progress, or are
    those who would close the largest gap.
    """

    number: int
    kind: PrioritySource
    aims: tuple[Aim, ...]
    groups: tuple[Pair, ...]
    also: tuple[Pair, ...]
    children: int

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subjects' keys, in order."""
        return tuple(aim.subject for aim in self.aims)
