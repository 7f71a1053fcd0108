"""What a priority may rest on: gaps, with the group that is behind first, and how many make insufficient progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.tally import EVERYBODY, RATE, REST, among_of
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.plan_tables import REFUSED, PrioritySource, Refusal
from siptrack.school.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.cycle.plan_children import Reach
    from siptrack.rules.model import KeyStage, Rules
    from siptrack.school.texts import Texts

    Flags = NDArray[np.bool_]
    Fact = tuple[object, ...]  # a row of REFUSED

_COUNTED = (Measure.AT_ARE.value, Measure.INSUFFICIENT.value)
_SWAPPED = {"group": "peers", "n": "peers_n", "count": "peers_count"}
_UNSURE = (Refusal.NOT_CLEAR.value, Refusal.TOO_FEW.value)
_PERCENT = 100  # of a whole


def gap_facts(analysis: Analysis, reach: Reach, rules: Rules) -> Frame:
    """The gaps of the whole school and of key stages that count children, the group that is behind first.

    Columns: those of REFUSED; `reason` is empty where the gap is clear. A side behind that is the rest of the school is
    nobody to plan for; neither are groups that the school made, nor pairs one of whose characteristics is clear by
    itself in the subject.
    """
    gaps = analysis.compared.gaps
    rows = gaps[_to_plan_for(gaps, analysis, rules)]
    ahead = (rows["gap"] > 0) == (rows["measure"] == Measure.AT_ARE.value)
    reasons = _reasons(rows["verdict"], "" if reach.leaving < len(analysis.children.pupils) else Refusal.LEAVING.value)
    facts = _turned(rows, ahead).having(source=PrioritySource.GAP.value, reason=reasons)[REFUSED.names]
    facts = facts[~facts["group"].isin([REST, RATE]) & (facts["close"] > 0)]
    return facts[~_in_a_part(facts, rules)]


def _to_plan_for(gaps: Frame, analysis: Analysis, rules: Rules) -> Flags:
    """Which gaps count whole children, in groups and among children that a plan may name."""
    stages = [stage.name for stage in rules.years.key_stages]
    organised = [key for key, characteristic in analysis.characteristics.items() if characteristic.organisation]
    by_start = gaps["characteristic"].isin(rules.plan.not_in_attainment) & (gaps["measure"] == Measure.AT_ARE.value)
    kept: Flags = gaps["measure"].isin(_COUNTED) & gaps["among"].isin([EVERYBODY, *stages])
    kept &= ~gaps["characteristic"].isin(organised) & ~by_start
    return kept & (np.abs(gaps["children"]) >= rules.groups.small.whole_children)


def _turned(gaps: Frame, ahead: Flags) -> Frame:
    """The gaps, those whose group is ahead turned to the other side."""
    other_way = gaps.renamed({**_SWAPPED, **{against: side for side, against in _SWAPPED.items()}})
    both = Frame.stacked([gaps, other_way])
    return both.take(np.arange(len(gaps)) + np.where(ahead, len(gaps), 0))


def _reasons(verdicts: Texts, clear: str) -> Texts:
    """Why a gap with such a verdict is refused; of a clear one, `clear`."""
    reasons = {
        GapVerdict.NOT_CLEAR.value: Refusal.NOT_CLEAR.value,
        GapVerdict.TOO_FEW.value: Refusal.TOO_FEW.value,
        GapVerdict.CLEAR.value: clear,
    }
    return verdicts.renamed(reasons)


def _in_a_part(facts: Frame, rules: Rules) -> Flags:
    """Whether a row is of a pair: not clear, or there already for one of the pair's characteristics."""
    clear = facts[facts["reason"].isin(["", Refusal.LEAVING.value])]
    clear_gaps = set(clear.in_rows("subject", "characteristic"))
    parts = {key: pair.of for key, pair in rules.groups.pairs.items()}
    return np.array(
        [
            key in parts and (reason in _UNSURE or any((subject, part) in clear_gaps for part in parts[key]))
            for subject, key, reason in facts.in_rows("subject", "characteristic", "reason")
        ],
        dtype=np.bool_,
    )


def progress_facts(analysis: Analysis, reach: Reach, rules: Rules) -> Frame:
    """How many make insufficient progress in each subject and key stage, and in the year groups of the others.

    Columns as of `gap_facts`; `reason` is empty where they are many by the rules of the plan. Those who will have left
    before it ends are nobody to plan for by themselves.
    """
    last = rules.years.highest - (reach.terms[-1].academic_year - analysis.term.academic_year)
    summary = analysis.compared.summary
    judged = summary[~np.isnan(summary["insufficient"]) & ~np.isnan(summary["year_group"])]
    known = frozenset(stage.key for stage in among_of(analysis.children.pupils["year_group"], rules.years))
    return REFUSED.of(
        row
        for subject in judged["subject"].distinct()
        for row in _of_subject(subject, judged[judged["subject"] == subject], known, last, rules)
    )


def _of_subject(subject: str, rows: Frame, known: frozenset[str], last: int, rules: Rules) -> Iterator[Fact]:
    """The key stages in turn; one that is all of the school at hand, or a single year group, goes by that name."""
    counts = {
        int(year): (int(n - cannot_tell), int(count))
        for year, n, cannot_tell, count in rows.in_rows("year_group", "n", "cannot_tell", "insufficient")
        if n > cannot_tell
    }
    for stage in rules.years.key_stages:
        inside = {year: counted for year, counted in counts.items() if year in stage.years}
        if not inside:
            continue
        n, count = (sum(counted[at] for counted in inside.values()) for at in range(2))
        reason = Refusal.LEAVING.value if min(inside) > last else _reason(n, count, rules)
        many = {year: counted for year, counted in inside.items() if reason and not _reason(*counted, rules)}
        for year, of_year in many.items():
            gone = Refusal.LEAVING.value if year > last else ""
            yield _fact(subject, f"year_{year}", *of_year, gone)
        if not many:
            yield _fact(subject, _called(stage, known), n, count, reason)


def _called(stage: KeyStage, known: frozenset[str]) -> str:
    """A key stage's name among those of the school; that of its one year group, or of everybody, where it is these."""
    if stage.name in known:
        return stage.name
    years = [f"year_{year}" for year in stage.years if f"year_{year}" in known]
    return years[0] if len(years) == 1 else EVERYBODY


def _fact(subject: str, among: str, n: int, count: int, reason: str) -> Fact:
    nobody, of_nobody = ("", "", ""), (None, None, None)
    measure = Measure.INSUFFICIENT.value
    return (PrioritySource.PROGRESS.value, subject, among, *nobody, measure, n, count, *of_nobody, reason)


def _reason(n: int, count: int, rules: Rules) -> str:
    """Why so many of so many are no priority; empty where they are one."""
    if n < rules.groups.small.percentages_from:
        return Refusal.TOO_FEW.value
    if count < rules.plan.children:
        return Refusal.FEW_CHILDREN.value
    return "" if count * _PERCENT > rules.plan.share * n else Refusal.NOT_MANY.value
