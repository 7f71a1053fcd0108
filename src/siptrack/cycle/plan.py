"""The draft of the single plan: the few priorities that the data support, what each rests on, and what is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.closers import JOINT
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.plan_came import OPEN, PlanCame, look_at_plan
from siptrack.cycle.plan_came_tables import ACTIONS, PlanAction
from siptrack.cycle.plan_children import Pair, Reach, reach_of
from siptrack.cycle.plan_evidence import gap_facts, progress_facts
from siptrack.cycle.plan_outcomes import tell_outcomes
from siptrack.cycle.plan_tables import EVIDENCE, PRIORITIES, REFUSED, PrioritySource, Refusal
from siptrack.cycle.priorities import Aim, Priority
from siptrack.cycle.returned_plans import PlanHead
from siptrack.school.frame import Frame
from siptrack.school.plan_record import BETWEEN_SCOPES
from siptrack.school.tables_held import HasTables
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_PAIR = ("characteristic", "group")
_OF_A_SUBJECT = ("subject", *_PAIR)


@dataclass(frozen=True)
class Plan(HasTables):
    """The draft of a plan; its tables have the columns declared in `plan_tables`.

    `beyond` are priorities that the data support and for which the plan has no room. `came` is what came of the last
    plan, where one came back.
    """

    analysis: Analysis
    priorities: tuple[Priority, ...]
    beyond: tuple[Priority, ...]
    reach: Reach
    evidence: Frame
    outcomes: Frame
    refused: Frame
    came: PlanCame | None = None

    def carried(self, number: int) -> Sequence[PlanAction]:
        """The actions of the last plan that are not done, of the priority that is this one of the draft."""
        return [action for action in self.came.undone if action.again == number] if self.came else ()

    def table(self) -> Frame:
        """The priorities as a table."""
        return PRIORITIES.of(_row(priority) for priority in self.priorities)


class Supported(NamedTuple):
    """The priorities that the data support, the one of most children first; and every fact of gaps and progress."""

    priorities: Sequence[Priority]
    gaps: Frame
    progress: Frame

    @property
    def clear(self) -> Frame:
        """The gaps that support a priority."""
        return self.gaps[self.gaps["reason"] == ""]

    @property
    def slow(self) -> Frame:
        """The progress that supports one."""
        return self.progress[self.progress["reason"] == ""]


def find_supported(analysis: Analysis, reach: Reach, rules: Rules) -> Supported:
    """What an analysis supports, without a word on what to do."""
    facts = Supported((), gap_facts(analysis, reach, rules), progress_facts(analysis, reach, rules))
    found = _candidates(analysis, facts.clear, facts.slow, rules)
    largest_first = sorted(found, key=lambda priority: -priority.children)
    return facts._replace(priorities=[replace(priority, number=at) for at, priority in enumerate(largest_first, 1)])


def draft(analysis: Analysis, rules: Rules) -> Plan:
    """The draft of the plan that an analysis supports; a plan without priorities where it supports none."""
    reach = reach_of(analysis, rules)
    found = find_supported(analysis, reach, rules)
    priorities = found.priorities[: rules.plan.most]
    evidence = _evidence(found.priorities, found.clear, found.slow)
    kept = evidence["priority"] <= rules.plan.most
    return Plan(
        analysis=analysis,
        priorities=tuple(priorities),
        beyond=tuple(found.priorities[rules.plan.most :]),
        reach=reach,
        evidence=evidence[kept],
        outcomes=tell_outcomes(priorities, evidence[kept], analysis, reach, rules),
        refused=_refused(evidence[~kept], found.gaps, found.progress),
        came=_carried_forward(look_at_plan(analysis, rules), priorities),
    )


def _carried_forward(came: PlanCame | None, priorities: Sequence[Priority]) -> PlanCame | None:
    """What came of the last plan, each action that is not done under the priority of the draft that is its own."""
    if came is None:
        return None
    again: dict[int | None, int] = {
        head.number: priority.number
        for head in came.heads
        for priority in reversed(priorities)
        if head.number is not None and stands_again(head, priority)
    }
    rows = [
        action._replace(again=again.get(action.priority) if action.came in OPEN else None) for action in came.agreed
    ]
    # Not by `replace`, which would ask for the criteria as pandas has them.
    return PlanCame(
        term=came.term,
        analysis=came.analysis,
        files=came.files,
        older=came.older,
        heads=came.heads,
        criteria=came.frame("criteria"),
        actions=ACTIONS.of(rows),
    )


def stands_again(head: PlanHead, priority: Priority) -> bool:
    """Whether a priority stands again: of progress in a subject of it, or the gap of its group."""
    if head.source != priority.kind.value:
        return False
    if priority.kind is PrioritySource.PROGRESS:
        return not set(priority.subjects).isdisjoint(head.subjects)
    return "=".join(priority.groups[0]) in head.groups


def still_stands(head: PlanHead, supported: Sequence[Priority]) -> bool | None:
    """Whether results that support these support a priority of an earlier plan; None where it says not what it is."""
    return any(stands_again(head, priority) for priority in supported) if head.source else None


def _candidates(analysis: Analysis, clear: Frame, slow: Frame, rules: Rules) -> Iterator[Priority]:
    """Every priority that the data support, in the order of subjects; a gap belongs to one of them."""
    stages = tuple(stage.name for stage in rules.years.key_stages)
    scopes_compared = set(analysis.compared.gaps["among"].distinct())
    taken: set[tuple[str, str, str]] = set()
    for aim in _slow_aims(clear, slow, stages, scopes_compared, analysis.subjects):
        here = clear[(clear["subject"] == aim.subject) & clear["among"].isin(aim.scopes)]
        pairs = list(_pairs(here))
        taken.update((aim.subject, *pair) for pair in pairs)
        many = slow["count"][slow["subject"] == aim.subject].sum()
        children = int(max(many, here["close"].max(initial=0)))
        also = _explained(analysis, (aim.subject,), pairs)
        yield Priority(0, PrioritySource.PROGRESS, (aim,), tuple(pairs), also, children)
    left = clear[~_among(clear, _OF_A_SUBJECT, taken)]
    gaps = [_of_group(pair, left, stages, scopes_compared) for pair in _pairs(left)]
    for gap in sorted(gaps, key=lambda gap: (-len(gap.aims), -gap.children)):
        yield replace(gap, also=_explained(analysis, gap.subjects, gap.groups))


def _among(rows: Frame, names: Sequence[str], wanted: Collection[tuple[str, ...]]) -> NDArray[np.bool_]:
    """Which rows have in these columns together what is wanted."""
    return np.array([row in wanted for row in rows.in_rows(*names)], dtype=np.bool_)


def _pairs(rows: Frame) -> dict[Pair, None]:
    """The groups of these rows, each once, in order."""
    return dict.fromkeys(rows.in_rows(*_PAIR))


def _slow_aims(
    clear: Frame, slow: Frame, stages: Sequence[str], scopes_compared: set[str], subjects: Sequence[str]
) -> Iterator[Aim]:
    """The subjects in which many make insufficient progress, or a group clearly more often than its peers."""
    for subject in subjects:
        scopes = tuple(slow["among"][slow["subject"] == subject].tolist())
        rows = clear[(clear["subject"] == subject) & (clear["measure"] == Measure.INSUFFICIENT.value)]
        if scopes or len(rows):
            yield Aim(subject, scopes or _scopes(rows, stages, scopes_compared))


def _scopes(rows: Frame, stages: Sequence[str], scopes_compared: set[str]) -> tuple[str, ...]:
    """The key stages in which a gap is clear; the whole school where it is so in each of them, or in none."""
    among = set(rows["among"].distinct())
    inside = tuple(stage for stage in stages if stage in among)
    several = scopes_compared.intersection(stages)
    whole = EVERYBODY in among and len(several) > 1 and set(inside) == several
    return (EVERYBODY,) if whole or not inside else inside


def _of_group(pair: Pair, rows: Frame, stages: Sequence[str], scopes_compared: set[str]) -> Priority:
    """The gap of one group in every subject where it is clear."""
    mine = rows[(rows["characteristic"] == pair[0]) & (rows["group"] == pair[1])]
    aims: list[Aim] = []
    children = 0
    for subject in mine["subject"].distinct():
        here = mine[mine["subject"] == subject]
        aims.append(Aim(subject, _scopes(here, stages, scopes_compared)))
        inside = here["among"].isin(aims[-1].scopes)
        children = max(children, int(here["close"][inside].max()))
    return Priority(0, PrioritySource.GAP, tuple(aims), (pair,), (), children)


def _explained(analysis: Analysis, subjects: Collection[str], groups: Collection[Pair]) -> tuple[Pair, ...]:
    """The groups that are clearly behind in these subjects too, and that gaps of these explain."""
    gaps = analysis.compared.gaps
    clear = gaps[gaps["explained_by"].isin({"=".join(pair) for pair in groups}) & gaps["subject"].isin(set(subjects))]
    behind = (clear["gap"] > 0) == (clear["measure"] == Measure.INSUFFICIENT.value)
    return tuple(dict.fromkeys(clear[behind & (clear["verdict"] == GapVerdict.CLEAR.value)].in_rows(*_PAIR)))


def _evidence(priorities: Sequence[Priority], clear: Frame, slow: Frame) -> Frame:
    """The rows that each priority rests on: of progress first, then the gaps in its scopes and in the whole school."""
    parts = [EVIDENCE.no_rows()]
    for priority in priorities:
        named = _among(clear, _PAIR, set(priority.groups))
        for aim in priority.aims:
            wide = clear["among"].isin([*aim.scopes, EVERYBODY]) & (clear["subject"] == aim.subject)
            rows = [slow[slow["subject"] == aim.subject]] if priority.kind is PrioritySource.PROGRESS else []
            parts += [part.having(priority=priority.number)[EVIDENCE.names] for part in (*rows, clear[wide & named])]
    return Frame.stacked(parts)


def _refused(beyond: Frame, gaps: Frame, progress: Frame) -> Frame:
    """What is no priority: those beyond the most, then what is not many, and what is not clear or of too few.

    A gap is refused where it is not clear in the whole school and in no key stage.
    """
    rest = gaps[(gaps["reason"] != "") & (gaps["among"] == EVERYBODY)]
    rest = rest[rest.found_in(gaps[gaps["reason"] == ""], *_OF_A_SUBJECT) == NONE]
    few = progress[(progress["reason"] != "") & (progress["count"] > 0)]
    return Frame.stacked([beyond.having(reason=Refusal.BEYOND.value)[REFUSED.names], few, rest])


def _row(priority: Priority) -> tuple[object, ...]:
    """A row of PRIORITIES."""
    return (
        priority.number,
        priority.kind.value,
        JOINT.join(priority.subjects),
        JOINT.join(BETWEEN_SCOPES.join(aim.scopes) for aim in priority.aims),
        JOINT.join(map("=".join, priority.groups)),
        JOINT.join(map("=".join, priority.also)),
        priority.children,
    )
