"""The chance to join the list or leave it by noise alone, against every way in which the grades could have fallen."""

from __future__ import annotations

import math
from itertools import pairwise, product

import numpy as np
import pytest

from registers import register, term, usual_rules
from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.in_term import judge_term
from siptrack.analysis.likelihood import levels
from siptrack.analysis.noise import named_by_noise, turnover
from siptrack.analysis.own_level import OwnLevel
from siptrack.school.scale import ScaleKind

RELIABILITY = 0.9
YEAR_GROUP = 4
ON = {
    "teacher-assessment": ("WTS", "EXS", "GDS"),
    "point-in-time": ("Below", "Just below", "On track", "Greater depth"),
}


def known(scale, *terms):
    """What siptrack says of a child of Year 4 with results in these terms, of whom the last two are compared."""
    usual = ON[scale][1]
    table = f"pupil | year group | {' | '.join(terms)}\nAnn | {YEAR_GROUP} | {' | '.join(usual for _ in terms)}"
    written, rules = register(table, scale=scale), usual_rules()
    then, now = (judge_term(written, rules, term(one)) for one in terms[-2:])
    reliability, apart = np.array([RELIABILITY]), now.opened.term.number - then.opened.term.number
    found = turnover(now.progress, then.progress, apart, reliability, rules)
    return found, named_by_noise(now.progress, reliability, any_child(rules), rules)


def any_child(rules):
    """One of whose marks nothing is known."""
    _, weight = levels(rules.evidence.points, rules.evidence.reach)
    return OwnLevel(weight[None], np.array([-np.inf]), np.array([np.inf]))


class Enumerated:
    """The same by going through every grade in every term, for each level of the child."""

    def __init__(self, scale, terms):
        self.scale, rules = usual_rules().scales[scale], usual_rules()
        self.points = [self.scale.by_code[code].points for code in ON[scale]]
        self.spread, self.stated = rules.evidence.spread_of(self.scale), rules.evidence
        self.terms = [term(one) for one in terms]

    def ways(self, marks=()):
        """Every way in which the grades could have fallen, and its chance, of a child of such marks in these terms."""
        levels = [(level, weight * self.alike(level, marks)) for level, weight in self.levels()]
        every = sum(weight for _, weight in levels)
        for level, weight in levels:
            written = [self.written(one, level) for one in self.terms]
            for grades in product(range(len(self.points)), repeat=len(self.terms)):
                chances = (chance[grade] for chance, grade in zip(written, grades, strict=True))
                yield grades, weight / every * math.prod(chances)

    def alike(self, level, marks):
        """How likely a child at this level is given these marks, of which some are slips."""
        slips, grades = self.stated.slips, [ON[self.scale.name].index(mark) for mark in marks]
        return math.prod(
            (1 - slips) * self.written(one, level)[grade] + slips * self.common(one)[grade]
            for one, grade in zip(self.terms, grades, strict=False)
        )

    def levels(self):
        grid = np.linspace(-self.stated.reach, self.stated.reach, self.stated.points)
        weights = np.exp(-(grid**2) / 2) / np.exp(-(grid**2) / 2).sum()
        return zip(grid.tolist(), weights.tolist(), strict=True)

    def common(self, one):
        """How many of all children are given each grade."""
        middle, deviation = (np.interp(YEAR_GROUP, (2, 6), column) for column in self.spread)
        edges = (point - self.line(one) - middle for point in self.points[1:])
        under = [0.0, *(self.normal(edge / deviation) for edge in edges), 1.0]
        return [high - low for low, high in pairwise(under)]

    def line(self, one):
        """Within the bands of the year group, where the scale has bands for each."""
        year = YEAR_GROUP - self.years_before(one)
        return self.scale.reference[year, one.season] - self.scale.points_a_year * year

    def years_before(self, one):
        return self.terms[-1].academic_year - one.academic_year

    def written(self, one, level):
        between = (
            np.interp(YEAR_GROUP, (2, 6), self.spread.middle),
            np.interp(YEAR_GROUP, (2, 6), self.spread.deviation),
        )
        true = self.line(one) + between[0] + between[1] * math.sqrt(RELIABILITY) * level
        error = between[1] * math.sqrt(1 - RELIABILITY)
        under = [0.0, *(self.normal((edge - true) / error) for edge in self.points[1:]), 1.0]
        return [high - low for low, high in pairwise(under)]

    @staticmethod
    def normal(value):
        return math.erfc(-value / math.sqrt(2)) / 2

    def said(self, grades, now, starts):
        """`named`, `told` or nothing, of the windows that begin with these terms."""
        found = [self.verdict(grades, now, start) for start in starts]
        return "named" if "named" in found else "told" if "told" in found else ""

    def verdict(self, grades, now, start):
        lowest = self.scale.kind is ScaleKind.RELATIVE and self.scale.grades[0].points == self.points[0]
        if lowest and grades[now] == grades[start] == 0:
            return ""
        gain = self.points[grades[now]] - self.points[grades[start]]
        rose = self.line(self.terms[now]) - self.line(self.terms[start])
        return "named" if gain - rose < -self.scale.tolerance else "told"


@pytest.mark.parametrize("scale", ON)
@pytest.mark.parametrize(
    ("terms", "starts_then", "starts_now"),
    [
        # Both windows of both terms begin with one result.
        (("Summer 2024", "Summer 2025", "Spring 2026", "Summer 2026"), (0, 1), (0, 1)),
        # A new school year: this year's window begins with the earlier term.
        (("Summer 2024", "Summer 2025", "Spring 2026"), (0,), (0, 1)),
        # No result before this year: one start, and later on another.
        (("Autumn 2025", "Spring 2026", "Summer 2026"), (), (0,)),
    ],
)
def test_joining_and_leaving_come_to_the_chance_of_all_ways_in_which_the_grades_could_have_fallen(
    scale, terms, starts_then, starts_now
):
    found, named = known(scale, *terms)
    now, then = len(terms) - 1, len(terms) - 2
    starts_then, starts_now = (tuple(dict.fromkeys(one)) for one in (starts_then, starts_now))
    enumerated = Enumerated(scale, terms)
    sums = {"named now": 0.0, "named then": 0.0, "joined": 0.0, "left": 0.0}
    for grades, chance in enumerated.ways():
        at, before = enumerated.said(grades, now, starts_now), enumerated.said(grades, then, starts_then)
        sums["named now"] += chance * (at == "named")
        sums["named then"] += chance * (before == "named")
        sums["joined"] += chance * (at == "named" and before == "told")
        sums["left"] += chance * (at == "told" and before == "named")

    assert named[0] == pytest.approx(100 * sums["named now"], abs=1e-9)
    if starts_then:
        assert found.join[0] == pytest.approx(100 * sums["joined"], abs=1e-9)
        assert found.leave[0] == pytest.approx(100 * sums["left"] / sums["named then"], abs=1e-9)
    else:
        assert np.isnan(found.join[0])
        assert np.isnan(found.leave[0])


@pytest.mark.parametrize(
    ("scale", "marks"),
    [
        ("teacher-assessment", ("EXS", "EXS", "WTS", "EXS")),
        ("teacher-assessment", ("WTS", "WTS", "WTS", "WTS")),
        ("point-in-time", ("On track", "Just below", "On track", "On track")),
        ("point-in-time", ("Greater depth", "Greater depth", "Greater depth", "On track")),
    ],
)
def test_how_often_noise_names_a_child_is_of_the_levels_that_its_own_marks_leave_open(scale, marks):
    terms = ("Summer 2024", "Summer 2025", "Spring 2026", "Summer 2026")
    table = f"pupil | year group | {' | '.join(terms)}\nAnn | {YEAR_GROUP} | {' | '.join(marks)}"
    found = weigh_evidence(judge_term(register(table, scale=scale), usual_rules(), term(terms[-1])))
    enumerated = Enumerated(scale, terms)
    named = sum(chance for grades, chance in enumerated.ways(marks) if enumerated.said(grades, 3, (0, 1)) == "named")

    assert found["noise_in_100"].tolist() == [pytest.approx(100 * named, abs=1e-9)]


def test_where_the_scale_changed_in_between_nothing_is_worked_out():
    table = f"pupil | year group | Summer 2024 | Autumn 2025 | Spring 2026\nAnn | {YEAR_GROUP} | EXS | EXS | EXS"
    then = judge_term(register(table, scale="teacher-assessment"), usual_rules(), term("Autumn 2025"))
    now = judge_term(
        register(table.replace("EXS", "On track"), scale="point-in-time"), usual_rules(), term("Spring 2026")
    )
    found = turnover(now.progress, then.progress, 1, np.array([RELIABILITY]), usual_rules())

    assert np.isnan(found.join[0])
