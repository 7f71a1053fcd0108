"""Which rows are the same child: by UPN, else the school's id, else name and date of birth, else name and class.

Two children are never merged on a name alone when anything speaks against it, and a row that fits two is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_ALIKE = 0.6  # a corrected spelling, or one name of two, but not another child


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
    class_in_year: tuple[int, str] | None = None
    cohort: int | None = None
    also_named: str = ""

    @property
    def weak(self) -> bool:
        """Whether only a name says who it is."""
        return not (self.upn or self.id)


@dataclass
class Matching:
    """For each mention the number of its pupil, or None for one that fits several; and where identities conflict."""

    pupils: list[int | None]
    conflicts: list[int] = field(default_factory=list)


def match(mentions: Sequence[Mention], repeated: frozenset[int] = frozenset()) -> Matching:
    """The pupil of each mention.

    `repeated` are mentions that stand twice in a sheet with one row a pupil: by a name alone they cannot be told apart.
    """
    matcher = _Matcher(mentions)
    matcher.join_by(lambda mention: mention.upn)
    matcher.join_by(lambda mention: (mention.id, mention.name) if mention.id and mention.name else "")
    matcher.join_by(lambda mention: mention.id, alike=True)
    matcher.join_by(lambda mention: (mention.name, mention.date_of_birth) if mention.date_of_birth else "")
    ambiguous = {index for index in repeated if mentions[index].weak and not mentions[index].date_of_birth}
    ambiguous |= matcher.conflicting_weak
    ambiguous |= matcher.join_weak(ambiguous)
    pupils = [None if index in ambiguous else matcher.root(index) for index in range(len(mentions))]
    return Matching(pupils, sorted(matcher.conflicts))


class _Matcher:
    """Groups of mentions, joined step by step."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.parent = list(range(len(mentions)))
        self.members = {index: [index] for index in range(len(mentions))}
        self.conflicts: set[int] = set()
        self.conflicting_weak: set[int] = set()

    def root(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, first: int, second: int) -> None:
        keep, other = sorted((self.root(first), self.root(second)))
        if keep != other:
            self.parent[other] = keep
            self.members[keep] += self.members.pop(other)

    def join_by(self, key: Callable[[Mention], Hashable], *, alike: bool = False) -> None:
        """Join the mentions of one key, unless that would make one pupil of two UPNs or two ids.

        With `alike`, names or birthdays must not contradict each other: a school's ids may repeat in another school.
        """
        groups: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.mentions):
            if key(mention):
                groups[key(mention)].append(index)
        for group in groups.values():
            if self.numbers_agree(group) and (not alike or self.details_agree(group)):
                for index in group[1:]:
                    self.join(group[0], index)
            else:
                self.conflicts.update(group)
                self.conflicting_weak.update(i for i in group if self.numbers(i) == (frozenset(), frozenset()))

    def numbers(self, index: int) -> tuple[frozenset[str], frozenset[str]]:
        """The UPNs and ids of a mention's group."""
        group = self.members[self.root(index)]
        return self._values(group, "upn"), self._values(group, "id")

    def numbers_agree(self, group: Iterable[int]) -> bool:
        """Whether the groups of these mentions together have at most one UPN and, without UPN, one id."""
        roots = {self.root(index) for index in group}
        upns = [self.numbers(root)[0] for root in roots]
        ids = [self.numbers(root)[1] for root in roots]
        known_upns = frozenset().union(*upns)
        known_ids = frozenset().union(*ids)
        return len(known_upns) <= 1 and (len(known_ids) <= 1 or all(upns))

    def details_agree(self, group: Iterable[int]) -> bool:
        """Whether these mentions may be one child: one name or much alike, or one known birthday."""
        whole = [index for member in group for index in self.members[self.root(member)]]
        names, births = sorted(self._values(whole, "name")), self._values(whole, "date_of_birth")
        if len(names) <= 1 or len(births) == 1 or self._values(whole, "upn"):
            return True
        return all(SequenceMatcher(None, names[0], name).ratio() >= _ALIKE for name in names[1:])

    def _values(self, group: Iterable[int], name: str) -> frozenset[str]:
        return frozenset(filter(None, (getattr(self.mentions[index], name) for index in group)))

    def join_weak(self, left_out: set[int]) -> set[int]:
        """Join what only a name identifies to the one group it fits; return the mentions that fit several."""
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for root in sorted(self.members):
            for name in self.names(root):
                by_name[name].append(root)
        ambiguous: set[int] = set()
        for roots in by_name.values():
            known = [root for root in roots if root in self.members and not self._weak(root)]
            for root in roots:
                if root in self.members and self._weak(root) and root not in left_out:
                    ambiguous |= self._place_weak(root, known)
        return ambiguous

    def names(self, root: int) -> list[str]:
        """Every name key under which a group is known, preferred names too."""
        group = self.members[root]
        return sorted(self._values(group, "name") | self._values(group, "also_named"))

    def _place_weak(self, root: int, known: list[int]) -> set[int]:
        """Join a weak group to the one known group it fits, or make it known; return it where it fits several."""
        fits = [other for other in known if self._fits(root, other)]
        if len({self.root(other) for other in fits}) > 1:
            return set(self.members[root])
        if fits:
            self.join(fits[0], root)
        else:
            known.append(root)
        return set()

    def _weak(self, root: int) -> bool:
        return all(self.mentions[index].weak for index in self.members[root]) and not self._values(
            self.members[root], "date_of_birth"
        )

    def _fits(self, first: int, second: int) -> bool:
        """Whether two groups of one name may be one child: nothing speaks against it and something for it."""
        ours = self.members[self.root(first)]
        theirs = self.members[self.root(second)]
        classes = self._classes(ours), self._classes(theirs)
        cohorts = self._cohorts(ours), self._cohorts(theirs)
        same_class = bool(classes[0] & classes[1])
        if same_class:
            return True
        if cohorts[0] and cohorts[1]:
            return bool(cohorts[0] & cohorts[1])
        years = {year for year, _ in classes[0]} & {year for year, _ in classes[1]}
        return not years

    def _classes(self, group: Iterable[int]) -> set[tuple[int, str]]:
        return {found for index in group if (found := self.mentions[index].class_in_year)}

    def _cohorts(self, group: Iterable[int]) -> set[int]:
        return {found for index in group if (found := self.mentions[index].cohort) is not None}
