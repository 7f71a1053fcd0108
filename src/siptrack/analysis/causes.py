"""One sentence a cause: which of the gaps found is explained by a stronger one, and which is a finding of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.ordered_grades import COUNTS, ORDERED_BY
from siptrack.analysis.statistics import mid_ranks, two_sided
from siptrack.analysis.tally import REST
from siptrack.analysis.vocabulary import OF_PROGRESS, GapVerdict, Measure
from siptrack.school.frame import Frame
from siptrack.school.register import NOT_RECORDED
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from siptrack.school.groups import GroupRules

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

_GAP = ("subject", "characteristic", "group", "peers", "progress")
_NAMED = ("subject", "characteristic", "group", "peers", "p", "verdict", "behind", "progress")
_PEER, _IN, _NEITHER = 0, 1, 2  # the places of a child beside a gap
_PERCENT = 100  # of a whole
_DECIMALS = 12  # of a chance: two that differ beyond are of the same children


class _Found(NamedTuple):
    """A gap that was found in one subject, in attainment or progress."""

    subject: str
    characteristic: str
    group: str
    peers: str
    p: float
    verdict: str
    behind: bool
    progress: bool

    @property
    def name(self) -> str:
        """The group as tables name it."""
        return f"{self.characteristic}={self.group}"


def own_findings(gaps: Frame) -> Flags:
    """Which gaps are clear and explained by no stronger one."""
    found: Flags = (gaps["verdict"] == GapVerdict.CLEAR.value) & (gaps["explained_by"] == "")
    return found


def lies_in(gaps: Frame) -> Flags:
    """Which gaps of key stages and year groups say where a finding lies: clear there, of a gap found in the school."""
    kinds = gaps.having(progress=gaps["measure"].isin(OF_PROGRESS))
    found = kinds.found_in(kinds[own_findings(gaps)], *_GAP) != NONE
    lies: Flags = found & (gaps["verdict"] == GapVerdict.CLEAR_THERE.value)
    return lies


def explain(gaps: Frame, standing: Frame, groups: Frame, rules: GroupRules) -> Frame:
    """The gaps, with the stronger gap that explains each one that was found, in `explained_by`.

    Strongest first over all subjects, those of too few to judge last; of groups of the same children the one that is
    behind. A gap is explained when among the children alike in a stronger one, or in all of these, chance would make it
    as often as the rules say, or it goes the other way. The groups of several characteristics say one thing between
    them: one stands for all, and never a complement. Where such a group is found, it explains the wider ones in which
    nobody else is behind.
    """
    verdict = gaps["verdict"]
    at = np.flatnonzero((verdict == GapVerdict.CLEAR.value) | (verdict == GapVerdict.FAR_BEHIND.value))
    rows = gaps.take(at)
    behind = (rows["gap"] > 0) == (rows["measure"] == Measure.INSUFFICIENT.value)
    rows = rows.having(behind=behind, progress=rows["measure"].isin(OF_PROGRESS))
    found = [_Found(*row) for row in rows.in_rows(*_NAMED)]
    strength: dict[str, float] = {}
    for gap in found:
        strength[gap.name] = min(gap.p, strength.get(gap.name, 1.0))
    ordered = sorted(dict.fromkeys(found), key=lambda gap: _rank(gap, strength, rules))
    why: dict[_Found, str] = {}
    for kind in dict.fromkeys((gap.subject, gap.progress) for gap in found):
        alike = [gap for gap in ordered if (gap.subject, gap.progress) == kind]
        why |= _why(alike, standing[standing["subject"] == kind[0]], groups, rules)
    explained = np.full(len(gaps), -1, dtype=np.int64)
    explained[at] = np.arange(len(at))
    return gaps.having(explained_by=Texts.of(why[gap] for gap in found).take(explained).filled(""))


def _rank(gap: _Found, strength: Mapping[str, float], rules: GroupRules) -> tuple[float, ...]:
    few = gap.verdict == GapVerdict.FAR_BEHIND.value
    pair = gap.characteristic in rules.pairs
    complement = rules.is_complement(gap.characteristic, gap.group)
    together = len(rules.pairs[gap.characteristic].of) if pair else 1
    by_chance = round(strength[gap.name], _DECIMALS)  # alike where two groups are of the same children
    primary = gap.characteristic in rules.held.primary
    peers = gap.peers if gap.peers in rules.all()[gap.characteristic].groups else ""
    sentence_of_peers = bool(peers) and not rules.is_complement(gap.characteristic, peers)
    ahead = not gap.behind
    return (
        few,
        pair,
        pair and complement,
        together,
        pair and ahead,
        by_chance,
        complement,
        ahead and not sentence_of_peers,
        not primary,
    )


def _why(ordered: Sequence[_Found], standing: Frame, groups: Frame, rules: GroupRules) -> dict[_Found, str]:
    """What explains each of these gaps of one subject and kind; empty for a finding of its own."""
    score, who = _scores(standing, Measure.INSUFFICIENT if ordered[0].progress else Measure.AT_ARE)
    groups, limit = groups.take(who), rules.held.own_cause / _PERCENT
    why: dict[_Found, str] = {}
    kept: dict[str, Places] = {}
    kept_pairs: dict[str, Places] = {}
    standing_for: dict[str, str] = {}  # by characteristic, the group of several that stands for the others
    for gap in ordered:
        sides, pair = _sides(gap, groups[gap.characteristic]), gap.characteristic in rules.pairs
        known = kept_pairs if pair else kept
        why[gap] = standing_for.get(gap.characteristic, "") or _explained(score, sides, known, limit)
        if pair:  # the test has set it against its parts
            complement = rules.is_complement(gap.characteristic, gap.group)
            why[gap] = why[gap] or (gap.characteristic if complement else "")
            standing_for.setdefault(gap.characteristic, why[gap] or gap.name)
        if not why[gap]:
            known[gap.name] = sides
    return why | _narrower(score, groups, ordered, why, rules)


def _narrower(
    score: Numbers, groups: Frame, ordered: Sequence[_Found], why: Mapping[_Found, str], rules: GroupRules
) -> dict[_Found, str]:
    """What groups of several characteristics explain of the wider ones that they are part of, narrowest first.

    Where White British boys on FSM are behind, and no other boys and no others on FSM, it is no gap of boys or of FSM.
    Two wider groups explain one that is all that they share; where it explains each of them, it is told in their place.
    """
    limit = rules.held.own_cause / _PERCENT
    clear = [gap for gap in ordered if gap.verdict == GapVerdict.CLEAR.value]
    sides = {gap: _sides(gap, groups[gap.characteristic]) for gap in clear}
    pairs = [gap for gap in clear if gap.characteristic in rules.pairs]
    whole = [gap for gap in pairs if not rules.is_complement(gap.characteristic, gap.group)]
    changed: dict[_Found, str] = {}
    for narrow in reversed(whole):
        now = {**why, **changed}
        wider = [gap for gap in clear if not now[gap] and _takes_in(gap, narrow, sides)]
        within = {narrow.name: sides[narrow]}
        explained = [gap for gap in wider if _explained(score, sides[gap], within, limit)]
        alone = all(not _explained(score, sides[narrow], {gap.name: sides[gap]}, limit) for gap in explained)
        stands_for = len(explained) > 1 and now[narrow] in {gap.name for gap in explained} and alone
        if now[narrow] == "" or stands_for:
            names = {gap.name for gap in explained}
            changed |= {gap: narrow.name for gap, name in now.items() if gap in explained or name in names}
            changed[narrow] = ""
    return changed


def _takes_in(gap: _Found, narrow: _Found, sides: Mapping[_Found, Places]) -> bool:
    """Whether the side of a gap that goes the way of a narrower group holds all of its children, and others."""
    side = _IN if gap.behind == narrow.behind else _PEER
    part, whole = sides[narrow] == _IN, sides[gap] == side
    return bool((part <= whole).all() and (part < whole).any())


def _scores(standing: Frame, measure: Measure) -> tuple[Numbers, Places]:
    """The children counted in a measure, by the order of their grades: as in siptrack.analysis.ordered_grades."""
    everybody, counted = COUNTS[measure]
    rows = standing[standing[everybody] == 1]
    value, well = rows[ORDERED_BY[measure]], (rows[counted] == 1) != (measure in OF_PROGRESS)
    known = ~np.isnan(value)
    score = np.where(known, np.nan, well * (len(value) + 1.0))
    score[known] = _ranks(value[known])
    for of_class in (well, ~well):
        if (of_class & known).any():
            score[of_class & ~known] = score[of_class & known].mean()
    return score, rows["who"]


def _ranks(values: Numbers) -> Numbers:
    """The rank of each value, the lowest first; equal ones share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Numbers = mid_ranks(counts[np.newaxis].astype(np.float64))[0][place]
    return ranks


def _sides(gap: _Found, groups: Texts) -> Places:
    """Who is in the group, who is a peer, and who is neither."""
    peer = (groups != NOT_RECORDED) if gap.peers == REST else (groups == gap.peers)
    return np.where(groups == gap.group, _IN, np.where(peer, _PEER, _NEITHER)).astype(np.int64)


def _explained(score: Numbers, sides: Places, kept: Mapping[str, Places], limit: float) -> str:
    """The stronger gap that explains this one, the strongest where only all together do; else empty."""
    here = sides != _NEITHER
    score, group = score[here], sides[here] == _IN
    way = score[group].mean() - score[~group].mean()
    together = np.zeros(len(score), dtype=np.int64)
    for name, stronger in kept.items():
        if _by_chance(score, group, stronger[here], way) >= limit:
            return name
        together = together * (_NEITHER + 1) + stronger[here]
    by_all = len(kept) > 1 and _by_chance(score, group, together, way) >= limit
    return next(iter(kept)) if by_all else ""


def _by_chance(score: Numbers, group: Flags, strata: Places, way: float) -> float:
    """How often chance makes such a difference in ranks within strata (van Elteren 1960); 1 where it turns round."""
    total = variance = 0.0
    for stratum in np.unique(strata):
        ranks, inside = _ranks(score[strata == stratum]), group[strata == stratum]
        n, of_group = len(ranks), int(inside.sum())
        if not 0 < of_group < n:
            continue
        weight, apart = 1 / (n + 1), ranks - (n + 1) / 2
        total += weight * apart[inside].sum()
        variance += weight**2 * of_group * (n - of_group) / (n * (n - 1)) * (apart**2).sum()
    if variance == 0 or total * way <= 0:
        return 1.0
    return float(two_sided(np.array([abs(total) / np.sqrt(variance)]))[0])
