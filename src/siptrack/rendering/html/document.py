"""A document as a page that any browser opens and prints."""

from __future__ import annotations

from siptrack.rendering.html.pages import page
from siptrack.rendering.model import Document


def as_html(document: Document, back: str = "") -> bytes:
    """The page; `back` is the address of the page that it belongs to."""
    return page(
        "document.jinja",
        kind="",
        title=document.title,
        notice=document.notice,
        sections=document.sections,
        ending="",
        back=back,
        ruler=document.ruler,
    )
