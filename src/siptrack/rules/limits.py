"""The rule files that hold limits alone: of pages, of trends, of forecasts, of matching and of many schools."""

from __future__ import annotations

from siptrack.rules.model import ForecastRules, MatchingRules, PageRules, SchoolsRules, TrendRules
from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError

_MOST_YEARS = 20  # a table has a place for every child in every term of them
_PERCENT = 100


def build_pages(part: RuleSection) -> PageRules:
    """How many of each thing are named before the rest are counted."""
    return PageRules(**{name: part.valued_whole(name, least=1) for name in PageRules._fields})


def build_trends(part: RuleSection) -> TrendRules:
    """The rules of trends and of pooling years."""
    return TrendRules(
        years_followed=part.valued_whole("years_followed", least=1, most=_MOST_YEARS),
        years_pooled=part.valued_whole("years_pooled", least=2, most=_MOST_YEARS),
    )


def build_forecasts(part: RuleSection) -> ForecastRules:
    """The rules of forecasts."""
    return ForecastRules(
        comparable=part.valued_whole("comparable", least=2),
        similar=part.valued("similar"),
        holds=part.valued("holds", least=1, most=100),
        drawn=part.valued("drawn", least=1),
    )


def build_matching(part: RuleSection) -> MatchingRules:
    """The rules of joining files; percentages become shares."""
    return MatchingRules(
        shared=part.valued("shared", most=_PERCENT) / _PERCENT,
        least=part.valued_whole("least", least=1),
        most=part.valued("most", most=_PERCENT) / _PERCENT,
        taken=part.valued("taken", most=_PERCENT) / _PERCENT,
        alike=part.valued("alike", most=_PERCENT) / _PERCENT,
        turnover=part.valued("turnover", most=_PERCENT) / _PERCENT,
        strangers=part.valued("strangers", most=_PERCENT) / _PERCENT,
        several=part.valued_whole("several", least=2),
        found=part.valued("found", most=_PERCENT) / _PERCENT,
    )


def build_schools(part: RuleSection) -> SchoolsRules:
    """The limits of a funnel, the inner first. Raises RulesError where the outer lies within the inner."""
    of = part.section("limits")
    inner, outer = (of.valued(name, least=50, most=_PERCENT) for name in ("inner", "outer"))
    if outer <= inner:
        raise RulesError(
            f"{of.names['outer'].mark}: 'outer' in {of.where} must be more than 'inner', which is {inner:g}."
        )
    of.done()
    return SchoolsRules((inner, outer), part.valued_whole("together_from", least=2))
