"""The schools of the bench of gaps are what it says of them: by how much a group is behind, and who is alike."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from registers import usual_rules

BENCH = Path(__file__).parents[1] / "benchmarks" / "accuracy"
SPEC = importlib.util.spec_from_file_location("accuracy_gap_schools", BENCH / "gap_schools.py")
bench = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bench)

MANY = 20_000


def drawn(school):
    """The families, the pupils and the standings of a school."""
    chance = np.random.default_rng(1)
    family = bench.families_of(school, chance)
    pupils = bench.pupils_of(family, usual_rules(), chance)
    return family, pupils, bench.standing_of(school, pupils, family, chance)


def at_are(standing, subject):
    return standing[standing["subject"] == subject]["at_are"]


@pytest.mark.parametrize("points", [20, 40])
def test_a_planted_gap_is_of_so_many_points_and_in_its_subject_alone(points):
    planted = bench.Planted("gender", "boys", bench.behind_by(points), ("writing",))
    _, pupils, standing = drawn(bench.School(MANY, planted))
    boys = pupils["gender"] == "boys"

    gaps = {
        one: 100 * (at_are(standing, one)[~boys].mean() - at_are(standing, one)[boys].mean()) for one in bench.SUBJECTS
    }
    assert gaps["writing"] == pytest.approx(points, abs=2)
    assert gaps["reading"] == pytest.approx(0, abs=2)


def test_subjects_go_together_and_all_of_them_are_met_by_those_who_meet_each():
    _, _, standing = drawn(bench.School(MANY))
    singly = np.stack([at_are(standing, subject) for subject in bench.SUBJECTS])

    assert (at_are(standing, bench.COMBINED) == singly.all(axis=0)).all()
    assert standing[standing["subject"] == bench.COMBINED]["order"].tolist() == singly.sum(axis=0).tolist()
    assert 0.4 < np.corrcoef(singly)[0, 1] < 0.6  # of being at ARE, which is coarser than attainment


def test_siblings_share_their_family_and_something_of_their_attainment():
    family, pupils, standing = drawn(bench.School(MANY, clustered=True))
    younger = np.flatnonzero(family != np.arange(MANY))
    older = family[younger]

    assert len(younger) == pytest.approx(MANY * bench.WITH_A_SIBLING / 2, abs=1)
    for key in ("fsm", "ethnicity", "language"):
        assert (pupils[key].take(younger) == pupils[key].take(older)).all()
    reading = standing[standing["subject"] == "reading"]["distance"]
    assert 0.1 < np.corrcoef(reading[younger], reading[older])[0, 1] < 0.4
