"""No count of a school that is hidden is found from what is shown: attacked by linear programs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from siptrack.analysis.across.hiding import hidden_numbers, hidden_schools, small_totals

BELOW = 6
SUBJECTS = 3


def invented(seed):
    """Schools by two groups and three subjects: children, and those at expectations, in all sizes."""
    chance = np.random.default_rng(seed)
    schools = int(chance.integers(2, 9))
    sizes = chance.integers(1, [60, 12, 30][seed % 3], (schools, 2))
    n = np.repeat(sizes, SUBJECTS, axis=1) - chance.integers(0, 2, (schools, 2 * SUBJECTS))
    n = np.maximum(n, 0)
    return n, chance.binomial(n, chance.uniform(0.3, 0.9, (schools, 1)))


def known_range(of, hidden, shown_whole, column, school):
    """Between which numbers a reader knows a hidden count to lie: of all that is shown, and nobody counts below 0.

    Shown are the sums of each group over all schools, and the children of both groups together of these schools.
    """
    both = np.array([column % SUBJECTS, column % SUBJECTS + SUBJECTS])
    inside = of[np.ix_(hidden, both)]
    groups = inside.shape[1]
    unknown = np.arange(inside.size).reshape(inside.shape)
    sums = [(unknown[:, group], inside[:, group].sum()) for group in range(groups)]
    sums += [(unknown[line], inside[line].sum()) for line in np.flatnonzero(shown_whole[hidden]).tolist()]
    matrix = np.zeros((len(sums), inside.size))
    for line, (at, _) in enumerate(sums):
        matrix[line, at] = 1
    aim = np.zeros(inside.size)
    aim[unknown[np.flatnonzero(np.flatnonzero(hidden) == school)[0], np.flatnonzero(both == column)[0]]] = 1
    ends = [linprog(sign * aim, A_eq=matrix, b_eq=[total for _, total in sums]).fun for sign in (1, -1)]
    return ends[0], -ends[1]


@pytest.mark.parametrize("seed", range(60))
def test_no_hidden_count_is_known_to_be_few_or_exactly(seed):
    n, count = invented(seed)
    hidden = hidden_schools(n, count, BELOW)
    told = ~small_totals(n, count, BELOW)
    whole = [each[:, :SUBJECTS] + each[:, SUBJECTS:] for each in (n, count)]
    shown_whole = ~hidden_schools(*whole, BELOW)

    for column in np.flatnonzero(told).tolist():
        for part in (count, n - count):
            for school in np.flatnonzero(hidden & (n[:, column] > 0)).tolist():
                low, high = known_range(part, hidden, shown_whole, column, school)
                assert high - low > 1


@pytest.mark.parametrize("seed", range(60))
def test_every_small_count_is_hidden_and_nothing_where_none_is_small(seed):
    n, count = invented(seed)
    hidden = hidden_schools(n, count, BELOW)
    small = ((n > 0) & ((count < BELOW) | (n - count < BELOW))).any(axis=1)

    assert not (small & ~hidden).any()
    if not small.any():
        assert not hidden.any()


def test_one_small_school_is_not_hidden_alone():
    n = np.array([[30, 30], [40, 40], [4, 4]])
    count = np.array([[20, 15], [22, 30], [2, 1]])

    assert hidden_schools(n, count, BELOW).tolist() == [True, False, True]


def test_a_sum_that_is_itself_hidden_hides_no_further_school():
    n = np.array([[30, 8], [40, 0], [50, 0]])
    count = np.array([[20, 4], [22, 0], [25, 0]])

    assert hidden_schools(n, count, BELOW).tolist() == [True, False, False]


def test_what_is_hidden_in_another_table_is_hidden_here():
    n, count = np.array([[30], [40], [50]]), np.array([[20], [22], [25]])

    assert hidden_schools(n, count, BELOW, np.array([False, True, False])).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ([3, 0, 40], [True, False, True]),  # 3 alone would be the difference of the sum and the rest
        ([3, 4, 40], [True, True, False]),
        ([2, 0, 1], [True, False, True]),  # their sum is hidden itself
        ([9, 0, 12], [False, False, False]),
        ([0, 0, 0], [False, False, False]),
    ],
)
def test_a_number_of_children_is_hidden_with_another_that_would_give_it_away(numbers, hidden):
    assert hidden_numbers(np.array(numbers), BELOW).tolist() == hidden
