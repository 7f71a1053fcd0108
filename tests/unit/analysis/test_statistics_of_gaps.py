"""Each statistic beside an independent implementation: scipy, statsmodels, or every split counted out."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from siptrack.analysis import statistics as ours
from siptrack.analysis.like_for_like import pooled_shares
from siptrack.analysis.student import student_critical

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
    gap, low, high, speaks_of = pooled_shares(count, n, peers_count, peers_n, z=1.959964)
    weight = n * peers_n / (n + peers_n)
    assert gap[0] == pytest.approx(((count / n - peers_count / peers_n) * weight).sum() / weight.sum())
    assert (low[0] < gap[0] < high[0], speaks_of[0]) == (True, 21)
    tables = [
        np.array([[a, m - a], [b, k - b]])
        for a, m, b, k in zip(count[0], n[0], peers_count[0], peers_n[0], strict=True)
    ]
    chance = StratifiedTable(tables).test_null_odds().pvalue  # the interval leaves out 0 where this test finds a gap
    assert (low[0] > 0) == (chance < 0.05)


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
