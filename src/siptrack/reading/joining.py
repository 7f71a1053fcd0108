"""What rows say of who their pupil is and where they stand, joined step by step into groups that are one child each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ClassInYear = tuple[int, str]  # an academic year and the class's name in it
Moment = tuple[int, int]  # a term's number and -1; of a pupil list, its year's last term and the list's own number


@dataclass(frozen=True)
class Mention:
    """What one row says of who its pupil is. `name` is a key that spelling variants share; empty means not said.

    `cohort` is the academic year minus the year group, the same all through a child's schooling;
    `also_named` is the key of a preferred name.
    """

    upn: str = ""
    id: str = ""
    name: str = ""
    date_of_birth: str = ""
    class_in_year: ClassInYear | None = None
    cohort: int | None = None
    also_named: str = ""

    @property
    def weak(self) -> bool:
        """Whether only a name says who it is."""
        return not (self.upn or self.id)


@dataclass(frozen=True)
class Standing:
    """Where the rows of a mention stand: in which sheets with one row a pupil, and at which moments."""

    sheets: frozenset[int] = frozenset()
    moments: frozenset[Moment] = frozenset()


class Groups:
    """Groups of mentions, each named by its root: the first of its mentions, by position."""

    def __init__(self, mentions: Sequence[Mention], standings: Mapping[Mention, Standing]) -> None:
        self.mentions = mentions
        self.standings = [standings.get(mention, Standing()) for mention in mentions]
        self.parent = list(range(len(mentions)))
        self.members = {index: [index] for index in range(len(mentions))}
        self.held: defaultdict[ClassInYear, set[Moment]] = defaultdict(set)
        for mention, standing in zip(mentions, self.standings, strict=True):
            if mention.class_in_year:
                self.held[mention.class_in_year] |= standing.moments

    def root(self, index: int) -> int:
        """The root of a mention's group."""
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, first: int, second: int) -> None:
        """Make one group of those of two mentions."""
        keep, other = sorted((self.root(first), self.root(second)))
        if keep != other:
            self.parent[other] = keep
            self.members[keep] += self.members.pop(other)

    def group(self, index: int) -> list[int]:
        """The mentions of the group that a mention is of."""
        return self.members[self.root(index)]

    def values(self, group: Iterable[int], name: str) -> frozenset[str]:
        """What these mentions say under one name."""
        return frozenset(filter(None, (getattr(self.mentions[index], name) for index in group)))

    def names(self, root: int) -> list[str]:
        """Every name key under which a group is known, preferred names too."""
        group = self.group(root)
        return sorted(self.values(group, "name") | self.values(group, "also_named"))

    def weak(self, root: int) -> bool:
        """Whether nothing but a name says who a group is."""
        group = self.group(root)
        return all(self.mentions[index].weak for index in group) and not self.values(group, "date_of_birth")

    def cohorts(self, root: int) -> set[int]:
        """The cohorts that a group is said to be of: one, unless a year group is wrong somewhere."""
        return {found for index in self.group(root) if (found := self.mentions[index].cohort) is not None}

    def classes(self, root: int) -> set[ClassInYear]:
        """The classes in which a group stands."""
        return {found for index in self.group(root) if (found := self.mentions[index].class_in_year)}

    def moments(self, root: int, year: int) -> set[Moment]:
        """The moments of an academic year at which a group stands in a class."""
        found: set[Moment] = set()
        for index in self.group(root):
            in_class = self.mentions[index].class_in_year
            if in_class and in_class[0] == year:
                found |= self.standings[index].moments
        return found

    def sheets(self, root: int) -> set[int]:
        """The sheets with one row a pupil in which a group stands."""
        return {sheet for index in self.group(root) for sheet in self.standings[index].sheets}
