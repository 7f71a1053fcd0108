"""Sources as wholes: which tables speak in one system's numbers, and whom two that share most of their names both know.

Between two such sources a name that stands once in a year group in each is one child, whatever class or number of
another kind stands beside it. A child is never taken for another because no one else is left: the names agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from siptrack.reading.identity.groups import Groups
from siptrack.rules.model import MatchingRules

_MANY = 60  # sources of one name; beyond, the pairs of them would cost more than they tell


@dataclass(frozen=True, order=True)
class Source:
    """What speaks of a set of pupils in one system's numbers: a file, or the sheets of it with those kinds of number.

    `term` is set apart where sheets of different terms are compared; `file` is empty where files are taken together.
    """

    file: str
    kinds: tuple[str, ...]
    term: int | None = None


SourceOf = Mapping[int, Source]  # of each table


class Shared:
    """The children of each source, and which sources share most of their names."""

    def __init__(self, groups: Groups, source_of: SourceOf, rules: MatchingRules) -> None:
        self.groups, self.rules = groups, rules
        self.of_root: dict[int, frozenset[Source]] = {}
        self.children: defaultdict[Source, list[int]] = defaultdict(list)
        for root in sorted(groups.members):
            self.of_root[root] = frozenset(source_of[table] for table in groups.tables(root))
            for source in self.of_root[root]:
                self.children[source].append(root)
        self.names = {
            source: frozenset[str]().union(*(groups.names(root) for root in roots))
            for source, roots in self.children.items()
        }
        self.cohorts = {
            source: frozenset[int]().union(*(groups.cohorts(root) for root in roots))
            for source, roots in self.children.items()
        }
        self.most = cache(self._most)

    def _most(self, first: Source, second: Source) -> bool:
        """Whether two sources share most of their names, of the children of the years that both speak of."""
        common = self.cohorts[first] & self.cohorts[second]
        within = [self._within(first, common), self._within(second, common)]
        if len(within[0]) > len(within[1]):
            first, second = second, first
            within.reverse()
        names = self.names[second]
        shared = sum(
            1 for root in within[0] if second in self.of_root[root] or not names.isdisjoint(self.groups.names(root))
        )
        return shared >= self.rules.least and shared >= self.rules.shared * len(within[0])

    def _within(self, source: Source, common: frozenset[int]) -> Sequence[int]:
        """The children of a source who are of these cohorts, or of one that is not known."""
        known = ((root, self.groups.cohorts(root)) for root in self.children[source])
        return [root for root, cohorts in known if not cohorts or not common or cohorts & common]

    def common(self, first: int, second: int) -> Iterator[tuple[Source, Source]]:
        """The pairs of sources that share most names, of which each knows one of two groups and not the other."""
        ours, theirs = self.of_root[first] - self.of_root[second], self.of_root[second] - self.of_root[first]
        for one in sorted(ours, key=repr):
            for other in sorted(theirs, key=repr):
                if self.most(*sorted((one, other), key=repr)):
                    yield one, other


def join_sources(groups: Groups, source_of: SourceOf, rules: MatchingRules) -> None:
    """Join the children whom two sources that share most of their names both know by one name in one year group.

    First by their own names, then by legal and preferred ones.
    """
    for names_of in (groups.main_names, groups.names, groups.names):
        shared = Shared(groups, source_of, rules)
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for root in sorted(groups.members):
            for name in names_of(root):
                by_name[name].append(root)
        for name in sorted(by_name):
            if len(by_name[name]) > 1:
                _join_one_name(groups, by_name[name], shared)


def _join_one_name(groups: Groups, roots: Sequence[int], shared: Shared) -> None:
    """Join the groups of one name that are the only ones of their year group in two sources."""
    by_source: defaultdict[Source, list[int]] = defaultdict(list)
    for root in roots:
        for source in shared.of_root[root]:
            by_source[source].append(root)
    if len(by_source) > _MANY or len(roots) > _MANY:
        return
    known = [(source, root) for source in sorted(by_source, key=repr) for root in by_source[source]]
    for (source, first), (other, second) in combinations(known, 2):
        if source == other or groups.root(first) == groups.root(second):
            continue
        alike = _classmates(groups, first, second) or shared.most(*sorted((source, other), key=repr))
        if (
            alike
            and groups.nothing_against(first, second)
            and _only(groups, first, by_source[source], second, by_source[other])
        ):
            groups.join(first, second)


def _classmates(groups: Groups, first: int, second: int) -> bool:
    """Whether two groups with numbers of two kinds stand in one class of one year."""
    return not (groups.weak(first) or groups.weak(second)) and bool(groups.classes(first) & groups.classes(second))


def _only(groups: Groups, first: int, ours: Iterable[int], second: int, theirs: Iterable[int]) -> bool:
    """Whether two groups are the only ones in their sources that either may be; classes decide between several.

    Children whom both sources are known to share already are no rivals.
    """
    both = {groups.root(root) for root in ours} & {groups.root(root) for root in theirs}
    rivals = [
        _rivals(groups, one, (root for root in among if groups.root(root) not in both))
        for one, among in ((first, ours), (second, theirs))
    ]
    if not any(rivals):
        return True
    together = groups.classes(first) & groups.classes(second)
    return bool(together) and not any(
        groups.classes(rival) & together or not groups.classes(rival) for some in rivals for rival in some
    )


def _rivals(groups: Groups, root: int, others: Iterable[int]) -> list[int]:
    """The other groups of a name whose year group may be the same."""
    cohorts = groups.cohorts(root)
    apart = (other for other in others if groups.root(other) != groups.root(root))
    return [other for other in apart if not cohorts or not groups.cohorts(other) or cohorts & groups.cohorts(other)]
