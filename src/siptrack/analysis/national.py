"""The school's own results beside the national ones: each group, the same group in England, and the others there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.membership import group_of
from siptrack.analysis.national_table import NATIONAL, NoComparison
from siptrack.analysis.statistics import critical_value, wilson
from siptrack.school.in_pandas import from_pandas, to_pandas
from siptrack.school.national import EVERYBODY

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.analysis.opened import Opened
    from siptrack.rules.model import Rules
    from siptrack.school.groups import GroupRules
    from siptrack.school.national import National, Standard
    from siptrack.school.term import Term


_CELL = ["subject", "characteristic", "group"]
_PUPIL = ["who", "subject"]


def compare_with_national(opened: Opened, rules: Rules) -> DataFrame:
    """The table of comparisons with national results, in the columns of NATIONAL."""
    results = _results(opened, rules)
    groups = _groups(to_pandas(opened.chosen.pupils), rules.groups)
    tables = [_of_standard(one, results, groups, opened.term, rules) for one in rules.national.standards.values()]
    tables = [table for table in tables if len(table)]
    if not tables:
        return NATIONAL.empty()
    rows = _most_alike(pd.concat(tables, ignore_index=True), rules.national)
    return _in_order(rows, rules).reindex(columns=NATIONAL.names)


def _results(opened: Opened, rules: Rules) -> DataFrame:
    """The results of the term in the subjects spoken of, judgements and tests beside each other."""
    other = opened.told.other
    beside = to_pandas(opened.judge(other[other["term"] == opened.term.number], rules))
    now = to_pandas(opened.judged[opened.judged["term"] == opened.term.number])
    rows = pd.concat([part for part in (now, beside) if len(part)] or [now], ignore_index=True)
    rows = rows[rows["subject"].isin(list(opened.subjects))]
    return rows.drop_duplicates([*_PUPIL, "test"], ignore_index=True)


def _groups(pupils: DataFrame, rules: GroupRules) -> DataFrame:
    """The group of each pupil in every characteristic, compared among themselves or not, and everybody's own."""
    recorded = [name for name in rules.characteristics if name in pupils]
    compared = to_pandas(group_of(from_pandas(pupils), rules))
    groups = pd.concat([pupils[[name for name in recorded if name not in compared]], compared], axis="columns")
    return groups.assign(**{EVERYBODY: EVERYBODY}).reset_index(drop=True)


def _of_standard(standard: Standard, results: DataFrame, groups: DataFrame, term: Term, rules: Rules) -> DataFrame:
    """The comparisons with one standard; why there is none, where there are results; nothing where there are not."""
    rows = results[
        (results["year_group"] == standard.year_group)
        & results["scale"].isin(list(standard.met_from))
        & results["subject"].isin(list(standard.by_test))
    ]
    if rows.empty:
        return NATIONAL.empty()
    figures = _figures(standard, term, rules.national)
    if reason := _why_none(standard, term, figures):
        n = rows.loc[rows["counts"], "who"].nunique()
        none = {"subject": "", "characteristic": EVERYBODY, "group": EVERYBODY, "standard": standard.key, "year": ""}
        return pd.DataFrame([{**none, "n": n, "unlike": 0, "sure": "", "reason": reason.value}])
    meeting = _meeting(rows, standard, rules.columns.combined)
    counted = _counted(meeting, groups).merge(figures, on=_CELL)
    return _with_gaps(counted, rules).assign(standard=standard.key, reason="")


def _why_none(standard: Standard, term: Term, figures: DataFrame) -> NoComparison | None:
    if term.season is not standard.season:
        return NoComparison.SEASON
    if not term.dated:
        return NoComparison.YEAR
    return NoComparison.FIGURE if figures.empty else None


def _figures(standard: Standard, term: Term, national: National) -> DataFrame:
    """The newest national figure of each subject and group up to the term's year, and that of the others that year."""
    known = [one for one in standard.figures if one.academic_year <= term.academic_year]
    percent = {(one.academic_year, one.subject, one.characteristic, one.group): one.percent for one in known}
    rows = [
        {
            "subject": one.subject,
            "characteristic": one.characteristic,
            "group": one.group,
            "year": one.year,
            "same": one.percent,
            "other": percent.get((one.academic_year, one.subject, one.characteristic, other), np.nan),
            "sure": one.sure,
        }
        for one in known
        for other in [national.others.get((one.characteristic, one.group), "")]
    ]
    table = pd.DataFrame(rows, columns=[*_CELL, "year", "same", "other", "sure"])
    return table.drop_duplicates(_CELL, keep="last", ignore_index=True)  # figures stand oldest first


def _meeting(rows: DataFrame, standard: Standard, combined: Mapping[str, tuple[str, ...]]) -> DataFrame:
    """One row a pupil and subject, with `assessed`, `met` and `unlike` as 0 or 1.

    A result of the kind that the national figure is of comes first, test or judgement, and the other in its absence.
    """
    unlike = rows["subject"].map(dict(standard.by_test)).astype(bool) != rows["test"].astype(bool)
    lowest = rows["scale"].map({name: one.points for name, one in standard.met_from.items()}).astype("float64")
    counts = rows["counts"].astype(bool)
    single = rows[_PUPIL].assign(
        assessed=counts.astype("int64"),
        met=(counts & (rows["points"].round(DECIMALS) >= lowest)).astype("int64"),
        unlike=unlike.astype("int64"),
    )
    single = single.sort_values("unlike", kind="stable").drop_duplicates(_PUPIL)
    present = set(single["subject"])
    whole = [
        _combined(single, subject, parts)
        for subject, parts in combined.items()
        if subject in standard.by_test and subject not in present and present.issuperset(parts)
    ]
    return pd.concat([single, *whole], ignore_index=True)


def _combined(single: DataFrame, subject: str, parts: tuple[str, ...]) -> DataFrame:
    """Met in every part, among the pupils assessed in every part."""
    whole = single[single["subject"].isin(parts)].groupby("who", as_index=False)[["assessed", "met", "unlike"]].sum()
    whole = whole[whole["assessed"] == len(parts)]
    return whole.assign(
        subject=subject,
        assessed=1,
        met=(whole["met"] == len(parts)).astype("int64"),
        unlike=(whole["unlike"] > 0).astype("int64"),
    )


def _counted(meeting: DataFrame, groups: DataFrame) -> DataFrame:
    """How many of each group are assessed, and of these meet the standard, by subject."""
    rows = meeting[meeting["assessed"] == 1]
    member = groups.iloc[rows["who"].to_numpy(dtype=np.int64)].set_index(rows.index)
    tables = []
    for characteristic in groups.columns:
        grouped = rows.groupby([rows["subject"], member[characteristic].rename("group")])
        table = grouped[["assessed", "met", "unlike"]].sum().reset_index()
        tables.append(table.assign(characteristic=characteristic))
    return pd.concat(tables, ignore_index=True).rename(columns={"assessed": "n", "met": "count"})


def _with_gaps(rows: DataFrame, rules: Rules) -> DataFrame:
    """The percentage, both gaps, the interval and the children; no percentage or gap where there are too few."""
    small = rules.groups.small
    count, n = rows["count"].to_numpy(dtype=np.int64), rows["n"].to_numpy(dtype=np.int64)
    low, high = wilson(count, n, critical_value(small.confidence))
    value = np.where(n >= small.percentages_from, 100 * count / n, np.nan)
    few = np.isnan(value)
    short = count - rows["same"] * n / 100  # in children; rounded, so that exactly 4 of them is never 3.999
    return rows.assign(
        value=value,
        gap_to_same=value - rows["same"],
        gap_to_other=value - rows["other"],
        low=np.where(few, np.nan, 100 * low - rows["same"]),
        high=np.where(few, np.nan, 100 * high - rows["same"]),
        children=np.trunc(short.round(DECIMALS)).astype("int64"),
    )


def _most_alike(rows: DataFrame, national: National) -> DataFrame:
    """Of standards that the same grades of the same pupils meet, only those whose national figures are most alike.

    So level 4 by teacher assessment is set beside teacher assessment, and beside tests only where there is no such
    figure.
    """
    kinds: dict[object, int] = {}
    kind = {
        key: kinds.setdefault((one.year_group, one.season, tuple(sorted(_grades(one)))), len(kinds))
        for key, one in national.standards.items()
    }
    rows = rows.assign(kind=rows["standard"].map(kind))
    least = rows.groupby(["kind", *_CELL])["unlike"].transform("min")
    return rows[rows["unlike"] == least]


def _grades(standard: Standard) -> list[tuple[str, float]]:
    return [(name, one.points) for name, one in standard.met_from.items()]


def _in_order(rows: DataFrame, rules: Rules) -> DataFrame:
    """By standard, subject, characteristic and group as the rules have them, everybody first."""
    every = rules.groups.all()
    places = {(key, group): at for key, one in every.items() for at, group in enumerate(one.groups)}
    orders = {"standard": rules.national.standards, "subject": rules.columns.subjects, "characteristic": every}
    keys = pd.DataFrame(
        {
            **{name: pd.Index(list(order)).get_indexer(pd.Index(rows[name])) for name, order in orders.items()},
            "group": [places.get(key, -1) for key in zip(rows["characteristic"], rows["group"], strict=True)],
        }
    )
    return rows.iloc[keys.sort_values(list(keys.columns)).index].reset_index(drop=True)
