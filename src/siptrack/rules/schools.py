"""When a school stands out beside others, from schools.yaml."""

from __future__ import annotations

from siptrack.rules.model import SchoolsRules
from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError

_PERCENT = 100


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
