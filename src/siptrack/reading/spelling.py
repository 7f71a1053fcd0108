"""Two texts that a person would take for the same word, made the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w#%+]+|_")
_LONGEST = 256  # a heading or name beyond this is not one


@lru_cache(maxsize=65536)
def words(text: str) -> str:
    """A heading or name in small letters, with single spaces for everything that is not a letter or digit."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return _NOT_WORD.sub(" ", folded).strip()


class Phrases:
    """Phrases of one or several words, to be found in a text: from the left, at each word the longest."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.known = frozenset(phrases)
        self.longest: dict[str, int] = {}
        """How many words the longest phrase has that begins with a word."""
        for parts in map(str.split, self.known):
            if parts:
                self.longest[parts[0]] = max(self.longest.get(parts[0], 0), len(parts))

    def taken_from(self, text: str) -> tuple[list[str], list[str]]:
        """The phrases that a text has, and the words that are left of it."""
        parts, found, left = text.split(), list[str](), list[str]()
        at = 0
        while at < len(parts):
            lengths = range(self.longest.get(parts[at], 0), 0, -1)
            phrase = next(
                (candidate for size in lengths if (candidate := " ".join(parts[at : at + size])) in self.known), ""
            )
            (found if phrase else left).append(phrase or parts[at])
            at += phrase.count(" ") + 1
        return found, left


@lru_cache(maxsize=65536)
def tight(text: str) -> str:
    """A grade or code in small letters without spaces."""
    return "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().split())


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """A name without capitals, accents, apostrophes, hyphens and spaces, so that O'Brien and Obrien agree."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text[:_LONGEST]).casefold())
    return "".join(letter for letter in letters if letter.isalnum())
