"""A document for people as a page that any browser opens and prints."""

from __future__ import annotations

from siptrack.reports.html.pages import page
from siptrack.reports.printed import Printed


def printed_html(printed: Printed) -> bytes:
    """The page."""
    return page(
        "printed.jinja",
        kind="",
        title=printed.title,
        notice=printed.notice,
        sections=printed.sections(),
        ending="",
        ruler=printed.ruler,
    )
