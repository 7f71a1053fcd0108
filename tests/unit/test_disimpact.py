"""The bench's measures of disproportionate impact are those of DisImpact: the worked examples of its tutorial."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).parents[1] / "benchmarks" / "accuracy"
SPEC = importlib.util.spec_from_file_location("accuracy_disimpact", BENCH / "disimpact.py")
disimpact = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(disimpact)

# Transfers by ethnic group: Asian, Black, Hispanic, of several, Native American, White
COUNT = np.array([4292, 607, 847, 504, 78, 4200])
N = np.array([6000, 2000, 4000, 1000, 200, 6800])
ONE = np.zeros(6, dtype=np.int64)


def test_the_margin_of_error_and_the_percentage_point_gap():
    assert disimpact.margin_of_error(N) == pytest.approx([0.03, 0.03, 0.03, 0.03099032, 0.06929646, 0.03])
    assert disimpact.percentage_point_gap(COUNT, N, ONE).tolist() == [False, True, True, False, True, False]


def test_the_proportionality_index():
    index = disimpact.proportionality(COUNT, N, ONE)

    assert index == pytest.approx([1.3589159, 0.5765578, 0.4022606, 0.9574468, 0.7408815, 1.1733417])
    flagged = disimpact.MEASURES["proportionality index"](COUNT, N, ONE)
    assert flagged.tolist() == [False, True, True, False, True, False]


def test_the_80_percent_index():
    index = disimpact.beside_the_best(COUNT, N, ONE)

    assert index == pytest.approx([1.0, 0.4242777, 0.2960158, 0.7045666, 0.5452004, 0.8634395])
    assert disimpact.MEASURES["80 % index"](COUNT, N, ONE).tolist() == [False, True, True, True, True, False]


def test_two_characteristics_are_each_by_themselves_and_nobody_who_succeeds_is_no_impact():
    of = np.array([0, 0, 1, 1])
    count, n = np.array([10.0, 20.0, 0.0, 0.0]), np.array([40.0, 40.0, 20.0, 20.0])

    assert disimpact.beside_the_best(count, n, of).tolist() == [0.5, 1, 1, 1]
    assert disimpact.proportionality(count, n, of) == pytest.approx([2 / 3, 4 / 3, 1, 1])
