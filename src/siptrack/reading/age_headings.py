"""Headings of reading and spelling ages, of the child's own age beside them, and of the day of the test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from siptrack.reading.spelling import Phrases, words
from siptrack.reading.vocabulary import HeadingParts, Part, Vocabulary
from siptrack.rules.model import Rules

_ALLOWED = {Part.SUBJECT, Part.MAKER, Part.MEASURE, Part.TEST, Part.FILLING, Part.SETTLED}
MONTHS, YEARS = "months", "years"


class AgeHeading(NamedTuple):
    """What a heading says of an age: its kind, or that it is the child's own, by which test, and in which unit.

    `unit` is empty for years and months. `short` is whether its letters may stand for anything else.
    """

    name: str
    test: str
    unit: str
    short: bool


class AgeHeadings:
    """Knows headings of ages by the rules, in any order of their words."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary) -> None:
        ages, self.vocabulary = rules.ages, vocabulary
        self.kinds = (*ages.kinds.values(), ages.own)
        self.subjects = {kind.key: kind.subject for kind in self.kinds}
        self.short = {words(text) for kind in self.kinds for text in kind.short}
        self.named = {words(text): kind.key for kind in self.kinds for text in (*kind.headings, *kind.short)}
        self.units = {
            **dict.fromkeys(map(words, ages.units.months), MONTHS),
            **dict.fromkeys(map(words, ages.units.years), YEARS),
            **dict.fromkeys(map(words, ages.units.both), ""),
        }
        self.labels = {words(name): name for name in ages.tests}
        self.dates = frozenset(map(words, ages.dates))
        self.of_ages, self.of_units = Phrases(self.named), Phrases(self.units)
        self.first = frozenset(self.of_ages.longest)

    def read(self, rest: str) -> AgeHeading | None:
        """What the words of a heading say of an age, those of its term taken out; None where another word is left."""
        if self.first.isdisjoint(rest.split()):  # as in nearly every cell below the headings
            return None
        found, left = self.of_ages.taken_from(rest)
        names = {self.named[phrase] for phrase in found}
        if len(names) != 1:
            return None
        name = names.pop()
        units, left = self.of_units.taken_from(" ".join(left))
        parts = self.vocabulary.parts_of(" ".join(left))
        if not self._is_clean(parts, name):
            return None
        makers = (*parts.of(Part.MAKER), *(self.labels[word] for word in parts.unknown))
        unit = next((self.units[phrase] for phrase in units), "")
        return AgeHeading(name, " ".join(dict.fromkeys(makers)), unit, self.short.issuperset(found))

    def _is_clean(self, parts: HeadingParts, name: str) -> bool:
        """Whether the words left say nothing else: no target, no other subject, nothing that nobody knows."""
        if not _ALLOWED.issuperset(part for part, values in parts.parts.items() if values):
            return False
        subjects = parts.of(Part.SUBJECT)
        return set(subjects) <= {self.subjects[name]} and self._knows(parts.unknown)

    def _knows(self, unknown: Iterable[str]) -> bool:
        return all(word in self.labels for word in unknown)

    def is_date(self, rest: str) -> bool:
        """Whether these words head the day of a test."""
        return rest in self.dates
