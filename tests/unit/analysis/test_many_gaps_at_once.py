"""What holds many comparisons together, beside independent implementations: Holm, ordered grades, pairs, causes."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.api import OLS
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests

from how_many import examples
from siptrack.analysis import causes
from siptrack.analysis.many_at_once import holm
from siptrack.analysis.ordered_grades import Ordered
from siptrack.analysis.pair_effects import beyond_prediction
from siptrack.analysis.statistics import score_placebo

chances = st.lists(st.floats(0, 1), min_size=1, max_size=8)


@settings(derandomize=True, max_examples=examples(20), deadline=None)
@given(st.lists(chances, min_size=1, max_size=3))
def test_holm_is_that_of_statsmodels_in_each_family(families):
    chance = np.concatenate([np.array(family) for family in families])
    family = np.repeat(np.arange(len(families)), [len(one) for one in families])

    got = holm(chance, family, np.arange(len(chance)))

    wanted = np.concatenate([multipletests(one, method="holm")[1] for one in families])
    np.testing.assert_allclose(got, wanted, atol=1e-12)


@given(chances)
def test_comparisons_of_the_same_children_count_as_one_and_a_missing_chance_as_none(given_chances):
    once = holm(np.array(given_chances), np.zeros(len(given_chances), int), np.arange(len(given_chances)))
    twice = np.array([*given_chances, *given_chances, np.nan])

    got = holm(twice, np.zeros(len(twice), int), np.arange(len(twice)) % len(given_chances))

    np.testing.assert_allclose(got, [*once, *once, np.nan])


def test_a_child_without_points_counts_as_the_mean_of_those_who_are_as_it_is():
    group, peers = np.array([[3.0, 1.0, 0.0]]), np.array([[1.0, 2.0, 4.0]])
    score = np.array([[1.0, 2.5, 4.0]])
    chance, above = score_placebo(group, peers, score)
    values = np.repeat(score[0], (group + peers)[0].astype(int))
    mean = values.mean()
    wanted = sum(group[0] * (score[0] - mean))
    deviation = np.sqrt(values.var(ddof=1) * 4 * 7 / 11)
    assert above[0] == pytest.approx(wanted)
    assert chance[0] == pytest.approx(2 * stats.norm.sf((abs(wanted) - 0.5) / deviation))


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (2, 2, 2)])
def test_a_pair_is_set_against_what_least_squares_predicts_from_the_others(shape):
    random = np.random.default_rng(sum(shape))
    cells = list(product(*map(range, shape)))
    counts = random.integers(1, 9, (len(cells), 5)).astype(float)
    ranks = np.array([1.0, 2.0, 4.0, 5.0, 7.0])
    groups = ["+".join(f"{axis}{value}" for axis, value in enumerate(cell)) for cell in cells]

    got, way = beyond_prediction([(groups, Ordered(counts, counts, np.tile(ranks, (len(cells), 1))))])

    at = np.repeat(np.arange(len(cells)), counts.sum(axis=1).astype(int))
    y = np.concatenate([np.repeat(ranks, row.astype(int)) for row in counts])
    within = OLS(y, np.eye(len(cells))[at]).fit()
    parts = np.array(cells)[at]
    additive = [np.ones(len(y))]
    additive += [(parts[:, axis] == value) * 1.0 for axis, size in enumerate(shape) for value in range(1, size)]
    for cell in range(len(cells)):
        beyond = OLS(y, np.column_stack([*additive, (at == cell) * 1.0])).fit()
        error = np.sqrt(within.mse_resid * beyond.normalized_cov_params[-1, -1])
        t = beyond.params[-1] / error
        assert got[cell] == pytest.approx(2 * stats.t.sf(abs(t), within.df_resid), abs=1e-9)
        assert np.sign(way[cell]) == np.sign(beyond.params[-1])


def test_a_pair_whose_others_tell_nothing_is_not_set_against_them():
    alone = Ordered(np.ones((2, 3)), np.ones((2, 3)), np.tile(np.arange(3.0), (2, 1)))
    assert np.isnan(beyond_prediction([(["a+x", "b+y"], alone)])[0]).all()


def test_the_test_within_strata_is_cochran_mantel_haenszel_where_strata_are_of_one_size():
    tables = [((9, 3), (5, 7)), ((6, 6), (2, 10)), ((11, 1), (8, 4))]
    score, group, strata = [], [], []
    for stratum, table in enumerate(tables):
        for inside, (met, missed) in zip((True, False), table, strict=True):
            score += [1.0] * met + [0.0] * missed
            group += [inside] * (met + missed)
            strata += [stratum] * (met + missed)
    wanted = StratifiedTable([np.array(table).astype(float) for table in tables]).test_null_odds(correction=False)

    got = causes._by_chance(np.array(score), np.array(group), np.array(strata), 1.0)

    assert got == pytest.approx(wanted.pvalue, abs=1e-12)
    assert causes._by_chance(np.array(score), np.array(group), np.array(strata), -1.0) == 1
