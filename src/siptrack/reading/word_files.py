"""Word files in a folder of data: none is read, but one that holds the school's plan is named."""

from __future__ import annotations

import re
import zlib
from html import unescape
from pathlib import Path

from siptrack.reading.formats.archive import open_archive, small_member
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.spelling import words
from siptrack.rules.model import Rules
from siptrack.rules.named import UnreadableError, read_named

WORD = ".docx"
_TEXT = "word/document.xml"
_MOST = 5_000_000  # bytes: a plan with pictures; a longer one is passed by
_PARAGRAPH, _TAG = re.compile(r"</w:p>"), re.compile(r"<[^>]*>")


def paragraphs_of(path: Path) -> frozenset[str]:
    """Each paragraph and cell of a Word file, in plain words; none where it cannot be looked at."""
    try:
        text = small_member(open_archive(read_named(path, _MOST)), _TEXT).decode("utf-8", errors="replace")
    except (OSError, UnreadableError, UnusableFileError, KeyError, zlib.error):
        return frozenset()
    return frozenset(words(unescape(_TAG.sub("", part))) for part in _PARAGRAPH.split(text))


def is_a_plan(paragraphs: frozenset[str], rules: Rules) -> bool:
    """Whether a Word file has the headings of actions and of success criteria."""
    headings = rules.plan.actions
    return all(not paragraphs.isdisjoint(map(words, headings[name])) for name in ("action", "criterion"))
