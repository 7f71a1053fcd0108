"""Children whose true progress is known, and what is written of them.

Each child has a true distance from the reference line, in the scale's points. The distances of a school are spread as
spread.py says. What becomes of a child's distance is its course:

- a child who keeps up stays as far from the line as at first, for two years;
- a child exactly on the line keeps up at a distance of nothing;
- a child who falls behind makes half of the gain that is expected; where children are judged against the year group, it
  loses one band, or 10 score points, in a year. It falls steadily, over two years (all the six terms) or over the last
  year alone (since last Summer, having kept up before);
- a child who rises does the opposite of one who falls for two years.

What is written is the true value after an error: the line at that term, plus the distance, plus the error, read off the
scale. That is the highest grade not above it; a child below the lowest grade is given the lowest, and one above the
highest the highest; scores are rounded. On bands of a year group no child is given a band of another year group; on
steps with a year group's number a child is given the step of any year group, from Nursery to Year 6.

The errors are independent from term to term, normal, and as large as a reliability says: the correlation between two
judgements of the same children by two people who know nothing of each other's. What is written is spread equally at any
reliability; the less reliable it is, the more of that spread is error and the less is truth. Teachers do know last
term's judgement, and their errors last; how much that helps is not simulated.

Everybody has a result in each of six terms, of two academic years, and is in Years 2 to 6 in the second, whose Summer
is judged; there is no result where the scale has no line, so that Key Stage 2 scores stand in Year 6 alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from grades import Written, on_scale, read_off
from spread import FALL_A_YEAR, SHARE_MISSED, SPREADS

from siptrack.school.scale import Scale, ScaleKind
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from numpy.typing import NDArray

JUDGED = Term(2025, Season.SUMMER)
TERMS = np.arange(JUDGED.number - 2 * SEASONS_IN_A_YEAR + 1, JUDGED.number + 1)
LAST_SUMMER = SEASONS_IN_A_YEAR - 1  # its position among the terms
YEAR_GROUPS = range(2, 7)


class Course(StrEnum):
    """What becomes of a child's distance from the line."""

    KEEPS_UP = "keep up"
    ON_THE_LINE = "exactly on the line"
    FALLS_ONE_YEAR = "fall for one year"
    FALLS_TWO_YEARS = "fall for two years"
    RISES = "rise for two years"


@dataclass(frozen=True)
class Children:
    """The children of a school on a scale: a value for each child (`course`, `error`), or for each child and term.

    `year_group` is the child's in each term, `line` the reference line's points for it (NaN where the scale has none),
    `distance` the true distance from it, `error` the standard deviation of what is written about the truth.
    """

    scale: Scale
    course: NDArray[np.object_]
    year_group: NDArray[np.int64]
    line: NDArray[np.float64]
    distance: NDArray[np.float64]
    error: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.course)

    @property
    def on_scale(self) -> NDArray[np.bool_]:
        """Whether each child's true value lies between the ends of the scale in every term with a result."""
        true_value = self.line + self.distance
        return np.asarray((on_scale(self.scale, true_value) | np.isnan(true_value)).all(axis=1))


def year_groups_on(scale: Scale) -> tuple[int, ...]:
    """The year groups in which progress can be measured on the scale: their line is known for a whole year."""
    return tuple(
        year
        for year in YEAR_GROUPS
        if scale.measures_progress and all((year, season) in scale.reference for season in Season)
    )


def evenly(scale: Scale, courses: Sequence[Course], of_each: int) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """The course and the year group of so many children of each course, as many in every year group."""
    year_group = np.tile(np.resize(np.array(year_groups_on(scale)), of_each), len(courses))
    return np.repeat(np.array(courses, dtype=object), of_each), year_group


def children_of(
    scale: Scale,
    course: NDArray[np.object_],
    year_group: NDArray[np.int64],
    reliability: float,
    chance: np.random.Generator,
) -> Children:
    """Children of these courses who are in these year groups in the year judged."""
    in_each_term = year_group[:, None] - (JUDGED.academic_year - TERMS // SEASONS_IN_A_YEAR)
    line = _line(scale, in_each_term)
    middle, deviation = SPREADS[scale.name].at(year_group)
    first = middle + np.sqrt(reliability) * deviation * chance.standard_normal(len(course))
    distance = np.where(course == Course.ON_THE_LINE, 0, first)[:, None] + _moved(scale, course, line)
    return Children(scale, course, in_each_term, line, distance, np.sqrt(1 - reliability) * deviation)


def write(children: Children, chance: np.random.Generator) -> Written:
    """What teachers or tests make of the children, term by term."""
    error = children.error[:, None] * chance.standard_normal(children.distance.shape)
    return read_off(children.scale, children.line + children.distance + error, children.year_group)


def _line(scale: Scale, year_group: NDArray[np.int64]) -> NDArray[np.float64]:
    """The reference line's points for each child and term."""
    known = np.full((YEAR_GROUPS.stop, len(Season)), np.nan)
    for (year, season), points in scale.reference.items():
        known[year, season] = points
    return known[year_group, TERMS % SEASONS_IN_A_YEAR]


def _moved(scale: Scale, course: NDArray[np.object_], line: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each child's distance has changed by each term."""
    if scale.kind is ScaleKind.CUMULATIVE:
        fall = SHARE_MISSED * (line - line[:, :1])
    else:
        fall = np.broadcast_to(FALL_A_YEAR[scale.unit] * np.arange(len(TERMS)) / SEASONS_IN_A_YEAR, line.shape)
    since_last_summer = np.maximum(fall - fall[:, LAST_SUMMER, None], 0)
    moves = {Course.FALLS_ONE_YEAR: -since_last_summer, Course.FALLS_TWO_YEARS: -fall, Course.RISES: fall}
    return np.select([(course == one)[:, None] for one in moves], list(moves.values()), 0.0)
