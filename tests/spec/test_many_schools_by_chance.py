"""Forty schools in which nothing differs: how many trusts are told of a clear gap in any school, or of one outside."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from registers import register, usual_rules
from siptrack.analysis.across.counting import count_school
from siptrack.analysis.across.funnel import limits
from siptrack.analysis.across.gaps import gaps_in_schools
from siptrack.analysis.across.laid import lay
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.school.families import Family
from siptrack.school.frame import Frame
from siptrack.school.texts import Texts

RULES = usual_rules()
GOVERNORS = RULES.sharing.modes["governors"]
TRUSTS, SCHOOLS = 400, 40
SIZES = (60, 90, 120, 180, 210, 210, 300, 420)
SUBJECTS, ALIKE = ("reading", "writing", "maths", "rwm"), 0.7  # correlation between subjects of the same children
PRIMARY = ("gender", "disadvantaged", "minority_ethnic", "eal", "sen")
TABLE = """
    pupil | children | year group | class | gender | Summer 2018 | Summer 2019
    Ada   | 20       | 4          | Oak   | girls  | EXS         | EXS
    Bob   | 20       | 4          | Ash   | boys   | EXS         | WTS
"""
ONE = count_school(register(TABLE, scale="teacher-assessment"), RULES, None, {})


def gaps_by_chance(chance):
    """A school's gaps whose chances are those of children alike in every group, each as clear as alone it may be."""
    rows = [(key, subject, family) for key in PRIMARY for family in (Family.PRIMARY, Family.PROGRESS)
            for subject in (SUBJECTS if family is Family.PRIMARY else SUBJECTS[:3])]  # fmt: skip
    shared = np.repeat(chance.normal(size=2 * len(PRIMARY)), [4, 3] * len(PRIMARY))
    z = np.sqrt(ALIKE) * shared + np.sqrt(1 - ALIKE) * chance.normal(size=len(rows))
    keys, subjects, families = (Texts.of(each) for each in zip(*rows, strict=True))
    first = ONE.gaps.take(np.zeros(len(rows), dtype=np.int64))
    verdict = Texts.every(GapVerdict.CLEAR.value, len(rows))
    return first.having(
        characteristic=keys, subject=subjects, family=families, p=2 * norm.sf(np.abs(z)), verdict=verdict
    )


def test_at_most_one_trust_in_twenty_sees_a_clear_gap_where_there_is_none_in_any_of_forty_schools():
    chance = np.random.default_rng(7)
    laid = lay({"One": ONE}, 0)
    told = 0
    for _ in range(TRUSTS):
        gaps = Frame.stacked([gaps_by_chance(chance) for _ in range(SCHOOLS)])
        found, _, _ = gaps_in_schools({"One": ONE._replace(gaps=gaps)}, laid, RULES, GOVERNORS)
        told += bool((found["verdict"] == GapVerdict.CLEAR.value).any())

    assert 0.005 < told / TRUSTS < 0.05


@pytest.mark.parametrize(("within", "most"), [(95, 0.06), (99.8, 0.004)])
def test_schools_of_all_sizes_that_differ_by_chance_alone_lie_outside_no_oftener_than_the_limits_say(within, most):
    chance = np.random.default_rng(7)
    outside = []
    for rate in (0.3, 0.44, 0.68, 0.85):
        n = chance.choice(SIZES, (200, SCHOOLS))
        share = chance.binomial(n, rate) / n
        for sizes, shares in zip(n, share, strict=True):
            of_all = float((sizes * shares).sum() / sizes.sum())  # as the page has it, these schools among them
            found = limits(sizes, of_all, within)
            outside.append((found.below(shares) | found.above(shares)).mean())

    assert most / 4 < np.mean(outside) < most
