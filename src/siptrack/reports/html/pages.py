"""The old pages, from templates that have their words in Python."""

from __future__ import annotations

from pathlib import Path

from siptrack.rendering.html import pages
from siptrack.reports.wording import pages as words

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: object) -> bytes:
    """The page as it is written to a file."""
    return pages.page(template, _TEMPLATES, known={"words": words}, **values)
