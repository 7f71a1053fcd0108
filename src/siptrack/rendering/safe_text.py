"""Text from a school's files made harmless in its form: in a Markdown table, a CSV cell, JSON or YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from siptrack.school.safe_text import harmless, safe_text, shown

_DELETE = "\x7f"
_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s|$)")  # what a list would begin with
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
# What a spreadsheet takes for the start of a formula, in half and full width, also behind spaces.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]")


def markdown_cell(text: str) -> str:
    """A text as one cell of a Markdown table, in which no character means anything but itself."""
    return _LIST.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", safe_text(text)))


def csv_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before one that begins like one."""
    guard = "'" if _FORMULA.match(text) else ""
    return guard + safe_text(text)


def yaml_text(text: str) -> str:
    """A text between quotation marks, exact when it is read again: what YAML refuses stands there as an escape."""
    return "".join(map(shown, json.dumps(text, ensure_ascii=False)))


def json_document(document: Mapping[str, object] | Sequence[object]) -> str:
    """A document as JSON that a screen may show, the same bytes for the same document."""
    return json_safe(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def json_safe(document: str) -> str:
    r"""JSON in which the characters that a screen would obey stand as `\u` escapes, so that its values stay exact."""
    if document.isascii() and _DELETE not in document:
        return document  # JSON itself escapes the controls below the space
    return "".join(_json_character(character) for character in document)


def _json_character(character: str) -> str:
    if character == "\n" or harmless(character):
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04x}" for at in range(0, len(units), 2))
