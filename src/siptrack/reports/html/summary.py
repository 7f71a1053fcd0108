"""The page that may leave the school: made of the shared tables alone, so that nothing else can get onto it."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack import __version__
from siptrack.analysis.shareable import Shared
from siptrack.reports.html.pages import page
from siptrack.reports.outline import outlined
from siptrack.reports.shared import put_shared
from siptrack.reports.wording import overall
from siptrack.reports.wording import pages as wording
from siptrack.rules.model import Rules
from siptrack.school.term import Term


def shareable_summary(shared: Shared, term: Term, filters: Mapping[str, str], rules: Rules) -> bytes:
    """The page."""
    return page(
        "summary.jinja",
        title=wording.summary_title(term.label),
        sections=outlined(lambda on: put_shared(on, shared, filters, rules)),
        ruler=overall.ruler_line(rules.ruler, __version__),
    )
