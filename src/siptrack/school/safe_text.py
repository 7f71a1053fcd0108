"""Text from a school's files made harmless: it shows itself and does nothing."""

from __future__ import annotations

import re
import unicodedata

_BEYOND_A_BYTE = 0x100
_FOUR_DIGITS = 0x10000
_LINES = re.compile(r"(\r?\n)")
_LINES_AND_COLOURS = re.compile(r"(\r?\n|\x1b\[[\d;]*m)")


def harmless(character: str) -> bool:
    """Whether a character only shows itself: not a control, a direction mark, or one that Unicode does not know."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def shown(character: str) -> str:
    r"""A character that only shows itself, or in its place the letters of its escape, such as `\x1b`."""
    if harmless(character):
        return character
    code = ord(character)
    if code < _BEYOND_A_BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _FOUR_DIGITS else f"\\U{code:08x}"


def safe_text(text: str) -> str:
    r"""A text that a screen shows and never obeys: what would act on it stands there in letters, such as `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(map(shown, composed))


def safe_lines(text: str, *, colour: bool) -> str:
    """A text of several lines for a screen: its lines stay, its colours where wanted, and nothing else is obeyed."""
    kept = _LINES_AND_COLOURS if colour else _LINES
    return "".join(part if at % 2 else safe_text(part) for at, part in enumerate(kept.split(text)))
