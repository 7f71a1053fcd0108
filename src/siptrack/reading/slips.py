"""A word of a heading that is one slip of the pen away from a known one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

_SHORTEST = 5  # letters; shorter words lie too close to each other: Data and Date, Sex and Set


class Slips:
    """Known words, found again by what is left of them when a letter is taken out.

    Two words one letter apart, or with two letters changed round, leave the same when one letter of each is taken out.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self.known = frozenset(word for word in known if len(word) >= _SHORTEST and word.isalpha())

    @cached_property
    def by_rest(self) -> Mapping[str, Sequence[str]]:
        """The known words by what is left of them."""
        words: dict[str, list[str]] = {}
        for word in sorted(self.known):
            for rest in _a_letter_less(word):
                words.setdefault(rest, []).append(word)
        return words

    def meant(self, word: str) -> str:
        """The one known word that this was meant to be; empty where there is none, or more than one."""
        if len(word) < _SHORTEST or not word.isalpha() or word in self.known:
            return ""
        found = {
            near
            for rest in _a_letter_less(word)
            for near in self.by_rest.get(rest, ())
            if _differ_by_a_slip(word, near)
        }
        return found.pop() if len(found) == 1 else ""


def _a_letter_less(word: str) -> Iterator[str]:
    """The word itself, and the word without each of its letters."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _differ_by_a_slip(word: str, other: str) -> bool:
    """Whether a letter too many or too few, another letter, or two letters changed round is all that differs."""
    begin = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    word, other = word[begin:], other[begin:]
    if len(word) != len(other):
        longer, shorter = sorted((word, other), key=len, reverse=True)
        return longer[1:] == shorter
    return word[1:] == other[1:] or (word[:2] == other[1::-1] and word[2:] == other[2:])
