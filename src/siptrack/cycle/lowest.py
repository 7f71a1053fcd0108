"""Who is in the lowest part of a year group, where the grades tell the children apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.rounding import half_up

if TYPE_CHECKING:
    from siptrack.school.frame import Frame

_PERCENT = 100  # of a whole


class InLowestPart(NamedTuple):
    """The children who are in the lowest part of a year group, and those of whom it cannot be told."""

    inside: frozenset[str]
    unsure: frozenset[str]


def find_lowest(judged: Frame, subject: str, year_group: float, percent: float, fewest: int) -> InLowestPart:
    """Who of these judged results of a term is in the lowest so many percent of a year group in a subject.

    Where more children share a grade than there are places left, it cannot be told of these; of nobody where fewer than
    `fewest` have a grade, or where their grades are on several scales. A grade without points lies under all that have.
    """
    rows = judged[(judged["subject"] == subject) & (judged["year_group"] == year_group) & judged["graded"]]
    everybody = frozenset(rows["pupil"].tolist())
    if len(everybody) < fewest or len(rows["scale"].distinct()) > 1:
        return InLowestPart(frozenset(), everybody)
    points = np.nan_to_num(rows["points"], nan=-np.inf)
    places = max(1, half_up(len(points) * percent / _PERCENT))
    last = np.sort(points)[places - 1]
    shared = points == last
    below = frozenset(rows["pupil"][points < last].tolist())
    sharing = frozenset(rows["pupil"][shared].tolist())
    if len(below) + len(sharing) > places:
        return InLowestPart(below, sharing)
    return InLowestPart(below | sharing, frozenset())
