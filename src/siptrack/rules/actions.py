"""How a record of actions is understood, from actions.yaml."""

from __future__ import annotations

from siptrack.rules.section import RuleSection
from siptrack.school.actions import ActionRules, ActionStatus

_COLUMNS = ("key", "action", "barrier", "who", "by_when", "outcome", "status", "meeting")


def build_actions(part: RuleSection) -> ActionRules:
    """The headings and statuses of a record of actions."""
    part.text("source", "")
    headings, statuses = part.section("headings"), part.section("statuses")
    rules = ActionRules(
        headings={name: headings.built(name, _headings) for name in _COLUMNS},
        own=part.built("own", _headings),
        written=tuple(part.each("written", _headings).values()),
        statuses={status: statuses.words(status.name.lower(), needed=True) for status in ActionStatus},
        long=part.valued_whole("long", least=2),
    )
    headings.done()
    statuses.done()
    return rules


def _headings(_: str, part: RuleSection) -> tuple[str, ...]:
    part.text("source", "")
    return part.words("headings", needed=True)
