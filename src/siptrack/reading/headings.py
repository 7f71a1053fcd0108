"""What a column holds, from its heading; and which row of a sheet holds the headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from siptrack.reading.sheet import Sheet
from siptrack.reading.spelling import words
from siptrack.reading.terms import NO_TERM, TermFinder, TermParts
from siptrack.rules.model import Rules

_ROWS_LOOKED_AT = 40
_PUPIL_ROLES = frozenset({"upn", "id", "name", "surname", "forename"})


class Kind(StrEnum):
    """The sorts of column there are."""

    ROLE = "role"  # something about the pupil or the row: UPN, class, term
    CHARACTERISTIC = "characteristic"
    RESULT = "result"
    TARGET = "target"
    PASSED_OVER = "passed over"  # known, and of no use here
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Meaning:
    """What a heading says: `name` is a role, a characteristic or a subject (empty when the heading names none)."""

    kind: Kind
    name: str = ""
    term: TermParts = NO_TERM
    year_alone: bool = False

    @property
    def claim(self) -> tuple[Kind, str, TermParts]:
        """What no two columns of a sheet may both be."""
        return self.kind, self.name, self.term


class HeadingReader:
    """Understands headings by the alias tables in the rules."""

    def __init__(self, rules: Rules) -> None:
        columns = rules.columns
        self.finder = TermFinder(rules)
        self.whole_year = columns.whole_year
        self.exact = {
            **{
                words(heading): Meaning(Kind.PASSED_OVER if role in columns.passed_over else Kind.ROLE, role)
                for role, headings in columns.roles.items()
                for heading in headings
            },
            **{
                words(heading): Meaning(Kind.CHARACTERISTIC, key)
                for key, characteristic in rules.groups.characteristics.items()
                for heading in characteristic.headings
            },
        }
        self.subjects = {words(h): subject.key for subject in columns.subjects.values() for h in subject.headings}
        self.targets = _phrases(columns.target_words)
        hints = [hint for scale in rules.scales.values() for hint in scale.hints]
        self.fillers = _phrases([*columns.result_words, *hints])
        self.meaning = lru_cache(maxsize=None)(self._meaning)

    def _meaning(self, heading: str) -> Meaning:
        """What a heading means; UNKNOWN unless every word of it is accounted for."""
        plain = words(heading)
        if plain in self.exact:
            return self.exact[plain]
        term, rest = self.finder.find(heading)
        rest, is_target = _without_phrases(rest, self.targets)
        subject = self.subjects.get(rest)
        if subject is None:
            rest, _ = _without_phrases(rest, self.fillers)
            subject = self.subjects.get(rest)
        if subject is None and (rest or not term.speaks):
            return Meaning(Kind.UNKNOWN)
        year_alone = term.season is None and (term.academic_year is not None or term.year_group is not None)
        if year_alone:
            term = term.filled(TermParts(season=self.whole_year))
        return Meaning(Kind.TARGET if is_target else Kind.RESULT, subject or "", term, year_alone)

    def subject_of(self, text: str) -> str:
        """The subject that a cell, sheet name or title names; empty when it names none or more than one."""
        rest, _ = _without_phrases(self.finder.find(text)[1], self.fillers)
        return self.subjects.get(rest, "")


def _phrases(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({words(text) for text in texts}, key=lambda phrase: (-len(phrase), phrase)))


def _without_phrases(rest: str, phrases: Sequence[str]) -> tuple[str, bool]:
    """The words left when the phrases are taken out, and whether any was there."""
    padded = f" {rest} "
    for phrase in phrases:
        padded = padded.replace(f" {phrase} ", " ")
    left = padded.strip()
    return left, left != rest


def heading_row(sheet: Sheet, reader: HeadingReader) -> int | None:
    """The index of the row with the most understood headings, if it names pupils; None when no row does."""
    best, best_score = None, 1
    for index, row in enumerate(sheet.rows[:_ROWS_LOOKED_AT]):
        meanings = [reader.meaning(cell) for cell in row if cell]
        understood = {meaning for meaning in meanings if meaning.kind is not Kind.UNKNOWN}
        names_pupils = any(meaning.kind is Kind.ROLE and meaning.name in _PUPIL_ROLES for meaning in understood)
        if names_pupils and len(understood) > best_score:
            best, best_score = index, len(understood)
    return best


def column_meanings(row: Sequence[str], reader: HeadingReader) -> Mapping[int, Meaning]:
    """The meaning of each column that has a heading."""
    return {index: reader.meaning(cell) for index, cell in enumerate(row) if cell}
