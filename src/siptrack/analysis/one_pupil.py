"""An analysis taken apart, so that a page about one child need not look through the tables of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from siptrack.analysis.model import Analysis

if TYPE_CHECKING:
    from pandas import DataFrame

_OF_PUPILS = ("progress", "flags", "pace", "targets", "forecasts")
_HELD = ["year_group", "subject", "term"]
_RESULT = ["pupil", "subject", "term"]


def of_each_pupil(analysis: Analysis) -> Mapping[str, Analysis]:
    """For each pupil the analysis with the rows of that pupil alone, in the tables that are about pupils one by one.

    Of the judged results there is besides one for each year group, subject and term that has any: a journey tells also
    in which terms others of the year group have a result.
    """
    whole = {name: getattr(analysis, name) for name in _OF_PUPILS}
    parts = {name: dict(_by_pupil(table)) for name, table in whole.items()}
    held = analysis.judged.drop_duplicates(_HELD)
    judged = {pupil: pd.concat([rows, held]).drop_duplicates(_RESULT) for pupil, rows in _by_pupil(analysis.judged)}
    return {
        pupil: replace(
            analysis,
            judged=judged.get(pupil, held),
            **{name: parts[name].get(pupil, table.iloc[:0]) for name, table in whole.items()},
        )
        for pupil in analysis.pupils["pupil"]
    }


def _by_pupil(table: DataFrame) -> Iterator[tuple[str, DataFrame]]:
    for pupil, rows in table.groupby("pupil", sort=False):
        yield str(pupil), rows
