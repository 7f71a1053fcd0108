"""How far back gaps are followed and how many years are pooled, from trends.yaml."""

from __future__ import annotations

from siptrack.rules.model import TrendRules
from siptrack.rules.section import RuleSection

_MOST_YEARS = 20  # a table has a place for every child in every term of them


def build_trends(part: RuleSection) -> TrendRules:
    """The rules of trends and of pooling years."""
    return TrendRules(
        years_followed=part.valued_whole("years_followed", least=1, most=_MOST_YEARS),
        years_pooled=part.valued_whole("years_pooled", least=2, most=_MOST_YEARS),
    )
