"""Bytes to text: by their mark, else by their look, else as the older Windows wrote them."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from siptrack.reading.formats.unusable import UnusableFileError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
GUESSED = "cp1252"
_LOOKED_AT = 2_000
_BLOCK = 1 << 20
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


def encoding_throughout(content: bytes) -> str:
    """The encoding of all of a file: GUESSED when the text is not Unicode's. It is never held as text at once."""
    if encoding := encoding_of(content):
        if not _is_throughout(content, encoding):
            raise UnusableFileError("it begins as Unicode text but is damaged")
        return encoding
    return "utf-8" if _is_throughout(content, "utf-8") else GUESSED


def texts(content: bytes, encoding: str) -> Iterator[str]:
    """The text, block by block; what its encoding has no letter for is a question mark in a diamond."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for at in range(0, len(content), _BLOCK):
        yield decoder.decode(content[at : at + _BLOCK], at + _BLOCK >= len(content))


def _is_throughout(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for at in range(0, len(content), _BLOCK):
            decoder.decode(content[at : at + _BLOCK], at + _BLOCK >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def decode(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it was taken for Windows-1252 because it is not UTF-8."""
    encoding = encoding_throughout(content)
    return content.decode(encoding, errors="replace"), encoding == GUESSED


def beginning(content: bytes, size: int) -> str:
    """The first characters, however they are encoded, without the blanks before them."""
    return content[:size].decode(encoding_of(content) or "latin-1", errors="replace").lstrip("\ufeff \t\r\n")
