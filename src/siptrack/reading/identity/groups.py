"""What rows say of who their pupil is and where they stand, joined step by step into groups that are one child each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from siptrack.reading.names import NAMELESS, Names

UPN = "upn"  # the kind of number that is one child's for life, whichever system writes it
ClassInYear = tuple[int, str]  # an academic year and the class's name in it
Moment = tuple[int, int]  # a term's number and -1; of a pupil list, its year's last term and the list's own number
Number = tuple[str, str]  # a kind of number, and the number


@dataclass(frozen=True)
class Mention:
    """What one row says of who its pupil is; empty or None means not said.

    `numbers` are of different kinds. `cohort` is the academic year minus the year group, the same all through a child's
    schooling. `called` are all names in full; of two rows that say the same, one's way of spelling is kept.
    """

    numbers: frozenset[Number] = frozenset()
    name: str = ""
    date_of_birth: str = ""
    class_in_year: ClassInYear | None = None
    cohort: int | None = None
    others: frozenset[str] = frozenset()
    school: str = ""
    called: Names = field(default=NAMELESS, compare=False)

    @property
    def weak(self) -> bool:
        """Whether only a name says who it is."""
        return not self.numbers


@dataclass(frozen=True)
class Standing:
    """Where the rows of a mention stand.

    In which tables, in which of these that have one row a pupil, and at which moments.
    """

    sheets: frozenset[int] = frozenset()
    moments: frozenset[Moment] = frozenset()
    tables: frozenset[int] = frozenset()


class Groups:
    """Groups of mentions, each named by its root: the first of its mentions, by position.

    `renamed` gives a class the name that stands for all of its names in a year.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        standings: Mapping[Mention, Standing],
        renamed: Mapping[ClassInYear, ClassInYear] | None = None,
    ) -> None:
        self.mentions = mentions
        self.standings = [standings.get(mention, Standing()) for mention in mentions]
        self.renamed = renamed or {}
        self.parent = list(range(len(mentions)))
        self.members = {index: [index] for index in range(len(mentions))}
        self.in_class = [self._class_of(mention) for mention in mentions]
        self.held: defaultdict[ClassInYear, set[Moment]] = defaultdict(set)
        for in_class, standing in zip(self.in_class, self.standings, strict=True):
            if in_class:
                self.held[in_class] |= standing.moments

    def _class_of(self, mention: Mention) -> ClassInYear | None:
        return mention.class_in_year and self.renamed.get(mention.class_in_year, mention.class_in_year)

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

    def numbers(self, root: int) -> dict[str, set[str]]:
        """A group's numbers by their kind."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for index in self.group(root):
            for kind, number in self.mentions[index].numbers:
                found[kind].add(number)
        return found

    def births(self, root: int) -> set[str]:
        """The dates of birth that a group is said to have: one, unless one is wrong."""
        return {found for index in self.group(root) if (found := self.mentions[index].date_of_birth)}

    def main_names(self, root: int) -> set[str]:
        """The keys of a group's own names."""
        return {found for index in self.group(root) if (found := self.mentions[index].name)}

    def names(self, root: int) -> set[str]:
        """Every name key under which a group is known, legal, preferred and former names too."""
        return self.main_names(root).union(*(self.mentions[index].others for index in self.group(root)))

    def weak(self, root: int) -> bool:
        """Whether nothing but a name says who a group is."""
        return all(self.mentions[index].weak for index in self.group(root)) and not self.births(root)

    def cohorts(self, root: int) -> set[int]:
        """The cohorts that a group is said to be of: one, unless a year group is wrong somewhere."""
        return {found for index in self.group(root) if (found := self.mentions[index].cohort) is not None}

    def classes(self, root: int) -> set[ClassInYear]:
        """The classes in which a group stands."""
        return {found for index in self.group(root) if (found := self.in_class[index])}

    def moments(self, root: int, year: int) -> set[Moment]:
        """The moments of an academic year at which a group stands in a class."""
        found: set[Moment] = set()
        for index in self.group(root):
            in_class = self.in_class[index]
            if in_class and in_class[0] == year:
                found |= self.standings[index].moments
        return found

    def sheets(self, root: int) -> set[int]:
        """The sheets with one row a pupil in which a group stands."""
        return {sheet for index in self.group(root) for sheet in self.standings[index].sheets}

    def tables(self, root: int) -> set[int]:
        """All tables in which a group stands."""
        return {table for index in self.group(root) for table in self.standings[index].tables}

    def numbers_agree(self, roots: Iterable[int]) -> bool:
        """Whether groups together have at most one number of each kind; one UPN outweighs the other kinds."""
        held = [self.numbers(root) for root in roots]
        together: defaultdict[str, set[str]] = defaultdict(set)
        for numbers in held:
            for kind, known in numbers.items():
                together[kind] |= known
        if len(together[UPN]) == 1 and all(UPN in numbers for numbers in held):
            return True
        return all(len(known) <= 1 for known in together.values())

    def nothing_against(self, first: int, second: int) -> bool:
        """Whether no number of one kind, birthday, year group or sheet speaks against two groups being one child."""
        births = self.births(first), self.births(second)
        cohorts = self.cohorts(first), self.cohorts(second)
        return (
            self.mentions[first].school == self.mentions[second].school
            and not (self.sheets(first) & self.sheets(second))
            and (not all(births) or bool(births[0] & births[1]))
            and (not all(cohorts) or bool(cohorts[0] & cohorts[1]))
            and self.numbers_agree((first, second))
        )
