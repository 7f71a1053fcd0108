"""Labels: texts that stand where a name would, and call a sum, a share, a group or a class and no child."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from siptrack.reading.spelling import tight, words
from siptrack.rules.model import Rules

_FIGURE = re.compile(r"[\d+%#]+|\d{1,2}[a-z]{1,2}|\d+(?:st|nd|rd|th)")  # 12, 75%, EXS+'s sign, the class 5h, 2nd
_WITH_FIGURE = re.compile(r"([a-z]+)\d{1,4}")  # y5
_DIGIT = re.compile(r"\d")
_SIGNS = "%+#"  # which stand before figures, or behind
_TWO = 2
_LONGEST = 12  # words; what is longer is a sentence


class Labels:
    """Knows a label by its words, which are those of the rules: of sums, subjects, grades, groups, terms and years."""

    def __init__(self, rules: Rules) -> None:
        columns, labels = rules.columns, rules.columns.labels
        self.telling = _phrases(labels.telling)
        self.forenames = frozenset(map(words, labels.forenames))
        self.titles = frozenset(map(words, labels.titles))
        self.nameless = frozenset(map(words, labels.nameless))
        self.pivot = frozenset(map(words, labels.pivot))
        self.counted = tuple(f"{words(text)} " for text in labels.counted)
        self.totals = frozenset(map(words, columns.totals))
        starts = "|".join(map(re.escape, columns.totals))
        self.total = re.compile(rf"(?:{starts})\s*[:(\d].*", re.IGNORECASE | re.DOTALL)
        self.codes = frozenset(_codes(rules))
        self.years = frozenset(map(words, rules.years.prefixes))
        self.known = frozenset(_split([*labels.telling, *labels.others, *columns.totals, *_words_of(rules)]))
        self.small = frozenset(_split([*labels.telling, *labels.others]))
        self.is_label = lru_cache(maxsize=65536)(self._is_label)
        self.tells = lru_cache(maxsize=65536)(self._tells)
        self.is_total = lru_cache(maxsize=65536)(self._is_total)

    def _is_label(self, text: str) -> bool:
        """Whether a text is made of the words of labels and figures alone: `% EXS+`, `Girls`, `Class 5H`."""
        parts = _separate(text)
        if not parts or len(parts) > _LONGEST or self._is_nameless(parts) or self._is_name(parts):
            return False
        return all(map(self._is_known, parts))

    def _is_known(self, word: str) -> bool:
        counted = _WITH_FIGURE.fullmatch(word)
        return (
            word in self.known
            or bool(_FIGURE.fullmatch(word))
            or word in self.codes
            or (
                counted is not None and (counted[1] in self.years or (len(counted[1]) > 1 and counted[1] in self.known))
            )
        )

    def _tells(self, text: str) -> bool:
        """Whether a text says what no child's name does: `Kestrels class`, `Key: see the policy`, a teacher first."""
        if self.total.match(text):
            return True
        parts = _separate(text)
        if not parts or self._is_nameless(parts):
            return False
        padded = f" {' '.join(parts)} "
        return parts[0] in self.titles or any(phrase in padded for phrase in self.telling)

    def _is_total(self, text: str) -> bool:
        """Whether a row that begins so is a total or a note."""
        return bool(self.total.match(text)) or words(text) in self.totals

    def _is_name(self, parts: list[str]) -> bool:
        """Whether two words of labels are as well a child's forename and surname: `Summer Green`."""
        alone = len(parts) == _TWO and all(word.isalpha() for word in parts)
        return alone and not self.forenames.isdisjoint(parts) and not self.tells(" ".join(parts))

    def _is_nameless(self, parts: list[str]) -> bool:
        """Whether it is a child whose name was taken out: `Pupil 12`, `Child B`."""
        return len(parts) > 1 and parts[0] in self.nameless and all(len(w) == 1 or _DIGIT.search(w) for w in parts[1:])

    def is_figure(self, text: str) -> bool:
        """Whether a cell holds a number, share or count, with words of sums beside it at most: `9 of 12`, `75%`."""
        if not _DIGIT.search(text):
            return False
        return not any(word[0].isalpha() and word not in self.small for word in _separate(text))

    def is_grade(self, text: str) -> bool:
        """Whether a text is a grade or code of any scale."""
        return tight(text) in self.codes

    def is_pivot(self, text: str) -> bool:
        """Whether a spreadsheet has written this into a pivot table: `Row Labels`."""
        return words(text) in self.pivot

    def counts(self, text: str) -> bool:
        """Whether a heading says what a pivot table counts: `Count of UPN`."""
        return words(text).startswith(self.counted)


def _separate(text: str) -> list[str]:
    """The words of a text, with `%`, `+` and `#` as words of their own."""
    spaced = words(text)
    for sign in _SIGNS:
        spaced = spaced.replace(sign, f" {sign} ")
    return spaced.split()


def _phrases(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {' '.join(_separate(text))} " for text in texts)


def _split(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in _separate(text))


def _codes(rules: Rules) -> Iterable[str]:
    """Every way to write a grade, without spaces."""
    for scale in rules.scales.values():
        yield from (tight(text) for grade in scale.grades for text in (grade.code, *grade.spellings))
        yield from (tight(text) for code in scale.codes for text in (code.code, *code.spellings))


def _words_of(rules: Rules) -> Iterable[str]:
    """The texts of the rules whose words labels are made of."""
    columns = rules.columns
    for subject in columns.subjects.values():
        yield from (subject.label, *subject.headings)
    for spellings in columns.seasons.values():
        yield from spellings
    for point in columns.assessment_points:
        yield from point.headings
    yield from (*columns.result_words, *columns.test_words, *columns.judgement_words, *columns.target_words)
    yield from (*rules.years.prefixes, *rules.years.spellings)
    for scale in rules.scales.values():
        yield from (text for grade in scale.grades for text in (grade.code, *grade.spellings))
    for characteristic in rules.groups.all().values():
        yield from (characteristic.label, *characteristic.headings)
        for group in characteristic.groups.values():
            yield from (group.label, *group.spellings)
