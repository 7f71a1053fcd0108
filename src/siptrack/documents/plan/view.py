"""The facts of a plan's page: each priority with what it rests on, by what it is met, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS, GAPS
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.catalogue import fits_group, list_on_offer
from siptrack.cycle.plan import Plan
from siptrack.cycle.plan_came_tables import PlanAction
from siptrack.cycle.plan_tables import EVIDENCE, OUTCOMES, REFUSED, PrioritySource, Refusal
from siptrack.cycle.priorities import Priority
from siptrack.documents.comparisons import comparison_of, list_far_behind
from siptrack.documents.gaps import (
    Comparison,
    far_behind_sentence,
    from_other_side,
    interval,
)
from siptrack.documents.in_short import untold, warned_sentence
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.plan.came import CameInShort, came_in_short
from siptrack.documents.plan.priorities import Row, children, outcome_of, scope_of, subjects_of, title_of, who_of
from siptrack.documents.read import Read
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.cells import number, records, text, whole
from siptrack.school.plan_record import BETWEEN_SCOPES, OF, Outcome, mark
from siptrack.school.provision import Material
from siptrack.school.term import Season, Term


class SlowPlace(NamedTuple):
    """In a subject and somewhere how many children make insufficient progress, of how many."""

    subject: str
    where: str
    counted: int
    n: int


class SubjectGap(NamedTuple):
    """A clear gap in a subject: counts of both sides, the gap in points with its ends, and how many would close it."""

    subject: str
    among: str
    counted: int
    n: int
    peers_count: int
    peers_n: int
    size: str
    ends: str
    close: int


class SideBehind(NamedTuple):
    """The gaps of a group to its peers in one measure."""

    children: str
    peers: str
    of_progress: bool
    gaps: Sequence[SubjectGap]


class TargetsOfTerm(NamedTuple):
    """The school's own targets of a term: how many children have one, and how many of these are at expectations."""

    term: str
    children: int
    at_are: int


class ByTerm(NamedTuple):
    """How many more, or of progress fewer, by a term; None where no figure says."""

    term: str
    more: int | None


class PlannedOutcome(NamedTuple):
    """What would be different: who and what is counted, where they stand now, and what the figures come to.

    `limit` is how many may still make insufficient progress where there is no priority of it any more. By `mark` it is
    counted again when the plan comes back.
    """

    kind: Outcome
    label: str
    children: str
    subject: str
    where: str
    counted: int
    n: int
    steps: Sequence[ByTerm]
    least: float | None
    most: float | None
    target: TargetsOfTerm | None
    limit: int | None
    mark: str = ""

    @property
    def wanted(self) -> int | None:
        """How many children are wanted by then, of progress at most; None where it is for the school to say."""
        return self.limit if self.target is None else self.target.at_are

    @property
    def open(self) -> bool:
        """Whether it is for the school to say by what it is met."""
        return self.target is None and self.limit is None and self.kind is not Outcome.PROGRESS


class PlannedPriority(NamedTuple):
    """A priority with its title, what it rests on, where its children are named, and its outcomes.

    `left_at_start` are the subjects in which the gap is there among children of equal start too, `none_at_start` those
    in which there may be none. `named` make insufficient progress in the subject with that `key`, `closers` are nearest
    to closing the gaps. The materials were to be had `until` then. `carried` are actions of the last plan that are not
    done.
    """

    number: int
    title: str
    key: str
    slow: Sequence[SlowPlace]
    gaps: Sequence[SideBehind]
    left_at_start: Sequence[str]
    none_at_start: Sequence[str]
    also: Sequence[str]
    warned: Sequence[str]
    named: int
    closers: int
    outcomes: Sequence[PlannedOutcome]
    materials: Sequence[str]
    until: int | None
    carried: Sequence[PlanAction] = ()
    mark: str = ""


class Drafted(NamedTuple):
    """What a draft comes to: its priorities, the titles of those for which it has no room, and its terms.

    `when` is when the first review is, `with_progress` whether any child's progress is known, `compared` any groups.
    """

    term: Term
    priorities: Sequence[PlannedPriority]
    beyond: Sequence[str]
    with_progress: bool
    compared: bool
    terms: Sequence[Term]
    when: str
    leaving: int
    came: CameInShort | None = None


class RefusedInShort(NamedTuple):
    """What is no priority: slow places by the reason, and the groups of gaps by theirs."""

    slow: Mapping[str, Sequence[SlowPlace]]
    left: Sequence[str]
    unclear: Sequence[str]
    far_behind: Sequence[str]
    too_few: Sequence[str]


def plan_document(plan: Plan, rules: Rules, *, room: bool, every: bool) -> Document:
    """The page; with `room` for people to write, which a screen has not; `every` adds the arithmetic."""
    analysis = plan.analysis
    return document(
        "plan/page.jinja",
        ruler_line(rules.ruler),
        wide=True,
        found=drafted(plan, rules),
        refused=refused_in_short(plan, rules),
        read=Read(analysis.register, analysis.begun, filters=analysis.filters),
        rules=rules,
        room=room,
        every=every,
    )


def drafted(plan: Plan, rules: Rules) -> Drafted:
    """The facts of a draft."""
    first = plan.reach.terms[0]
    return Drafted(
        term=plan.analysis.term,
        priorities=[_planned(priority, plan, rules) for priority in plan.priorities],
        beyond=[title_of(priority, plan.analysis, rules) for priority in plan.beyond],
        with_progress=untold(plan.analysis) < len(plan.analysis.children.pupils),
        compared=not plan.analysis.compared.gaps.empty,
        terms=plan.reach.terms,
        when=first.label if first.dated else Season(first.season).label,
        leaving=plan.reach.leaving,
        came=came_in_short(plan.came, rules, (*plan.priorities, *plan.beyond)),
    )


def _planned(priority: Priority, plan: Plan, rules: Rules) -> PlannedPriority:
    rows = records(plan.evidence[plan.evidence["priority"] == priority.number], EVIDENCE.names)
    slow = [_slow(row, plan, rules) for row in rows if row["source"] == PrioritySource.PROGRESS.value]
    gaps = _gaps(priority, rows, plan, rules)
    started = {gap.subject_inside: _left_at_start(gap) for gap in gaps if gap.like is not None}
    materials = _materials(priority, plan, rules)
    short = len({aim.scopes for aim in priority.aims}) == 1
    return PlannedPriority(
        number=priority.number,
        title=title_of(priority, plan.analysis, rules),
        key=priority.subjects[0],
        slow=slow,
        gaps=_sides(gaps),
        left_at_start=[subject for subject, left in started.items() if left],
        none_at_start=[subject for subject, left in started.items() if not left],
        also=[children(pair, plan.analysis) for pair in priority.also if not rules.groups.is_complement(*pair)],
        warned=[
            warned_sentence(warned, rules)
            for warned in plan.analysis.children.warned
            if priority.kind is PrioritySource.PROGRESS and warned.subject in priority.subjects
        ],
        named=sum(place.counted for place in slow),
        closers=_closers(priority, plan),
        outcomes=[_outcome(rows, priority, plan, rules, short=short) for rows in _outcomes(priority, plan)],
        materials=[material.cited for material in materials],
        until=max((material.until for material in materials if material.until is not None), default=None),
        carried=plan.carried(priority.number),
        mark=mark(
            *(plan.analysis.term.label, priority.number, priority.kind.value),
            *(BETWEEN_SUBJECTS.join(priority.subjects), BETWEEN_SUBJECTS.join(map("=".join, priority.groups))),
        ),
    )


def _counts(row: Row) -> tuple[int, int]:
    return whole(row["count"]), whole(row["n"])


def _slow(row: Row, plan: Plan, rules: Rules) -> SlowPlace:
    where = scope_of([text(row["among"])], plan.analysis, rules)
    return SlowPlace(subject_label(text(row["subject"]), rules), where, *_counts(row))


def _gaps(priority: Priority, rows: Sequence[Row], plan: Plan, rules: Rules) -> list[Comparison]:
    """The gaps of a priority within those it is for, the group that is behind first."""
    scopes = {(aim.subject, scope) for aim in priority.aims for scope in aim.scopes}
    table, found = plan.analysis.compared.gaps, []
    for row in rows:
        pair = text(row["characteristic"]), text(row["group"])
        if pair not in priority.groups or (row["subject"], row["among"]) not in scopes:
            continue
        same = table["group"].isin([text(row["group"]), text(row["peers"])])
        for name in ("subject", "among", "characteristic", "measure"):
            same &= table[name] == row[name]
        (gap, *_) = records(table[same], GAPS.names)
        compared = comparison_of(gap, plan.analysis.characteristics[pair[0]], rules)
        found.append(compared if compared.behind else from_other_side(compared))
    return found


def _left_at_start(gap: Comparison) -> bool:
    """Whether the gap is clear among children of equal start too."""
    return gap.like is not None and (gap.like.low > 0 if gap.points > 0 else gap.like.high < 0)


def _sides(gaps: Sequence[Comparison]) -> list[SideBehind]:
    sides: dict[tuple[str, str, bool], list[SubjectGap]] = {}
    for gap in gaps:
        of_progress = gap.measure is Measure.INSUFFICIENT
        size, ends = interval(gap)
        counts = gap.count, gap.n, gap.peers_count, gap.peers_n
        behind = SubjectGap(gap.subject_inside, gap.among, *counts, size, ends, 0 if of_progress else gap.close)
        sides.setdefault((gap.of_group, gap.of_peers, of_progress), []).append(behind)
    return [SideBehind(*side, of_side) for side, of_side in sides.items()]


def _closers(priority: Priority, plan: Plan) -> int:
    """How many children the table of those nearest to closing gaps names for a priority."""
    wanted = {"=".join(pair) for pair in priority.groups}
    rows = records(plan.analysis.compared.closers, CLOSERS.names)
    mine = [row for row in rows if row["subject"] in priority.subjects]
    return len({row["pupil"] for row in mine if wanted.intersection(text(row["groups"]).split(JOINT))})


def _outcomes(priority: Priority, plan: Plan) -> list[list[Row]]:
    """The rows of each outcome of a priority, by term."""
    rows: list[Row] = list(records(plan.outcomes[plan.outcomes["priority"] == priority.number], OUTCOMES.names))
    keys = ("outcome", "subject", "among", "characteristic", "group")
    return [list(alike) for _, alike in groupby(rows, key=lambda row: [row[name] for name in keys])]


def _outcome(rows: Sequence[Row], priority: Priority, plan: Plan, rules: Rules, *, short: bool) -> PlannedOutcome:
    row, kind = rows[0], Outcome(text(rows[0]["outcome"]))
    steps = [ByTerm(text(row["term"]), None if row["more"] is None else whole(row["more"])) for row in rows]
    targets = [TargetsOfTerm(text(row["term"]), whole(row["targets"]), whole(row["targets_at_are"])) for row in rows]
    count, n = _counts(row)
    of_many = kind is Outcome.PROGRESS and priority.kind is PrioritySource.PROGRESS and not row["group"]
    last = steps[-1].more
    return PlannedOutcome(
        kind=kind,
        label=outcome_of(row, plan.analysis, rules, short=short),
        children=who_of(row, plan.analysis),
        subject=subjects_of([text(row["subject"])], rules),
        where=scope_of(text(row["among"]).split(BETWEEN_SCOPES), plan.analysis, rules),
        counted=count,
        n=n,
        steps=steps,
        least=number(row["least"]),
        most=number(row["most"]),
        target=next((target for target in reversed(targets) if target.children), None),
        limit=count - last if of_many and last is not None else None,
        mark=_mark(row, priority, plan, next((target for target in reversed(targets) if target.children), None)),
    )


def _mark(row: Row, priority: Priority, plan: Plan, target: TargetsOfTerm | None) -> str:
    """What the workbook says is counted for an outcome."""
    group = f"{row['characteristic']}={row['group']}" if row["group"] else ""
    counts = OF.join(str(count) for count in _counts(row))
    targets = f"{target.term}{OF}{target.children}" if target else ""
    about = (row["outcome"], row["subject"], row["among"], group, counts, targets)
    return mark(plan.analysis.term.label, priority.number, *about)


def _materials(priority: Priority, plan: Plan, rules: Rules) -> list[Material]:
    """The materials for groups that fit a priority, in the order of the catalogue."""
    return [
        material
        for material in list_on_offer(plan.analysis, rules)
        if any(fits_group(material, subject, pair) for subject in priority.subjects for pair in priority.groups)
    ]


def refused_in_short(plan: Plan, rules: Rules) -> RefusedInShort | None:
    """What is no priority, each group once; None where nothing was refused."""
    rows = records(plan.refused, REFUSED.names)
    if not rows:
        return None
    slow: dict[str, list[SlowPlace]] = {}
    groups: dict[str, dict[tuple[str, str], None]] = {}
    for row in rows:
        reason = text(row["reason"])
        if row["source"] == PrioritySource.GAP.value:
            groups.setdefault(reason, {})[text(row["characteristic"]), text(row["group"])] = None
        elif reason != Refusal.BEYOND.value:
            slow.setdefault(reason, []).append(_slow(row, plan, rules))
    gaps = plan.analysis.compared.gaps
    far_behind = gaps[gaps["verdict"] == GapVerdict.FAR_BEHIND.value].in_rows("characteristic", "group")
    elsewhere = {
        *far_behind,
        *(pair for reason in groups if reason != Refusal.TOO_FEW.value for pair in groups[reason]),
    }

    def labels(reason: Refusal, without: frozenset[object] = frozenset()) -> list[str]:
        """The groups refused for a reason; two of one name are one."""
        pairs = [pair for pair in groups.get(reason.value, {}) if pair not in without]
        return list(dict.fromkeys(group_label(plan.analysis.characteristics[key], group) for key, group in pairs))

    return RefusedInShort(
        slow=slow,
        left=labels(Refusal.LEAVING),
        unclear=labels(Refusal.NOT_CLEAR),
        far_behind=[far_behind_sentence(cause.gaps, cause.same) for cause in list_far_behind(plan.analysis, rules)],
        too_few=labels(Refusal.TOO_FEW, frozenset(elsewhere)),
    )
