"""What a priority may rest on: gaps, with the group that is behind first, and how many make insufficient progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.causes import lies_in, own_findings
from siptrack.analysis.tally import EVERYBODY, RATE, REST, among_of
from siptrack.analysis.vocabulary import TOO_FEW, Measure
from siptrack.cycle.plan_tables import REFUSED, PrioritySource, Refusal
from siptrack.school.frame import Frame
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.cycle.plan_children import Reach
    from siptrack.rules.model import KeyStage, Rules

    Flags = NDArray[np.bool_]
    Fact = tuple[object, ...]  # a row of REFUSED

_COUNTED = (Measure.AT_ARE.value, Measure.INSUFFICIENT.value)
_SWAPPED = {"group": "peers", "n": "peers_n", "count": "peers_count"}
_PERCENT = 100  # of a whole


def gap_facts(analysis: Analysis, reach: Reach, rules: Rules) -> Frame:
    """The gaps of the whole school and of key stages that count children, the group that is behind first.

    Columns: those of REFUSED; `reason` is empty where the gap was found. A side behind that is everybody else is nobody
    to plan for; neither are groups that the school made, nor gaps that a stronger one explains.
    """
    gaps = analysis.compared.gaps
    found = own_findings(gaps) | lies_in(gaps)
    kept = _to_plan_for(gaps, analysis, rules) & (gaps["explained_by"] == "")
    kept &= found | ~gaps["characteristic"].isin(list(rules.groups.pairs))
    rows, clear = gaps[kept], "" if reach.leaving < len(analysis.children.pupils) else Refusal.LEAVING.value
    ahead = (rows["gap"] > 0) == (rows["measure"] == Measure.AT_ARE.value)
    few = rows["verdict"].isin(TOO_FEW)
    reasons = Texts.chosen([found[kept], few], [clear, Refusal.TOO_FEW.value], Refusal.NOT_CLEAR.value)
    facts = _turned(rows, ahead).having(source=PrioritySource.GAP.value, reason=reasons)[REFUSED.names]
    everybody_else = np.array(
        [
            group in {REST, RATE} or rules.groups.is_complement(characteristic, group)
            for characteristic, group in facts.in_rows("characteristic", "group")
        ],
        dtype=np.bool_,
    )
    return facts[~everybody_else & (facts["close"] > 0)]


def _to_plan_for(gaps: Frame, analysis: Analysis, rules: Rules) -> Flags:
    """Which gaps count whole children, in groups and among children that a plan may name."""
    stages = [stage.name for stage in rules.years.key_stages]
    organised = [key for key, characteristic in analysis.characteristics.items() if characteristic.organisation]
    by_start = gaps["characteristic"].isin(rules.groups.held.starts) & (gaps["measure"] == Measure.AT_ARE.value)
    kept: Flags = gaps["measure"].isin(_COUNTED) & gaps["among"].isin([EVERYBODY, *stages])
    kept &= ~gaps["characteristic"].isin(organised) & ~by_start
    return kept & (np.abs(gaps["children"]) >= rules.groups.small.whole_children)


def _turned(gaps: Frame, ahead: Flags) -> Frame:
    """The gaps, those whose group is ahead turned to the other side."""
    other_way = gaps.renamed({**_SWAPPED, **{against: side for side, against in _SWAPPED.items()}})
    both = Frame.stacked([gaps, other_way])
    return both.take(np.arange(len(gaps)) + np.where(ahead, len(gaps), 0))


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
