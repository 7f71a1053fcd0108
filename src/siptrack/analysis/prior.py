"""Prior attainment: which band a child's baseline, the last result before the key stage, speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.judged import within_year
from siptrack.school.frame import Frame, numbered
from siptrack.school.register import NOT_RECORDED
from siptrack.school.scale import Scale
from siptrack.school.term import Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules


def prior_attainment(judged: Frame, began: NDArray[np.int64], term: Term, rules: Rules) -> Texts:
    """The group of each pupil, `not_recorded` for one without a baseline; `began` is the first term of the key stage.

    The baselines of the subjects that make up the combined measure count together, else those of any others: by their
    mean on a scale of points, as the performance tables had it; elsewhere by the band in the middle, of two the lower.
    """
    rows = _baselines(judged, began, term, rules)
    band = _bands(rows, rules.scales)
    order = np.lexsort((band, rows["who"]))
    who, band = rows["who"][order], band[order]
    child, first, size = np.unique(who, return_index=True, return_counts=True)
    middle = band[first + (size - 1) // 2]
    group = np.zeros(len(began), dtype=np.int64)
    group[child] = 1 + middle
    return Texts(group, (NOT_RECORDED, *rules.groups.prior.groups))


def _baselines(judged: Frame, began: NDArray[np.int64], term: Term, rules: Rules) -> Frame:
    """The last result with points before the key stage in each subject, of the combined measure's subjects if any."""
    banded = {name for name, scale in rules.scales.items() if scale.prior is not None}
    known = ~np.isnan(judged["points"]) & ~np.isnan(judged["year_group"])
    before = (judged["term"] < began[judged["who"]]) & (judged["term"] <= term.number)
    rows = judged[judged["scale"].isin(banded) & known & before]
    newest_first = rows.take(np.argsort(-rows["term"], kind="stable"))
    last = newest_first[newest_first.first_of("who", "subject")]
    parts = {part for of_whole in rules.columns.combined.values() for part in of_whole}
    counts_first = last["subject"].isin(parts)
    return last[counts_first | ~np.isin(last["who"], last["who"][counts_first])]


def _bands(rows: Frame, scales: Mapping[str, Scale]) -> NDArray[np.int64]:
    """0 for low, 1 for middle, 2 for high, by the scale's own lines."""
    scale, points = rows["scale"], within_year(rows, scales)
    number, first = numbered([rows["who"], scale])
    mean = np.bincount(number, points, len(first)) / np.bincount(number, minlength=len(first))
    summed = scale.isin({name for name, entry in scales.items() if entry.grows and not entry.points_a_year})
    points = np.where(summed, mean[number], points)
    lines = {name: entry.prior for name, entry in scales.items() if entry.prior is not None}
    middle = scale.looked_up({name: line.middle for name, line in lines.items()})
    high = scale.looked_up({name: np.inf if line.high is None else line.high for name, line in lines.items()})
    return (points >= middle).astype(np.int64) + (points >= high)
