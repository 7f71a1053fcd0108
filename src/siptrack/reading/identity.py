"""Which rows are the same child: by UPN, else the school's id, else name and date of birth, else the name alone.

Two children are never merged on a name alone when anything speaks against it, and a row that fits two is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from siptrack.reading.joining import Groups, Mention, Standing
from siptrack.reading.namesakes import join_namesakes
from siptrack.reading.spelling import alike


@dataclass
class Matching:
    """For each mention the number of its pupil, or None for one that fits several; and where identities conflict."""

    pupils: list[int | None]
    conflicts: list[int] = field(default_factory=list)


def match(
    mentions: Sequence[Mention],
    repeated: frozenset[int] = frozenset(),
    standings: Mapping[Mention, Standing] | None = None,
) -> Matching:
    """The pupil of each mention; `standings` are where its rows stand.

    `repeated` are mentions that stand twice in a sheet with one row a pupil: by a name alone they cannot be told apart.
    """
    groups = Groups(mentions, standings or {})
    numbers = _Numbers(groups)
    numbers.join_by(lambda mention: mention.upn)
    numbers.join_by(lambda mention: (mention.id, mention.name) if mention.id and mention.name else "")
    numbers.join_by(lambda mention: mention.id, alike=True)
    numbers.join_by(lambda mention: (mention.name, mention.date_of_birth) if mention.date_of_birth else "")
    ambiguous = {index for index in repeated if mentions[index].weak and not mentions[index].date_of_birth}
    ambiguous |= numbers.conflicting_weak
    ambiguous |= join_namesakes(groups, ambiguous)
    pupils = [None if index in ambiguous else groups.root(index) for index in range(len(mentions))]
    return Matching(pupils, sorted(numbers.conflicts))


class _Numbers:
    """Joins groups by a number or a birthday, and keeps where these contradict each other."""

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.conflicts: set[int] = set()
        self.conflicting_weak: set[int] = set()

    def join_by(self, key: Callable[[Mention], Hashable], *, alike: bool = False) -> None:
        """Join the mentions of one key, unless that would make one pupil of two UPNs or two ids.

        With `alike`, names or birthdays must not contradict each other: a school's ids may repeat in another school.
        """
        by_key: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.groups.mentions):
            if key(mention):
                by_key[key(mention)].append(index)
        for group in by_key.values():
            if self.numbers_agree(group) and (not alike or self.details_agree(group)):
                for index in group[1:]:
                    self.groups.join(group[0], index)
            else:
                self.conflicts.update(group)
                self.conflicting_weak.update(i for i in group if self.numbers(i) == (frozenset(), frozenset()))

    def numbers(self, index: int) -> tuple[frozenset[str], frozenset[str]]:
        """The UPNs and ids of a mention's group."""
        group = self.groups.group(index)
        return self.groups.values(group, "upn"), self.groups.values(group, "id")

    def numbers_agree(self, group: Iterable[int]) -> bool:
        """Whether the groups of these mentions together have at most one UPN and, without UPN, one id."""
        roots = {self.groups.root(index) for index in group}
        upns = [self.numbers(root)[0] for root in roots]
        ids = [self.numbers(root)[1] for root in roots]
        known_upns = frozenset().union(*upns)
        known_ids = frozenset().union(*ids)
        return len(known_upns) <= 1 and (len(known_ids) <= 1 or all(upns))

    def details_agree(self, group: Iterable[int]) -> bool:
        """Whether these mentions may be one child: one name or much alike, or one known birthday."""
        whole = [index for member in group for index in self.groups.group(member)]
        names, births = sorted(self.groups.values(whole, "name")), self.groups.values(whole, "date_of_birth")
        if len(names) <= 1 or len(births) == 1 or self.groups.values(whole, "upn"):
            return True
        return all(alike(names[0], name) for name in names[1:])
