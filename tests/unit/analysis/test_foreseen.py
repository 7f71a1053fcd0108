"""What marks let expect later agrees with integrals that SciPy works out, and with children drawn at random."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from registers import register, usual_rules
from siptrack.analysis.evidence import lines_in, results_until, year_groups_in
from siptrack.analysis.foreseen import Later, foresee, heading
from siptrack.analysis.opened import open_register
from siptrack.analysis.selection import EVERYBODY
from siptrack.school.term import Season, Term

HEADINGS = "pupil | year group | children | Spring 2008 | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009"
BEFORE, AFTER = Term(2008, Season.SPRING).number, Term(2008, Season.SUMMER).number
GRADES = {"2c": 13, "2b": 15, "2a": 17, "3c": 19, "3b": 21, "3a": 23}
LINE = (17, 18, 19, 20, 21)  # Year 3 and 4, term by term
RISE = (0, 1, 2, 3, 4)
MISSED, SLIPS, RELIABILITY = 0.5, 0.01, 0.9
MIDDLE, DEVIATION = np.interp(4, (2, 6), (0.5, 1.6)), np.interp(4, (2, 6), (4, 4.3))
LADDER = np.arange(-1, 37, 2)  # what every grade of the scale is worth, 1c being 7


def marks_of(grades: str):
    """A child's foreseen row, by siptrack."""
    rules = usual_rules()
    opened = open_register(register(f"{HEADINGS}\none | 4 | 1 | {grades} | 3c"), rules, None, EVERYBODY)
    now, results = results_until(BEFORE, opened.past, opened, rules)
    later = np.array([AFTER])
    line, year_group = lines_in(later, now, opened, rules)[:, 0], year_groups_in(later, now, opened)[:, 0]
    return foresee(now, results, BEFORE, Later(AFTER, year_group, line), rules)


def likely(points: int, term: int, level: float, moved: float) -> float:
    """How likely a grade is of a child at a level, some of the marks being slips."""
    low, high = (np.array([points, points + 2]) - LINE[term] - MIDDLE) / DEVIATION
    noise = stats.norm(np.sqrt(RELIABILITY) * level + moved / DEVIATION, np.sqrt(1 - RELIABILITY))
    return (1 - SLIPS) * (noise.cdf(high) - noise.cdf(low)) + SLIPS * (stats.norm.cdf(high) - stats.norm.cdf(low))


@pytest.mark.parametrize("grades", ["2a | 2a | 3c | 3c", "3c | 3c | 2a | 2a", "2c | 2b | 3c | 3b"])
def test_each_course_is_as_likely_and_stands_as_high_as_an_integral_has_it(grades):
    points = [GRADES[one] for one in grades.split(" | ")]
    found = marks_of(grades)
    for at, sign in enumerate((0, 1, -1)):  # keeps up, rises, has fallen since the first result
        moved = [sign * MISSED * RISE[term] for term in range(5)]

        def whole(level: float, moved: list[float] = moved) -> float:
            of = [likely(one, term, level, moved[term]) for term, one in enumerate(points)]
            return stats.norm.pdf(level) * float(np.prod(of))

        chance = integrate.quad(whole, -4, 4, limit=200)[0]
        level = integrate.quad(lambda one, of=whole: one * of(one), -4, 4, limit=200)[0] / chance

        assert found.likely[0, at] == pytest.approx(np.log(chance), abs=1e-3)
        stands = (MIDDLE + moved[3]) / DEVIATION + np.sqrt(RELIABILITY) * level
        assert found.stands[0, at] == pytest.approx(stands, abs=1e-3)


def test_what_is_written_later_is_what_children_drawn_at_random_come_to():
    """Children of every level whose first four marks are these, and what a fifth says of those who fall."""
    draw = np.random.default_rng(3)
    grades = [GRADES[one] for one in ("3c", "3c", "2a", "2a")]
    level = np.sqrt(RELIABILITY) * draw.normal(size=2_000_000)
    moved = np.array([-MISSED * one for one in RISE])
    value = MIDDLE + DEVIATION * (level[:, None] + np.sqrt(1 - RELIABILITY) * draw.normal(size=(len(level), 5)))
    value += moved + np.array(LINE)
    written = np.floor((value - 13) / 2) * 2 + 13
    same = (written[:, :4] == grades).all(axis=1)

    rules_without_slips = marks_of("3c | 3c | 2a | 2a").written[0, 2]

    assert same.sum() > 2000
    assert rules_without_slips == pytest.approx(written[same, 4].mean() - LINE[4], abs=0.1)


def test_who_fell_heads_down_and_who_rose_up():
    falls, keeps, rises = (
        heading(marks_of(of).chance)[0] for of in ("3b | 3c | 2a | 2b", "2a | 2a | 3c | 3c", "2c | 2b | 3c | 3b")
    )

    assert falls < keeps < rises
