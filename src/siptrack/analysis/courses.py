"""What children may have done since their first result: kept up, risen, or fallen since one time or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.school.term import SEASONS_IN_A_YEAR, Season

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules
    from siptrack.school.scale import Scale

    Numbers = NDArray[np.float64]

FALLS = slice(2, None)  # of the courses: keeps up, rises, and falls since the first result, two years ago, this year


class Courses(NamedTuple):
    """How far each course has moved each child by each term, in points, and which share of children takes it.

    `moved` is by child, course and term; `share` by child and course, and 0 where the course cannot be told from
    another or from keeping up.
    """

    moved: Numbers
    share: Numbers


def courses(scale: Scale, line: Numbers, first: NDArray[np.int64], now: int, rules: Rules) -> Courses:
    """The courses of children whose first result stands in these columns of `line`, the reference line by term.

    The last column is the term judged, numbered `now`. A fall that began no later than the first result is the fall
    since the first; one whose line is not known is left out.
    """
    last = line.shape[1] - 1
    two_years = np.full(len(line), last - 2 * SEASONS_IN_A_YEAR)
    this_year = np.full(len(line), last - rules.years.year_begins[Season(now % SEASONS_IN_A_YEAR)])
    begun = np.stack([first, two_years, this_year], axis=1)
    missed = rules.evidence.falls(scale) or 0.0
    fall = np.stack([_missed(scale, line, start, missed) for start in begun.T], axis=1)
    there = (begun > first[:, None]) & ~np.isnan(fall).any(axis=2)
    there[:, 0] = True
    there[:, 2] &= begun[:, 2] != begun[:, 1]
    fall = np.where(there[:, :, None], fall, 0)
    stated = rules.evidence.courses
    share = np.empty((len(line), 5))
    share[:, 0], share[:, 1] = stated.keep, stated.rise
    share[:, FALLS] = stated.fall * there / there.sum(axis=1, keepdims=True)
    kept = np.zeros_like(fall[:, :1])
    return Courses(np.concatenate([kept, fall[:, :1], -fall], axis=1), share)


def goes_on(scale: Scale, line: Numbers, terms: int, rules: Rules) -> Numbers:
    """How much further each course moves each child in so many terms, from the first line to the second."""
    missed = rules.evidence.falls(scale) or 0.0
    fall = missed * (line[:, 1] - line[:, 0]) if scale.grows else np.full(len(line), missed * terms / SEASONS_IN_A_YEAR)
    return np.stack([0 * fall, fall, -fall, -fall, -fall], axis=1)


def _missed(scale: Scale, line: Numbers, start: NDArray[np.int64], missed: float) -> Numbers:
    """The points missed by each term since a start: a share of what the line rose, or so many a year."""
    since = np.maximum(np.arange(line.shape[1]) - start[:, None], 0)
    if not scale.grows:
        return missed / SEASONS_IN_A_YEAR * since
    began = np.take_along_axis(line, np.clip(start, 0, None)[:, None], axis=1)
    return np.where(since > 0, missed * np.nan_to_num(line - began, nan=0) + 0 * began, 0)
