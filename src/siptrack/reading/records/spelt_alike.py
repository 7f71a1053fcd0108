"""Interventions that are spelt in more than one way: which are one, and which the school is asked about.

Capitals, spaces and signs tell nothing apart. Words that are nearly the same, or cut short, may be a slip of the pen;
digits that differ, as in Year 3 and Year 4, never are, nor is what has a + beside what has none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from siptrack.reading.spelling import words
from siptrack.school.provision import SpellingRules

_DIGITS = re.compile(r"\d+|[#%+]")
_WORDS = re.compile(r"[\w#%+]+\.?")


class Spelt(NamedTuple):
    """The name by which each spelling goes, the spellings of each name with their rows, and the names to ask about."""

    name: Mapping[str, str]
    ways: Mapping[str, Mapping[str, int]]
    asked: Sequence[tuple[str, str]]


def settle(texts: Iterable[str], rules: SpellingRules) -> Spelt:
    """The names of interventions as written, a text a row; each goes by the spelling that most rows have.

    Of equals it is the longest, and then the first of the alphabet.
    """
    count = Counter(texts)
    groups: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for text in sorted(count):
        groups[_key(text)].append(text)
    alike = {
        (one, other): max(_likeness(ours, theirs, rules) for ours in groups[one] for theirs in groups[other])
        for one, other in combinations(groups, 2)
    }
    goes_by = {key: key for key in groups}
    for (one, other), how in alike.items():
        if how >= rules.taken:
            into, left = goes_by[one], goes_by[other]
            goes_by = {key: into if at == left else at for key, at in goes_by.items()}
    together: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for key, at in goes_by.items():
        together[at] += groups[key]
    name = {at: min(those, key=lambda text: (-count[text], -len(words(text)), text)) for at, those in together.items()}
    asked = {
        (name[goes_by[one]], name[goes_by[other]])
        for (one, other), how in alike.items()
        if rules.asked <= how < rules.taken and goes_by[one] != goes_by[other]
    }
    return Spelt(
        {text: name[goes_by[key]] for key, those in groups.items() for text in those},
        {name[at]: {text: count[text] for text in sorted(those)} for at, those in together.items()},
        sorted(asked),
    )


def _key(text: str) -> tuple[object, ...]:
    """What of a name tells it apart, whatever its capitals, spaces and signs."""
    return words(text).replace(" ", ""), *_DIGITS.findall(text)


def _likeness(first: str, second: str, rules: SpellingRules) -> float:
    """How much two names are alike, from 0 to 1: as much as the least alike of their words; 0 where digits differ.

    Of unequal numbers of words the letters of all are compared.
    """
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return 0
    ours, theirs = (_WORDS.findall(text.casefold()) for text in (first, second))
    if len(ours) != len(theirs):
        return _ratio(words(first), words(second))
    return min((_of_words(*pair, rules) for pair in zip(ours, theirs, strict=True)), default=0)


def _of_words(first: str, second: str, rules: SpellingRules) -> float:
    """How much two words are alike; one that is cut short with a full stop is the whole, and without may be."""
    short, long = sorted((first.rstrip("."), second.rstrip(".")), key=len)
    if short == long:
        return 1
    how = _ratio(short, long)
    if long.startswith(short) and len(short) >= rules.abbreviated:
        stopped = any(word.endswith(".") and word.rstrip(".") == short for word in (first, second))
        return 1 if stopped else max(how, rules.asked)
    return how


def _ratio(first: str, second: str) -> float:
    """The share of letters that two texts have in common, in order."""
    one, other = sorted(text.replace(" ", "") for text in (first, second))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
