"""Groups and gaps: counts of each group, and each compared with its peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.statistics import critical_value, newcombe, whole_children
from siptrack.analysis.tables import GAPS, GROUPS
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from siptrack.rules.model import Characteristic, GroupRules, SmallNumbers

REST = "rest"
_COUNTED = ["assessed", "at_are", "judged", "insufficient"]
_MEASURES = {Measure.AT_ARE: ("assessed", "at_are"), Measure.INSUFFICIENT: ("judged", "insufficient")}


def count_groups(standing: DataFrame, groups: DataFrame, pupils: DataFrame, subjects: Sequence[str]) -> DataFrame:
    """The groups table: every group of every characteristic with a pupil in it, and not recorded, in each subject."""
    tables = []
    rows = standing.merge(groups.assign(pupil=pupils["pupil"]), on="pupil")
    for order, characteristic in enumerate(groups.columns):
        grouped = rows.groupby(["subject", characteristic])
        table = grouped[_COUNTED].sum(min_count=1).assign(n=grouped.size()).reset_index(names=["subject", "group"])
        tables.append(table.assign(characteristic=characteristic, order=order))
    if not tables:
        return GROUPS.empty()
    whole = pd.concat(tables, ignore_index=True)
    whole["subject_at"] = pd.Index(subjects).get_indexer(pd.Index(whole["subject"]))
    return whole.sort_values(["subject_at", "order"], kind="stable", ignore_index=True)[GROUPS.names]


def compare(groups: DataFrame, rules: GroupRules) -> DataFrame:
    """The gaps table from the groups table: counts alone, so that tables of several schools may be added first."""
    if groups.empty:
        return GAPS.empty()
    known = groups[groups["group"] != NOT_RECORDED]
    total = known.groupby(["subject", "characteristic"])[_COUNTED].transform("sum")
    every = rules.all()
    parts = []
    for measure, (n, count) in _MEASURES.items():
        part = known[["subject", "characteristic", "group"]].assign(
            measure=measure.value,
            n=known[n],
            count=known[count],
            peers_n=total[n] - known[n],
            peers_count=total[count] - known[count],
        )
        parts.append(part[known[count].notna()])
    rows = pd.concat(parts, ignore_index=True)
    peers = [_peers(every[c], g) for c, g in zip(rows["characteristic"], rows["group"], strict=True)]
    rows = rows.assign(peers=peers)
    rows = rows[(rows["peers"] != "") & (rows["n"] > 0) & (rows["peers_n"] > 0)].reset_index(drop=True)
    rows = _in_order(rows, groups, every)
    return _with_intervals(rows, rules.small)[GAPS.names]


def _peers(characteristic: Characteristic, group: str) -> str:
    """Whom a group is compared with: of two groups the first with the second, and the second not again."""
    keys = list(characteristic.groups)
    if len(keys) != 2:  # noqa: PLR2004  # two groups are each other's peers
        return REST
    return keys[1] if group == keys[0] else ""


def _in_order(rows: DataFrame, groups: DataFrame, every: Mapping[str, Characteristic]) -> DataFrame:
    """By subject and characteristic as in the groups table, then measure, then group as in the rules."""
    subjects = pd.Index(groups["subject"].unique())
    characteristics = pd.Index(groups["characteristic"].unique())
    places = {(key, group): at for key, one in every.items() for at, group in enumerate(one.groups)}
    at = [places[c, g] for c, g in zip(rows["characteristic"], rows["group"], strict=True)]
    keys = pd.DataFrame(
        {
            "subject": subjects.get_indexer(pd.Index(rows["subject"])),
            "characteristic": characteristics.get_indexer(pd.Index(rows["characteristic"])),
            "measure": rows["measure"],
            "group": at,
        }
    )
    return rows.loc[keys.sort_values(list(keys.columns)).index].reset_index(drop=True)


def _with_intervals(rows: DataFrame, small: SmallNumbers) -> DataFrame:
    """Percentages where there are enough for one, the gap, its interval, its children and its verdict."""
    counts = {name: rows[name].to_numpy(dtype=np.int64) for name in ("count", "n", "peers_count", "peers_n")}
    rows = rows.assign(**counts, placebo=np.nan, q=np.nan, index=np.nan)
    low, high = newcombe(**counts, z=critical_value(small.confidence))
    rows = rows.assign(
        value=_percent(counts["count"], counts["n"], small.percentages_from),
        peers_value=_percent(counts["peers_count"], counts["peers_n"], small.percentages_from),
        gap=100 * (counts["count"] / counts["n"] - counts["peers_count"] / counts["peers_n"]),
        low=100 * low,
        high=100 * high,
        children=whole_children(**counts),
    )
    few = (counts["n"] < small.compared_from) | (counts["peers_n"] < small.compared_from)
    clear = ((rows["low"] > 0) | (rows["high"] < 0)) & (rows["children"].abs() >= small.whole_children)
    verdicts = [GapVerdict.TOO_FEW.value, GapVerdict.CLEAR.value]
    return rows.assign(verdict=np.select([few, clear.to_numpy()], verdicts, GapVerdict.NOT_CLEAR.value))


def _percent(count: NDArray[np.int64], n: NDArray[np.int64], percentages_from: int) -> NDArray[np.float64]:
    """Percentages, missing where there are too few children for one."""
    return np.where(n >= percentages_from, 100 * count / n, np.nan)
