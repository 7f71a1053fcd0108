"""How often noise alone names a child whose own marks say at which level it is: a class at the bottom of its scale."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from registers import register, term, usual_rules
from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.in_term import judge_term

TERMS = ("Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026", "Summer 2026")
CHILDREN = 26


def noise(scale, mark, terms=TERMS, lean=0):
    """Of 100 such children how many noise alone would name, each of a class with one mark in every term."""
    headings, marks = " | ".join(terms), " | ".join(mark for _ in terms)
    written = register(f"year group | children | {headings}\n4 | {CHILDREN} | {marks}", scale=scale)
    written = replace(written, results=written.results.assign(lean=float(lean)))
    return weigh_evidence(judge_term(written, usual_rules(), term(terms[-1])))["noise_in_100"]


def beyond(value):
    """How much of a normal distribution lies over so many standard deviations."""
    return math.erfc(value / math.sqrt(2)) / 2


def in_plain_python(lowest, low, high):
    """The same of a child who scored between these edges in two terms, by every two scores from `lowest` on."""
    rules = usual_rules()
    scale, stated = rules.scales["standardised-score"], rules.evidence
    reliability, deviation = stated.reliability_of(scale), stated.spread_of(scale).deviation[0]
    tolerance, error = int(scale.tolerance), deviation * math.sqrt(1 - reliability)

    def between(under, over, level):
        return beyond((under - level) / error) - beyond((over - level) / error)

    common = beyond((low - 100) / deviation) - beyond((high - 100) / deviation)
    scores = range(lowest, int(scale.numbers.high) + 1)
    edges = [-math.inf, *(score - 0.5 for score in scores[1:]), math.inf]
    every = named = 0.0
    for at in np.linspace(-stated.reach, stated.reach, stated.points).tolist():
        level = 100 + at * deviation * math.sqrt(reliability)
        meant = (1 - stated.slips) * between(low, high, level)
        weight = math.exp(-(at**2) / 2) * (meant + stated.slips * common) ** 2
        chance = [between(*edges[score : score + 2], level) for score in range(len(scores))]
        named_at = sum(each * sum(chance[: max(start - tolerance, 0)]) for start, each in enumerate(chance))
        every, named = every + weight, named + weight * named_at
    return 100 * named / every


@pytest.mark.parametrize(
    ("mark", "lean", "lowest", "low", "high"),
    [
        ("70", 0, 40, 69.5, 70.5),
        ("40", 0, 40, -math.inf, 40.5),
        # <70: what the test cannot tell from 70 cannot be named either.
        ("70", -1, 70, -math.inf, 70.5),
    ],
)
def test_of_two_scores_it_comes_to_the_chance_of_every_two_scores(mark, lean, lowest, low, high):
    found = noise("standardised-score", mark, ("Summer 2025", "Summer 2026"), lean)

    assert found.tolist() == [pytest.approx(in_plain_python(lowest, low, high), abs=1e-9)] * CHILDREN


@pytest.mark.parametrize(
    ("scale", "mark", "lean"), [("standardised-score", "70", -1), ("standardised-score", "130", 1)]
)
def test_a_class_whose_tests_never_tell_its_scores_apart_comes_to_hardly_a_child(scale, mark, lean):
    assert noise(scale, mark, lean=lean).sum() / 100 < 1.1
    assert noise(scale, mark, lean=0).sum() / 100 > 9


def test_a_class_that_is_always_at_the_lowest_grade_comes_to_far_fewer_than_one_at_its_edge():
    lowest, often_either = noise("teacher-assessment", "WTS"), noise("teacher-assessment", "EXS")

    assert lowest.sum() / 100 < 2
    assert lowest.sum() < 0.7 * often_either.sum()


def test_of_a_class_with_too_few_terms_for_a_number_the_marks_count_as_well():
    assert noise("standardised-score", "70", TERMS[3:], lean=-1).sum() / 100 < 1.5


def test_limits_of_two_tests_that_do_not_agree_count_for_the_level_alone():
    written = register("year group | Summer 2025 | Summer 2026\n4 | 70 | 60", scale="standardised-score")
    written = replace(written, results=written.results.assign(lean=[-1.0, 1.0]))
    found = weigh_evidence(judge_term(written, usual_rules(), term("Summer 2026")))["noise_in_100"]

    assert 20 < found[0] < 30
