"""What stands beside a bar while somebody waits."""

from __future__ import annotations

from siptrack.school.safe_text import safe_text


def reading_words(name: str) -> str:
    """That a file is being read, by its own name and without its folder."""
    return f"Reading {safe_text(name)}"


def understanding_words() -> str:
    """That what was read is put together, child by child."""
    return "Matching children and results"


def judging_words() -> str:
    """That progress is told and groups are compared."""
    return "Telling progress and comparing groups"


def checking_words() -> str:
    """That the judgements are set side by side."""
    return "Setting the judgements side by side"


def making_words() -> str:
    """That pages and workbooks are made."""
    return "Making the files"
