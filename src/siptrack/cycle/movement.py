"""How far a child moved in a subject between two terms, whatever the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from siptrack.analysis.judged import DECIMALS
from siptrack.cycle.on_the_list import WHAT, ListInTerm

if TYPE_CHECKING:
    from pandas import DataFrame


def with_movement(rows: DataFrame, then: ListInTerm, now: ListInTerm) -> DataFrame:
    """Rows about a child and subject with the grades of both terms, and the points gained and expected between them.

    Points stand where both results are on one scale with a reference line, and neither is a small step.
    """
    what = pd.MultiIndex.from_frame(rows[WHAT])
    history = now.results
    after = _results(history, now.term.number).reindex(what)
    before = _results(history, then.term.number).reindex(what)
    gone = before["grade"].isna() & after["grade"].isna()
    before = before.where(~gone, _results(then.results, then.term.number).reindex(what))
    same = (before["scale"] == after["scale"]) & (after["scale"] != "")
    in_points = same & ~(before["small"].eq(other=True) | after["small"].eq(other=True))
    gain = (after["points"] - before["points"]).where(in_points)
    expected = (after["reference"] - before["reference"]).where(in_points)
    columns = {
        "scale": after["scale"].where(same, ""),
        "from_grade": before["grade"].fillna(""),
        "grade": after["grade"].fillna(""),
        "gain": gain.where(expected.notna()).astype("float64").round(DECIMALS),
        "expected_gain": expected.where(gain.notna()).astype("float64").round(DECIMALS),
    }
    return rows.assign(**{name: column.to_numpy() for name, column in columns.items()})


def _results(history: DataFrame, term: int) -> DataFrame:
    """The results of a term by child and subject."""
    rows = history[history["term"] == term]
    return rows.set_index(WHAT)[["scale", "grade", "points", "reference", "small"]]
