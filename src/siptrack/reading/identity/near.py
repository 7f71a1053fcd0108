"""Names much alike, or the same where nothing more tells: one child or two is for the school to say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from siptrack.reading.identity.groups import Groups
from siptrack.reading.identity.sources import Shared, SourceOf
from siptrack.reading.names import likeness
from siptrack.rules.model import MatchingRules

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
            how < 1
            and times[first] == times[second] == 1
            and shared is not None
            and _of_one_place(groups, first, second)
            and next(shared.common(first, second), None) is not None
        )
        if one:
            groups.join(first, second)
        found.append(Near(first, second, how, one))
    return sorted(found)


def _of_one_place(groups: Groups, first: int, second: int) -> bool:
    """Whether two groups are said to be of one year group, and not of two classes."""
    classes = groups.classes(first), groups.classes(second)
    years = {year for year, _ in classes[0]} & {year for year, _ in classes[1]}
    return bool(groups.cohorts(first) & groups.cohorts(second)) and (not years or bool(classes[0] & classes[1]))


def _may_be_asked(groups: Groups, first: int, second: int, how: float) -> bool:
    """Whether two groups may be one child: in one class, or, with the same name or no class, in one year group."""
    if not groups.nothing_against(first, second) or groups.tables(first) & groups.tables(second):
        return False
    classes = groups.classes(first), groups.classes(second)
    if classes[0] & classes[1]:
        return True
    years = {year for year, _ in classes[0]} & {year for year, _ in classes[1]}
    if not groups.cohorts(first) & groups.cohorts(second):
        return False
    return bool(years) if how == 1 else not all(classes)


def _pairs(groups: Groups) -> Iterator[tuple[int, int]]:
    """The pairs of groups of one class or year group whose names may be alike, found without comparing all of them.

    Names are alike in a way where forename or surname is the same, or where they are once a letter is left out.
    """
    blocks: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for root in sorted(groups.members):
        called = groups.mentions[root].called
        whole = called.forename + called.surname
        ways = {("forename", called.first), ("surname", called.surname), ("whole", called.main)}
        ways |= {("letters", whole[:at] + whole[at + 1 :]) for at in range(len(whole) + 1)}
        places = [*groups.classes(root), *groups.cohorts(root)]
        school = groups.mentions[root].school
        for place in places:
            for way in ways:
                if way[1]:
                    blocks[school, place, *way].append(root)
    seen: set[tuple[int, int]] = set()
    for roots in blocks.values():
        if 1 < len(roots) <= _MANY:
            for pair in combinations(roots, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair
