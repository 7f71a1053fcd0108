"""One child's results over time, subject by subject, set against the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.in_series import cohorts, reference, term_labels
from siptrack.analysis.tables import JOURNEYS
from siptrack.school.scale import Attainment
from siptrack.school.term import SEASONS_IN_A_YEAR

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_CELL = ["subject", "file", "sheet", "row", "column"]
_OF_A_TERM = ["subject", "order"]


def journey(analysis: Analysis, rules: Rules, pupil: str) -> DataFrame:
    """The journeys table of one pupil up to the term judged, by subject and term.

    A term in which others of the pupil's year group have a result in a subject, and the pupil none, has a row too, with
    the line and no grade, from the pupil's first result in the subject on, or of this year where there is none.
    """
    told = _until_now(analysis.judged, analysis, pupil)
    beside = _until_now(analysis.other, analysis, pupil)
    if len(beside):
        beside = beside[~beside.set_index(_CELL).index.isin(told.set_index(_CELL).index)]
    rows = _as_table(pd.concat([told.assign(told=True), beside.assign(told=False)], ignore_index=True))
    missed = _missed(analysis, rules, rows, pupil)
    whole = pd.concat([part for part in (rows, missed) if len(part)] or [JOURNEYS.empty()], ignore_index=True)
    place = {key: at for at, key in enumerate(rules.columns.subjects)}
    at = whole["subject"].map(place).fillna(len(place))
    ordered = whole.assign(at=at, beside=~whole["told"].astype(bool))
    return ordered.sort_values(["at", "order", "beside"], kind="stable", ignore_index=True)[JOURNEYS.names]


def _until_now(results: DataFrame, analysis: Analysis, pupil: str) -> DataFrame:
    """The pupil's results, none later than the term judged."""
    return results[(results["pupil"] == pupil) & (results["term"] <= analysis.term.number)]


def _as_table(results: DataFrame) -> DataFrame:
    crossed = results["bridge"] != ""
    return results.assign(
        order=results["term"], term=term_labels(results["term"]), written_scale=results["old"].where(crossed, "")
    )[JOURNEYS.names]


def _missed(analysis: Analysis, rules: Rules, rows: DataFrame, pupil: str) -> DataFrame:
    """The terms in which the year group has results in a subject, and the pupil none."""
    held = analysis.judged[analysis.judged["term"] <= analysis.term.number]
    held = held[["subject", "term", "year_group"]].drop_duplicates()
    mine = _year_groups(analysis, pupil, held["term"])
    first = rows.groupby("subject")["order"].min()
    this_year = analysis.term.academic_year * SEASONS_IN_A_YEAR
    since = held["subject"].map(first).fillna(this_year)
    due = held[(held["year_group"] == mine) & (held["term"] >= since)].rename(columns={"term": "order"})
    said = pd.MultiIndex.from_frame(rows.loc[rows["told"].astype(bool), _OF_A_TERM])
    due = due[~pd.MultiIndex.from_frame(due[_OF_A_TERM]).isin(said)]
    if due.empty:
        return JOURNEYS.empty()
    return _without_grade(due.reset_index(drop=True), rows, rules, pupil)


def _year_groups(analysis: Analysis, pupil: str, terms: Series[int]) -> Series[float]:
    """The pupil's year group in each of these terms."""
    placements = analysis.register.placements
    placements = placements[placements["pupil"] == pupil]
    academic = terms // SEASONS_IN_A_YEAR
    known = [analysis.term.academic_year, *academic, *placements["academic_year"]]
    years = range(int(min(known)), int(max(known)) + 1)
    cohort = cohorts(placements, [pupil], years)[0]
    return pd.Series(cohort[(academic - years.start).to_numpy()] + academic.to_numpy(), index=terms.index)


def _without_grade(due: DataFrame, rows: DataFrame, rules: Rules, pupil: str) -> DataFrame:
    """Rows that hold the line alone, on the scale of the pupil's result before, else of the first."""
    told = rows[rows["told"].astype(bool)]
    scales = [_scale_at(told[told["subject"] == subject], order) for subject, order in due[_OF_A_TERM].to_numpy()]
    scale = pd.Series(scales, index=due.index, dtype="object")
    table = due.assign(
        pupil=pupil,
        term=term_labels(due["order"]),
        told=True,
        scale=scale,
        reference=reference(scale, due["year_group"], due["order"], rules.scales) if len(due) else np.nan,
        attainment=Attainment.NOT_KNOWN.value,
    )
    texts = [column.name for column in JOURNEYS.columns if column.kind == "text"]
    table = table.reindex(columns=JOURNEYS.names)
    return table.assign(**{name: table[name].astype("object").fillna("") for name in texts})


def _scale_at(told: DataFrame, order: int) -> str:
    """The scale of the last result before a term, else of the first after it; empty without any."""
    before = told[told["order"] < order]
    scales = before["scale"].tolist()[-1:] or told["scale"].tolist()[:1]
    return str(scales[0]) if scales else ""
