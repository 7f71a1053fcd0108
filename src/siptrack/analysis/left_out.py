"""The ledger of denominators: who on roll is in no percentage at ARE, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.group_tables import LEFT_OUT
from siptrack.analysis.vocabulary import LeftOut
from siptrack.school.scale import Scale

if TYPE_CHECKING:
    from pandas import DataFrame


def count_left_out(
    standing: DataFrame,
    judged_now: DataFrame,
    pupils: DataFrame,
    combined: Mapping[str, tuple[str, ...]],
    scales: Mapping[str, Scale],
) -> DataFrame:
    """The left out table: pupils on roll who are not assessed, by year group, subject and reason.

    With the pupils assessed they add up to those on roll: the one rule by which every percentage at ARE is made.
    """
    out = standing[standing["assessed"] == 0][["who", "subject"]]
    rows = out.merge(judged_now[["who", "subject", "scale", "grade", "graded"]], on=["who", "subject"], how="left")
    meaning = {(name, code): says for name, scale in scales.items() for code, says in scale.no_grades.items()}
    written = [meaning.get(pair, "") for pair in zip(rows["scale"], rows["grade"], strict=True)]
    reason = np.select(
        [
            rows["subject"].isin([name for name in combined if name not in set(judged_now["subject"])]).to_numpy(),
            rows["scale"].isna().to_numpy(),
            np.array([bool(text) for text in written], dtype=np.bool_),
            (rows["scale"] == "").to_numpy(),
        ],
        [
            np.full(len(rows), LeftOut.A_PART.value, dtype=object),
            np.full(len(rows), LeftOut.NO_RESULT.value, dtype=object),
            np.array(written, dtype=object),
            np.full(len(rows), LeftOut.NO_SCALE.value, dtype=object),
        ],
        LeftOut.NO_LINE.value,
    )
    year = pupils["year_group"].to_numpy(dtype=np.float64, na_value=np.nan)[rows["who"]]
    whole = rows.assign(year_group=year, reason=reason)
    counted = whole.groupby(["year_group", "subject", "reason"], dropna=False, sort=True).size()
    return counted.rename("count").reset_index()[LEFT_OUT.names] if len(whole) else LEFT_OUT.empty()
