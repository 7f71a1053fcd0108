"""Where everybody stood in each term of the last years: assessed, at expectations, how far from the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.everybody import Everybody
from siptrack.analysis.judged import is_assessed
from siptrack.analysis.opened import Opened
from siptrack.school.frame import Frame
from siptrack.school.scale import MET
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules


class LaidOverTime(NamedTuple):
    """By child (in the order of Everybody), subject and term: `term`, the one judged, is 0, the one before it 1.

    `scale` numbers the scales of the results, 0 for none. `distance` is that on the scale which is commonest in the
    subject now, and missing on any other: points on two scales are not compared.
    """

    term: Term
    subjects: tuple[str, ...]
    assessed: NDArray[np.bool_]
    met: NDArray[np.bool_]
    scale: NDArray[np.int64]
    distance: NDArray[np.float64]


def lay_over_time(opened: Opened, everybody: Everybody, rules: Rules) -> LaidOverTime:
    """Everybody in the term judged and as many before it as are looked back on, in the subjects chosen and combined.

    A child counts as assessed, and as at expectations, by the rule of the percentages at ARE.
    """
    now, past, judged = opened.term.number, opened.past, opened.judged
    terms = SEASONS_IN_A_YEAR * max(rules.trends.years_followed, rules.trends.years_pooled - 1)
    rows = past[(past["term"] <= now) & (past["term"] >= now - terms) & past["subject"].isin(opened.subjects)]
    this_year = (judged["term"] <= now) & (judged["term"] >= opened.term.academic_year * SEASONS_IN_A_YEAR)
    taught, present = (judged["subject"][those].distinct() for those in (this_year, judged["term"] == now))
    subjects = [subject for subject in opened.subjects if subject in present]
    rows = rows[rows["subject"].isin(subjects)]
    whole = _laid_out(rows, subjects, (len(everybody.here), len(subjects), terms + 1), opened.term)
    whole = _on_the_commonest_scale(whole, everybody.here)
    for subject, parts in rules.columns.combined.items():
        if subject not in taught and set(subjects).issuperset(parts):
            whole = _combined(whole, subject, [subjects.index(part) for part in parts])
    return _in_order(whole, [subject for subject in rules.columns.subjects if subject in whole.subjects])


def _laid_out(rows: Frame, subjects: Sequence[str], shape: tuple[int, int, int], term: Term) -> LaidOverTime:
    at = (rows["who"], rows["subject"].in_words(subjects), term.number - rows["term"])
    scale = rows["scale"]
    whole = LaidOverTime(
        term,
        tuple(subjects),
        np.zeros(shape, dtype=np.bool_),
        np.zeros(shape, dtype=np.bool_),
        np.zeros(shape, dtype=np.int64),
        np.full(shape, np.nan),
    )
    whole.assessed[at] = is_assessed(rows)
    whole.met[at] = rows["attainment"].isin(MET) & whole.assessed[at]
    whole.scale[at] = np.where(scale.known, scale.ranks() + 1, 0)
    whole.distance[at] = rows["distance"]
    return whole


def _on_the_commonest_scale(whole: LaidOverTime, here: NDArray[np.bool_]) -> LaidOverTime:
    """With the distances on other scales than the commonest of those spoken of now taken out."""
    size = int(whole.scale.max(initial=0)) + 1
    known = here[:, None] & np.isfinite(whole.distance[:, :, 0])
    commonest = np.array(
        [
            np.bincount(whole.scale[known[:, at], at, 0], minlength=size).argmax() if known[:, at].any() else -1
            for at in range(len(whole.subjects))
        ],
        dtype=np.int64,
    )
    on_it = whole.scale == commonest[None, :, None]
    return whole._replace(distance=np.where(on_it, whole.distance, np.nan))


def _combined(whole: LaidOverTime, subject: str, parts: Sequence[int]) -> LaidOverTime:
    """With a subject more: at expectations in every part, among the children assessed in every part."""
    assessed = whole.assessed[:, parts].all(axis=1, keepdims=True)
    size = int(whole.scale.max(initial=0)) + 1
    places = size ** np.arange(len(parts), dtype=np.int64)
    scale = (whole.scale[:, parts] * places[None, :, None]).sum(axis=1, keepdims=True)
    return LaidOverTime(
        whole.term,
        (*whole.subjects, subject),
        np.concatenate([whole.assessed, assessed], axis=1),
        np.concatenate([whole.met, whole.met[:, parts].all(axis=1, keepdims=True) & assessed], axis=1),
        np.concatenate([whole.scale, scale], axis=1),
        np.concatenate([whole.distance, np.full(assessed.shape, np.nan)], axis=1),
    )


def _in_order(whole: LaidOverTime, subjects: Sequence[str]) -> LaidOverTime:
    at = [whole.subjects.index(subject) for subject in subjects]
    return LaidOverTime(
        whole.term, tuple(subjects), whole.assessed[:, at], whole.met[:, at], whole.scale[:, at], whole.distance[:, at]
    )
