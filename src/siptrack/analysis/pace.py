"""What a child must gain from here: to reach the line by the end of the year or key stage, and to meet a target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.ahead_tables import PACE, TARGETS
from siptrack.analysis.in_series import limit, reference, term_labels, threshold
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.vocabulary import Course, Measured, Reason, Window
from siptrack.school.scale import Scale
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules, YearRules

_KEPT = ["pupil", "subject", "scale", "grade", "points", "year_group", "file", "sheet", "cell"]


def measure_pace(progress: DataFrame, term: Term, rules: Rules) -> DataFrame:
    """The pace table: what each child with points needs a term to reach the line, by each horizon, and has made."""
    parts = []
    for window in Window:
        rows = _of_window(progress, window)
        by = horizon(rows["year_group"], window, term, rules.years)
        later = rows["year_group"] + by // SEASONS_IN_A_YEAR - term.academic_year
        line = reference(rows["scale"], later, by, rules.scales) - limit(
            "at_within", rows["scale"], later, rules.scales
        )
        short = (line - rows["points"]).round(DECIMALS).clip(lower=0)
        left = by - term.number
        parts.append(
            rows.assign(
                horizon=window.value,
                by_term=term_labels(by),
                line=line,
                short=short,
                terms=left,
                needed=(short / left).where(left > 0).round(DECIMALS),
            )
        )
    table = pd.concat(parts, ignore_index=True)
    return table[table["points"].notna() & table["line"].notna()].sort_values(
        ["who", "subject_at"], kind="stable", ignore_index=True
    )[PACE.names]


def measure_targets(progress: DataFrame, targets: DataFrame, term: Term, rules: Rules) -> DataFrame:
    """The targets table: each target of this term or later, how far off it is, and whether the child is on course."""
    year, stage = (_of_window(progress, window).set_index(["who", "subject"]) for window in Window)
    ahead = targets[(targets["term"] >= term.number) & targets["points"].notna()]
    keys = pd.MultiIndex.from_frame(ahead[["who", "subject"]])
    now, since = year.reindex(keys).reset_index(drop=True), stage.reindex(keys).reset_index(drop=True)
    ahead = ahead.reset_index(drop=True)
    rate = now["made"].fillna(since["made"])
    spread = (_error(ahead["scale"], rules.scales) / now["span"].where(now["made"].notna(), since["span"])).astype(
        float
    )
    left = ahead["term"] - term.number
    table = pd.DataFrame(
        {
            "pupil": ahead["pupil"],
            "subject": ahead["subject"],
            "scale": ahead["scale"],
            "target_term": term_labels(ahead["term"]),
            "target_grade": ahead["grade"],
            "target_points": ahead["points"],
            "grade": now["grade"],
            "points": now["points"].where(now["scale"] == ahead["scale"]),
            "terms": left,
            "made": rate,
            **{f"target_{name}": ahead[name] for name in ("file", "sheet", "cell")},
        }
    )
    table["distance"] = (table["points"] - table["target_points"]).round(DECIMALS)
    table["needed"] = (-table["distance"].clip(upper=0) / left).where(left > 0).round(DECIMALS)
    table["low"] = (table["points"] + (rate - spread) * left).where(left > 0, table["points"]).round(DECIMALS)
    table["high"] = (table["points"] + (rate + spread) * left).where(left > 0, table["points"]).round(DECIMALS)
    table["course"], table["reason"] = _course(table, now["scale"] != ahead["scale"], now["points"].isna())
    return table[TARGETS.names]


def _of_window(progress: DataFrame, window: Window) -> DataFrame:
    """The rows of a window, with what was `made` a term over its `span` of terms; missing where that tells nothing."""
    rows = progress[progress["window"] == window.value].reset_index(drop=True)
    told = (rows["reason"] == "") & (rows["measured"] == Measured.LINE.value)
    return rows.assign(made=(rows["gain"] / rows["span"]).where(told).round(DECIMALS))


def horizon(year_group: Series[float], window: Window, term: Term, years: YearRules) -> Series[int]:
    """The number of the last term of this year, or of the last year of each child's key stage."""
    end = pd.Series(Term(term.academic_year, Season.SUMMER).number, index=year_group.index)
    if window is Window.YEAR:
        return end
    ahead = {
        float(year): (stage.years.stop - 1 - year) * SEASONS_IN_A_YEAR
        for stage in years.key_stages
        for year in stage.years
    }
    return end + year_group.map(ahead).fillna(0).astype("int64")


def _error(scale: Series[str], scales: Mapping[str, Scale]) -> Series[float]:
    """How far a gain may be off by the scale's own width: its tolerance, and at least half a step."""
    return pd.Series(
        np.maximum(threshold("tolerance", scale, scales), threshold("step", scale, scales) / 2), index=scale.index
    )


def _course(table: DataFrame, other_scale: Series[bool], no_result: Series[bool]) -> tuple[Series[str], Series[str]]:
    """Whether each child is on course for the target at the present rate, and why that cannot be told."""
    target = table["target_points"]
    reason = np.select(
        [no_result.to_numpy(), other_scale.to_numpy(), (table["made"].isna() & (table["terms"] > 0)).to_numpy()],
        [Reason.NO_RESULT.value, Reason.OTHER_SCALE.value, Reason.NO_RATE.value],
        "",
    )
    met = (table["points"] >= target).to_numpy()
    untold = reason != ""
    course = np.select(
        [
            met & ~other_scale.to_numpy(),
            untold,
            (table["terms"] == 0).to_numpy(),
            (table["low"] >= target).to_numpy(),
            (table["high"] < target).to_numpy(),
        ],
        [
            Course.MET.value,
            Course.CANNOT_TELL.value,
            Course.NOT_MET.value,
            Course.ON_COURSE.value,
            Course.NOT_ON_COURSE.value,
        ],
        Course.CANNOT_TELL.value,
    )
    between = (course == Course.CANNOT_TELL.value) & (reason == "")
    reasons = np.where(between, Reason.EITHER_WAY.value, np.where(course == Course.CANNOT_TELL.value, reason, ""))
    return pd.Series(course, dtype="object"), pd.Series(reasons, dtype="object")
