"""Finding a child by what a person types: a UPN, the school's number, a name or a part of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from siptrack.school.frame import Frame
from siptrack.school.near import MOST, near

_WITH_MARK = re.compile("LATIN SMALL LETTER ([A-Z]) WITH ")
_NO_WORD = re.compile(r"[^\w]+")


def as_in_a_register(name: str) -> str:
    """A name for sorting and finding: `van der Reed` among the Vs, `Évans` among the Es and `Łopata` among the Ls."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return parts if parts.isascii() else "".join(map(_letter, parts))


def _letter(character: str) -> str:
    """A letter without its mark; nothing for a mark that stands alone."""
    if unicodedata.combining(character):
        return ""
    with_mark = _WITH_MARK.match(unicodedata.name(character, ""))
    return with_mark[1].lower() if with_mark else character


def find_pupils(pupils: Frame, who: str) -> list[str]:
    """The keys of the pupils who fit what was typed, in the order of the table; those of the closest fit alone.

    Closest is a key or UPN, then a whole name in either order, then whole words of a name, then parts of words.
    Capitals, accents and punctuation make no difference.
    """
    wanted = _words(who)
    if not wanted:
        return []
    known = _known(pupils)
    fits: Iterable[Callable[[str, str, str, str], bool]] = (
        lambda key, upn, _forename, _surname: as_in_a_register(who.strip()) in map(as_in_a_register, (key, upn)),
        lambda _key, _upn, forename, surname: (
            wanted in (_words(f"{forename} {surname}"), _words(f"{surname} {forename}"))
        ),
        lambda _key, _upn, forename, surname: set(wanted) <= set(_words(f"{forename} {surname}")),
        lambda _key, _upn, forename, surname: _in_parts(wanted, _words(f"{forename} {surname}")),
    )
    for fit in fits:
        if found := [str(row[0]) for row in known if fit(*row)]:
            return found
    return []


def near_pupils(pupils: Frame, who: str) -> list[str]:
    """The keys of the few pupils whose names come near what was typed, the nearest first."""
    named: dict[str, dict[str, None]] = {}
    for key, _, forename, surname in _known(pupils):
        whole = (f"{forename} {surname}", f"{surname} {forename}")
        for name in (*whole, forename, surname):
            named.setdefault(" ".join(_words(name)), {})[key] = None
    named.pop("", None)
    found = (key for name in near(" ".join(_words(who)), named) for key in named[name])
    return list(dict.fromkeys(found))[:MOST]


def _known(pupils: Frame) -> list[tuple[str, str, str, str]]:
    """Key, UPN, forename and surname of each pupil."""
    return list(zip(*(pupils[name].tolist() for name in ("pupil", "upn", "forename", "surname")), strict=True))


def _words(text: str) -> list[str]:
    return _NO_WORD.sub(" ", as_in_a_register(text)).split()


def _in_parts(wanted: Iterable[str], name: Iterable[str]) -> bool:
    """Whether each word that was typed is a part of some word of the name."""
    words = list(name)
    return all(any(part in word for word in words) for part in wanted)
