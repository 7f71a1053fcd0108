"""Each statistic beside an independent implementation: scipy, statsmodels, or every split counted out."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from siptrack.analysis import statistics as ours
from siptrack.analysis.like_for_like import pooled_means, pooled_shares
from siptrack.analysis.student import student_critical

Z = ours.critical_value(95)

side = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
by_value = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=8).filter(
    lambda pairs: sum(a > 0 or b > 0 for a, b in pairs) > 1 and all(sum(one) > 1 for one in zip(*pairs, strict=True))
)


def arrays(*numbers):
    return [np.array([number]) for number in numbers]


@given(side, side)
def test_the_placebo_is_the_hypergeometric_distribution(group, peers):
    (count, n), (peers_count, peers_n) = group, peers
    counted, everybody = count + peers_count, n + peers_n
    at = np.arange(max(0, n + counted - everybody), min(n, counted) + 1)
    as_large = np.abs(at * everybody - counted * n) >= abs(count * everybody - counted * n)
    wanted = min(1, stats.hypergeom(everybody, counted, n).pmf(at)[as_large].sum())
    (got,) = ours.placebo(*arrays(count, n, peers_count, peers_n))
    assert got == pytest.approx(wanted, abs=1e-12)


def test_the_placebo_is_the_share_of_all_splits_that_show_such_a_gap():
    results = [1, 1, 1, 0, 1, 0, 0, 0, 1, 0]
    gaps = [
        abs(sum(results[i] for i in split) / 4 - (5 - sum(results[i] for i in split)) / 6)
        for split in combinations(range(10), 4)
    ]
    wanted = sum(gap >= 3 / 4 - 2 / 6 - 1e-12 for gap in gaps) / len(gaps)
    assert ours.placebo(*arrays(3, 4, 2, 6))[0] == pytest.approx(wanted, abs=1e-12)


def test_the_placebo_of_a_million_children_is_no_trouble():
    (chance,) = ours.placebo(*arrays(250_500, 500_000, 249_500, 500_000))
    assert chance == pytest.approx(2 * stats.norm.sf(2), rel=0.01)


@given(by_value)
def test_the_placebo_of_ranks_is_mann_whitney_and_the_index_cliff_s_delta(pairs):
    group, peers = np.array(pairs, dtype=float).T
    a, b = (np.repeat(np.arange(len(pairs)), one.astype(int)) for one in (group, peers))
    wanted = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
    assert ours.rank_placebo(group[None], peers[None])[0] == pytest.approx(wanted.pvalue, abs=1e-12)
    (index,), (low,), (high,) = ours.index(group[None], peers[None], 1.96)
    assert index == pytest.approx(10 * np.sign(a[:, None] - b[None, :]).mean(), abs=1e-12)
    ranks = stats.rankdata([*a, *b])
    by_ranks = 20 * (ranks[: len(a)].mean() - ranks[len(a) :].mean()) / len(ranks)
    assert index == pytest.approx(by_ranks, abs=1e-9)
    assert low - 1e-9 <= index <= high + 1e-9


@given(st.floats(0.5, 5000), st.sampled_from([80.0, 90.0, 95.0, 99.0]))
def test_student_s_t_is_scipy_s(freedom, confidence):
    (got,) = student_critical(confidence, np.array([freedom]))
    assert got == pytest.approx(stats.t.ppf(0.5 + confidence / 200, freedom), rel=1e-9)


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=30), st.lists(st.integers(-9, 9), min_size=3, max_size=30))
def test_the_interval_of_a_mean_is_welch_s(a, b):
    moments = [f(one) for one in (a, b) for f in (len, np.mean, lambda of: np.var(of, ddof=1))]
    (low,), (high,) = ours.welch(*(np.array([float(one)]) for one in moments), confidence=95)
    if moments[2] + moments[5] == 0:
        assert (low, high) == (moments[1] - moments[4],) * 2
        return
    wanted = CompareMeans(DescrStatsW(a), DescrStatsW(b)).tconfint_diff(usevar="unequal")
    assert (low, high) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_many_comparisons_are_benjamini_and_hochberg_s(chances):
    got = ours.false_discovery(np.array([*chances, np.nan]))
    assert np.isnan(got[-1])
    assert got[:-1] == pytest.approx(multipletests(chances, method="fdr_bh")[1], abs=1e-12)


def test_the_pooled_difference_is_mantel_and_haenszel_s():
    count, n, peers_count, peers_n = (
        np.array([one], dtype=float) for one in ([8, 3, 1], [10, 9, 2], [5, 6, 0], [9, 20, 4])
    )
    gap, low, high, *speaks_of = pooled_shares(count, n, peers_count, peers_n, z=Z)
    weight = n * peers_n / (n + peers_n)
    assert gap[0] == pytest.approx(((count / n - peers_count / peers_n) * weight).sum() / weight.sum())
    assert (low[0] < gap[0] < high[0], *(int(side[0]) for side in speaks_of)) == (True, 21, 33)
    tables = [
        np.array([[a, m - a], [b, k - b]])
        for a, m, b, k in zip(count[0], n[0], peers_count[0], peers_n[0], strict=True)
    ]
    chance = StratifiedTable(tables).test_null_odds().pvalue  # the interval leaves out 0 where this test finds a gap
    assert (low[0] > 0) == (chance < 0.05)


@pytest.mark.parametrize(
    ("sides", "interval"),
    [
        ((56, 70, 48, 80), (0.0528, 0.3382)),
        ((9, 10, 3, 10), (0.1700, 0.8406)),
        ((6, 7, 2, 7), (0.0342, 0.8534)),
        ((5, 56, 0, 29), (-0.0326, 0.1933)),
        ((0, 10, 0, 10), (-0.2879, 0.2879)),
        ((10, 10, 0, 10), (0.6636, 1)),
    ],
)
def test_in_one_band_the_pooled_interval_is_miettinen_and_nurminen_s_as_newcombe_prints_it(sides, interval):
    """Newcombe 1998, table II, method 6."""
    pooled = pooled_shares(*(np.array([[float(one)]]) for one in sides), z=Z)
    assert (pooled.low[0], pooled.high[0]) == pytest.approx(interval, abs=6e-5)


def by_the_likelihood(gap, count, n, peers_count, peers_n):
    """The variance of the pooled gap if that were the true one: the likeliest shares by search, and not by a cubic."""
    weight = n * peers_n / (n + peers_n)
    whole = 0.0
    for a, of, b, others, part in zip(count, n, peers_count, peers_n, weight / weight.sum(), strict=True):

        def unlikely(share, a=a, of=of, b=b, others=others):
            return -stats.binom.logpmf(a, of, share + gap) - stats.binom.logpmf(b, others, share)

        ends = (max(0, -gap), min(1, 1 - gap))
        inside = optimize.minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-10}).x
        share = min((inside, *ends), key=unlikely)
        varies = (share + gap) * (1 - share - gap) / of + share * (1 - share) / others
        whole += part**2 * varies * (of + others) / (of + others - 1)
    return whole


few = st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(few, few), min_size=1, max_size=4))
def test_an_end_of_the_pooled_interval_is_as_far_from_the_gap_as_a_test_allows(bands):
    sides = [np.array(side, dtype=float) for side in zip(*((*ours, *theirs) for ours, theirs in bands), strict=True)]
    pooled = pooled_shares(*(side[np.newaxis] for side in sides), z=Z)
    gap, low, high = (float(one[0]) for one in pooled[:3])
    assert -1 <= low <= gap <= high <= 1
    assert low < high
    for end in (low, high):
        if 1 - abs(end) > 1e-6:
            assert (gap - end) ** 2 == pytest.approx(Z**2 * by_the_likelihood(end, *sides), abs=1e-5)


@pytest.mark.parametrize(
    ("n", "peers_n", "share", "gap"),
    [
        ([1] * 11, [1] * 11, 0.5, 0.0),
        ([1] * 11, [2] * 11, 0.7, 0.2),
        ([1] * 6 + [2] * 3, [3] * 9, 0.3, 0.3),
        ([2, 3, 4, 2], [8, 10, 12, 6], 0.9, 0.0),
        ([5, 6], [40, 40], 0.9, -0.3),
    ],
)
def test_in_sparse_bands_the_pooled_interval_holds_the_truth_as_often_as_it_says(n, peers_n, share, gap):
    chance, schools = np.random.default_rng(7), 3000
    drawn = [chance.binomial(of, p, (schools, len(of))).astype(float) for of, p in ((n, share + gap), (peers_n, share))]
    whole = [np.tile(np.array(of, dtype=float), (schools, 1)) for of in (n, peers_n)]
    pooled = pooled_shares(drawn[0], whole[0], drawn[1], whole[1], z=Z)
    assert ((pooled.low <= gap) & (gap <= pooled.high)).mean() >= 0.93


def test_no_band_with_both_sides_gives_no_pooled_gap():
    pooled = pooled_shares(*(np.array([one], dtype=float) for one in ([1, 0], [2, 0], [0, 1], [0, 3])), z=Z)
    assert (math.isnan(pooled.gap[0]), math.isnan(pooled.low[0]), pooled.n[0]) == (True, True, 0)


def test_pooled_means_are_those_of_least_squares_with_a_term_a_band():
    chance = np.random.default_rng(3)
    band, group = chance.integers(0, 4, 60), chance.integers(0, 2, 60)
    value = chance.integers(-3, 6, 60) + 2.0 * band + group
    design = np.column_stack([group, *(band == one for one in range(4))]).astype(float)
    fitted = OLS(value, design).fit()
    sums = [
        np.array([[of[(band == one) & (group == side)].sum() for one in range(4)]])
        for side in (1, 0)
        for of in (np.ones(60), value, value**2)
    ]
    pooled = pooled_means(*sums, confidence=95)
    assert pooled.gap[0] == pytest.approx(fitted.params[0])
    assert (pooled.low[0], pooled.high[0]) == pytest.approx(fitted.conf_int()[0])


def test_means_of_children_who_do_not_vary_within_bands_have_no_interval():
    n = np.array([[6.0, 6.0]])
    means, peers_means = np.array([[2.0, 4.0]]), np.array([[1.0, 3.0]])
    sums = (n, n * means, n * means**2, n, n * peers_means, n * peers_means**2)
    pooled = pooled_means(*sums, confidence=95)
    assert pooled.gap[0] == 1
    assert math.isnan(pooled.low[0])
    assert math.isnan(pooled.high[0])


@given(side, side)
def test_so_many_children_close_a_gap_and_so_many_reverse_it(group, peers):
    (count, n), (peers_count, peers_n) = group, peers
    close, reverse = (int(one[0]) for one in ours.closing(*arrays(count, n, peers_count, peers_n)))
    gap = count * peers_n - peers_count * n
    behind = (count, n, peers_count, peers_n) if gap < 0 else (peers_count, peers_n, count, n)

    def left(moved):
        return (behind[0] + moved) * behind[3] - behind[2] * behind[1]

    assert left(close) >= 0
    assert close == 0 or left(close - 1) < 0
    if gap == 0:
        assert reverse == 0
    if reverse:
        down = (behind[0] * behind[3]) - (behind[2] - reverse) * behind[1]
        assert left(reverse) > 0 or down > 0


@pytest.mark.parametrize("rate", [0.0, 0.3, 0.62, 1.0])
def test_a_rate_is_compared_by_the_binomial_distribution(rate):
    at = np.arange(21)
    for count in range(21):
        wanted = stats.binom(20, rate).pmf(at)[np.abs(at - 20 * rate) >= abs(count - 20 * rate) - 1e-9].sum()
        assert ours.rate_placebo(*arrays(count, 20), rate)[0] == pytest.approx(min(1, wanted), abs=1e-12)
