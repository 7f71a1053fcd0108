"""An analysis taken apart, so that a page about one child need not look through the tables of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from siptrack.analysis.model import Analysis

_OF_PUPILS = ("pupils", "progress", "flags", "pace", "targets", "forecasts")


def of_each_pupil(analysis: Analysis) -> Mapping[str, Analysis]:
    """For each pupil the analysis with the rows of that pupil alone, in the tables that are about pupils one by one.

    The results stay whole: a pupil's journey tells also in which terms others of the year group have a result.
    """
    whole = {name: getattr(analysis, name) for name in _OF_PUPILS}
    parts = {name: dict(list(table.groupby("pupil", sort=False))) for name, table in whole.items()}
    return {
        pupil: replace(analysis, **{name: parts[name].get(pupil, table.iloc[:0]) for name, table in whole.items()})
        for pupil in parts["pupils"]
    }
