"""What a priority may rest on: gaps, with the group that is behind first, and how many make insufficient progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.tally import EVERYBODY, RATE, REST, among_of
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.plan_tables import EVIDENCE, Refusal, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from siptrack.analysis.model import Analysis
    from siptrack.cycle.plan_children import Reach
    from siptrack.rules.model import KeyStage, Rules

_COUNTED = (Measure.AT_ARE.value, Measure.INSUFFICIENT.value)
_SWAPPED = {"group": "peers", "n": "peers_n", "count": "peers_count"}
_FACTS = [*(name for name in EVIDENCE.names if name != "priority"), "reason"]
_UNSURE = (Refusal.NOT_CLEAR.value, Refusal.TOO_FEW.value)
_PERCENT = 100


def gap_facts(analysis: Analysis, reach: Reach, rules: Rules) -> DataFrame:
    """The gaps of the whole school and of key stages that count children, the group that is behind first.

    Columns: those of EVIDENCE without the priority, and `reason`, empty where the gap is clear. A side behind that is
    the rest of the school is nobody to plan for; neither are groups that the school made, nor pairs one of whose
    characteristics is clear by itself in the subject.
    """
    stages = [stage.name for stage in rules.years.key_stages]
    gaps = analysis.gaps
    organised = [key for key, one in analysis.characteristics.items() if one.organisation]
    kept = gaps["measure"].isin(_COUNTED) & gaps["among"].isin([EVERYBODY, *stages])
    kept &= ~gaps["characteristic"].isin(organised) & (gaps["children"].abs() >= rules.groups.small.whole_children)
    by_start = gaps["characteristic"].isin(rules.plan.not_in_attainment) & (gaps["measure"] == Measure.AT_ARE.value)
    rows = gaps[kept & ~by_start].reset_index(drop=True)
    ahead = ((rows["gap"] > 0) == (rows["measure"] == Measure.AT_ARE.value)).to_numpy()
    turned = {
        name: np.where(ahead, rows[one], rows[other])
        for side, against in _SWAPPED.items()
        for name, one, other in ((side, against, side), (against, side, against))
    }
    reasons = _reasons(rows["verdict"], "" if reach.leaving < len(analysis.pupils) else Refusal.LEAVING.value)
    facts = rows.assign(**turned, source=Source.GAP.value, reason=reasons)
    facts = facts[~facts["group"].isin([REST, RATE]) & (facts["close"] > 0)][_FACTS]
    return facts[~_in_a_part(facts, rules)].reset_index(drop=True)


def _reasons(verdicts: Series[str], clear: str) -> Series[str]:
    """Why a gap with such a verdict is refused; of a clear one, `clear`."""
    said = {
        GapVerdict.NOT_CLEAR.value: Refusal.NOT_CLEAR.value,
        GapVerdict.TOO_FEW.value: Refusal.TOO_FEW.value,
        GapVerdict.CLEAR.value: clear,
    }
    return verdicts.map(said)


def _in_a_part(facts: DataFrame, rules: Rules) -> NDArray[np.bool_]:
    """Whether a row is of a pair: not clear, or said already by one of the pair's characteristics."""
    clear = facts[facts["reason"].isin(["", Refusal.LEAVING.value])]
    said = set(zip(clear["subject"], clear["characteristic"], strict=True))
    parts = {key: one.of for key, one in rules.groups.pairs.items()}
    return np.array(
        [
            key in parts and (reason in _UNSURE or any((subject, part) in said for part in parts[key]))
            for subject, key, reason in zip(facts["subject"], facts["characteristic"], facts["reason"], strict=True)
        ],
        dtype=np.bool_,
    )


def progress_facts(analysis: Analysis, reach: Reach, rules: Rules) -> DataFrame:
    """How many make insufficient progress in each subject and key stage, and in the year groups of the others.

    Columns as of `gap_facts`; `reason` is empty where they are many by the rules of the plan. Those who will have left
    before it ends are nobody to plan for by themselves.
    """
    last = rules.years.highest - (reach.terms[-1].academic_year - analysis.term.academic_year)
    summary = analysis.summary[analysis.summary["insufficient"].notna() & analysis.summary["year_group"].notna()]
    told = summary.assign(n=summary["n"] - summary["cannot_tell"])
    known = frozenset(one.key for one in among_of(analysis.pupils["year_group"].to_numpy(dtype="float64"), rules.years))
    found = [
        row
        for subject, rows in told.groupby("subject", sort=False)
        for row in _of_subject(str(subject), rows, known, last, rules)
    ]
    return pd.DataFrame(found, columns=_FACTS)


def _of_subject(
    subject: str, rows: DataFrame, known: frozenset[str], last: int, rules: Rules
) -> Iterator[Mapping[str, object]]:
    """The key stages in turn; one that is all of the school at hand, or a single year group, goes by that name."""
    counts = {
        int(year): (int(n), int(count))
        for year, n, count in zip(rows["year_group"], rows["n"], rows["insufficient"], strict=True)
        if n
    }
    for stage in rules.years.key_stages:
        inside = {year: one for year, one in counts.items() if year in stage.years}
        if not inside:
            continue
        n, count = (sum(one[at] for one in inside.values()) for at in range(2))
        reason = Refusal.LEAVING.value if min(inside) > last else _reason(n, count, rules)
        many = {year: one for year, one in inside.items() if reason and not _reason(*one, rules)}
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


def _fact(subject: str, among: str, n: int, count: int, reason: str) -> Mapping[str, object]:
    known = {"source": Source.PROGRESS.value, "subject": subject, "among": among, "n": n, "count": count}
    return {
        **known,
        "measure": Measure.INSUFFICIENT.value,
        "reason": reason,
        **dict.fromkeys(("characteristic", "group", "peers"), ""),
    }


def _reason(n: int, count: int, rules: Rules) -> str:
    """Why so many of so many are no priority; empty where they are one."""
    if n < rules.groups.small.percentages_from:
        return Refusal.TOO_FEW.value
    if count < rules.plan.children:
        return Refusal.FEW_CHILDREN.value
    return "" if count * _PERCENT > rules.plan.share * n else Refusal.NOT_MANY.value
