"""Text on a page: what stands in a school's files is never markup, and nothing in it acts on a page."""

from __future__ import annotations

from functools import lru_cache

from siptrack.school.safe_text import safe_text

KEPT = 8192  # texts: pages say the same of many children


@lru_cache(KEPT)
def escaped(text: str) -> str:
    """A text as a page shows it."""
    from markupsafe import escape

    return str(escape(safe_text(text)))
