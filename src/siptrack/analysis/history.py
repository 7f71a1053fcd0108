"""A child's history in a subject: judgements or tests, on one scale, crossed by a bridge where one is declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.model import Beside, Crossing
from siptrack.school.term import Term

if TYPE_CHECKING:
    from pandas import DataFrame, Index, Series

    from siptrack.rules.model import Rules, Subject
    from siptrack.school.scale import Bridge

_CELL = ["pupil", "subject"]
_OF_A_TERM = [*_CELL, "term"]


@dataclass(frozen=True)
class Histories:
    """The results to judge, one for each pupil, subject and term.

    `results` have two more columns: `bridge` (the bridge a result crossed by; empty for none) and `old` (the scale it
    was written on). `other` are the results of the other kind, test or judgement; `now` is the scale of each pupil's
    result in each subject this term.
    """

    results: DataFrame
    other: DataFrame
    now: Series[str]


def histories(results: DataFrame, rules: Rules, term: Term) -> Histories:
    """The history of every pupil and subject, as it is told in that term.

    Where a term has no result of the kind that progress is told by, one of the other kind stands in its place, and then
    a baseline's that stands for the subject and crosses by a bridge.
    """
    bridges = {(bridge.old, bridge.new): bridge for bridge in rules.bridges}
    known = results.assign(bridge="", old=results["scale"])
    told, other = _told(known, rules.columns.subjects, term)
    now = _scale_now(told, term)
    told, other = _on_one_scale(told, other, now)
    stood_for = _crossed(_stood_for(told, rules.columns.subjects), now, bridges)
    parts = [_crossed(told, now, bridges), _crossed(other, now, bridges), stood_for[stood_for["bridge"] != ""]]
    whole = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return Histories(whole.drop_duplicates(_OF_A_TERM, ignore_index=True), other, now)


def _told(results: DataFrame, subjects: Mapping[str, Subject], term: Term) -> tuple[DataFrame, DataFrame]:
    """The results by which each pupil's progress in a subject is told, and the others: tests beside judgements.

    Told by the kind that the subject's rule prefers, where this term has a result of it; else by the other.
    """
    if results["test"].nunique() < 2:  # noqa: PLR2004  # judgements alone, or tests alone
        return results, results.iloc[:0]
    by_test = results["subject"].map({key: one.told_by_test for key, one in subjects.items()}).fillna(value=False)
    now, past = results["term"] == term.number, results["term"] < term.number
    rank = np.select([now & results["points"].notna(), now, past], [3, 2, 1], 0)
    preferred = (results["test"] == by_test.astype(bool)).astype(int)
    ranked = results.assign(rank=rank, preferred=preferred).sort_values(["rank", "term", "preferred"], kind="stable")
    best = ranked.drop_duplicates(_CELL, keep="last")
    kind = best.set_index(_CELL)["test"].reindex(pd.MultiIndex.from_frame(results[_CELL])).to_numpy()
    told = (results["test"].to_numpy() == kind).astype(bool)
    return results[told], results[~told]


def _on_one_scale(told: DataFrame, other: DataFrame, now: Series[str]) -> tuple[DataFrame, DataFrame]:
    """Of several results of one kind in a term, on several scales, the one on this term's scale; the others beside."""
    if not told.duplicated(_OF_A_TERM).any():
        return told, other
    scales = now.reindex(pd.MultiIndex.from_frame(told[_CELL])).to_numpy()
    first = told.assign(elsewhere=told["scale"].to_numpy() != scales).sort_values("elsewhere", kind="stable")
    beside = first.duplicated(_OF_A_TERM).reindex(told.index)
    return told[~beside], pd.concat([other, told[beside]])


def _stood_for(results: DataFrame, subjects: Mapping[str, Subject]) -> DataFrame:
    """Copies of the results of baselines, such as phonics, under the subjects that they stand for."""
    copies = [
        results[results["subject"] == key].assign(subject=subject)
        for key, one in subjects.items()
        for subject in one.stands_for
    ]
    return pd.concat([results.iloc[:0], *(copy for copy in copies if len(copy))], ignore_index=True)


def _scale_now(results: DataFrame, term: Term) -> Series[str]:
    """The scale of each pupil's result in each subject this term; of several the one of most results there."""
    now = results[(results["term"] == term.number) & (results["scale"] != "")]
    if now.duplicated(_CELL).any():
        most = results.groupby(["subject", "scale"])["pupil"].transform("size")
        now = now.assign(most=most.reindex(now.index)).sort_values("most", ascending=False, kind="stable")
    return now.drop_duplicates(_CELL).set_index(_CELL)["scale"]


def _crossed(results: DataFrame, now: Series[str], bridges: Mapping[tuple[str, str], Bridge]) -> DataFrame:
    """The results, those on an older scale counted on this term's where a bridge leads there."""
    scales = now.reindex(pd.MultiIndex.from_frame(results[_CELL])).fillna("").to_numpy()
    other = (results["scale"].to_numpy() != scales) & (scales != "") & (results["scale"] != "").to_numpy()
    if not other.any() or not bridges:
        return results
    crossed = results.copy()
    for (old, new), bridge in bridges.items():
        over = crossed.loc[other & (results["scale"] == old).to_numpy() & (scales == new)]
        points = over["grade"].map(bridge.points).astype("float64") if bridge.points else over["points"]
        points = points.dropna()
        crossed.loc[points.index, "points"] = points
        crossed.loc[points.index, ["scale", "bridge"]] = [new, bridge.name]
    return crossed


def beside(histories: Histories, pupils: Index[str], term: Term) -> tuple[Beside, ...]:
    """How many results of these pupils stand this term beside those that progress is told by, in each subject."""
    other = histories.other
    now = other[(other["term"] == term.number) & other["pupil"].isin(pupils)]
    counted = now.groupby(["subject", "test"], sort=False).size().reset_index(name="count")
    return tuple(map(Beside, *(counted[name].tolist() for name in ("subject", "test", "count"))))


def crossings(histories: Histories, pupils: Index[str], term: Term, rules: Rules) -> tuple[Crossing, ...]:
    """In each subject from which scale to which these pupils changed, how many, and by which bridge, if any."""
    tests = {name for name, scale in rules.scales.items() if scale.test}
    rows = histories.results
    rows = rows[
        rows["pupil"].isin(pupils) & (rows["term"] <= term.number) & rows["points"].notna() & (rows["old"] != "")
    ]
    rows = rows.assign(new=histories.now.reindex(pd.MultiIndex.from_frame(rows[_CELL])).to_numpy())
    rows = rows[rows["new"].notna() & (rows["old"] != rows["new"])]
    rows = rows[(rows["bridge"] != "") | (rows["old"].isin(tests) == rows["new"].isin(tests))]
    if rows.empty:
        return ()
    counted = rows.groupby(["subject", "old", "new", "bridge"])["pupil"].nunique().reset_index(name="children")
    order = {key: at for at, key in enumerate(rules.columns.subjects)}
    counted = counted.sort_values("subject", key=lambda subjects: subjects.map(order), kind="stable")
    names = ("subject", "old", "new", "bridge", "children")
    return tuple(map(Crossing, *(counted[name].tolist() for name in names)))
