"""What a priority may rest on: gaps, with the group that is behind first, and how many make insufficient progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.tally import EVERYBODY, RATE, REST, among_of
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.plan_tables import EVIDENCE, Refusal, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pandas import DataFrame

    from siptrack.analysis.model import Analysis
    from siptrack.cycle.plan_children import Reach
    from siptrack.rules.model import Rules

_COUNTED = (Measure.AT_ARE.value, Measure.INSUFFICIENT.value)
_SWAPPED = {"group": "peers", "n": "peers_n", "count": "peers_count"}
_FACTS = [*(name for name in EVIDENCE.names if name != "priority"), "reason"]
_PERCENT = 100


def gap_facts(analysis: Analysis, rules: Rules) -> DataFrame:
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
    facts = rows.assign(**turned, source=Source.GAP.value, reason=_reasons(rows["verdict"].to_numpy()))
    facts = facts[~facts["group"].isin([REST, RATE]) & (facts["close"] > 0)][_FACTS]
    return facts[~_in_a_part(facts, rules)].reset_index(drop=True)


def _reasons(verdict: np.ndarray) -> np.ndarray:
    said = {GapVerdict.NOT_CLEAR.value: Refusal.NOT_CLEAR.value, GapVerdict.TOO_FEW.value: Refusal.TOO_FEW.value}
    return np.array([said.get(one, "") for one in verdict], dtype=object)


def _in_a_part(facts: DataFrame, rules: Rules) -> np.ndarray:
    """Whether a row is of a pair: not clear, or said already by one of the pair's characteristics."""
    clear = facts[facts["reason"] == ""]
    said = set(zip(clear["subject"], clear["characteristic"], strict=True))
    parts = {key: one.of for key, one in rules.groups.pairs.items()}
    return np.array(
        [
            key in parts and (bool(reason) or any((subject, part) in said for part in parts[key]))
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
    known = frozenset(one.key for one in among_of(analysis.pupils, rules.years))
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
            yield _fact(subject, _known((f"year_{year}",), known), *of_year, gone)
        if not many:
            yield _fact(subject, _known((stage.name, f"year_{min(inside)}"), known), n, count, reason)


def _known(names: Sequence[str], known: frozenset[str]) -> str:
    return next((name for name in names if name in known), EVERYBODY)


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
