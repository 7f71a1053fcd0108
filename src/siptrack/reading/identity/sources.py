"""Sources as wholes: which tables speak in one system's numbers, and whom two that share most of their names both know.

Between two such sources a name that stands once in a year group in each is one child, whatever class or number of
another kind stands beside it. A child is never taken for another because no one else is left: the names agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from siptrack.reading.identity.groups import Groups, KnownChild
from siptrack.rules.model import MatchingRules

_MANY = 60  # rows of one name; beyond, the pairs of them would cost more than they tell


class PupilSource(NamedTuple):
    """What speaks of a set of pupils in one system's numbers: a file, or the sheets of it with those kinds of number.

    `term` is set apart where sheets of different terms are compared; `file` is empty where files are taken together.
    """

    file: str
    kinds: tuple[str, ...]
    term: int | None = None


SourceOf = Mapping[int, PupilSource]  # of each table


NamesOf = Callable[[KnownChild], frozenset[str]]


def _own_names(child: KnownChild) -> frozenset[str]:
    return child.main


def _all_names(child: KnownChild) -> frozenset[str]:
    return child.names


def _short_names(child: KnownChild) -> frozenset[str]:
    return child.short


class SharedNumbers:
    """The children of each source, by the sources' numbers, and which sources share most of their names."""

    def __init__(
        self, groups: Groups, source_of: SourceOf, rules: MatchingRules, names_of: NamesOf = _all_names
    ) -> None:
        self.groups, self.rules, self.names_of = groups, rules, names_of
        number = {source: at for at, source in enumerate(sorted(set(source_of.values())))}
        self.of_table = {table: number[source] for table, source in source_of.items()}
        self.roots: defaultdict[int, list[int]] = defaultdict(list)
        self.names: defaultdict[int, set[str]] = defaultdict(set)
        self.cohorts: defaultdict[int, set[int]] = defaultdict(set)
        for root, child in sorted(groups.children.items()):
            for source in self.of(root):
                self.roots[source].append(root)
                self.names[source] |= names_of(child)
                self.cohorts[source] |= child.cohorts
        self.found: dict[tuple[int, int], bool] = {}

    def of(self, index: int) -> set[int]:
        """The sources that know a child."""
        return {self.of_table[table] for table in self.groups.child(index).tables}

    def most(self, first: int, second: int) -> bool:
        """Whether two sources share most of their names, of the children of the years that both speak of."""
        if first == second:
            return False
        pair = (first, second) if first < second else (second, first)
        if pair not in self.found:
            self.found[pair] = self._most(*pair)
        return self.found[pair]

    def _most(self, first: int, second: int) -> bool:
        common = self.cohorts[first] & self.cohorts[second]
        sides = [
            ([root for root in self.roots[source] if self._of_years(root, common)], other)
            for source, other in ((first, second), (second, first))
        ]
        small, other = min(sides, key=lambda side: len(side[0]))
        names, groups = self.names[other], self.groups
        shared = sum(
            1 for root in small if other in self.of(root) or not names.isdisjoint(self.names_of(groups.child(root)))
        )
        return shared >= self.rules.least and shared >= self.rules.shared * len(small)

    def _of_years(self, root: int, cohorts: set[int]) -> bool:
        """Whether a child may be of these cohorts; its own may not be known."""
        own = self.groups.child(root).cohorts
        return not (own and cohorts) or not own.isdisjoint(cohorts)

    def share_names(self, first: int, second: int) -> bool:
        """Whether two sources share most names of which each knows one of two groups and not the other."""
        ours, theirs = self.of(first), self.of(second)
        return any(self.most(source, other) for source in ours - theirs for other in theirs - ours)


def join_sources(groups: Groups, source_of: SourceOf, rules: MatchingRules) -> None:
    """Join the children whom two sources that share most of their names both know by one name in one year group.

    First by their own names, then by legal and preferred ones, then without middle names.
    """
    for names_of in (_own_names, _all_names, _all_names, _short_names):
        several = groups.namesakes(names_of)
        if not several:
            continue
        shared = SharedNumbers(groups, source_of, rules, _short_names if names_of is _short_names else _all_names)
        for roots in several:
            _join_namesakes(groups, roots, shared)


def _join_namesakes(groups: Groups, roots: Sequence[int], shared: SharedNumbers) -> None:
    """Join the groups of one name that are the only ones of their year group in two sources."""
    if len(roots) > _MANY:
        return
    for first, second in combinations(roots, 2):
        if groups.root(first) != groups.root(second) and groups.nothing_against(first, second):
            alike = _classmates(groups, first, second) or shared.share_names(first, second)
            if alike and _no_other(groups, first, second, roots):
                groups.join(first, second)


def _classmates(groups: Groups, first: int, second: int) -> bool:
    """Whether two groups with numbers of two kinds stand in one class of one year."""
    child, other = groups.child(first), groups.child(second)
    return not (groups.weak(first) or groups.weak(second) or child.classes.isdisjoint(other.classes))


def _no_other(groups: Groups, first: int, second: int, namesakes: Iterable[int]) -> bool:
    """Whether no other child of the name may be one of two groups and not the other; classes decide between several."""
    others = {groups.root(root) for root in namesakes} - {groups.root(first), groups.root(second)}
    rivals = [
        groups.child(other).classes
        for other in others
        if groups.nothing_against(first, other) != groups.nothing_against(second, other)
    ]
    together = groups.child(first).classes & groups.child(second).classes
    return not rivals or (bool(together) and all(rival and rival.isdisjoint(together) for rival in rivals))
