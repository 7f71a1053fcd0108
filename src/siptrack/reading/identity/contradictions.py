"""Numbers that two files give to two children: where that shows, they are no evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from siptrack.reading.identity.groups import UPN, Mention, Number, Standing
from siptrack.reading.names import may_be_same_name


@dataclass
class Sifted:
    """The mentions with the numbers that are evidence of who each is.

    `contradicted` are pairs of mentions which bear a number of this kind and are of two children; `nobody` mentions
    that name nobody and bear such a number.
    """

    mentions: list[Mention]
    contradicted: list[tuple[str, int, int]] = field(default_factory=list)
    nobody: set[int] = field(default_factory=set)


def sift_numbers(mentions: Sequence[Mention], standings: Mapping[Mention, Standing]) -> Sifted:
    """The mentions without the numbers of other children.

    A number that stands on two names is kept beside the one that bears no other number of its kind; where both bear
    another, or neither, beside none.
    """
    return _Sifting(mentions, standings).sifted()


class _Sifting:
    def __init__(self, mentions: Sequence[Mention], standings: Mapping[Mention, Standing]) -> None:
        self.mentions = mentions
        self.tables = [standings.get(mention, Standing()).tables for mention in mentions]
        self.bearing: defaultdict[tuple[str, Number], list[int]] = defaultdict(list)
        self.named: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for index, mention in enumerate(mentions):
            for number in mention.numbers:
                self.bearing[mention.school, number].append(index)
            for name in mention.called.keys:
                self.named[mention.school, name].append(index)

    def sifted(self) -> Sifted:
        """All numbers looked through."""
        taken: defaultdict[int, set[Number]] = defaultdict(set)
        found = Sifted([])
        for (_, number), bearing in sorted(borne for borne in self.bearing.items() if len(borne[1]) > 1):
            children = self._children(bearing, number)
            if len(children) < 2:  # noqa: PLR2004  # two children
                continue
            found.contradicted += [(number[0], child[0], other[0]) for child, other in combinations(children, 2)]
            found.nobody.update(index for index in bearing if not self.mentions[index].called.keys)
            elsewhere = [child for child in children if self._bears_another(child, number)]
            wrong = elsewhere if 0 < len(elsewhere) < len(children) else children
            for index in (index for child in wrong for index in child):
                taken[index].add(number)
        found.mentions = [
            replace(mention, numbers=mention.numbers - taken[index]) if index in taken else mention
            for index, mention in enumerate(self.mentions)
        ]
        return found

    def _children(self, bearing: Sequence[int], number: Number) -> list[list[int]]:
        """The mentions under one number that name somebody, those together that may be one child's."""
        children: list[list[int]] = []
        for index in bearing:
            if not self.mentions[index].called.keys:
                continue
            fits = (
                child for child in children if all(self._may_be_same_child(index, other, number) for other in child)
            )
            child = next(fits, None)
            if child is None:
                children.append([index])
            else:
                child.append(index)
        return children

    def _may_be_same_child(self, first: int, second: int, number: Number) -> bool:
        """Whether two mentions under one number may be one child's: by name or birthday, and by no one else's name."""
        mention, other = self.mentions[first], self.mentions[second]
        if mention.called.keys & other.called.keys or (
            number[0] != UPN and any(kind == UPN for kind, _ in mention.numbers & other.numbers)
        ):
            return True
        alike = may_be_same_name(mention.called, other.called) or mention.date_of_birth == other.date_of_birth != ""
        return alike and not (self._known_beside(first, second, number) or self._known_beside(second, first, number))

    def _known_beside(self, first: int, second: int, number: Number) -> bool:
        """Whether where one mention stands the name of another is borne by somebody else."""
        school = self.mentions[first].school
        return any(
            number not in self.mentions[index].numbers and self.tables[index] & self.tables[second]
            for name in self.mentions[first].called.keys
            for index in self.named[school, name]
        )

    def _bears_another(self, child: Sequence[int], number: Number) -> bool:
        """Whether a child of these names bears another number of the kind somewhere."""
        return any(
            kind == number[0] and other != number[1]
            for mention in (self.mentions[index] for index in child)
            for name in mention.called.keys
            for index in self.named[mention.school, name]
            if self.mentions[index].cohort in (None, mention.cohort) or mention.cohort is None
            for kind, other in self.mentions[index].numbers
        )
