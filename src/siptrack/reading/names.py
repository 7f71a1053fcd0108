"""The names by which a row calls its pupil, and when two of them are the same or much alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from siptrack.reading.spelling import name_key

_ALIKE = 0.6  # of forenames and of surnames: a corrected spelling under one number, but not another child's name
_BUT_FOR_A_MIDDLE_NAME = 0.95
# Marlow, Harry (Bertie), or Harry Marlow (4A); a letter or number alone, as in Harry (A), tells two of a name apart.
_CALLED = re.compile(r"[(\[\"“]\s*(\w*[^\W\d_]\w+|\w+[^\W\d_]\w*|\w[\w .&/-]+\w)\s*[)\]\"”]")
_SURNAMES = ("surname", "legal_surname", "preferred_surname", "former_surname")
_FORENAMES = ("forename", "legal_forename", "preferred_forename")
NAME_ROLES = ("name", *_SURNAMES, *_FORENAMES, "preferred_name")


class Names(NamedTuple):
    """What a row calls its pupil: the key of its own name, those of all further names it gives, and its parts.

    The keys of two names are equal where the names differ by no more than capitals, accents, spaces, hyphens,
    apostrophes and the order of forename and surname. `first` is the forename without middle names, and
    `short` the key of the whole name without them.
    """

    main: str = ""
    others: frozenset[str] = frozenset()
    forename: str = ""
    surname: str = ""
    first: str = ""
    short: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Every name that the row gives."""
        return self.others | {self.main} if self.main else self.others


NAMELESS = Names()


@lru_cache(maxsize=65536)
def names_key(text: str) -> str:
    """The key of a full name: its letters, turned to begin where they come first in the alphabet.

    Turning makes one of `Ann Ash` and `Ash, Ann` without knowing which of them is the surname.
    """
    letters = name_key(text)
    return min((letters[at:] + letters[:at] for at in range(len(letters))), default="")


def surname_and_forename(texts: Mapping[str, str]) -> tuple[str, str]:
    """Both names as written; a single column with a comma is split there, one without stays whole.

    A legal name stands in where no other is given.
    """
    surname, forename = texts.get("surname", ""), texts.get("forename", "")
    if not (surname and forename) and (whole := texts.get("name", "")):
        surname, _, forename = whole.partition(",")
    legal = texts.get("legal_surname", ""), texts.get("legal_forename", "")
    if not (surname or forename):
        surname, forename = legal
    return " ".join(surname.split()), " ".join(forename.split())  # a cell may hold several lines


def names_in(texts: Mapping[str, str]) -> Names:
    """The names that a row's texts give its pupil."""
    return _names(tuple((role, text) for role in NAME_ROLES if (text := texts.get(role))))


@lru_cache(maxsize=65536)
def _names(pairs: tuple[tuple[str, str], ...]) -> Names:
    """The names that texts by their roles give."""
    texts = dict(pairs)
    surname, forename = surname_and_forename(texts)
    bare, called = _called(f"{forename} {surname}" if forename else surname)
    surnames = {text for role in _SURNAMES if (text := texts.get(role, ""))}
    forenames = {text for role in _FORENAMES if (text := texts.get(role, ""))} | set(called)
    preferred = texts.get("preferred_name", "")
    if forename:
        surname, forename = _called(surname)[0], _called(forename)[0]
        forenames.add(forename)
        surnames.add(surname)
    else:
        forename, _, surname = bare.rpartition(" ")
        surnames |= set(_parts_of(bare))
    further = {names_key(f"{first} {last}") for first, last in product({*forenames, preferred} - {""}, surnames - {""})}
    further |= {names_key(preferred)} if " " in preferred else set()
    main = names_key(bare)
    first = next(iter(forename.split()), "")
    short = names_key(f"{first} {surname}")
    return Names(main, frozenset(further - {main, ""}), name_key(forename), name_key(surname), name_key(first), short)


def _parts_of(whole: str) -> Iterator[str]:
    """What may be the surname of a name in one column: its last words, or its first."""
    words = whole.split()
    for at in range(1, len(words)):
        yield " ".join(words[at:])
        yield " ".join(words[:at])


def _called(whole: str) -> tuple[str, tuple[str, ...]]:
    """A name without what stands in brackets or quotation marks, and that: the name by which the child is known."""
    called = tuple(_CALLED.findall(whole))
    return (" ".join(_CALLED.sub(" ", whole).split()), called) if called else (whole, ())


def likeness(first: Names, second: Names) -> float:
    """How much two names are alike, from 0 to 1: as much as the less alike of forenames and surnames.

    1 where any name that either gives is the other's. Brothers and sisters are alike by half of their names only.
    """
    if first.keys & second.keys:
        return 1.0
    if first.surname == second.surname and first.first == second.first != "" and _differ_by_middle_names(first, second):
        return _BUT_FOR_A_MIDDLE_NAME
    return max(
        min(_ratio(first.forename, second.forename), _ratio(first.surname, second.surname)),
        min(_ratio(first.forename, second.surname), _ratio(first.surname, second.forename)),
    )


def _differ_by_middle_names(first: Names, second: Names) -> bool:
    """Whether one of two names has middle names that the other leaves out."""
    return first.forename.startswith(second.forename) or second.forename.startswith(first.forename)


def may_be_same_name(first: Names, second: Names) -> bool:
    """Whether under one number two names may be one child's: the same or nearly, or one of the two names changed."""
    if not (first.keys and second.keys) or first.keys & second.keys:
        return True
    parts = ((first.forename, second.forename), (first.surname, second.surname))
    return any(part == other != "" for part, other in parts) or likeness(first, second) >= _ALIKE


@lru_cache(maxsize=65536)
def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second).ratio()


def distinct(names: Iterable[Names]) -> list[list[Names]]:
    """Names put together that share a key, in order; each list is one child's."""
    together: list[list[Names]] = []
    for name in dict.fromkeys(names):
        same = [group for group in together if any(name.keys & other.keys for other in group)]
        together = [group for group in together if group not in same]
        together.append([*(other for group in same for other in group), name])
    return together
