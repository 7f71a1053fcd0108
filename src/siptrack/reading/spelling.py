"""Two texts that a person would take for the same word, made the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w#%+]+|_")
_SPACE = re.compile(r"\s+")
_LONGEST = 256  # a heading or name beyond this is not one


@lru_cache(maxsize=65536)
def words(text: str) -> str:
    """A heading or name in small letters, with single spaces for everything that is not a letter or digit."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return _NOT_WORD.sub(" ", folded).strip()


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of these phrases as whole words of a text in which one space parts them; the longest first."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\S)")


def tight(text: str) -> str:
    """A grade or code in small letters without spaces."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text[:_LONGEST]).casefold())


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """A name without capitals, accents, apostrophes, hyphens and spaces, so that O'Brien and Obrien agree."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text[:_LONGEST]).casefold())
    return "".join(letter for letter in letters if letter.isalnum())
