"""The statistics of children beside others agree with SciPy's, and say what they must of few children."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from siptrack.analysis.beside import Difference, WeighedSides, chance_of, interval, mean_difference

STEP = 0.01  # so small that what is written varies by more
OURS = [[2.0, 0.0, 2.0, 4.0, -2.0, 2.0], [1.0, 1.0, 0.0, 1.0, 3.0, 1.0, 0.0, 1.0], [-3.5, 2.25, 0.75, -1.0, -6.0, 0.5]]
THEIRS = [[1.0, 0.0, -1.0, 0.5], [0.0, 1.0, 1.0, -2.0, 0.0, 1.0, 2.0], [4.0, -4.0]]


def beside(ours: list[float], theirs: list[float], step: float = STEP) -> Difference:
    """Everybody beside the same others, who all count alike."""
    others = np.array(theirs)
    weights = np.full(len(others), 1 / len(others))
    return mean_difference(WeighedSides(np.array(ours) - others.mean(), others, weights), step)


@pytest.mark.parametrize("ours", OURS)
@pytest.mark.parametrize("theirs", THEIRS)
@pytest.mark.parametrize("confidence", [90, 95])
def test_beside_others_who_all_count_alike_it_is_welch_s_test(ours, theirs, confidence):
    welch = stats.ttest_ind(ours, theirs, equal_var=False)
    limits = welch.confidence_interval(confidence / 100)

    found = beside(ours, theirs)

    assert interval(found, confidence) == pytest.approx((limits.low, limits.high))
    assert chance_of(found) == pytest.approx(welch.pvalue)


def test_others_of_whom_some_count_more_vary_as_the_weights_have_it():
    """The error of a weighted mean, found by drawing many."""
    weights = np.array([0.5, 0.2, 0.2, 0.1])
    drawn = np.random.default_rng(4).normal(size=(20_000, 4))

    errors = [mean_difference(WeighedSides(np.zeros(10**6)[:2], of, weights), 1e-9).error for of in drawn[:4000]]

    assert np.mean(np.square(errors)) == pytest.approx(np.var(drawn @ weights), rel=0.05)


def test_children_who_all_moved_alike_are_known_no_closer_than_whole_steps_tell():
    found = beside([2.0] * 6, [0.0] * 6, step=2)

    assert found.error == pytest.approx((2 * 2**2 / 12 / 6) ** 0.5)
    assert found.freedom == pytest.approx(10)


def test_one_child_beside_one_is_told_with_as_little_certainty_as_there_is():
    found = beside([1.0], [0.0], step=1)

    assert (found.mean, found.freedom) == (1, pytest.approx(2))
    assert chance_of(found) > 0.1
