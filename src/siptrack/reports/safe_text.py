"""Text from a school's files made harmless: on a screen, in a Markdown table, in a CSV cell, in JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence

_ONE_BYTE = 0x100
_FOUR_DIGITS = 0x10000
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
# What a spreadsheet takes for the start of a formula, in half and full width, also behind spaces.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]")


def _harmless(character: str) -> bool:
    """Whether a character only shows itself: not a control, a direction mark, or one that Unicode does not know."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _escape(character: str) -> str:
    code = ord(character)
    if code < _ONE_BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _FOUR_DIGITS else f"\\U{code:08x}"


def safe_text(text: str) -> str:
    r"""A text that a screen shows and never obeys: what would act on it stands there in letters, such as `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(character if _harmless(character) else _escape(character) for character in composed)


def markdown_cell(text: str) -> str:
    """A text as one cell of a Markdown table, in which no character means anything but itself."""
    return _MARKDOWN.sub(r"\\\1", safe_text(text))


def csv_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before one that begins like one."""
    guard = "'" if _FORMULA.match(text) else ""
    return guard + safe_text(text)


def json_document(document: Mapping[str, object] | Sequence[object]) -> str:
    """A document as JSON that a screen may show, the same bytes for the same document."""
    return json_safe(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def json_safe(document: str) -> str:
    r"""JSON in which the characters that a screen would obey stand as `\u` escapes, so that its values stay exact."""
    if document.isascii():
        return document  # JSON itself escapes the controls below the space
    return "".join(_json_character(character) for character in document)


def _json_character(character: str) -> str:
    if character == "\n" or _harmless(character):
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04x}" for at in range(0, len(units), 2))
