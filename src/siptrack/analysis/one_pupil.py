"""An analysis taken apart, so that a page about one child need not look through the tables of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from siptrack.analysis.model import Analysis
from siptrack.school.frame import Frame

_OF_PUPILS = ("progress", "flags", "pace", "targets", "forecasts")
_HELD = ("year_group", "subject", "term")
_RESULT = ("pupil", "subject", "term")


def of_each_pupil(analysis: Analysis) -> Mapping[str, Analysis]:
    """For each pupil the analysis with the rows of that pupil alone, in the tables that are about pupils one by one.

    Of the judged results there is besides one for each year group, subject and term that has any: a journey tells also
    in which terms others of the year group have a result.
    """
    whole = {name: analysis.frame(name) for name in _OF_PUPILS}
    parts = {name: dict(_by_pupil(table)) for name, table in whole.items()}
    every = analysis.frame("judged")
    held = every[every.first_of(*_HELD)]
    judged = {pupil: _once(Frame.stacked([rows, held])) for pupil, rows in _by_pupil(every)}
    return {
        pupil: analysis.with_tables(
            judged=judged.get(pupil, held),
            **{name: parts[name].get(pupil, table[:0]) for name, table in whole.items()},
        )
        for pupil in analysis.frame("pupils")["pupil"].tolist()
    }


def _once(rows: Frame) -> Frame:
    return rows[rows.first_of(*_RESULT)]


def _by_pupil(table: Frame) -> Iterator[tuple[str, Frame]]:
    """Each pupil's rows, as they stand."""
    pupil = table["pupil"]
    together = table.take(np.argsort(pupil.codes, kind="stable"))
    sizes = np.bincount(pupil.codes, minlength=len(pupil.words))
    for word, end, size in zip(pupil.words, np.cumsum(sizes).tolist(), sizes.tolist(), strict=True):
        if size:
            yield word, together[end - size : end]
