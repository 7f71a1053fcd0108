"""Names of sheets as Excel takes them, whatever a class is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from siptrack.school.safe_text import safe_text

_LONGEST = 31  # characters of a sheet's name, counted as Excel does
_REFUSED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_HEADING = 255  # characters of the heading of a table's column
_RESERVED = ("History",)  # Excel keeps this name for itself
_NAMELESS = "Sheet"


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """A name that Excel takes for each name wanted, each once whatever the case of its letters."""
    clean = (" ".join(_REFUSED.sub(" ", safe_text(name)).split()).strip("'") or _NAMELESS for name in wanted)
    return each_once(clean, longest=_LONGEST, taken=_RESERVED)


def each_once(names: Iterable[str], *, longest: int = _LONGEST_HEADING, taken: Iterable[str] = ()) -> list[str]:
    """The names, no two alike whatever the case of their letters: the second `5K` becomes `5K (2)`."""
    seen = {name.casefold() for name in taken}
    found = []
    for name in names:
        number, free = 1, _cut(name, longest)
        while free.casefold() in seen:
            number += 1
            ending = f" ({number})"
            free = _cut(name, longest - len(ending)) + ending
        seen.add(free.casefold())
        found.append(free)
    return found


def _cut(name: str, longest: int) -> str:
    """The beginning of a name, so many characters of Excel's at most: one beyond the first 65,536 counts twice."""
    kept, length = "", 0
    for character in name:
        length += 1 + (ord(character) > 0xFFFF)  # noqa: PLR2004  # as UTF-16 counts
        if length > longest:
            break
        kept += character
    return kept.rstrip().rstrip("'")
