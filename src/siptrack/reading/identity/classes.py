"""Classes known by who is in them, so that one that is renamed within a year stays one class.

A class is followed from one moment of a year (a term's results, or a pupil list) to the next. It is the class in which
most of its children stand, and most of whose children stood in it; where no class is that, the one of its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from siptrack.reading.identity.groups import ClassInYear, Moment
from siptrack.reading.names import Names
from siptrack.rules.model import MatchingRules

Node = tuple[str, int, str, Moment]  # a school, an academic year, a class's name and a moment at which it bears that


class InClass(NamedTuple):
    """That a row puts its pupil into a class: where, when, as it is written, in which source, and the pupil's names."""

    node: Node
    text: str
    source: int
    names: Names


class Renamed(NamedTuple):
    """A class that bears one name at one moment and another at another, or in another source."""

    before: Node
    now: Node


@dataclass
class _Held:
    """Who is in a class at a moment: the keys of each child by the child's own name, and in which sources."""

    children: dict[str, frozenset[str]] = field(default_factory=dict)
    sources: set[int] = field(default_factory=set)

    def keys(self) -> frozenset[str]:
        return frozenset[str]().union(*self.children.values())

    def shared(self, other: _Held) -> int:
        """How many of its children stand in another, too."""
        theirs = other.keys()
        return sum(1 for keys in self.children.values() if keys & theirs)


class Classes:
    """The classes of all years, each followed through its names."""

    def __init__(self, rows: Iterable[InClass], rules: MatchingRules) -> None:
        self.rules = rules
        self.renamed: list[Renamed] = []
        self.known: dict[Node, ClassInYear] = {}
        self.texts: dict[Node, str] = {}
        self.held: defaultdict[Node, _Held] = defaultdict(_Held)
        for row in rows:
            self.texts.setdefault(row.node, row.text)
            class_held = self.held[row.node]
            class_held.sources.add(row.source)
            if row.names.main:
                class_held.children[row.names.main] = row.names.keys | {row.names.short}
        self.knowing: defaultdict[tuple[str, int, str], set[int]] = defaultdict(set)
        years: defaultdict[tuple[str, int], list[Node]] = defaultdict(list)
        for node in sorted(self.held):
            self.knowing[node[:3]] |= self.held[node].sources
            years[node[:2]].append(node)
        for nodes in years.values():
            self._follow(nodes)
        self.called = self._called()

    def text(self, node: Node) -> str:
        """How a class is called: as it is written, or, where it has two names, by a pupil list's, else the newest."""
        return self.called.get(self.known[node], self.texts[node])

    def _called(self) -> Mapping[ClassInYear, str]:
        names: defaultdict[ClassInYear, list[Node]] = defaultdict(list)
        for node, identity in self.known.items():
            names[identity].append(node)
        last = {identity: max(nodes, key=_of_a_list_then_newest) for identity, nodes in names.items()}
        return {
            identity: self.texts[last[identity]]
            for identity, nodes in names.items()
            if len({node[2] for node in nodes}) > 1
        }

    def _follow(self, nodes: Sequence[Node]) -> None:
        """The classes of one year from its first moment to its last."""
        now: dict[ClassInYear, Node] = {}
        for moment in sorted({node[3] for node in nodes}):
            present = [node for node in nodes if node[3] == moment]
            self.known |= self._matched(now, present)
            for node in present:
                if node not in self.known:
                    self.known[node] = self._in_another_system(node, now) or (node[1], f"{node[2]} {moment}")
                identity = self.known[node]
                if identity in now and now[identity][2] != node[2]:
                    self.renamed.append(Renamed(now[identity], node))
                now[identity] = node

    def _matched(self, before: Mapping[ClassInYear, Node], present: Sequence[Node]) -> Mapping[Node, ClassInYear]:
        """The classes of a moment that are classes of before: by most of their children, else by their name."""
        found: dict[Node, ClassInYear] = {}
        shares = [
            (self.held[node].shared(self.held[last]), node[2] == last[2], identity, node)
            for identity, last in before.items()
            for node in present
            if self._mostly_same_children(node, last)
        ]
        for _, _, identity, node in sorted(shares, key=lambda share: (-share[0], not share[1], share[2:])):
            if node not in found and identity not in found.values():
                found[node] = identity
        for node in present:
            same = [earlier for earlier, last in before.items() if last[2] == node[2] and earlier not in found.values()]
            if node not in found and same:
                found[node] = same[0]
        return found

    def _in_another_system(self, node: Node, now: Mapping[ClassInYear, Node]) -> ClassInYear | None:
        """A class of the same moment which another source calls otherwise."""
        same = (known for known, last in now.items() if last[3] == node[3] and not self._known_together(node, last))
        return next((known for known in same if self._mostly_same_children(node, now[known])), None)

    def _known_together(self, first: Node, second: Node) -> bool:
        """Whether a source knows both of two names, so that they are not two systems' names for one class."""
        return bool(self.knowing[first[:3]] & self.knowing[second[:3]])

    def _mostly_same_children(self, first: Node, second: Node) -> bool:
        """Whether most children of either class are in the other.

        Where no source knows both names, nearly all of the smaller will do: a list may hold some of a class's children.
        """
        ours, theirs = self.held[first], self.held[second]
        sizes = sorted((len(ours.children), len(theirs.children)))
        shared = ours.shared(theirs)
        if shared < self.rules.least:
            return False
        of_two_systems = first[2] != second[2] and not self._known_together(first, second)
        return shared > self.rules.most * sizes[1] or (of_two_systems and shared >= self.rules.shared * sizes[0])


def _of_a_list_then_newest(node: Node) -> tuple[bool, Moment]:
    return node[3][1] >= 0, node[3]
