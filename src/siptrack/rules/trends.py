"""How far back gaps are followed and how many years are pooled, from trends.yaml."""

from __future__ import annotations

from siptrack.rules.model import TrendRules
from siptrack.rules.section import Section


def build_trends(part: Section) -> TrendRules:
    """The rules of trends and of pooling years."""
    return TrendRules(
        years_followed=part.valued_whole("years_followed", least=1),
        years_pooled=part.valued_whole("years_pooled", least=2),
    )
