"""The old way to say what became of gaps over time: the macro of every document put on a page."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.documents.trends import gaps_over_time
from siptrack.rendering.page import Page
from siptrack.rendering.template import sections
from siptrack.rendering.terminal import print_sections
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame
from siptrack.school.groups import Characteristic


def put_trends(
    page: Page, trends: Frame, pooled: Frame, characteristics: Mapping[str, Characteristic], rules: Rules
) -> None:
    """What became of the gaps since the earliest term and since a year ago, and what only several years show."""
    gaps = gaps_over_time(trends, pooled, characteristics, rules)
    print_sections(page, sections("over_time", gaps, rules.groups.small, rules.years, template="trends.jinja"))
