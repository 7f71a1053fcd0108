"""What chance allows a school: the limits agree with the binomial distribution of another implementation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from siptrack.analysis.across.funnel import limits


def by_scipy(n, rate, chance):
    """Spiegelhalter 2005, A.1: the smallest count that reaches the chance, less the part of it that goes beyond."""
    count = int(binom.ppf(chance, n, rate))
    until, before = binom.cdf(count, n, rate), binom.cdf(count - 1, n, rate)
    return min(max((count - (until - chance) / (until - before)) / n, 0), 1)


@pytest.mark.parametrize("within", [95, 99.8])
@pytest.mark.parametrize("rate", [0.03, 0.2, 0.53, 0.71, 0.99])
def test_the_limits_are_those_of_the_binomial_distribution(rate, within):
    n = np.array([5, 30, 31, 210, 420, 30])
    found = limits(n, rate, within)
    tail = (1 - within / 100) / 2

    assert found.low == pytest.approx([by_scipy(size, rate, tail) for size in n.tolist()], abs=1e-9)
    assert found.high == pytest.approx([by_scipy(size, rate, 1 - tail) for size in n.tolist()], abs=1e-9)


def test_where_all_are_at_expectations_no_school_may_be_otherwise():
    found = limits(np.array([10, 20]), 1.0, 95)

    assert found.below(np.array([0.9, 1.0])).tolist() == [True, False]


def test_schools_alike_lie_outside_as_often_as_the_limits_say():
    n, rate = np.full(4000, 210), 0.7
    share = np.random.default_rng(1).binomial(n, rate) / n
    found = limits(n, rate, 95)

    outside = (found.below(share) | found.above(share)).mean()
    assert 0.03 < outside < 0.07
