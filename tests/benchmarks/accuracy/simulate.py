"""Children whose true progress is known, and what is written of them.

Each child has a true distance from the reference line, in the scale's points. The distances of a school are spread as
spread.py says. What becomes of a child's distance is its course:

- a child who keeps up stays as far from the line as at first, for two years;
- a child exactly on the line keeps up at a distance of nothing;
- a child who falls behind makes half of the gain that is expected; where children are judged against the year group, it
  loses one band, or 10 score points, in a year. It falls steadily, since its first result, for two years (of six terms
  all) or over the last year alone (since last Summer, having kept up before);
- a child who rises does the opposite of one who falls since its first result.

What is written is the true value after an error: the line at that term, plus the distance, plus the error, read off the
scale. That is the highest grade not above it; a child below the lowest grade is given the lowest, and one above the
highest the highest; scores are rounded. On bands of a year group no child is given a band of another year group; on
steps with a year group's number a child is given the step of any year group, from Nursery to Year 6.

The errors are independent from term to term, normal, and as large as a reliability says: the correlation between two
judgements of the same children by two people who know nothing of each other's. What is written is spread equally at any
reliability; the less reliable it is, the more of that spread is error and the less is truth. Teachers do know last
term's judgement, and their errors last; how much that helps is not simulated.

Unless it is said otherwise everybody has a result in each of six terms, of two academic years, and is in Years 2 to 6
in the second, whose Summer is judged; there is no result where the scale has no line, so that Key Stage 2 scores stand
in Year 6 alone.
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
TWO_YEARS, ONE_YEAR = 2 * SEASONS_IN_A_YEAR, SEASONS_IN_A_YEAR  # terms from the summers before to the term judged
LAST_SUMMER = -1 - ONE_YEAR  # its position among the terms
YEAR_GROUPS = range(2, 7)


class Course(StrEnum):
    """What becomes of a child's distance from the line."""

    KEEPS_UP = "keep up"
    ON_THE_LINE = "exactly on the line"
    FALLS_ONE_YEAR = "fall for one year"
    FALLS_TWO_YEARS = "fall for two years"
    FALLS_THROUGHOUT = "fall since the first result"
    RISES = "rise for two years"


OF_SIX_TERMS = (  # of which the first result lies two years back, so that a fall since then is one of two years
    Course.KEEPS_UP,
    Course.ON_THE_LINE,
    Course.FALLS_ONE_YEAR,
    Course.FALLS_TWO_YEARS,
    Course.RISES,
)


def terms_before(count: int) -> NDArray[np.int64]:
    """The numbers of so many terms, the term judged the last of them."""
    return np.arange(JUDGED.number - count + 1, JUDGED.number + 1)


@dataclass(frozen=True)
class Children:
    """The children of a school on a scale: a value for each child (`course`, `error`), or for each child and term.

    `terms` are the numbers of the terms, `year_group` the child's in each, `line` the reference line's points for it
    (NaN where the scale has none), `distance` the true distance from it, and `error` the standard deviation of what is
    written about the truth.
    """

    scale: Scale
    terms: NDArray[np.int64]
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


def chance_of(scale: str, seed: int, school: int = 0) -> np.random.Generator:
    """The random numbers of a school on a scale: no two scales and no two schools share them."""
    return np.random.default_rng([seed, school, *map(ord, scale)])


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
    terms: NDArray[np.int64] = TERMS,
) -> Children:
    """Children of these courses who are in these year groups in the year judged, with results in these terms."""
    in_each_term = year_group[:, None] - (JUDGED.academic_year - terms // SEASONS_IN_A_YEAR)
    line = _line(scale, in_each_term, terms)
    middle, deviation = SPREADS[scale.name].at(year_group)
    first = middle + np.sqrt(reliability) * deviation * chance.standard_normal(len(course))
    distance = np.where(course == Course.ON_THE_LINE, 0, first)[:, None] + _moved(scale, course, line)
    return Children(scale, terms, course, in_each_term, line, distance, np.sqrt(1 - reliability) * deviation)


def write(children: Children, chance: np.random.Generator, lasting: float = 0, copied: float = 0) -> Written:
    """What teachers or tests make of the children, term by term.

    `lasting` is the correlation of an error with the last term's; `copied` the share of results that are written as the
    term before had them.
    """
    drawn = chance.standard_normal(children.distance.shape)
    error = drawn.copy()
    for term in range(1, error.shape[1]):
        error[:, term] = lasting * error[:, term - 1] + np.sqrt(1 - lasting**2) * drawn[:, term]
    value = children.line + children.distance + children.error[:, None] * error
    written = read_off(children.scale, value, children.year_group)
    return _copied_forward(written, chance.random(value.shape) < copied) if copied else written


def _copied_forward(written: Written, copied: NDArray[np.bool_]) -> Written:
    """Results some of which are those of the term before; what a child has in no term cannot be copied."""
    at = np.tile(np.arange(copied.shape[1]), (len(copied), 1))
    for term in range(1, copied.shape[1]):
        before = copied[:, term] & ~np.isnan(written.points[:, term - 1]) & ~np.isnan(written.points[:, term])
        at[:, term] = np.where(before, at[:, term - 1], term)
    return Written(*(np.take_along_axis(one, at, axis=1) for one in vars(written).values()))


def _line(scale: Scale, year_group: NDArray[np.int64], terms: NDArray[np.int64]) -> NDArray[np.float64]:
    """The reference line's points for each child and term."""
    known = np.full((YEAR_GROUPS.stop + 1, len(Season)), np.nan)
    for (year, season), points in scale.reference.items():
        known[year, season] = points
    return known[year_group, terms % SEASONS_IN_A_YEAR]  # the last row, which no year group is, holds Nursery


def _moved(scale: Scale, course: NDArray[np.object_], line: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each child's distance has changed by each term."""
    last = line.shape[1] - 1
    first = (~np.isnan(line)).argmax(axis=1)
    since = {
        Course.FALLS_THROUGHOUT: first,
        Course.FALLS_TWO_YEARS: np.maximum(first, last - TWO_YEARS),
        Course.FALLS_ONE_YEAR: np.maximum(first, last - ONE_YEAR),
    }
    falls = {one: _fallen(scale, line, start) for one, start in since.items()}
    moves = {**{one: -fallen for one, fallen in falls.items()}, Course.RISES: falls[Course.FALLS_THROUGHOUT]}
    return np.select([(course == one)[:, None] for one in moves], list(moves.values()), 0.0)


def _fallen(scale: Scale, line: NDArray[np.float64], start: NDArray[np.int64]) -> NDArray[np.float64]:
    """How much lower a child who falls since that term stands in each."""
    terms = np.maximum(np.arange(line.shape[1]) - start[:, None], 0)
    if scale.kind is not ScaleKind.CUMULATIVE:
        return FALL_A_YEAR[scale.unit] * terms / SEASONS_IN_A_YEAR
    return np.where(terms > 0, SHARE_MISSED * (line - np.take_along_axis(line, start[:, None], axis=1)), 0)
