"""One child's results over time, subject by subject, set against the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import cohorts, reference
from siptrack.analysis.progress import term_labels
from siptrack.analysis.tables import JOURNEYS
from siptrack.school.frame import Frame
from siptrack.school.scale import Attainment
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_CELL = ("subject", "file", "sheet", "row", "column")
_OF_A_TERM = ("subject", "order")


def journey(analysis: Analysis, rules: Rules, pupil: str) -> Frame:
    """The journeys table of one pupil up to the term judged, by subject and term.

    A term in which others of the pupil's year group have a result in a subject, and the pupil none, has a row too, with
    the line and no grade, from the pupil's first result in the subject on, or of this year where there is none.
    """
    told, beside = (_until_now(analysis.frame(name), analysis, pupil) for name in ("judged", "set_beside"))
    beside = beside[beside.found_in(told, *_CELL) == NONE]
    rows = Frame.stacked([_as_table(told, told=True), _as_table(beside, told=False)])
    whole = Frame.stacked([rows, _missed(analysis, rules, rows, pupil)])
    subjects = list(rules.columns.subjects)
    place = whole["subject"].in_words(subjects)
    at = np.where(place == NONE, len(subjects), place)
    return whole.having(at=at, beside=~whole["told"]).sorted_by("at", "order", "beside")[JOURNEYS.names]


def _until_now(results: Frame, analysis: Analysis, pupil: str) -> Frame:
    """The pupil's results, none later than the term judged."""
    return results[(results["pupil"] == pupil) & (results["term"] <= analysis.term.number)]


def _as_table(results: Frame, *, told: bool) -> Frame:
    crossed = results["bridge"] != ""
    return results.having(
        told=told,
        order=results["term"],
        term=term_labels(results["term"]),
        written_scale=results["old"].where(crossed, ""),
    )[JOURNEYS.names]


def _missed(analysis: Analysis, rules: Rules, rows: Frame, pupil: str) -> Frame:
    """The terms in which the year group has results in a subject, and the pupil none."""
    held = analysis.frame("judged")[["subject", "term", "year_group"]]
    held = held[held["term"] <= analysis.term.number]
    held = held[held.first_of("subject", "term", "year_group")]
    held = held.renamed({"term": "order"})
    mine = _year_groups(analysis, pupil, held["order"])
    first = rows[["subject", "order"]].sorted_by("order")
    begun = held.found_in(first, "subject")
    since = np.append(first["order"], analysis.term.academic_year * SEASONS_IN_A_YEAR)[begun]
    due = held[(held["year_group"] == mine) & (held["order"] >= since)]
    said = rows[rows["told"]]
    due = due[due.found_in(said, *_OF_A_TERM) == NONE]
    return _without_grade(due, said, rules, pupil) if len(due) else JOURNEYS.no_rows()


def _year_groups(analysis: Analysis, pupil: str, terms: NDArray[np.int64]) -> NDArray[np.float64]:
    """The pupil's year group in each of these terms."""
    placements = analysis.register.frame("placements")
    placements = placements[placements["pupil"] == pupil]
    academic = terms // SEASONS_IN_A_YEAR
    known = np.concatenate([[analysis.term.academic_year], academic, placements["academic_year"]])
    years = range(int(known.min()), int(known.max()) + 1)
    return cohorts(placements, [pupil], years)[0][academic - years.start] + academic


def _without_grade(due: Frame, told: Frame, rules: Rules, pupil: str) -> Frame:
    """Rows that hold the line alone, on the scale of the pupil's result before, else of the first."""
    scale = Texts.of(_scale_at(told[told["subject"] == subject], order) for subject, order in due.in_rows(*_OF_A_TERM))
    rows = due.having(
        pupil=pupil,
        term=term_labels(due["order"]),
        told=True,
        scale=scale,
        reference=reference(scale, due["year_group"], due["order"], rules.scales),
        attainment=Attainment.NOT_KNOWN.value,
    )
    return JOURNEYS.completed(rows)


def _scale_at(told: Frame, order: int) -> str:
    """The scale of the last result before a term, else of the first after it; empty without any."""
    scales = told["scale"][told["order"] < order].tolist()[-1:] or told["scale"].tolist()[:1]
    return str(scales[0]) if scales else ""
