"""Earlier terms beside what is shared of this one: of each only what gives nothing away beside it.

The tables of this term come first and stay what they are. Of an earlier term no more is shown than its own tables would
show, and no row that a few children tell from a row of this term or of another term that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.analyse import analyse
from siptrack.analysis.membership import members_of
from siptrack.analysis.selection import EVERYBODY as ALL_CHILDREN
from siptrack.analysis.shareable import Shared, every_row, then_of
from siptrack.analysis.shareable_tables import YEAR_GROUP
from siptrack.analysis.shared_counts import Named, SharedCounts, count_children
from siptrack.analysis.shared_hiding import Hiding
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import Measure
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.register import NOT_RECORDED
from siptrack.school.sharing import SharedBefore, SharingMode, Status
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

    Mask = NDArray[np.bool_]
    Whole = NDArray[np.int64]

Side = tuple[int, int]  # children assessed, and of these at expectations
Figures = Mapping[tuple[str, str, str], Side]  # by subject, characteristic and group


class EarlierTerm(NamedTuple):
    """What may be shared of an earlier term: children assessed and at expectations, as they may be printed.

    `rows` are those of everybody, and of a year ago those of the groups that are asked of first. `years` are the year
    groups of which somebody was assessed, by subject; `not_known` the characteristics that the files do not tell of
    those who were there then, as of children who have left.
    """

    term: Term
    rows: Figures
    years: Mapping[str, frozenset[str]]
    not_known: frozenset[str] = frozenset()


class _Shown(NamedTuple):
    """The tables of a term: their children, and the figures that are shown; counts may be off by `slack`."""

    counts: SharedCounts
    figures: Figures
    slack: int


def earlier_terms(
    analysis: Analysis, shared: Shared, rules: Rules, before: Sequence[SharedBefore] = ()
) -> list[EarlierTerm]:
    """The terms before that of the analysis, the oldest first; `before` is what was shared before it.

    None where only some children are asked about: their tables stand beside those of all in one term.
    """
    if analysis.asked != ALL_CHILDREN:
        return []
    mode, now = shared.mode, analysis.term
    beside = [
        _Shown(counts, _given(each), each.round_to // 2)
        for each in before
        for counts in then_of(each, analysis, rules, mode).counts
    ]
    beside.append(_Shown(count_children(analysis, rules, mode), _figures(shared.frame("rows")), mode.round_to // 2))
    found = []
    for ago in _looked_back(rules):
        term = Term.numbered(now.number - ago)
        try:
            past = analyse(analysis.register, rules, term)
        except NothingToJudgeError:
            continue
        counts = count_children(past, rules, mode)
        alone = every_row(Hiding(counts, rules, mode), past.subjects, [Measure.AT_ARE])
        not_known = _not_known(past, analysis, rules, mode) if ago == SEASONS_IN_A_YEAR else frozenset()
        groups = {*rules.groups.shown_first} - not_known if ago == SEASONS_IN_A_YEAR else ()
        given = next((_given(each) for each in before if each.term == term and _alike(each, mode)), None)
        figures = _safe(counts, alone, beside, rules, mode) if given is None else given
        rows = {row: figures for row, figures in figures.items() if row[1] in {EVERYBODY, *groups}}
        found.append(EarlierTerm(term, rows, _years(alone), not_known))
        beside.append(_Shown(counts, rows, mode.round_to // 2))
    return sorted(found, key=lambda earlier: earlier.term.number)


def _not_known(past: Analysis, now: Analysis, rules: Rules, mode: SharingMode) -> frozenset[str]:
    """The characteristics asked of first that are not recorded of more children than now, and not by a few."""
    known = [members_of(one.children.pupils, rules).groups for one in (past, now)]
    missing = [
        {key: int((groups[key] == NOT_RECORDED).sum()) for key in rules.groups.shown_first if key in groups}
        for groups in known
    ]
    return frozenset(
        key
        for key, now_missing in missing[1].items()
        if missing[0].get(key, mode.hide_below + now_missing) >= now_missing + mode.hide_below
    )


def _looked_back(rules: Rules) -> list[int]:
    """How many terms ago: a year first, then the newest."""
    back = range(1, SEASONS_IN_A_YEAR * rules.trends.years_followed + 1)
    return sorted(back, key=lambda ago: (ago != SEASONS_IN_A_YEAR, ago))


def _safe(counts: SharedCounts, alone: Frame, beside: Sequence[_Shown], rules: Rules, mode: SharingMode) -> Figures:
    """The figures of a term that its own tables show, without those that other tables would make tell of a few."""
    shown = _figures(alone)
    never = {row for one in beside for row in _too_near(_Shown(counts, shown, mode.round_to // 2), one, mode)}
    if not never:
        return shown
    hiding = Hiding(counts, rules, mode, never=never)
    guarded = _figures(every_row(hiding, [*counts.subjects], [Measure.AT_ARE]))
    return {row: figures for row, figures in guarded.items() if row in shown}


def _too_near(then: _Shown, other: _Shown, mode: SharingMode) -> Iterator[Named]:
    """The rows that only a few children tell from a row of the other tables.

    They tell of these where the other row is shown and the two differ by no more than these few may make: with as many
    who came or left, and nobody else's result another. A hidden row they would tell by itself.
    """
    children = tuple(dict.fromkeys((*then.counts.children, *other.counts.children)))
    for subject in then.counts.subjects:
        if subject not in other.counts.subjects:
            continue
        ours, theirs = (_assessed(one.counts, subject, children) for one in (then, other))
        came, left = (~theirs).astype(np.int64) @ ours.T, theirs.astype(np.int64) @ (~ours).T
        size = came + left  # a line for each of their rows, a column for each of ours
        for at, number in zip(*np.nonzero(size < mode.hide_below), strict=True):
            row, near = then.counts.rows[number], other.counts.rows[at]
            figures, beside = then.figures.get((subject, *row)), other.figures.get((subject, *near))
            if figures is None or not ours[number].any():
                continue
            moved, slack = (int(came[at, number]), int(left[at, number])), then.slack + other.slack
            if beside is None or (size[at, number] and _may_be_of_these(figures, beside, moved, slack)):
                yield row


def _assessed(counts: SharedCounts, subject: str, children: Sequence[str]) -> Mask:
    """Who of these children is in each row and assessed in the subject."""
    inside = counts.members & counts.outcomes[Measure.AT_ARE].n[counts.subjects.index(subject)]
    place = {child: at for at, child in enumerate(children)}
    spread = np.zeros((len(inside), len(children)), dtype=np.bool_)
    spread[:, [place[child] for child in counts.children]] = inside
    return spread


def _may_be_of_these(ours: Side, theirs: Side, moved: tuple[int, int], slack: int) -> bool:
    """Whether two rows differ, at expectations and not, by no more than those who came to ours or left it make."""
    came, left = moved
    apart = (ours[1] - theirs[1], (ours[0] - ours[1]) - (theirs[0] - theirs[1]))
    return all(-left - slack <= each <= came + slack for each in apart)


def _figures(rows: Frame) -> dict[tuple[str, str, str], Side]:
    """The counts of those at expectations that are shown."""
    at_are = rows[(rows["measure"] == Measure.AT_ARE.value) & ~np.isnan(rows["n"])]
    names = ("subject", "characteristic", "group", "n", "count")
    return {(subject, key, group): (int(n), int(count)) for subject, key, group, n, count in at_are.in_rows(*names)}


def _given(before: SharedBefore) -> Figures:
    """The same of what was shared before."""
    return {
        (subject, key, group): side
        for (subject, measure, key, group), side in before.rows.items()
        if measure == Measure.AT_ARE
    }


def _alike(before: SharedBefore, mode: SharingMode) -> bool:
    """Whether tables were shared of all children, and with the limits of a mode."""
    return not before.filters and (before.hide_below, before.round_to) == (mode.hide_below, mode.round_to)


def _years(rows: Frame) -> dict[str, frozenset[str]]:
    """The year groups of which somebody may have been assessed, by subject."""
    there = rows[(rows["characteristic"] == YEAR_GROUP) & (rows["status"] != Status.NOT_AVAILABLE.value)]
    years: dict[str, set[str]] = {}
    for subject, year in there.in_rows("subject", "group"):
        years.setdefault(subject, set()).add(year)
    return {subject: frozenset(of) for subject, of in years.items()}
