"""When rows of several files are one child's, from matching.yaml."""

from __future__ import annotations

from siptrack.rules.model import MatchingRules
from siptrack.rules.section import RuleSection

_WHOLE = 100


def build_matching(part: RuleSection) -> MatchingRules:
    """The rules of joining files; percentages become shares."""
    return MatchingRules(
        shared=part.valued("shared", most=_WHOLE) / _WHOLE,
        least=part.valued_whole("least", least=1),
        most=part.valued("most", most=_WHOLE) / _WHOLE,
        taken=part.valued("taken", most=_WHOLE) / _WHOLE,
        alike=part.valued("alike", most=_WHOLE) / _WHOLE,
        turnover=part.valued("turnover", most=_WHOLE) / _WHOLE,
        strangers=part.valued("strangers", most=_WHOLE) / _WHOLE,
        several=part.valued_whole("several", least=2),
        found=part.valued("found", most=_WHOLE) / _WHOLE,
    )
