"""What a column holds, from its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from siptrack.reading.spelling import words
from siptrack.reading.terms import NO_TERM, TermFinder, TermParts
from siptrack.rules.model import ColumnRules, HeadingRule, KnownExport, Rules
from siptrack.school.groups import GroupRules

UPN_ROLE = "upn"
NUMBER_ROLES = (UPN_ROLE, "admission_number", "student_number", "id", "matching_reference")
PUPIL_ROLES = (*NUMBER_ROLES, "surname", "forename", "name", "legal_surname", "legal_forename")
SCHOOL_ROLES = ("school", "urn", "dfe_number", "establishment_number")


class Kind(StrEnum):
    """The sorts of column there are."""

    ROLE = "role"  # something about the pupil or the row: UPN, class, term
    CHARACTERISTIC = "characteristic"
    GROUP = "group"  # ticked for the pupils of one group
    RESULT = "result"
    TARGET = "target"
    PASSED_OVER = "passed over"  # known, and of no use here
    UNKNOWN = "unknown"


class How(StrEnum):
    """How a heading came to be understood, from the surest on."""

    SCHOOL = "fixed in siptrack.yaml"
    EXPORT = "known in this export"
    KNOWN = "a known heading"
    WORDS = "from its words"
    NOT = "not understood"


@dataclass(frozen=True)
class Meaning:
    """What a heading says: `name` is a role, a characteristic or a subject (empty when the heading names none).

    `group` is the one that is ticked, or sets apart several columns of one characteristic. `test` is whether its
    results are a test's; None where it does not say. `scale` is said by a known export.
    """

    kind: Kind
    name: str = ""
    term: TermParts = NO_TERM
    group: str = ""
    year_alone: bool = False
    how: How = How.KNOWN
    test: bool | None = None
    scale: str = ""

    @property
    def claim(self) -> tuple[Kind, str, str, TermParts, bool]:
        """What no two columns of a sheet may both be; a test and a judgement are two things."""
        return self.kind, self.name, self.group, self.term, bool(self.test)

    @property
    def names_pupil(self) -> bool:
        """Whether it says who the pupil is, as UPN and Surname do."""
        return self.kind is Kind.ROLE and self.name in PUPIL_ROLES


NOT_UNDERSTOOD = Meaning(Kind.UNKNOWN, how=How.NOT)
_KINDS = {
    "role": Kind.ROLE,
    "characteristic": Kind.CHARACTERISTIC,
    "group": Kind.GROUP,
    "subject": Kind.RESULT,
    "target": Kind.TARGET,
    "ignored": Kind.PASSED_OVER,
}
_SHORTEST_GROUP = 4  # shorter headings, such as Y, are no group's name


class HeadingReader:
    """Understands headings by the alias tables in the rules."""

    def __init__(self, rules: Rules) -> None:
        columns = rules.columns
        self.finder = TermFinder(rules)
        self.whole_year = columns.whole_year
        self.year_groups = range(rules.years.lowest, rules.years.highest + 1)
        self.subjects = {words(h): subject.key for subject in columns.subjects.values() for h in subject.headings}
        self.targets = _phrases(columns.target_words)
        hints = [hint for scale in rules.scales.values() for hint in scale.hints]
        self.fillers = _phrases([*columns.result_words, *columns.test_words, *columns.judgement_words, *hints])
        of_tests = [hint for scale in rules.scales.values() if scale.test for hint in scale.hints]
        self.tests = _phrases([*columns.test_words, *of_tests])
        self.judgements = _phrases(columns.judgement_words)
        self.exact = {
            **{text: one for text, one in _group_headings(rules.groups).items() if text not in self.subjects},
            **_role_headings(columns),
            **{
                words(heading): Meaning(Kind.CHARACTERISTIC, key, group=heading)
                for key, characteristic in rules.groups.characteristics.items()
                for heading in characteristic.headings
            },
            **{words(rule.heading): self.fixed(rule, How.SCHOOL) for rule in rules.headings},
        }
        self.exports = tuple(rules.exports.values())
        self.own = frozenset(map(words, rules.actions.own))
        self.written = tuple(frozenset(map(words, headings)) for headings in rules.actions.written)
        self.actions = {words(h): name for name, spellings in rules.actions.headings.items() for h in spellings}
        self.meaning = lru_cache(maxsize=None)(self._meaning)
        self.subject_of = lru_cache(maxsize=None)(self._subject_of)

    def fixed(self, rule: HeadingRule, how: How) -> Meaning:
        """The meaning that a rule gives a heading outright."""
        term = self.finder.find(rule.term)[0]
        kind = _KINDS[rule.kind]
        name, _, group = rule.name.partition("=") if kind is Kind.GROUP else (rule.name, "", "")
        return Meaning(kind, name, term, group=group, how=how, test=self.is_test(rule.heading), scale=rule.scale)

    def is_test(self, text: str) -> bool | None:
        """Whether a heading or title speaks of a test, or of a teacher's judgement; None where it speaks of neither."""
        plain = words(text)
        if _without_phrases(plain, self.judgements)[1]:
            return False
        return True if _without_phrases(plain, self.tests)[1] else None

    def known_exports(self, headings: Sequence[str]) -> list[KnownExport]:
        """The known exports whose headings are all there; not one whose headings another's include."""
        there = {words(heading) for heading in headings}
        fits = {
            export.key: export
            for export in self.exports
            if there.issuperset(map(words, export.headings))
            and (not export.pattern or any(re.fullmatch(export.pattern, heading) for heading in headings))
        }
        wanted = {key: set(map(words, export.headings)) for key, export in fits.items()}
        return [export for key, export in fits.items() if not any(wanted[key] < other for other in wanted.values())]

    def with_export(self, headings: Sequence[str], export: KnownExport) -> Mapping[int, Meaning]:
        """The meanings that a known export gives its columns, where the school has not fixed them otherwise."""
        special = {words(rule.heading): self.fixed(rule, How.EXPORT) for rule in export.meanings}
        found = {column: special.get(words(heading)) for column, heading in enumerate(headings)}
        return {
            column: meaning
            for column, meaning in found.items()
            if meaning and self.meaning(headings[column]).how is not How.SCHOOL
        }

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
            return NOT_UNDERSTOOD
        year_alone = term.season is None and (term.academic_year is not None or term.year_group is not None)
        if year_alone:
            term = term.filled(TermParts(season=self.whole_year))
        kind = Kind.TARGET if is_target else Kind.RESULT
        test = self.is_test(heading)
        return Meaning(kind, subject or "", term, year_alone=year_alone, how=How.WORDS, test=test)

    def suggestion(self, heading: str) -> str:
        """`; did you mean Surname?` for a heading that comes near a known one; otherwise empty."""
        near = get_close_matches(words(heading), [*self.exact, *self.subjects], n=1, cutoff=0.7)
        return f"; did you mean '{near[0]}'?" if near else ""

    def is_pupil_heading(self, cell: str) -> bool:
        """Whether a cell is a heading that names pupils, such as UPN or Surname."""
        meaning = self.exact.get(words(cell))
        return meaning is not None and meaning.names_pupil

    def action_of(self, heading: str) -> str:
        """Which column of a record of actions a heading stands for; empty for none."""
        return self.actions.get(words(heading), "")

    def _subject_of(self, text: str) -> str:
        """The subject that a cell, sheet name or title names; empty when it names none or more than one."""
        rest, _ = _without_phrases(self.finder.find(text)[1], self.fillers)
        return self.subjects.get(rest, "")


def _role_headings(columns: ColumnRules) -> Mapping[str, Meaning]:
    """The headings of every role."""
    return {
        words(heading): Meaning(Kind.PASSED_OVER if role in columns.passed_over else Kind.ROLE, role)
        for role, headings in columns.roles.items()
        for heading in headings
    }


def _group_headings(groups: GroupRules) -> Mapping[str, Meaning]:
    """The names and codes of groups which belong to one characteristic only, for columns that tick a group's pupils."""
    owners: dict[str, set[tuple[str, str]]] = {}
    listed = {key: one for key, one in groups.characteristics.items() if not one.open}  # French may be a lesson
    for key, characteristic in listed.items():
        for group in characteristic.groups.values():
            for text in (group.key, group.label, *group.spellings):
                if len(text) >= _SHORTEST_GROUP:
                    owners.setdefault(words(text), set()).add((key, group.key))
    single = {text: next(iter(owner)) for text, owner in owners.items() if len(owner) == 1}
    return {text: Meaning(Kind.GROUP, key, group=group) for text, (key, group) in single.items()}


def _phrases(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({words(text) for text in texts}, key=lambda phrase: (-len(phrase), phrase)))


def _without_phrases(rest: str, phrases: Sequence[str]) -> tuple[str, bool]:
    """The words left when the phrases are taken out, and whether any was there."""
    padded = f" {rest} "
    for phrase in phrases:
        padded = padded.replace(f" {phrase} ", " ")
    left = padded.strip()
    return left, left != rest
