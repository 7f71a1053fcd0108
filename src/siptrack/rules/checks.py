"""The questions of `siptrack check`, from checks.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.model import CheckRule
from siptrack.rules.section import RuleSection
from siptrack.school.codes import CheckCode


def build_checks(part: RuleSection) -> Mapping[str, CheckRule]:
    """Every question in order."""
    part.section("checks").closed(tuple(CheckCode), "check")
    return part.each("checks", _check)


def _check(code: str, part: RuleSection) -> CheckRule:
    return CheckRule(
        code=code,
        meaning=part.text("meaning"),
        question=part.text("question"),
        active=part.truth("active", default=True),
        share=part.valued("share", most=100),
        source=part.text("source"),
        place=str(part.entry.mark),
    )
