"""When a forecast is made and what it covers, from forecasts.yaml."""

from __future__ import annotations

from siptrack.rules.model import ForecastRules
from siptrack.rules.section import RuleSection


def build_forecasts(part: RuleSection) -> ForecastRules:
    """The rules of forecasts."""
    return ForecastRules(
        comparable=part.valued_whole("comparable", least=2),
        similar=part.valued("similar"),
        holds=part.valued("holds", least=1, most=100),
        drawn=part.valued("drawn", least=1),
    )
