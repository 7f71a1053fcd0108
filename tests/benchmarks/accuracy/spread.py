"""How far the children of a school stand from the line on each scale, and what a laggard loses.

The middle and the standard deviation (a third of the children stand further from the middle than that) are those of
what is written, in the scale's points over the line. They are taken from national figures where there are some:

- levels: in 2009, 80 % reached level 4 in English at the end of Year 6 and 29 % level 5; the average of Year 2 was 15.5
  points in 2012 (siptrack domain notes 2.1 and 2.5). The width of Year 2 is derived: 4 points, a little less than the
  4.5 by which the reading levels of children on free meals spread in 2009.
- bands and scaled scores: 75 % reach the expected standard (2025, domain notes 5.3), 25 % greater depth or 110
  (recalled: reading a third, maths a quarter, writing an eighth). Bands without greater depth are taken to be as wide.
- standardised scores: mean 100, standard deviation 15, by their making.
- steps and decimal years: as levels, when both are counted in years of expected progress (derived).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AGES = (2, 6)  # the year groups between which a spread widens on a straight line


@dataclass(frozen=True)
class Spread:
    """The middle and the standard deviation of the distances from the line, at the end of Year 2 and of Year 6."""

    middle: tuple[float, float]
    deviation: tuple[float, float]

    def at(self, year_group: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Both for children of these year groups."""
        return np.interp(year_group, _AGES, self.middle), np.interp(year_group, _AGES, self.deviation)

    def times(self, factor: tuple[float, float]) -> Spread:
        """The same on a scale whose points are smaller by these factors in Year 2 and in Year 6."""
        in_year_2, in_year_6 = factor
        return Spread(
            (self.middle[0] * in_year_2, self.middle[1] * in_year_6),
            (self.deviation[0] * in_year_2, self.deviation[1] * in_year_6),
        )


def _at_any_age(middle: float, deviation: float) -> Spread:
    return Spread((middle, middle), (deviation, deviation))


_LEVELS = Spread((0.5, 1.6), (4, 4.3))
_YEARS = _LEVELS.times((1 / 6, 1 / 3))  # 6 points are a year's progress in Year 2, 3 in Year 6
_BANDS = _at_any_age(0.5, 0.74)  # 75 % at the line or over it, 25 % a band over it

SPREADS: Mapping[str, Spread] = {
    "nc-levels": _LEVELS,
    "nc-points": _LEVELS,
    "teacher-assessment": _BANDS,
    "point-in-time": _BANDS,
    "point-in-time-sonar": _BANDS.times((2, 2)),  # from just at to above is two bands
    "emerging-developing-secure": _BANDS,
    "steps": _YEARS.times((6, 6)),
    "three-steps": _YEARS.times((3, 3)),
    "standardised-score": _at_any_age(0, 15),
    "ks-scaled-score": _BANDS.times((10, 10)),  # from 100 to 110, the higher standard
    "decimal-years": _YEARS,
}

# What a laggard loses in a year on a scale that is judged against the year group, by what the scale counts in.
FALL_A_YEAR: Mapping[str, float] = {"band": 1, "score point": 10}
# What a laggard on any other scale misses of the gain that is expected.
SHARE_MISSED = 0.5
