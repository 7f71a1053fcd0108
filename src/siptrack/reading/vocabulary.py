"""The words of a heading beside its term: its subject, whose test it is, who judged it, and what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from siptrack.reading.spelling import Phrases, words
from siptrack.rules.model import Rules

_GLUED = re.compile(r"([^\W\d]+)(\d+)")


class Part(StrEnum):
    """What a word or phrase of a heading may be."""

    SUBJECT = "subject"
    MAKER = "maker"
    MEASURE = "measure"  # what kind of mark it is: raw, or on a scale of scores
    RAW = "raw"
    TEST = "test"
    JUDGEMENT = "judgement"
    TARGET = "target"
    SETTLED = "settled"
    OTHER = "other"
    FILLING = "filling"


@dataclass(frozen=True)
class HeadingParts:
    """What the words of a heading say, by part, in the order of the rules; `unknown` are the words that say nothing."""

    parts: dict[Part, list[str]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def of(self, part: Part) -> list[str]:
        """What the words say of a part, each once."""
        return self.parts.get(part, [])


class Vocabulary:
    """Knows the words and phrases of headings by the rules."""

    def __init__(self, rules: Rules) -> None:
        self.subjects = rules.columns.subjects
        self.makers = rules.columns.heading_words.makers
        self.known: dict[str, list[tuple[Part, str]]] = {}
        for phrase, part, value in self._phrases(rules):
            # One letter is a subject's only where nothing else stands in the heading: M may be Miss M.
            if len(phrase) > 1 or part is not Part.SUBJECT:
                self.known.setdefault(phrase, []).append((part, value))
        self.letters = {
            words(text): key
            for key, subject in self.subjects.items()
            for text in subject.headings
            if len(words(text)) == 1
        }
        self.phrases = Phrases(self.known)

    def _phrases(self, rules: Rules) -> Iterator[tuple[str, Part, str]]:
        columns, heading_words = rules.columns, rules.columns.heading_words
        for key, subject in self.subjects.items():
            yield from _each(subject.headings, Part.SUBJECT, key)
        for key, maker in self.makers.items():
            yield from _each(maker.headings, Part.MAKER, key)
        for name, scale in rules.scales.items():
            yield from _each(scale.hints, Part.MEASURE if scale.test else Part.FILLING, name)
        for key, other in heading_words.other.items():
            yield from _each(other.headings, Part.OTHER, key)
        yield from _each(heading_words.raw, Part.RAW, Part.RAW)
        yield from _each(heading_words.settled, Part.SETTLED, Part.SETTLED)
        yield from _each((*heading_words.states, *columns.result_words), Part.FILLING, "")
        yield from _each(columns.target_words, Part.TARGET, "")
        yield from _each(columns.test_words, Part.TEST, "")
        yield from _each(columns.judgement_words, Part.JUDGEMENT, "")

    def words(self) -> set[str]:
        """Every single word that is known."""
        return {word for phrase in self.known for word in phrase.split()}

    def parts_of(self, rest: str) -> HeadingParts:
        """What the words say, those of the term taken out."""
        parts: dict[Part, list[str]] = {}
        found, left = self.phrases.taken_from(rest)
        for phrase in found:
            for part, value in self.known[phrase]:
                if value not in parts.setdefault(part, []):
                    parts[part].append(value)
        unknown = " ".join(left)
        if (apart := _GLUED.sub(self._without_number, unknown)) != unknown:
            return self.parts_of(f"{' '.join(found)} {apart}")
        if unknown in self.letters and not parts.get(Part.SUBJECT):
            return HeadingParts({**parts, Part.SUBJECT: [self.letters[unknown]]})
        return HeadingParts(parts, tuple(unknown.split()))

    def _without_number(self, match: re.Match[str]) -> str:
        """A known word without the number close behind it, with which a table of Excel tells equal headings apart."""
        return match[1] if match[1] in self.known else match[0]

    def subject(self, parts: HeadingParts) -> str | None:
        """The subject that is spoken of: empty where none is, None where several are.

        A subject that others make up says nothing beside one of them: English Reading is reading.
        """
        named = parts.of(Part.SUBJECT) or [self.makers[key].subject for key in parts.of(Part.MAKER)]
        named = [key for key in named if key and not set(self.subjects[key].holds) & set(named)]
        return None if len(set(named)) > 1 else next(iter(named), "")


def _each(texts: Iterable[str], part: Part, value: str) -> Iterator[tuple[str, Part, str]]:
    return ((phrase, part, value) for phrase in map(words, texts) if phrase)
