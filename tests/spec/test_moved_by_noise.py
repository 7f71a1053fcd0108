"""Simulated children who all keep up join the list and leave it about as often as noise alone is said to have them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from registers import usual_rules

ACCURACY = Path(__file__).parents[1] / "benchmarks" / "accuracy"


@pytest.fixture
def simulated(monkeypatch):
    """The simulation of the bench, whose modules lie beside each other."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(ACCURACY))
    yield import_module("moved").moved
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "").parent == ACCURACY:
            del sys.modules[name]


@pytest.mark.parametrize("scale", ["nc-levels", "point-in-time"])
@pytest.mark.parametrize("pair", [(1, 0), (3, 2)])
def test_as_many_join_and_leave_as_noise_alone_is_said_to_bring(simulated, scale, pair):
    joined, left = simulated(usual_rules(), scale, 600, pair, seed=1)

    assert joined.found > 20
    assert left.found > 20
    assert abs(joined.apart) < 3
    assert abs(left.apart) < 3
