"""What rows say of who their pupil is and where they stand, joined step by step into groups that are one child each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from siptrack.reading.names import NAMELESS, Names

UPN = "upn"  # the kind of number that is one child's for life, whichever system writes it
ClassInYear = tuple[int, str]  # an academic year and the class's name in it
Moment = tuple[int, int]  # a term's number and -1; of a pupil list, its year's last term and the list's own number
Number = tuple[str, str]  # a kind of number, and the number


@dataclass(frozen=True)
class Mention:
    """What one row says of who its pupil is; empty or None where it does not say.

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

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Reckoned once: a mention is looked up for each of its rows."""
        who = (self.numbers, self.name, self.date_of_birth, self.class_in_year, self.cohort, self.others, self.school)
        return hash(who)

    @property
    def weak(self) -> bool:
        """Whether only a name says who it is."""
        return not self.numbers


class Standing(NamedTuple):
    """Where the rows of a mention stand.

    In which tables, in which of these that have one row a pupil, and at which moments.
    """

    sheets: frozenset[int] = frozenset()
    moments: frozenset[Moment] = frozenset()
    tables: frozenset[int] = frozenset()


@dataclass
class KnownChild:
    """All that the mentions of one group say; `numbers` by their kind, `moments` by academic year.

    `main` are own names, `names` all of them, and `short` these and the names without middle names. Children are many,
    so what many of them say alike is held once.
    """

    school: str
    numbers: defaultdict[str, frozenset[str]] = field(default_factory=lambda: defaultdict(frozenset))
    births: frozenset[str] = frozenset()
    main: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    cohorts: frozenset[int] = frozenset()
    classes: frozenset[ClassInYear] = frozenset()
    sheets: frozenset[int] = frozenset()
    tables: frozenset[int] = frozenset()
    moments: defaultdict[int, frozenset[Moment]] = field(default_factory=lambda: defaultdict(frozenset))

    @classmethod
    def of(cls, mention: Mention, standing: Standing) -> KnownChild:
        """What one mention says."""
        child = cls(mention.school, sheets=standing.sheets, tables=standing.tables)
        for kind, number in mention.numbers:
            child.numbers[kind] |= {number}
        child.births |= {mention.date_of_birth} - {""}
        child.main |= {mention.name} - {""}
        child.names = child.main | mention.others if mention.others else child.main
        short = {mention.called.short} - {""} - child.names
        child.short = child.names | short if short else child.names
        child.cohorts = _cohort(mention.cohort)
        if mention.class_in_year:
            child.classes |= {mention.class_in_year}
            child.moments[mention.class_in_year[0]] |= standing.moments
        return child

    def years_beside(self, other: KnownChild) -> set[int]:
        """The academic years in which both are known to be in a class."""
        return {year for year, _ in self.classes} & {year for year, _ in other.classes}

    def add(self, other: KnownChild) -> None:
        """Add what another group says of the same child."""
        for kind, numbers in other.numbers.items():
            self.numbers[kind] |= numbers
        for year, moments in other.moments.items():
            self.moments[year] |= moments
        self.births |= other.births
        self.main |= other.main
        self.names |= other.names
        self.short |= other.short
        self.cohorts |= other.cohorts
        self.classes |= other.classes
        self.sheets |= other.sheets
        self.tables |= other.tables


@cache
def _cohort(cohort: int | None) -> frozenset[int]:
    """One cohort, or none."""
    return frozenset() if cohort is None else frozenset({cohort})


class Groups:
    """Groups of mentions, each named by its root: the first of its mentions, by position."""

    def __init__(self, mentions: Sequence[Mention], standings: Sequence[Standing]) -> None:
        self.mentions = mentions
        self.parent = list(range(len(mentions)))
        self.members = {index: [index] for index in range(len(mentions))}
        self.children = {
            index: KnownChild.of(mention, standing)
            for index, (mention, standing) in enumerate(zip(mentions, standings, strict=True))
        }
        self.held: defaultdict[ClassInYear, set[Moment]] = defaultdict(set)
        for mention, standing in zip(mentions, standings, strict=True):
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
            self.children[keep].add(self.children.pop(other))

    def group(self, index: int) -> list[int]:
        """The mentions of the group that a mention is of."""
        return self.members[self.root(index)]

    def child(self, index: int) -> KnownChild:
        """What the group of a mention says."""
        return self.children[self.root(index)]

    def namesakes(self, names_of: Callable[[KnownChild], Iterable[str]]) -> list[list[int]]:
        """The groups of one school that share a name, for each name that several have, by name."""
        by_name: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for root in sorted(self.members):
            child = self.children[root]
            for name in names_of(child):
                by_name[child.school, name].append(root)
        return [roots for _, roots in sorted(named for named in by_name.items() if len(named[1]) > 1)]

    def weak(self, index: int) -> bool:
        """Whether nothing but a name says who a group is."""
        child = self.child(index)
        return not (child.numbers or child.births)

    def numbers_agree(self, indexes: Iterable[int]) -> bool:
        """Whether groups together have at most one number of each kind; one UPN outweighs the other kinds."""
        held = [self.child(index).numbers for index in indexes]
        together: defaultdict[str, set[str]] = defaultdict(set)
        for numbers in held:
            for kind, known in numbers.items():
                together[kind] |= known
        if len(together[UPN]) == 1 and all(UPN in numbers for numbers in held):
            return True
        return all(len(known) <= 1 for known in together.values())

    def nothing_against(self, first: int, second: int) -> bool:
        """Whether nothing, a number of one kind or a birthday too, speaks against two groups being one child."""
        child, other = self.child(first), self.child(second)
        return (
            self.in_two_places(first, second)
            and (not child.births or not other.births or not child.births.isdisjoint(_and_turned(other.births)))
            and self.numbers_agree((first, second))
        )

    def in_two_places(self, first: int, second: int) -> bool:
        """Whether two groups may be one child's rows in two sheets: of one school, of no two year groups."""
        child, other = self.child(first), self.child(second)
        return (
            child.school == other.school
            and child.sheets.isdisjoint(other.sheets)
            and (not child.cohorts or not other.cohorts or not child.cohorts.isdisjoint(other.cohorts))
        )


def _and_turned(births: Iterable[str]) -> set[str]:
    """Dates, and each with day and month in each other's place, as a spreadsheet may have read them."""
    turned = (birth.split("-") for birth in births)
    return {*births, *(f"{year}-{day}-{month}" for year, month, day in turned)}
