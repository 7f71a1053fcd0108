"""Simulated children who keep up are named, join the list and leave it about as often as noise alone is said to do."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from registers import usual_rules

ACCURACY = Path(__file__).parents[1] / "benchmarks" / "accuracy"


@pytest.fixture
def simulated(monkeypatch):
    """The modules of the bench's simulation, which lie beside each other, by name."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(ACCURACY))
    yield import_module
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "").parent == ACCURACY:
            del sys.modules[name]


@pytest.mark.parametrize("scale", ["nc-levels", "point-in-time"])
@pytest.mark.parametrize("pair", [(1, 0), (3, 2)])
def test_as_many_join_and_leave_as_noise_alone_is_said_to_bring(simulated, scale, pair):
    joined, left = simulated("moved").moved(usual_rules(), scale, 600, pair, seed=1)

    assert joined.found > 20
    assert left.found > 20
    assert abs(joined.apart) < 3
    assert abs(left.apart) < 3


@pytest.mark.parametrize("scale", ["teacher-assessment", "nc-levels", "standardised-score"])
def test_as_many_who_keep_up_are_named_as_noise_alone_is_said_to_name(simulated, scale):
    bench = simulated("evidence")
    rules = bench.without_own(usual_rules())
    reliability = rules.evidence.reliability_of(rules.scales[scale])
    table = bench.weighed(rules, scale, 2000, bench.Assumed(reliability=reliability), seed=1)
    keeps = table[(table["course"] == bench.Course.KEEPS_UP) & table["noise"].notna()]

    assert len(keeps) > 3500
    assert abs(keeps["noise"].mean() - 100 * keeps["named"].mean()) < 1.5
