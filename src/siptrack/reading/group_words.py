"""The codes, words and ticks of one characteristic understood: which group a cell puts a pupil in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from siptrack.reading.spelling import tight, words
from siptrack.rules.model import ColumnRules
from siptrack.rules.patterns import LONGEST, matches
from siptrack.school.groups import Characteristic, GroupRules
from siptrack.school.register import NOT_RECORDED

SEVERAL = "\x1f"  # between what several columns of one characteristic say of a pupil
TICK = "\x1e"  # between the group that a column is headed with and what stands in its cell

_LONGEST_CODE = 4  # capitals of a word that is longer are no code
_LINK = re.compile(r"[&+/]|\bor\b", re.IGNORECASE)
# Where a text falls into parts that may each name a group, the surest first.
_BREAKS = (
    re.compile(r"[()\[\]]"),
    re.compile(r"\s+[-\u2013\u2014]+\s+|\s*[:;|>]\s*"),
    re.compile(r"\s*/\s*|\s*,\s*"),
    re.compile(rf"(?<=^\w{{{_LONGEST_CODE}}})\s+|(?<=^\w)\s+|\s+(?=\w{{{_LONGEST_CODE}}}$)|\s+(?=\w$)"),
)


class Cross(Enum):
    """What a cross means in a column."""

    YES = "yes"
    NO = "no"  # since a tick stands beside it
    UNCLEAR = "unclear"  # since a yes stands beside it, and no no


class RecordedGroup(NamedTuple):
    """What one or several columns say of a pupil: the group, texts that are not known, and whether they disagree."""

    group: str
    unknown: tuple[str, ...] = ()
    clash: bool = False


class GroupReader:
    """Understands the codes and words of one characteristic; with `columns`, ticks too."""

    def __init__(self, characteristic: Characteristic, rules: GroupRules, columns: ColumnRules | None = None) -> None:
        self.any_column = characteristic.any_column
        self.known = {tight(text): NOT_RECORDED for text in rules.not_recorded}
        for group in characteristic.groups.values():
            for text in (group.key, group.label, *group.spellings, *group.words):
                self.known[tight(text)] = group.key
        self._add_ticks(columns)
        self._add_others(characteristic, rules)
        self.by_words = {_linked(text): group for text, group in self._written(characteristic, rules)}
        self.rest = [(group.rest, group.key) for group in characteristic.groups.values() if group.rest]
        self.narrower = {group.key: frozenset(group.divided_into) for group in characteristic.groups.values()}
        self.open = characteristic.open
        self.order = [*characteristic.groups, NOT_RECORDED]

    def _written(self, characteristic: Characteristic, rules: GroupRules) -> Iterable[tuple[str, str]]:
        """Every text of more than a code, with its group."""
        yield from ((text, NOT_RECORDED) for text in rules.not_recorded if _linked(text))
        for group in characteristic.groups.values():
            yield from ((text, group.key) for text in (group.label, *group.spellings, *group.words) if _linked(text))

    def _add_ticks(self, columns: ColumnRules | None) -> None:
        """The ticks, where one group is written yes and another no."""
        ticked, unticked = (columns.ticked, columns.unticked) if columns else ((), ())
        yes, no = self._of_a_word(ticked), self._of_a_word(unticked)
        self.crosses = frozenset(map(tight, columns.crosses)) if columns and yes and no and yes != no else frozenset()
        self.signs = frozenset(map(tight, columns.tick_signs)) if columns else frozenset()
        self.yes, self.no = (yes, no) if self.crosses else ("", "")
        if self.crosses:
            for text, group in (*((text, yes) for text in ticked), *((text, no) for text in unticked)):
                self.known.setdefault(tight(text), group)
        self.ticked, self.unticked = frozenset(map(tight, ticked)), frozenset(map(tight, unticked))

    def _of_a_word(self, texts: Iterable[str]) -> str:
        """The group that is written by one of these words, such as yes; empty for none."""
        found = (self.known.get(tight(text), "") for text in texts if text.isalpha() and len(text) > 1)
        return next((group for group in found if group not in ("", NOT_RECORDED)), "")

    def _add_others(self, characteristic: Characteristic, rules: GroupRules) -> None:
        """The names of the characteristic that it follows, and those that are surely a group of its own."""
        if characteristic.open:
            for name in characteristic.open.names:
                self.known.setdefault(tight(name), name)
        other = rules.characteristics.get(characteristic.else_from)
        if other is None:
            return
        wider = {member: group.key for group in characteristic.groups.values() for member in group.members}
        rest = next((group.key for group in characteristic.groups.values() if not group.members), NOT_RECORDED)
        for text, group in GroupReader(other, rules).known.items():
            if group != NOT_RECORDED:
                self.known.setdefault(text, wider.get(group, rest))

    def cross_in(self, texts: Iterable[str]) -> Cross:
        """What a cross means among these texts of one column."""
        there = set(map(tight, texts))
        if not there & self.crosses:
            return Cross.YES
        if there & self.signs:
            return Cross.NO
        groups = {self.known.get(text) for text in there - self.crosses}
        return Cross.UNCLEAR if self.yes in groups and self.no not in groups else Cross.YES

    def several(self, texts: str, cross: Cross = Cross.YES) -> RecordedGroup:
        """What all columns together say: a part that is not recorded says nothing, parts that agree are one.

        Of parts that disagree the first group in the order of the rules counts.
        """
        read = {part: self._part(part, cross) for part in texts.split(SEVERAL)}
        groups = sorted({group for group in read.values() if group not in (None, NOT_RECORDED)}, key=self._place)
        narrowest = self._agreed(groups)
        unknown = tuple(part.rpartition(TICK)[2] for part, group in read.items() if group is None)
        first = narrowest or next(iter(groups), NOT_RECORDED)
        return RecordedGroup(first, unknown, clash=len(groups) > 1 and not narrowest and not self.any_column)

    def _place(self, group: str) -> int:
        return self.order.index(group) if group in self.order else len(self.order)

    def _part(self, part: str, cross: Cross) -> str | None:
        """What one column says; the blank or no of a column that ticks a group says nothing of the others."""
        group, ticked, cell = part.rpartition(TICK)
        plain = tight(cell)
        if plain in self.crosses and cross is not Cross.YES:
            return None if cross is Cross.UNCLEAR else NOT_RECORDED if ticked else self.no
        if not ticked:
            return self.read(cell)
        if plain in self.ticked:
            return group
        return NOT_RECORDED if plain in self.unticked else self.read(cell)

    def read(self, text: str) -> str | None:
        """The group's key, or `not_recorded`; None when the text is not known, as none is that goes on and on."""
        return self._read(text[:LONGEST]) or self._open(text[:LONGEST])

    def _read(self, text: str) -> str | None:
        """As a whole; else a code as it is written in capitals, never a word; else by its parts."""
        plain, bare = tight(text), text.strip()
        if plain in self.known:
            return self.known[plain]
        if linked := self.by_words.get(_linked(text)):
            return linked
        coded = next((key for pattern, key in self.rest if matches(pattern, bare)), None) if bare.isupper() else None
        return coded or self._by_parts(bare)

    def _by_parts(self, text: str) -> str | None:
        """The group that all parts of a text name; None where one is not known, or they name several."""
        for breaks in _BREAKS:
            parts = [part for part in map(str.strip, breaks.split(text)) if any(map(str.isalnum, part))]
            if len(parts) > 1:
                read = [self._read(part) for part in parts]
                if None not in read:
                    recorded = [group for group in read if group is not None and group != NOT_RECORDED]
                    return (self._agreed(recorded) or None) if recorded else NOT_RECORDED
        return None

    def _agreed(self, groups: Iterable[str]) -> str:
        """The one group named, the narrowest beside those that are divided into it; empty where they are several."""
        named = set(groups)
        for group in named:
            if all(other == group or group in self.narrower.get(other, ()) for other in named):
                return group
        return ""

    def _open(self, text: str) -> str | None:
        """A group by its own name, where any text may be one."""
        bare = text.strip()
        if self.open and matches(self.open.written, bare):
            return bare if bare.isupper() and len(bare) <= _LONGEST_CODE else bare.title()
        return None


def _linked(text: str) -> str:
    """A text in plain words in which &, / and or are and; empty for a doubt (?)."""
    return "" if "?" in text else words(_LINK.sub(" and ", text))
