"""Names much alike, or the same where nothing more tells: one child or two is for the school to say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from siptrack.reading.identity.groups import Child, Groups
from siptrack.reading.identity.sources import Shared, SourceOf
from siptrack.reading.names import Names, likeness
from siptrack.rules.model import MatchingRules

_VOWELS = re.compile("[aeiouy]+")
_MANY = 40  # names alike in one way, beyond which that way tells nothing


@dataclass(frozen=True, order=True)
class Near:
    """Two mentions whose names are alike, how much from 0 to 1, and whether they were taken for one child."""

    first: int
    second: int
    likeness: float
    joined: bool


def join_near(groups: Groups, source_of: SourceOf, rules: MatchingRules, left_out: set[int]) -> list[Near]:
    """The pairs of groups with names alike that no sheet knows as two children.

    They are taken for one child where two sources share most of their names, both say the year group and no other
    class, and neither knows another who may be the one. All others are kept apart.
    """
    out = {groups.root(index) for index in left_out}
    shared = Shared(groups, source_of, rules) if source_of else None
    pairs = [pair for pair in _pairs(groups) if out.isdisjoint(pair)]
    alike = {pair: likeness(*(groups.mentions[root].called for root in pair)) for pair in pairs}
    near = {pair: how for pair, how in alike.items() if how >= rules.alike and _may_be_asked(groups, *pair, how)}
    times = Counter(root for pair in near for root in pair)
    found = []
    for (first, second), how in near.items():
        one = (
            rules.taken <= how < 1
            and times[first] == times[second] == 1
            and shared is not None
            and _of_one_place(groups, first, second)
            and shared.share_names(first, second)
        )
        if one:
            groups.join(first, second)
        found.append(Near(first, second, how, one))
    return sorted(found)


def _of_one_place(groups: Groups, first: int, second: int) -> bool:
    """Whether two groups are said to be of one year group, and not of two classes."""
    one, other = groups.child(first), groups.child(second)
    years = {year for year, _ in one.classes} & {year for year, _ in other.classes}
    return not one.cohorts.isdisjoint(other.cohorts) and not (years and one.classes.isdisjoint(other.classes))


def _may_be_asked(groups: Groups, first: int, second: int, how: float) -> bool:
    """Whether two groups may be one child: in one class; or in one year group, with one name or a class not known.

    With the same name they may also be one under two numbers, one of which is mistyped.
    """
    agreed = groups.nothing_against(first, second, numbers=how < 1)
    one, other = groups.child(first), groups.child(second)
    if not agreed or not one.tables.isdisjoint(other.tables):
        return False
    if not one.classes.isdisjoint(other.classes):
        return True
    return not one.cohorts.isdisjoint(other.cohorts) and (how == 1 or not (one.classes and other.classes))


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
        for way in _ways(groups.mentions[root].called) if missing else ():
            for place in missing:
                blocks[place, way].append(root)
    pairs = (pair for roots in blocks.values() if 1 < len(roots) <= _MANY for pair in combinations(roots, 2))
    yield from dict.fromkeys(pairs)


def _places(child: Child) -> list[tuple[object, ...]]:
    return [(child.school, place) for place in (*child.classes, *child.cohorts)]


def _ways(called: Names) -> set[tuple[str, str]]:
    """In which ways a name may be like another: its parts, and its consonants, all of them or but for one."""
    sounds = _VOWELS.sub("", called.forename + called.surname)
    parts = {("forename", called.first), ("surname", called.surname), ("whole", called.main), ("sounds", sounds)}
    but_for_one = {("sounds", sounds[:at] + sounds[at + 1 :]) for at in range(len(sounds))}
    return {way for way in parts | but_for_one if way[1]}
