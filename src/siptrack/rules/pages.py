"""How much the first page of a report says, from pages.yaml."""

from __future__ import annotations

from siptrack.rules.model import PageRules
from siptrack.rules.section import RuleSection


def build_pages(part: RuleSection) -> PageRules:
    """How many of each thing are named before the rest are counted."""
    return PageRules(**{name: part.valued_whole(name, least=1) for name in PageRules._fields})
