"""Where comparable children of earlier years ended, as a range; no forecast from too few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.ahead_tables import FORECASTS
from siptrack.analysis.in_series import reference, term_labels, threshold
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.pace import horizon
from siptrack.analysis.vocabulary import Reason, Window
from siptrack.school.scale import Attainment
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules, YearRules

_MET = (Attainment.AT.value, Attainment.ABOVE.value)
_KEY = ["subject", "scale", "year_group", "terms"]
_FOUND = ["comparable", "low", "high", "met"]


def forecast(progress: DataFrame, past: DataFrame, term: Term, rules: Rules) -> DataFrame:
    """The forecasts table: for each child with a distance from the line, by the end of the year and of the key stage.

    Comparable are children of earlier years in the same subject, on the same scale, in the same term of the same year
    group, about as far from the line. `past` are the judged results of everybody in the files, leavers too.
    """
    children = _children(progress, term, rules.years)
    if children.empty:
        return FORECASTS.empty()
    found = _ranges(children, _journeys(children, past, term), rules)
    return _as_table(pd.concat([children, found], axis=1), term, rules)


def _children(progress: DataFrame, term: Term, years: YearRules) -> DataFrame:
    """The children to be forecast, once for each horizon that lies ahead, with the number of `terms` until then."""
    parts = []
    for window in Window:
        rows = progress[(progress["window"] == window.value) & progress["distance"].notna()]
        by = horizon(rows["year_group"], window, term, years)
        parts.append(rows.assign(horizon=window.value, by=by, terms=by - term.number))
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["terms"] > 0].reset_index(drop=True)


def _journeys(children: DataFrame, past: DataFrame, term: Term) -> DataFrame:
    """Where earlier children ended who were in the same term of a year group: `start` and `end` are distances.

    A child who is in that year group now, for the second time, is no earlier child.
    """
    known = past.loc[past["distance"].notna() & (past["term"] <= term.number)]
    starts = known[known["term"] % SEASONS_IN_A_YEAR == int(term.season)]
    starts = starts[starts["term"] < term.number]
    now = pd.MultiIndex.from_frame(children[["pupil", "year_group"]].drop_duplicates())
    starts = starts[~pd.MultiIndex.from_frame(starts[["pupil", "year_group"]]).isin(now)]
    cell = ["pupil", "subject", "scale"]
    ends = known[[*cell, "term", "distance", "attainment"]]
    parts = [
        starts.assign(terms=terms, later=starts["term"] + terms).merge(
            ends, left_on=[*cell, "later"], right_on=[*cell, "term"], suffixes=("", "_end")
        )
        for terms in sorted(children["terms"].unique())
    ]
    whole = pd.concat(parts, ignore_index=True)
    return whole[[*_KEY, "distance", "distance_end", "attainment_end"]]


def _ranges(children: DataFrame, journeys: DataFrame, rules: Rules) -> DataFrame:
    """For each child how many were comparable, the distances between which the middle of them ended, how many at ARE.

    Worked out once for each distance from which a child of a year group starts in a subject.
    """
    found = np.zeros((len(children), len(_FOUND)))
    found[:, 1:3] = np.nan
    known = dict(list(journeys.groupby(_KEY)))
    outside = (100 - rules.forecasts.middle) / 200
    steps = threshold("step", children["scale"], rules.scales) * rules.forecasts.similar
    for key, alike in children.groupby([*_KEY, "distance"]):
        *of_whom, _ = key
        if (group := known.get(tuple(of_whom))) is None:
            continue
        near = (group["distance"] - alike["distance"].iloc[0]).abs().round(DECIMALS) <= steps.loc[alike.index[0]]
        ends = group.loc[near, "distance_end"].to_numpy()
        if len(ends):
            low, high = np.quantile(ends, [outside, 1 - outside], method="inverted_cdf")
            met = int(group.loc[near, "attainment_end"].isin(_MET).sum())
            found[alike.index] = len(ends), low, high, met
    return pd.DataFrame(found, columns=_FOUND, index=children.index)


def _as_table(children: DataFrame, term: Term, rules: Rules) -> DataFrame:
    """The forecasts with their grades; where too few children are comparable there is none, and the reason."""
    enough = children["comparable"] >= rules.forecasts.comparable
    later = children["year_group"] + children["by"] // SEASONS_IN_A_YEAR - term.academic_year
    line = reference(children["scale"], later, children["by"], rules.scales)
    low, high = ((line + children[end]).round(DECIMALS).where(enough) for end in ("low", "high"))
    table = children.assign(
        by_term=term_labels(children["by"]),
        low=low,
        high=high,
        low_grade=grades_at(low, children["scale"], later, rules),
        high_grade=grades_at(high, children["scale"], later, rules),
        met=children["met"].where(enough),
        reason=np.where(enough, "", Reason.TOO_FEW_ALIKE.value),
    )
    return table.sort_values(["who", "subject_at"], kind="stable", ignore_index=True)[FORECASTS.names]


def grades_at(points: Series[float], scale: Series[str], year_group: Series[float], rules: Rules) -> Series[str]:
    """The highest grade that is worth no more than these points; missing on a scale of scores.

    Where that is a band of another year group than the child's, the grade names it, as in 3At.
    """
    found = pd.Series(None, index=points.index, dtype="object")
    for name in scale.unique():
        one = rules.scales.get(name)
        if one is None or not one.grades:
            continue
        codes = {grade.points: grade.code for grade in reversed(one.grades) if grade.points is not None}
        levels = sorted(codes)  # of grades with the same points, such as 2b and 2, the first
        here = (scale == name) & points.notna() & year_group.notna()
        own = points[here] - one.points_a_year * year_group[here]
        years = np.floor((own - levels[0]) / one.points_a_year) if one.points_a_year else 0 * own
        at = np.searchsorted(levels, own - years * one.points_a_year, side="right") - 1
        found[here] = [
            None if index < 0 else _named(codes[levels[index]], int(year), int(away), rules)
            for index, year, away in zip(at, year_group[here], years, strict=True)
        ]
    return found


def _named(code: str, year_group: int, away: int, rules: Rules) -> str:
    """A grade of the child's own year group as it is; one of another with that year group's number."""
    return rules.years.named_grade(year_group + away, code) if away else code
