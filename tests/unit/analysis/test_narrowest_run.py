"""The chance of a narrowest run is true, from twenty children to two hundred, however their results are spread."""

import numpy as np
import pytest

from siptrack.analysis.narrowest import narrowest_run

SCHOOLS = 150
SPREADS = {
    "scores": (8, 1),
    "scores far apart": (30, 1),
    "steps": (2.5, 1),
    "sub-levels": (2, 2),
    "bands": (0.55, 1),
    "one band for nearly all": (0.3, 1),
}


@pytest.mark.parametrize("children", [20, 21, 25, 40, 100, 200])
@pytest.mark.parametrize("spread", SPREADS)
def test_the_chance_is_that_of_the_next_child(spread, children):
    deviation, step = SPREADS[spread]
    chance = np.random.default_rng(children)
    everybody = step * np.round(chance.normal(0, deviation, 20_000) / step)
    told, true = [], []
    for _ in range(SCHOOLS):
        run = narrowest_run(chance.choice(everybody, children), 0.8, np.ones(children, dtype=bool))
        told.append(100 * run.chance)
        true.append(100 * np.mean((everybody >= run.low) & (everybody <= run.high)))

    unsure = np.std(np.subtract(told, true)) / np.sqrt(SCHOOLS)
    assert abs(np.mean(told) - np.mean(true)) < 1 + 2 * unsure


def test_of_runs_as_narrow_the_fullest_counts_and_then_the_lowest():
    every = np.ones(10, dtype=bool)
    assert narrowest_run(np.array([1.0] * 4 + [2] * 4 + [3] * 2), 0.5, every)[:2] == (1, 2)
    assert narrowest_run(np.array([1.0] * 2 + [2] * 3 + [3] * 5), 0.6, every)[:2] == (2, 3)
    assert narrowest_run(np.array([1.0] * 5 + [3] * 5), 0.5, every)[:2] == (1, 1)
