"""Flags and problems: what siptrack may say, from flags.yaml and problems.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.model import FlagRule, FlagRules, ProblemRule
from siptrack.rules.section import RuleSection, cited
from siptrack.school.codes import PROBLEM_CODES, FlagCode
from siptrack.school.problem import Severity

_MOST_TERMS = 60  # of twenty years: they are gone through one by one


def build_flags(part: RuleSection) -> FlagRules:
    """The flags in order of importance."""
    part.section("flags").closed(tuple(FlagCode), "flag")
    return FlagRules(part.each("flags", _flag), part.valued("too_many"))


def _flag(code: str, part: RuleSection) -> FlagRule:
    return FlagRule(
        code=code,
        meaning=part.text("meaning"),
        remedy=part.text("remedy"),
        counts=part.truth("counts"),
        active=part.truth("active", default=True),
        terms=part.valued_whole("terms", least=2, most=_MOST_TERMS) if "terms" in part.names else 0,
        source=part.text("source"),
        place=part.names["meaning"].mark,
        terms_cited=cited(part.names["terms"]) if "terms" in part.names else None,
        months=part.valued_whole("months") if "months" in part.names else 0,
        months_cited=cited(part.names["months"]) if "months" in part.names else None,
    )


def build_problems(part: RuleSection) -> Mapping[str, ProblemRule]:
    """Every kind of problem."""
    part.text("source")
    part.section("problems").closed(PROBLEM_CODES, "problem")
    return part.each("problems", _problem)


def _problem(code: str, part: RuleSection) -> ProblemRule:
    return ProblemRule(
        code=code,
        severity=Severity(part.choice("severity", [severity.value for severity in Severity])),
        meaning=part.text("meaning"),
        causes=part.text("causes"),
        remedy=part.text("remedy"),
        alarm=part.text("alarm", default=""),
    )
