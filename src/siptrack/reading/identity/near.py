"""Names much alike, or the same where nothing more tells: one child or two is for the school to say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from siptrack.reading.identity.groups import Groups, KnownChild
from siptrack.reading.identity.sources import SharedNumbers, SourceOf
from siptrack.reading.names import Names, likeness
from siptrack.rules.model import MatchingRules

_VOWELS = re.compile("[aeiouy]+")
_MANY = 40  # names alike in one way, beyond which that way tells nothing


class Near(NamedTuple):
    """Two mentions whose names are alike, how much from 0 to 1, and whether they were taken for one child.

    `born_alike`: a birthday and one of their names are the same.
    """

    first: int
    second: int
    likeness: float
    joined: bool
    born_alike: bool


def join_near(groups: Groups, source_of: SourceOf, rules: MatchingRules, left_out: set[int]) -> list[Near]:
    """The pairs of groups that may be one child and that no sheet knows as two.

    They are taken for one child where neither may be anybody else, and either they share a birthday and one of their
    names, or two sources share most of their names and both say the year group and no other class. All others are kept
    apart, and asked about.
    """
    return _Nearing(groups, source_of, rules).found({groups.root(index) for index in left_out})


class _Nearing:
    def __init__(self, groups: Groups, source_of: SourceOf, rules: MatchingRules) -> None:
        self.groups, self.rules = groups, rules
        self.shared = SharedNumbers(groups, source_of, rules) if source_of else None

    def found(self, left_out: set[int]) -> list[Near]:
        """The pairs, those joined that are."""
        groups = self.groups
        alike = {
            pair: likeness(*(groups.mentions[root].called for root in pair))
            for pair in _pairs(groups)
            if left_out.isdisjoint(pair) and _may_be_same_child(groups, *pair)
        }
        asked = {pair: how for pair, how in alike.items() if how >= self.rules.alike or self._born_alike(*pair)}
        times = Counter(root for pair in asked for root in pair)
        asked |= self._left_over({pair: how for pair, how in alike.items() if not times[pair[0]] + times[pair[1]]})
        found = []
        for (first, second), how in asked.items():
            alike_born = how < 1 and self._born_alike(first, second)
            joined = times[first] == times[second] == 1 and self._same_child(first, second, how)
            if joined:
                groups.join(first, second)
            found.append(Near(first, second, how, joined, alike_born))
        return sorted(found)

    def _left_over(self, alike: Mapping[tuple[int, int], float]) -> Mapping[tuple[int, int], float]:
        """The pairs of one surname, as Tom and Thomas Ash, each known to one of two sources that share their others."""
        called = {pair: [self.groups.mentions[root].called for root in pair] for pair in alike}
        pairs = [pair for pair, (name, other) in called.items() if name.surname == other.surname != ""]
        times = Counter(root for pair in pairs for root in pair)
        return {
            pair: alike[pair]
            for pair in pairs
            if times[pair[0]] == times[pair[1]] == 1 and self.shared and self.shared.share_names(*pair)
        }

    def _same_child(self, first: int, second: int, how: float) -> bool:
        """Whether two groups are one child beyond a reasonable doubt."""
        if not self.groups.nothing_against(first, second):
            return False
        if self._born_alike(first, second):
            return True
        return (
            self.rules.taken <= how < 1
            and self.shared is not None
            and _in_same_place(self.groups, first, second)
            and self.shared.share_names(first, second)
        )

    def _born_alike(self, first: int, second: int) -> bool:
        """Whether two groups share a birthday and a forename, or a surname and most of the forename: no twins."""
        name, other = (self.groups.mentions[root].called for root in (first, second))
        if self.groups.child(first).births.isdisjoint(self.groups.child(second).births):
            return False
        return name.first == other.first != "" or likeness(name, other) >= self.rules.taken


def _in_same_place(groups: Groups, first: int, second: int) -> bool:
    """Whether the rows of two groups say one year group, and not of two classes."""
    child, other = groups.child(first), groups.child(second)
    years = child.years_beside(other)
    return not child.cohorts.isdisjoint(other.cohorts) and not (years and child.classes.isdisjoint(other.classes))


def _may_be_same_child(groups: Groups, first: int, second: int) -> bool:
    """Whether two groups may be one child: of one year group or birthday, and of no two classes of a year but by name.

    A number or a birthday may be mistyped.
    """
    child, other = groups.child(first), groups.child(second)
    if not (groups.in_two_places(first, second) and child.tables.isdisjoint(other.tables)):
        return False
    if not child.classes.isdisjoint(other.classes):
        return True
    if child.cohorts.isdisjoint(other.cohorts) and child.births.isdisjoint(other.births):
        return False
    years = child.years_beside(other)
    return not years or not child.names.isdisjoint(other.names)


def _pairs(groups: Groups) -> Iterator[tuple[int, int]]:
    """The pairs of groups of one class or year group whose names may be alike, found without comparing all of them.

    Names are alike in a way where forename or surname is the same, or where the consonants are but for one. Who
    stands in every sheet of a class or year group shares one with everybody there, and is nobody else.
    """
    places = {root: _places(child) for root, child in groups.children.items()}
    tables: defaultdict[object, set[int]] = defaultdict(set)
    for root, child in groups.children.items():
        for place in places[root]:
            tables[place] |= child.tables
    blocks: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for root, child in sorted(groups.children.items()):
        missing = [place for place in places[root] if child.tables != tables[place]]
        born = {("born", birth) for birth in child.births}
        for way in _ways(groups.mentions[root].called) | born if missing else ():
            for place in missing:
                blocks[place, way].append(root)
    pairs = (pair for roots in blocks.values() if 1 < len(roots) <= _MANY for pair in combinations(roots, 2))
    yield from dict.fromkeys(pairs)


def _places(child: KnownChild) -> list[tuple[object, ...]]:
    return [(child.school, place) for place in (*child.classes, *child.cohorts, *child.births)]


def _ways(called: Names) -> set[tuple[str, str]]:
    """In which ways a name may be like another: its parts, and its consonants, all of them or but for one."""
    sounds = _VOWELS.sub("", called.forename + called.surname)
    parts = {("forename", called.first), ("surname", called.surname), ("whole", called.main), ("sounds", sounds)}
    a_letter_less = {("sounds", sounds[:at] + sounds[at + 1 :]) for at in range(len(sounds))}
    return {way for way in parts | a_letter_less if way[1]}
