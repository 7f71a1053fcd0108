"""How a record of actions is understood, from actions.yaml."""

from __future__ import annotations

from siptrack.rules.section import RuleSection, headings_of
from siptrack.school.actions import ActionRules, ActionStatus

_COLUMNS = ("key", "action", "barrier", "who", "by_when", "outcome", "status", "meeting")


def build_actions(part: RuleSection) -> ActionRules:
    """The headings and statuses of a record of actions."""
    part.text("source", "")
    columns, statuses = part.section("headings"), part.section("statuses")
    rules = ActionRules(
        headings={name: columns.built(name, headings_of) for name in _COLUMNS},
        own=part.built("own", headings_of),
        written=tuple(part.each("written", headings_of).values()),
        statuses={status: statuses.words(status.name.lower(), needed=True) for status in ActionStatus},
        long=part.valued_whole("long", least=2),
    )
    columns.done()
    statuses.done()
    return rules
