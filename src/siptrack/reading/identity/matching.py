"""Which rows are the same child: the surest evidence first, and two children never made one on a guess.

In this order: what the school says itself; a UPN; a number of one kind with a name that agrees; name and date of
birth; a name in a year group between sources that share most of their names; a name alone. A row that fits two
children is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from siptrack.reading.identity.contradictions import sift_numbers
from siptrack.reading.identity.groups import UPN, Groups, Mention, Number, Standing
from siptrack.reading.identity.namesakes import join_namesakes
from siptrack.reading.identity.near import Near, join_near
from siptrack.reading.identity.sources import SourceOf, join_sources
from siptrack.rules.model import MatchingRules


@dataclass
class Matching:
    """For each mention the number of its pupil, or None for one that fits several; and what was doubtful.

    `conflicts` are mentions of one name and birthday under two numbers; `contradicted` pairs of mentions under one
    number of a kind that are of two children; `near` pairs of names much alike, taken for one child or kept apart.
    """

    pupils: list[int | None]
    conflicts: list[int] = field(default_factory=list)
    contradicted: list[tuple[str, int, int]] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)


def match(
    mentions: Sequence[Mention],
    rules: MatchingRules,
    repeated: frozenset[int] = frozenset(),
    standings: Mapping[Mention, Standing] | None = None,
    sources: Sequence[SourceOf] = (),
    given: Iterable[tuple[int, int]] = (),
) -> Matching:
    """The pupil of each mention; `standings` are where its rows stand.

    `sources` say which source each table is of: first file by file, then with files taken together.
    `repeated` are mentions that stand twice in a sheet with one row a pupil: by a name alone they cannot be told apart.
    `given` are pairs of mentions that the school says are one child's.
    """
    where = standings or {}
    sifted = sift_numbers(mentions, where)
    groups = Groups(sifted.mentions, [where.get(mention, Standing()) for mention in mentions])
    for first, second in given:
        groups.join(first, second)
    conflicts = _join_by(groups, _numbers(groups, upns=True)) | _join_by(groups, _numbers(groups, upns=False))
    conflicts |= _join_by(groups, _birthdays(groups))
    ambiguous = {index for index in repeated if mentions[index].weak and not mentions[index].date_of_birth}
    ambiguous |= sifted.nobody | {index for index in conflicts if not groups.child(index).numbers}
    for source_of in sources:
        join_sources(groups, source_of, rules)
    ambiguous |= join_namesakes(groups, ambiguous)
    near = join_near(groups, next(iter(sources), {}), rules, ambiguous)
    pupils = [None if index in ambiguous else groups.root(index) for index in range(len(mentions))]
    return Matching(pupils, sorted(conflicts), sorted(sifted.contradicted), near)


def _numbers(groups: Groups, *, upns: bool) -> Iterable[list[int]]:
    """The mentions of each UPN, or of each number of any other kind."""
    by_number: defaultdict[tuple[str, Number], list[int]] = defaultdict(list)
    for index, mention in enumerate(groups.mentions):
        for number in mention.numbers:
            if (number[0] == UPN) == upns:
                by_number[mention.school, number].append(index)
    return (same for _, same in sorted(by_number.items()))


def _birthdays(groups: Groups) -> Iterable[list[int]]:
    """The mentions of each name and date of birth."""
    by_birth: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, mention in enumerate(groups.mentions):
        if mention.date_of_birth:
            for name in sorted({mention.name, *mention.others} - {""}):
                by_birth[mention.school, name, mention.date_of_birth].append(index)
    return by_birth.values()


def _join_by(groups: Groups, alike: Iterable[list[int]]) -> set[int]:
    """Join the mentions that are alike, unless that would give one child two numbers of a kind: those are returned."""
    conflicts: set[int] = set()
    for same in alike:
        if groups.numbers_agree({groups.root(index) for index in same}):
            for index in same[1:]:
                groups.join(same[0], index)
        else:
            conflicts.update(same)
    return conflicts
