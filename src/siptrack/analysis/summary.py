"""Who counts in what: one row a pupil and subject, from which every count in every table is a sum."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.judged import DECIMALS, is_assessed
from siptrack.analysis.model import Warned
from siptrack.analysis.progress import overall
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import Measured, Verdict, Window
from siptrack.school.scale import MET, Scale

if TYPE_CHECKING:
    from pandas import DataFrame


def standings(
    progress: DataFrame, judged_now: DataFrame, combined: Mapping[str, tuple[str, ...]], scales: Mapping[str, Scale]
) -> DataFrame:
    """One row a pupil and subject, with each thing that is counted (`assessed`, `at_are` and the rest) as 0 or 1.

    `distance`, `progress` and `start` are
    those of `_measures`. A combined subject has a row where its parts are all in the data and it is not; there, and
    where they are not known, these and the columns of progress are missing.
    """
    rows = overall(progress)
    assessed = is_assessed(judged_now).set_axis(pd.MultiIndex.from_frame(judged_now[["who", "subject"]]))
    keys = pd.MultiIndex.from_frame(rows[["who", "subject"]])
    verdict = rows["verdict"]
    standing = rows[["who", "pupil", "subject"]].assign(
        assessed=assessed.reindex(keys, fill_value=False).to_numpy(dtype="float64"),
        at_are=rows["attainment"].isin(MET).astype("float64"),
        judged=(verdict != Verdict.CANNOT_TELL.value).astype("float64"),
        insufficient=(verdict == Verdict.INSUFFICIENT.value).astype("float64"),
        accelerated=(verdict == Verdict.ACCELERATED.value).astype("float64"),
        cannot_tell=(verdict == Verdict.CANNOT_TELL.value).astype("float64"),
    )
    standing = standing.merge(_measures(progress, scales), on=["who", "subject"], how="left")
    present = set(standing["subject"])
    whole = [
        _combined(standing, subject, parts)
        for subject, parts in combined.items()
        if subject not in present and present.issuperset(parts)
    ]
    return pd.concat([standing, *whole], ignore_index=True)


def _measures(progress: DataFrame, scales: Mapping[str, Scale]) -> DataFrame:
    """Distance now, progress since the start of the key stage, and the band of equal start, of each pupil and subject.

    Points on two scales are not compared, so a subject has these only for the pupils on its commonest scale. A band is
    one step of the scale wide, counted from the reference line.
    """
    rows = progress[(progress["window"] == Window.KEY_STAGE.value) & progress["distance"].notna()]
    often = rows.groupby(["subject", "scale"], sort=True).size().sort_values(ascending=False, kind="stable")
    commonest = often.reset_index().drop_duplicates("subject").set_index("subject")["scale"]
    rows = rows[rows["scale"] == rows["subject"].map(commonest)]
    on_line = rows["measured"] == Measured.LINE.value
    made = rows["progress"].where(on_line).astype("float64")
    step = rows["scale"].map({name: one.step for name, one in scales.items()}).astype("float64")
    return rows[["who", "subject"]].assign(
        distance=rows["distance"].astype("float64"),
        progress=made,
        start=((rows["distance"].astype("float64") - made) / step).round(DECIMALS).round(),
    )


def _combined(standing: DataFrame, subject: str, parts: Sequence[str]) -> DataFrame:
    """At ARE in every part, among the pupils assessed in every part."""
    of_parts = standing[standing["subject"].isin(parts)]
    grouped = of_parts.groupby(["who", "pupil"], as_index=False)
    whole = grouped.agg(assessed=("assessed", "sum"), at_are=("at_are", "sum"))
    assessed = (whole["assessed"] == len(parts)).astype("float64")
    return whole.assign(
        subject=subject,
        assessed=assessed,
        at_are=((whole["at_are"] == len(parts)) & (assessed == 1)).astype("float64"),
        judged=0.0,
        insufficient=np.nan,
        accelerated=np.nan,
        cannot_tell=np.nan,
        distance=np.nan,
        progress=np.nan,
        start=np.nan,
    )


def summarise(standing: DataFrame, pupils: DataFrame, subjects: Sequence[str]) -> DataFrame:
    """The summary table, by year group and subject."""
    rows = standing.merge(pupils[["pupil", "year_group"]], on="pupil")
    rows["subject_at"] = pd.Index(subjects).get_indexer(pd.Index(rows["subject"]))
    counted = ["assessed", "at_are", "insufficient", "accelerated", "cannot_tell"]
    grouped = rows.groupby(["year_group", "subject_at", "subject"], dropna=False)
    table = grouped[counted].sum(min_count=1).assign(n=grouped.size()).reset_index()
    return with_bounds(table.sort_values(["year_group", "subject_at"], ignore_index=True))[SUMMARY.names]


def with_bounds(table: DataFrame) -> DataFrame:
    """A table of counts with the percentages at ARE had those left out been in: none of them at ARE, and all of them.

    Only for everybody on roll; those left out are on roll and not assessed.
    """
    n, out = table["n"], table["n"] - table["assessed"]
    share = 100 / n.where(n > 0)
    return table.assign(at_are_low=table["at_are"] * share, at_are_high=(table["at_are"] + out) * share)


def warn(
    flags: DataFrame, pupils: DataFrame, summary: DataFrame, codes: Collection[str], too_many: float
) -> tuple[Warned, ...]:
    """The year groups and subjects in which more than that percentage of children carry a flag of these codes."""
    counted = flags[flags["code"].isin(codes)].drop_duplicates(["pupil", "subject"])
    counted = counted.merge(pupils[["pupil", "year_group"]], on="pupil")
    flagged = counted.groupby(["year_group", "subject"], dropna=False).size().rename("flagged").reset_index()
    rows = summary.merge(flagged, on=["year_group", "subject"])
    rows = rows[rows["flagged"] * 100 > too_many * rows["n"]]
    years = [None if pd.isna(year) else int(year) for year in rows["year_group"].tolist()]
    return tuple(map(Warned, years, rows["subject"].tolist(), rows["flagged"].tolist(), rows["n"].tolist()))
