"""What could be seen by each term of a plan: how children stand now, and what the figures come to; never a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis import statistics as st
from siptrack.analysis.tally import EVERYBODY, REST
from siptrack.analysis.vocabulary import Measure
from siptrack.cycle.plan_children import NOBODY, Pair, Planned, Reach, planned
from siptrack.cycle.plan_tables import OUTCOMES, PrioritySource
from siptrack.school.plan_record import BETWEEN_SCOPES, Outcome
from siptrack.school.term import Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.cycle.plan_children import Flags, Numbers
    from siptrack.cycle.priorities import Aim, Priority
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

_PERCENT = 100  # of a whole


@dataclass(frozen=True)
class _WholeOutcome:
    """One outcome before it is laid over the terms: how many of how many now, how many more, and what these need."""

    kind: Outcome
    subject: str
    scopes: tuple[str, ...]
    pair: Pair
    who: Flags
    n: int
    count: int
    more: int | None = None
    points: tuple[float, float] | None = None


def tell_outcomes(
    priorities: Sequence[Priority], evidence: Frame, analysis: Analysis, reach: Reach, rules: Rules
) -> Frame:
    """The outcomes table: for each priority combined attainment, attainment or the gap, and progress, by each term."""
    school = planned(analysis, reach, rules)
    return OUTCOMES.of(
        row
        for priority in priorities
        for whole in _of_priority(priority, evidence[evidence["priority"] == priority.number], school)
        if whole.n
        for row in _by_term(priority.number, whole, school)
    )


def _of_priority(priority: Priority, evidence: Frame, school: Planned) -> Iterator[_WholeOutcome]:
    scopes = priority.aims[0].scopes if len({aim.scopes for aim in priority.aims}) == 1 else (EVERYBODY,)
    whole = [subject for subject in school.rules.columns.combined if subject in school.analysis.subjects]
    of_all = NOBODY if priority.kind is PrioritySource.PROGRESS else priority.groups[0]
    for subject in whole:
        if subject not in priority.subjects:
            yield _combined(subject, scopes, of_all, priority.subjects, school)
    for aim in priority.aims:
        if priority.kind is PrioritySource.PROGRESS:
            yield _counted(Outcome.ATTAINMENT, aim, NOBODY, school)
        for pair in priority.groups:
            if _clear(evidence, aim.subject, pair, Measure.AT_ARE):
                yield _gap(aim, pair, _peers(evidence, aim.subject, pair), school)
        yield from _of_progress(priority, aim, evidence, school)


def _of_progress(priority: Priority, aim: Aim, evidence: Frame, school: Planned) -> Iterator[_WholeOutcome]:
    if aim.subject in school.rules.columns.combined:
        return
    if priority.kind is PrioritySource.GAP:
        yield _counted(Outcome.PROGRESS, aim, priority.groups[0], school)
        return
    yield _fewer(aim, NOBODY, school)
    for pair in priority.groups:
        if _clear(evidence, aim.subject, pair, Measure.INSUFFICIENT):
            yield _fewer(aim, pair, school, _peers(evidence, aim.subject, pair))


def _clear(evidence: Frame, subject: str, pair: Pair, measure: Measure) -> bool:
    return len(_rows(evidence, subject, pair, measure)) > 0


def _rows(evidence: Frame, subject: str, pair: Pair, measure: Measure | None = None) -> Frame:
    here = (evidence["subject"] == subject) & (evidence["characteristic"] == pair[0]) & (evidence["group"] == pair[1])
    return evidence[here & (evidence["measure"] == measure.value)] if measure else evidence[here]


def _peers(evidence: Frame, subject: str, pair: Pair) -> Pair | None:
    """The group that a group is compared with; None where that is everybody else."""
    peers = _rows(evidence, subject, pair)["peers"].tolist()[0]
    return None if peers == REST else (pair[0], peers)


def counted_in(outcome: Outcome) -> tuple[str, str]:
    """By which columns of a child's standing an outcome is counted: of whom, and how many."""
    return ("judged", "insufficient") if outcome is Outcome.PROGRESS else ("assessed", "at_are")


def _counted(outcome: Outcome, aim: Aim, pair: Pair, school: Planned) -> _WholeOutcome:
    """How many stand so now, without a figure of how many more there could be."""
    of, counted = counted_in(outcome)
    who = school.among(aim.scopes) & school.group(pair)[0] & school.column(aim.subject, of)
    count = int((who & school.column(aim.subject, counted)).sum())
    return _WholeOutcome(outcome, aim.subject, aim.scopes, pair, who, int(who.sum()), count)


def _combined(
    subject: str, scopes: tuple[str, ...], pair: Pair, subjects: Sequence[str], school: Planned
) -> _WholeOutcome:
    """How many are at expectations in every part, and how many miss it in one of these subjects alone."""
    who = school.among(scopes) & school.group(pair)[0] & school.column(subject, "assessed")
    missed = np.stack([~school.column(part, "at_are") for part in school.rules.columns.combined[subject]])
    ours = np.array([part in subjects for part in school.rules.columns.combined[subject]])
    alone = who & (missed.sum(axis=0) == 1) & missed[ours].any(axis=0)
    count = int((who & school.column(subject, "at_are")).sum())
    return _WholeOutcome(Outcome.COMBINED, subject, scopes, pair, who, int(who.sum()), count, int(alone.sum()))


def _gap(aim: Aim, pair: Pair, peers: Pair | None, school: Planned) -> _WholeOutcome:
    """How many more of a group at expectations would close its gap, and what the nearest of them need a term."""
    assessed, at_are = school.column(aim.subject, "assessed"), school.column(aim.subject, "at_are")
    mine, others = school.group(pair)
    others = school.group(peers)[0] if peers else others
    inside = school.among(aim.scopes) & assessed
    who, against = inside & mine, inside & others
    close = _closing(who, against, at_are)
    needed = school.needed(aim.subject, who & ~at_are)
    whole = _WholeOutcome(Outcome.GAP, aim.subject, aim.scopes, pair, who, int(who.sum()), int((who & at_are).sum()))
    return _with(whole, close, needed)


def _closing(who: Flags, against: Flags, counted: Flags) -> int:
    """How many more of a group counted would bring it to the share of those compared with; 0 where it is there."""
    sides = [np.array([int(side.sum())]) for side in (who & counted, who, against & counted, against)]
    if not sides[1][0] or not sides[3][0] or sides[0][0] * sides[3][0] >= sides[2][0] * sides[1][0]:
        return 0
    return int(st.closing(*sides)[0][0])


def _fewer(aim: Aim, pair: Pair, school: Planned, peers: Pair | None = None) -> _WholeOutcome:
    """How many fewer would make insufficient progress, for it to be no priority any more or no gap."""
    whole = _counted(Outcome.PROGRESS, aim, pair, school)
    if pair == NOBODY:
        fewer = whole.count - int(school.rules.plan.share * whole.n // _PERCENT)
    else:
        judged, insufficient = school.column(aim.subject, "judged"), school.column(aim.subject, "insufficient")
        others = school.group(peers)[0] if peers else school.group(pair)[1]
        against = school.among(aim.scopes) & others & judged
        fewer = _closing(against, whole.who, insufficient)
    behind = school.behind(aim.subject, whole.who)
    return _with(whole, max(fewer, 0), behind)


def _with(whole: _WholeOutcome, more: int, needed: Numbers) -> _WholeOutcome:
    """The outcome with how many more there would be, and the points a term that the nearest of them need."""
    nearest = np.sort(needed[~np.isnan(needed)])[:more]
    points = (float(nearest[0]), float(nearest[-1])) if len(nearest) else None
    return replace(whole, more=more, points=points)


def _by_term(number: int, whole: _WholeOutcome, school: Planned) -> Iterator[tuple[object, ...]]:
    """The outcome in each term of the plan, as a row of OUTCOMES; how many more by then at an even pace."""
    what = (number, whole.kind.value, whole.subject, BETWEEN_SCOPES.join(whole.scopes), *whole.pair)
    least_and_most = whole.points or (None, None)
    for term in school.terms:
        terms = term.number - school.analysis.term.number
        more = None if whole.more is None else -(-whole.more * terms // school.left)
        targets = _targets(whole, term, school)
        yield (*what, term.label, terms, whole.n, whole.count, more, *least_and_most, *targets)


def _targets(whole: _WholeOutcome, term: Term, school: Planned) -> tuple[int | None, int | None]:
    """How many of these children have a target for that term, and how many of those targets are at expectations."""
    if whole.kind not in (Outcome.GAP, Outcome.ATTAINMENT):
        return None, None
    rows = school.analysis.ahead.targets
    rows = rows[(rows["subject"] == whole.subject) & (rows["target_term"] == term.label)]
    rows = rows[whole.who[rows["pupil"].in_words(school.pupils["pupil"].tolist())]]
    if rows.empty:
        return None, None
    now = school.now(whole.subject)
    held = now[["year_group"]].take(rows.found_in(now, "pupil"))
    line = school.line(rows.having(year_group=held["year_group"]), term)
    return len(rows), int((rows["target_points"] >= line).sum())
