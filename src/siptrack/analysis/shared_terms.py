"""Earlier terms beside what is shared of this one: of each only what gives nothing away beside it.

The tables of this term come first and stay what they are. Of an earlier term no more is shown than its own tables would
show, and no row by which something hidden would be found, or the result of a few who came or left since, by whoever
takes it that no child's result has changed where what is shown does not say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.analyse import analyse
from siptrack.analysis.membership import members_of
from siptrack.analysis.nonnegative import TINY, beyond, row_space, wider
from siptrack.analysis.selection import EVERYBODY as ALL_CHILDREN
from siptrack.analysis.shareable import Shared, every_row, then_of
from siptrack.analysis.shareable_tables import YEAR_GROUP
from siptrack.analysis.shared_before import few_between
from siptrack.analysis.shared_counts import Named, SharedCounts, count_children, in_both
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
    Numbers = NDArray[np.float64]

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

    def shows(self, row: Named) -> bool:
        """Whether a figure of a row is shown in some subject."""
        return any((subject, *row) in self.figures for subject in self.counts.subjects)


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
        a_year = ago == SEASONS_IN_A_YEAR
        not_known = _not_known(past, analysis, rules, mode) if a_year else frozenset()
        keys = [EVERYBODY, *(key for key in rules.groups.shown_first if a_year and key not in not_known)]
        then = _Shown(counts, _figures(alone), mode.round_to // 2)
        given = next((_given(each) for each in before if each.term == term and _alike(each, mode)), None)
        figures = then.figures if given is None else given
        safe = _safe(then, beside, keys, mode) if given is None else {row[1:] for row in given if row[1] in keys}
        rows = {row: side for row, side in figures.items() if row[1:] in safe}
        found.append(EarlierTerm(term, rows, _years(alone), not_known))
        beside.append(then._replace(figures=rows))
    return sorted(found, key=lambda earlier: earlier.term.number)


def _not_known(past: Analysis, now: Analysis, rules: Rules, mode: SharingMode) -> frozenset[str]:
    """The characteristics asked of first that are not recorded of more children than now, and not by a few."""
    known = [members_of(each.children.pupils, rules).groups for each in (past, now)]
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


def _safe(then: _Shown, beside: Sequence[_Shown], keys: Sequence[str], mode: SharingMode) -> set[Named]:
    """The rows of these characteristics that may be shown: a characteristic's all together, else one by one."""
    children = tuple(dict.fromkeys(child for each in (then, *beside) for child in each.counts.children))
    readers = [_Reader.of(subject, then, beside, children, mode) for subject in then.counts.subjects]
    safe: set[Named] = set()
    for key in keys:
        rows = [at for at, row in enumerate(then.counts.rows) if row[0] == key and then.shows(row)]
        for together in (rows, *([row] for row in rows)):
            found = {then.counts.rows[at] for at in together}
            if found - safe and all(reader.may_know(together) for reader in readers):
                readers = [reader.knowing(together) for reader in readers]
                safe |= found
    return safe


@dataclass(frozen=True)
class _Reader:
    """One who takes it that no child's result has changed, and adds and subtracts what is shown of a subject.

    `rows` are those of the term, over all children; `linked` those of which what is shown does not say otherwise.
    `space` spans the sums that are known, and `secrets` are rows and differences of a few that are not.
    """

    rows: Numbers
    linked: Mask
    space: Numbers
    secrets: Numbers

    @classmethod
    def of(
        cls, subject: str, then: _Shown, beside: Sequence[_Shown], children: Sequence[str], mode: SharingMode
    ) -> _Reader:
        """One who knows what is shown of the other terms, and may not find what these or the term itself hide."""
        ours = _assessed(then.counts, subject, children)
        linked, known = np.zeros(len(ours), dtype=np.bool_), [np.zeros((0, len(children)))]
        secrets = [ours[[(subject, *row) not in then.figures for row in then.counts.rows]].astype(np.float64)]
        for other in beside:
            if subject not in other.counts.subjects:
                continue
            theirs = _assessed(other.counts, subject, children)
            shown = np.array([(subject, *row) in other.figures for row in other.counts.rows], dtype=np.bool_)
            known.append(theirs[shown].astype(np.float64))
            secrets += [theirs[~shown].astype(np.float64), few_between(ours, theirs, mode.hide_below)]
            linked |= _linked(subject, then, other, ours, theirs)
        space, every = row_space(np.vstack(known)), np.vstack(secrets)
        every = every[every.any(axis=1)]
        return cls(ours.astype(np.float64), linked, space, every[beyond(space, every) > TINY])

    def may_know(self, at: Sequence[int]) -> bool:
        """Whether nothing secret is found by these rows too."""
        return not len(self.secrets) or bool((beyond(self._with(at), self.secrets) > TINY).all())

    def knowing(self, at: Sequence[int]) -> _Reader:
        """The same who has been shown these rows."""
        return replace(self, space=self._with(at))

    def _with(self, at: Sequence[int]) -> Numbers:
        return wider(self.space, self.rows[[number for number in at if self.linked[number]]])


def _linked(subject: str, then: _Shown, other: _Shown, ours: Mask, theirs: Mask) -> Mask:
    """The rows that differ from the nearest row of another term by no more than those who came or left may make.

    Where they differ by more, other children's results have changed, and nobody can tell whose. A row whose nearest is
    hidden says nothing of that.
    """
    came, left = in_both(ours, ~theirs), in_both(~ours, theirs)
    nearest = (came + left).argmin(axis=1)
    linked = np.ones(len(ours), dtype=np.bool_)
    for at, near in enumerate(nearest.tolist()):
        figures = then.figures.get((subject, *then.counts.rows[at]))
        beside = other.figures.get((subject, *other.counts.rows[near]))
        if figures and beside:
            moved = int(came[at, near]), int(left[at, near])
            linked[at] = _may_be_of_these(figures, beside, moved, then.slack + other.slack)
    return linked


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
    met, rest = ours[1] - theirs[1], (ours[0] - ours[1]) - (theirs[0] - theirs[1])
    return all(-left - off <= each <= came + off for each, off in ((met, slack), (rest, 2 * slack)))


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
