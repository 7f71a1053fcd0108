"""Children's results over time, subject by subject, set against the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import cohorts, reference, years_of
from siptrack.analysis.progress import term_labels
from siptrack.analysis.tables import JOURNEYS
from siptrack.school.frame import Frame
from siptrack.school.scale import Attainment
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

_CELL = ("subject", "file", "sheet", "row", "column")
_OF_A_TERM = ("pupil", "subject", "order")


def journeys(analysis: Analysis, rules: Rules, pupils: Sequence[str]) -> Frame:
    """The journeys table of these pupils up to the term judged, by pupil as they are given, subject and term.

    A term in which others of the pupil's year group have a result in a subject, and the pupil none, has a row too, with
    the line and no grade, from the pupil's first result in the subject on, or of this year where there is none.
    """
    counting, beside = (_until_now(analysis.frame(name), analysis, pupils) for name in ("judged", "set_beside"))
    beside = beside[beside.found_in(counting, "pupil", *_CELL) == NONE]
    rows = Frame.stacked([_as_table(counting, counts=True), _as_table(beside, counts=False)])
    whole = Frame.stacked([rows, _missed(analysis, rules, rows, pupils)])
    subjects = list(rules.columns.subjects)
    place = whole["subject"].in_words(subjects)
    at = np.where(place == NONE, len(subjects), place)
    whole = whole.having(who=whole["pupil"].in_words(pupils), at=at, beside=~whole["told"])
    return whole.sorted_by("who", "at", "order", "beside")[JOURNEYS.names]


def _until_now(results: Frame, analysis: Analysis, pupils: Sequence[str]) -> Frame:
    """The pupils' results, none later than the term judged."""
    return results[results["pupil"].isin(set(pupils)) & (results["term"] <= analysis.term.number)]


def _as_table(results: Frame, *, counts: bool) -> Frame:
    crossed = results["bridge"] != ""
    return results.having(
        told=counts,
        order=results["term"],
        term=term_labels(results["term"]),
        written_scale=results["old"].where(crossed, ""),
    )[JOURNEYS.names]


def _missed(analysis: Analysis, rules: Rules, rows: Frame, pupils: Sequence[str]) -> Frame:
    """The terms in which a pupil's year group has results in a subject, and the pupil none."""
    held = analysis.children.judged[["subject", "term", "year_group"]]
    held = held[held["term"] <= analysis.term.number]
    held = held[held.first_of("subject", "term", "year_group")].renamed({"term": "order"})
    theirs = held["year_group"] == _year_groups(analysis, pupils, held["order"])
    who, which = np.nonzero(theirs & (held["order"] >= _begun(analysis, rows, pupils, held["subject"])))
    due = held.take(which).having(pupil=Texts(who, tuple(pupils)))
    counting = rows[rows["told"]]
    due = due[due.found_in(counting, *_OF_A_TERM) == NONE]
    return _without_grade(due, counting, rules) if len(due) else JOURNEYS.no_rows()


def _year_groups(analysis: Analysis, pupils: Sequence[str], terms: NDArray[np.int64]) -> NDArray[np.float64]:
    """The year group of each pupil (row) in each of these terms (column)."""
    placements = analysis.register.frame("placements")
    placements = placements[placements["pupil"].isin(set(pupils))]
    years = years_of([terms], placements["academic_year"], analysis.term.academic_year)
    academic = terms // SEASONS_IN_A_YEAR
    return cohorts(placements, pupils, years)[:, academic - years.start] + academic


def _begun(analysis: Analysis, rows: Frame, pupils: Sequence[str], subjects: Texts) -> NDArray[np.int64]:
    """The term of each pupil's (row) first result in each of these subjects (column), else the first of this year."""
    this_year = analysis.term.academic_year * SEASONS_IN_A_YEAR
    never = analysis.term.number + 1
    first = np.full((len(pupils), len(subjects.words)), never)
    subject = rows["subject"].in_words(subjects.words)
    taught = subject != NONE
    np.minimum.at(first, (rows["pupil"].in_words(pupils)[taught], subject[taught]), rows["order"][taught])
    begun: NDArray[np.int64] = np.where(first == never, this_year, first)[:, subjects.codes]
    return begun


def _without_grade(due: Frame, counting: Frame, rules: Rules) -> Frame:
    """Rows that hold the line alone, on the scale of the pupil's result before, else of the first."""
    scale = _scales_at(due, counting)
    rows = due.having(
        term=term_labels(due["order"]),
        told=True,
        scale=scale,
        reference=reference(scale, due["year_group"], due["order"], rules.scales),
        attainment=Attainment.NOT_KNOWN.value,
    )
    return JOURNEYS.completed(rows)


def _scales_at(due: Frame, counting: Frame) -> Texts:
    """The scale of each pupil's last result in the subject before a term, else of the first after it; empty without."""
    of: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for pupil, subject, order, scale in counting.in_rows(*_OF_A_TERM, "scale"):
        of.setdefault((pupil, subject), []).append((order, scale))

    def scale_at(pupil: str, subject: str, term: int) -> str:
        results = of.get((pupil, subject), [])
        before = [scale for order, scale in results if order < term]
        return before[-1] if before else next((scale for _, scale in results), "")

    return Texts.of(scale_at(*row) for row in due.in_rows(*_OF_A_TERM))
