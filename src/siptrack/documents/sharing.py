"""What is said on every copy that may leave the school: for whom it is, and what its symbols mean."""

from __future__ import annotations

from collections.abc import Iterable

from siptrack.rendering.template import sentence
from siptrack.school.sharing import Sharing, SharingMode, Status

_WORDS = "sharing.jinja"


def audience_lines(mode: SharingMode) -> list[str]:
    """For whom the copy is, and what was done to protect children."""
    macros = ("small_numbers_are_hidden", *(("counts_are_rounded",) if mode.round_to > 1 else ()))
    return [sentence(macro, mode, template=_WORDS) for macro in macros]


def symbols_line(found: Iterable[Status], sharing: Sharing) -> str:
    """`[c] hidden to protect children; [x] not available.`: what the symbols in a table mean; empty without any."""
    there = set(found)
    used = [symbol for status, symbol in sharing.symbols.items() if status in there]
    return sentence("symbols", used, template=_WORDS) if used else ""
