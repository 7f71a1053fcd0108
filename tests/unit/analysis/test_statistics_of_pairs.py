"""The statistics of pairs agree with SciPy's, and say what they must where there is little to go on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from siptrack.analysis.pairs import paired_interval, swap_chance

DIFFERENCES = [
    [2.0, 0.0, 2.0, 4.0, -2.0, 2.0],
    [1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0],
    [-3.5, 2.25, 0.75, -1.0, -6.0, 0.5, 1.25],
    [0.0, 0.0, 2.0, -2.0, 0.0, 2.0],
]


@pytest.mark.parametrize("differences", DIFFERENCES)
@pytest.mark.parametrize("confidence", [90, 95, 99])
def test_the_interval_is_that_of_the_paired_t_test(differences, confidence):
    expected = stats.ttest_1samp(differences, 0).confidence_interval(confidence / 100)

    found = paired_interval(np.array(differences), confidence)

    assert found == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("differences", DIFFERENCES)
def test_the_chance_is_that_of_the_exact_permutation_test_of_pairs(differences):
    ours, theirs = np.array(differences), np.zeros(len(differences))
    exact = stats.permutation_test(
        (ours, theirs),
        lambda first, second, axis: np.mean(first - second, axis=axis),
        permutation_type="samples",
        n_resamples=math.inf,
        vectorized=True,
    )

    assert swap_chance(ours) == pytest.approx(exact.pvalue)


def test_six_pairs_that_all_differ_the_same_way_come_about_once_in_thirty_two():
    assert swap_chance(np.ones(6)) == pytest.approx(2 / 2**6)


def test_no_difference_is_no_news():
    assert swap_chance(np.zeros(8)) == 1
    assert paired_interval(np.zeros(8), 95) == (0, 0)


def test_one_pair_has_no_interval():
    assert all(map(math.isnan, paired_interval(np.array([2.0]), 95)))


def test_many_pairs_of_scores_are_counted_out_in_a_moment():
    differences = np.random.default_rng(7).integers(-30, 31, size=300).astype(float)

    chance = swap_chance(differences)

    z = abs(differences.sum()) / math.sqrt((differences**2).sum())
    assert chance == pytest.approx(2 * stats.norm.sf(z), abs=0.01)
