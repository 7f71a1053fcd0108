"""How sure each child's marks are, set beside plain Python's answer on schools that a machine invents."""

from __future__ import annotations

import numpy as np
import pytest
from evidence_oracle import EvidenceOracle
from hypothesis import given, settings
from oracle import School
from schools import GRADES, TERMS, register_of, schools

from how_many import examples
from registers import result, usual_rules
from siptrack.analysis.evidence import weigh_evidence
from siptrack.analysis.in_term import judge_term
from siptrack.school.in_pandas import to_pandas
from siptrack.school.register import STILL_HERE

SETTINGS = settings(derandomize=True, max_examples=examples(10), report_multiple_bugs=False, deadline=None)
SCALES = sorted(set(GRADES) - {""})


def own_from(results: int):
    """The rules with a school's own figures worked out from so few results, so that a small school has them."""
    stated = usual_rules().evidence
    reliability = stated.reliability._replace(own_from=results)
    courses = stated.courses._replace(own_from=results, over=1)
    return usual_rules()._replace(evidence=stated._replace(reliability=reliability, courses=courses, points=31))


RULES = {"stated": usual_rules(), "own": own_from(5)}


def steady_school(scale: str, seed: int) -> School:
    """Twelve pupils on one scale who go up and down a grade or two, some with results missing, some a year late."""
    chance = np.random.default_rng([seed, *map(ord, scale)])
    people, placements, results = [], [], []
    for pupil in (f"pupil {number}" for number in range(12)):
        at = int(chance.integers(len(GRADES[scale])))
        people.append({"pupil": pupil, "on_roll_until": STILL_HERE})
        year_group = int(chance.integers(5))
        for year in sorted({term.academic_year for term in TERMS}):
            placements.append({"pupil": pupil, "academic_year": year, "year_group": year_group})
            year_group += int(chance.choice([1, 1, 1, 1, 0]))
        for term in TERMS[chance.choice([0, 0, 0, 2, 4, 6]) :]:
            at = min(max(at + chance.choice([-1, 0, 0, 1, 1, 2]), 0), len(GRADES[scale]) - 1)
            if term == TERMS[-1] or chance.random() < 0.9:
                results.append(result(pupil, "reading", term, GRADES[scale][at], usual_rules().scales[scale]))
    return School(people, placements, results)


def differing(school: School, term, rules) -> tuple[int, list[object]]:
    """How many pupils have a number, and those of whom the two do not say the same."""
    found = to_pandas(weigh_evidence(judge_term(register_of(school), rules, term)))
    wanted = EvidenceOracle(school, rules, term).evidence()
    assert {(row.pupil, row.subject) for row in found.itertuples()} == wanted.keys()
    bad, numbers = [], 0
    for row in found.itertuples():
        reason, terms, number = wanted[row.pupil, row.subject]
        numbers += number is not None
        same = number is None or row.behind_in_100 == pytest.approx(number, abs=1e-7)
        empty = row.behind_in_100 != row.behind_in_100
        if (row.reason, row.terms) != (reason, terms) or not same or empty != (number is None):
            bad.append((row, wanted[row.pupil, row.subject]))
    return numbers, bad


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("rules", RULES)
def test_the_number_of_each_child_is_the_same(rules, scale):
    said = [differing(steady_school(scale, seed), TERMS[-1], RULES[rules]) for seed in range(examples(2))]

    assert [bad for _, bad in said if bad] == []
    assert sum(numbers for numbers, _ in said) >= 5


@SETTINGS
@given(schools(most_terms=9))
def test_why_there_is_no_number_is_the_same(case):
    assert differing(*case, usual_rules())[1] == []
