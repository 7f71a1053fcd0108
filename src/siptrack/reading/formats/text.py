"""Bytes to text: by their mark, else by their look, else as the older Windows wrote them."""

from __future__ import annotations

import codecs

from siptrack.reading.formats.unusable import UnusableFileError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
GUESSED = "cp1252"
_LOOKED_AT = 2_000
_SURELY = 0.4


def encoding_of(content: bytes) -> str:
    """The encoding, as far as the first bytes tell; empty when only trying all of it can tell."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:_LOOKED_AT]
    half = len(head) / 2
    if head[1::2].count(0) > _SURELY * half and not head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > _SURELY * half and not head[1::2].count(0):
        return "utf-16-be"
    return ""


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and its encoding: GUESSED when the text is not Unicode's."""
    if encoding := encoding_of(content):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            raise UnusableFileError("it begins as Unicode text but is damaged") from None
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode(GUESSED, errors="replace"), GUESSED


def decode(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it was taken for Windows-1252 because it is not UTF-8."""
    text, encoding = decoded(content)
    return text, encoding == GUESSED


def beginning(content: bytes, size: int) -> str:
    """The first characters, however they are encoded, without the blanks before them."""
    return content[:size].decode(encoding_of(content) or "latin-1", errors="replace").lstrip("\ufeff \t\r\n")
