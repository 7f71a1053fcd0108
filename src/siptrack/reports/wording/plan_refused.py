"""What is said of what is no priority of the single plan, and why."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.analysis.vocabulary import Measure
from siptrack.cycle.plan_tables import Refusal
from siptrack.rendering.numbers import inside, plural, quantity, share, thousands
from siptrack.rules.model import Rules

_MEASURES = {
    Measure.AT_ARE: "at age-related expectations",
    Measure.INSUFFICIENT: "insufficient progress",
}


def refused_lead() -> str:
    """What the last section is."""
    return (
        "These were looked at and are refused: a plan that rests on them may rest on chance, or on a few children who "
        "are better planned for one by one. Every one of them with its counts: --table refused."
    )


def beyond(count: int, most: int) -> str:
    """What leads the priorities for which there is no room."""
    return f"Supported, but beyond the {most} that a plan holds: {thousands(count)}"


def not_many_heading() -> str:
    """What leads the subjects in which not many make insufficient progress."""
    return "Insufficient progress, but not of many"


def not_many(subject: str, where: str, n: int, count: int, reason: Refusal, rules: Rules) -> str:
    """Why insufficient progress is no priority somewhere."""
    place = f"{subject}, {where}" if where else subject
    said = share(count, n, rules.groups.small.percentages_from)
    return f"{place}: {said}: {inside(why(reason, rules))}."


def why(reason: str, rules: Rules) -> str:
    """Why something is no priority, in a few words."""
    few = rules.groups.small.compared_from
    return {
        Refusal.NOT_CLEAR: "Not clear: chance could account for it",
        Refusal.TOO_FEW: f"Too few: under {few} children on a side, or whose progress can be told",
        Refusal.FEW_CHILDREN: f"Fewer than {rules.plan.children} children, to be planned for one by one",
        Refusal.NOT_MANY: f"Not many: no more than {rules.plan.share:g} %",
        Refusal.LEAVING: "They will have left before the plan ends",
        Refusal.BEYOND: f"Supported, but beyond the {rules.plan.most} that a plan holds",
    }[Refusal(reason)]


def measure(key: str) -> str:
    """What is counted."""
    return _MEASURES[Measure(key)]


NOT_CLEAR = "Behind, and the gap is not clear"
HAVE_LEFT = "A clear gap, of children who will have left"


def not_clear(groups: int) -> str:
    """That groups are behind, and that it may be chance."""
    who = f"{quantity(groups, 'group is', 'groups are')} behind {plural(groups, 'its', 'their')} peers"
    return (
        f"{who} by a child or more in these subjects, and chance could account for it. No priority to close a gap is "
        "drafted for them."
    )


def have_left(groups: int) -> str:
    """That the gaps of groups are clear, and that all these children will have left."""
    who = f"The gap of {quantity(groups, 'group')} to {plural(groups, 'its', 'their')} peers is clear in these subjects"
    return f"{who}, but all of these children will have left before the plan ends."


def too_few(labels: Sequence[str], few: int) -> str:
    """The groups too small to compare."""
    return f"Fewer than {few} children on a side, so nothing is said of these groups: {'; '.join(labels)}."
