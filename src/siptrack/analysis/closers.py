"""The children who make the gaps: those nearest to the line whose reaching it would close each clear gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.group_tables import CLOSERS
from siptrack.analysis.tally import REST, Among
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from siptrack.school.groups import Characteristic

JOINT = "; "  # between the groups of a child
_GAP = ("among", "characteristic", "group", "peers", "measure", "gap")
_NEAREST = {Measure.AT_ARE: "distance", Measure.INSUFFICIENT: "progress"}


def find_closers(
    gaps: DataFrame,
    standing: DataFrame,
    groups: DataFrame,
    pupils: DataFrame,
    among: Sequence[Among],
    combined: Mapping[str, tuple[str, ...]],
    characteristics: Mapping[str, Characteristic],
) -> DataFrame:
    """The closers table: for each clear gap the fewest children who would close it, nearest first, each once a subject.

    Of children as near as each other, those in more of the clear gaps come first. A gap whose side behind is the rest
    of the school is left to the groups that are behind in it; nobody is asked to close those between year groups.
    """
    years = {one.key: one.years for one in among}
    clear = gaps[(gaps["verdict"] == GapVerdict.CLEAR.value) & gaps["measure"].isin(_NEAREST) & (gaps["close"] > 0)]
    clear = clear[~clear["characteristic"].isin([key for key, one in characteristics.items() if one.organisation])]
    found = []
    for key, of_measure in clear.groupby(["subject", "measure"], sort=False):
        subject, measure = map(str, key)
        candidates = _candidates(standing, pupils, subject, Measure(measure), combined.get(subject, ()))
        named = zip(*(of_measure[name] for name in _GAP), strict=True)
        sides = [_behind(dict(zip(_GAP, gap, strict=True)), candidates["who"], groups, pupils, years) for gap in named]
        wanted = [(gap, side) for gap, side in zip(of_measure["close"], sides, strict=True) if side is not None]
        if wanted:
            found.append(_chosen(candidates, wanted).assign(subject=subject, measure=measure))
    return pd.concat(found, ignore_index=True)[CLOSERS.names] if found else CLOSERS.empty()


def _candidates(
    standing: DataFrame, pupils: DataFrame, subject: str, measure: Measure, parts: Sequence[str]
) -> DataFrame:
    """The children who are not yet at ARE, or whose progress is insufficient, with how far they have to go."""
    rows = standing[standing["subject"] == subject]
    if measure is Measure.AT_ARE:
        rows = rows[(rows["assessed"] == 1) & (rows["at_are"] == 0)]
    else:
        rows = rows[(rows["judged"] == 1) & (rows["insufficient"] == 1)]
    away = rows[_NEAREST[measure]]
    if away.isna().all() and parts:
        short = standing[standing["subject"].isin(parts) & (standing["at_are"] == 0)]
        away = rows["who"].map(short.groupby("who")["distance"].sum()).set_axis(rows.index)
    return pd.DataFrame({"who": rows["who"], "pupil": pupils["pupil"].to_numpy()[rows["who"]], "away": away})


def _behind(
    gap: Mapping[str, object],
    who: Series[int],
    groups: DataFrame,
    pupils: DataFrame,
    years: Mapping[str, frozenset[int] | None],
) -> tuple[str, str, NDArray[np.bool_]] | None:
    """The group that is behind in a gap, and which of the candidates are in it; None where that is the rest."""
    ahead = (float(str(gap["gap"])) > 0) == (gap["measure"] == Measure.AT_ARE.value)
    characteristic, group = str(gap["characteristic"]), str(gap["peers"] if ahead else gap["group"])
    if group not in set(groups[characteristic]) or group in {REST, NOT_RECORDED}:
        return None
    within = years[str(gap["among"])]
    inside = (groups[characteristic] == group).to_numpy()
    if within is not None:
        inside = inside & pupils["year_group"].isin(within).to_numpy()
    return characteristic, group, inside[who.to_numpy()]


def _chosen(candidates: DataFrame, wanted: Sequence[tuple[float, tuple[str, str, NDArray[np.bool_]]]]) -> DataFrame:
    """The children chosen for any of these gaps, and the groups they were chosen in."""
    inside = np.stack([side for _, (_, _, side) in wanted], axis=1)
    order = np.lexsort((candidates["pupil"], -inside.sum(axis=1), -candidates["away"].fillna(-np.inf)))
    chosen = np.zeros_like(inside)
    for at, (close, _) in enumerate(wanted):
        nearest = order[inside[order, at]][: int(close)]
        chosen[nearest, at] = True
    kept = np.flatnonzero(chosen.any(axis=1))
    kept = kept[np.argsort(np.argsort(order)[kept])]
    rows = candidates.iloc[kept]
    names = np.array([f"{characteristic}={group}" for _, (characteristic, group, _) in wanted], dtype=object)
    listed = [JOINT.join(dict.fromkeys(names[row])) for row in chosen[kept]]
    return pd.DataFrame({"pupil": rows["pupil"], "away": rows["away"], "groups": listed}).reset_index(drop=True)
