"""Which rows are the same child: the surest evidence first, and two children never made one on a guess.

In this order: what the school says itself; a UPN; a number of one kind with a name that agrees; name and date of
birth; a name in a year group between sources that share most of their names; a name alone. A row that fits two
children is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from siptrack.reading.identity.groups import UPN, Groups, Mention, Number, Standing
from siptrack.reading.identity.namesakes import join_namesakes
from siptrack.reading.identity.near import Near, join_near
from siptrack.reading.identity.sources import SourceOf, join_sources
from siptrack.reading.names import may_be_one_name
from siptrack.rules.model import MatchingRules


@dataclass
class Matching:
    """For each mention the number of its pupil, or None for one that fits several; and what was doubtful.

    `conflicts` are mentions of one name and birthday under two numbers; `contradicted` pairs of mentions under one
    number that are of two children; `near` pairs of names much alike, taken for one child or kept apart.
    """

    pupils: list[int | None]
    conflicts: list[int] = field(default_factory=list)
    contradicted: list[tuple[int, int]] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)


def match(
    mentions: Sequence[Mention],
    rules: MatchingRules,
    repeated: frozenset[int] = frozenset(),
    standings: Mapping[Mention, Standing] | None = None,
    sources: Sequence[SourceOf] = (),
    said: Iterable[tuple[int, int]] = (),
) -> Matching:
    """The pupil of each mention; `standings` are where its rows stand.

    `sources` say which source each table is of: first file by file, then with files taken together.
    `repeated` are mentions that stand twice in a sheet with one row a pupil: by a name alone they cannot be told apart.
    `said` are pairs of mentions that the school says are one child's.
    """
    groups = Groups(mentions, standings or {})
    for first, second in said:
        groups.join(first, second)
    numbers = _Numbers(groups)
    numbers.join_by_number(UPN)
    numbers.join_by_number(None)
    numbers.join_by_birthday()
    ambiguous = {index for index in repeated if mentions[index].weak and not mentions[index].date_of_birth}
    ambiguous |= numbers.conflicting_weak
    for source_of in sources:
        join_sources(groups, source_of, rules)
    ambiguous |= join_namesakes(groups, ambiguous)
    near = join_near(groups, next(iter(sources), {}), rules, ambiguous)
    pupils = [None if index in ambiguous else groups.root(index) for index in range(len(mentions))]
    return Matching(pupils, sorted(numbers.conflicts), sorted(numbers.contradicted), near)


class _Numbers:
    """Joins groups by a number or a birthday, and keeps where these contradict each other."""

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.conflicts: set[int] = set()
        self.conflicting_weak: set[int] = set()
        self.contradicted: set[tuple[int, int]] = set()
        self.bearers = self._bearers()

    def _bearers(self) -> Mapping[tuple[int, str], set[frozenset[Number]]]:
        """Under which numbers each table knows each name."""
        bearers: defaultdict[tuple[int, str], set[frozenset[Number]]] = defaultdict(set)
        for mention, standing in zip(self.groups.mentions, self.groups.standings, strict=True):
            for name in mention.called.keys | {mention.name}:
                for table in standing.tables:
                    bearers[table, name].add(mention.numbers)
        return bearers

    def join_by_number(self, kind: str | None) -> None:
        """Join the mentions of one number of this kind, or of any other kind than UPN, whose names agree."""
        by_number: defaultdict[tuple[str, Number], list[int]] = defaultdict(list)
        for index, mention in enumerate(self.groups.mentions):
            for number in mention.numbers:
                if (number[0] == UPN) == (kind == UPN):
                    by_number[mention.school, number].append(index)
        for (_, number), bearing in sorted(by_number.items()):
            together = self._children_of(bearing, number)
            for child in together:
                if self.groups.numbers_agree({self.groups.root(index) for index in child}):
                    self._join(child)
                else:
                    self.conflicts.update(child)
            if len(together) > 1:
                self.contradicted.update((first[0], second[0]) for first, second in combinations(together, 2))

    def _children_of(self, bearing: Sequence[int], number: Number) -> list[list[int]]:
        """The mentions under one number, those together that may be one child's.

        Where they are of two, a mention that names nobody is of neither, and left out.
        """
        children: list[list[int]] = []
        nameless = [index for index in bearing if not self._names(index)]
        for index in bearing:
            if index in nameless:
                continue
            fits = [child for child in children if all(self._may_be_one(index, other, number) for other in child)]
            if fits:
                fits[0].append(index)
            else:
                children.append([index])
        if len(children) <= 1:
            return [sorted(bearing)]
        self.conflicting_weak.update(nameless)
        return children

    def _names(self, index: int) -> frozenset[str]:
        return self.groups.mentions[index].called.keys

    def _may_be_one(self, first: int, second: int, number: Number) -> bool:
        """Whether two mentions under one number may be one child's: by name or birthday, and by no one else's name."""
        one, other = self.groups.mentions[first], self.groups.mentions[second]
        if one.called.keys & other.called.keys or self.groups.root(first) == self.groups.root(second):
            return True
        if one.date_of_birth and one.date_of_birth == other.date_of_birth:
            return may_be_one_name(one.called, other.called) or not self._another_s(first, second, number)
        return may_be_one_name(one.called, other.called) and not self._another_s(first, second, number)

    def _another_s(self, first: int, second: int, number: Number) -> bool:
        """Whether the name that either says is borne under another number where the other stands."""
        return any(
            number not in numbers
            for one, other in ((first, second), (second, first))
            for name in self._names(one)
            for table in self.groups.standings[other].tables
            for numbers in self.bearers.get((table, name), ())
        )

    def join_by_birthday(self) -> None:
        """Join the mentions of one name and date of birth, unless numbers of one kind speak against it."""
        by_birth: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.groups.mentions):
            if mention.date_of_birth:
                for name in {mention.name, *mention.others} - {""}:
                    by_birth[mention.school, name, mention.date_of_birth].append(index)
        for same in by_birth.values():
            if self.groups.numbers_agree({self.groups.root(index) for index in same}):
                self._join(same)
            else:
                self.conflicts.update(same)
                self.conflicting_weak.update(i for i in same if not self.groups.child(i).numbers)

    def _join(self, same: Sequence[int]) -> None:
        for index in same[1:]:
            self.groups.join(same[0], index)
