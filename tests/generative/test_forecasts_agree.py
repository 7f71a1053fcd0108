"""Forecasts worked out a second time, in plain Python, from the definition in docs/progress.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from math import ceil

import numpy as np
import pytest

from registers import build, result, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.school.scale import Scale

THEN, ENDED, NOW = term("Spring 2009"), term("Summer 2009"), term("Spring 2010")
ENOUGH, SHARE, DRAWN = 20, Fraction(4, 5), 40
WRITTEN = {
    "nc-levels": ("2b", "2a", "3c", "3b", "3a", "4c"),
    "standardised-score": tuple(str(score) for score in range(80, 121)),
    "teacher-assessment": ("WTS", "EXS", "GDS"),
}
STEP = {"nc-levels": 2, "standardised-score": 6, "teacher-assessment": 1}
Run = tuple[Fraction, Fraction]


def chosen(ends: Sequence[Fraction], least: int) -> Run:
    """Of all runs between two ends the narrowest that holds so many; of these the fullest, then the lowest."""
    runs = [
        (high - low, -sum(low <= end <= high for end in ends), low, high)
        for low, high in combinations_with_replacement(sorted(set(ends)), 2)
    ]
    _, _, low, high = min(run for run in runs if -run[1] >= least)
    return low, high


def left_out(ends: Sequence[Fraction], here: Sequence[int]) -> Fraction:
    """The share of the children who stood just here who end in the run that is chosen without them."""
    count = len(ends)
    held = ceil(SHARE * count)
    found = Counter[int]()
    for least in (held - 1, held):
        for child in here:
            low, high = chosen([*ends[:child], *ends[child + 1 :]], least)
            found[least] += low <= ends[child] <= high
    of_those_held = Fraction(held - 1, count + 1)
    return (of_those_held * found[held - 1] + (1 - of_those_held) * found[held]) / len(here)


def comparable(start: Fraction, past: Sequence[Run], most: int) -> tuple[list[Run], list[int]]:
    """The nearest of earlier children as (start, end), enough of them or all within a step; and who stood just here."""
    away = sorted(abs(one - start) for one, _ in past)
    enough = away[ENOUGH - 1] if len(away) >= ENOUGH else most
    near = [one for one in past if abs(one[0] - start) <= min(enough, most)]
    here = [at for at, one in enumerate(near) if one[0] == start]
    return near, here or list(range(len(near)))


def worth(scale: Scale, grade: str) -> Fraction:
    """The points of a grade or score."""
    return Fraction(str(result("", "", THEN, grade, scale)["points"]))


@pytest.mark.parametrize("scale_name", WRITTEN)
@pytest.mark.parametrize("seed", range(3))
def test_forecasts_are_those_of_the_definition(scale_name, seed):
    scale, grades = usual_rules().scales[scale_name], WRITTEN[scale_name]
    chance, last = np.random.default_rng(seed), len(grades) - 1
    starts = np.round(last * chance.beta(2, 2, 90)).astype(int).tolist()
    moved = np.clip(np.round(starts + chance.normal(0.4, len(grades) / 8, 90)), 0, last).astype(int).tolist()
    past = [(grades[start], grades[end]) for start, end in zip(starts, moved, strict=True)]
    pupils = [{"pupil": f"past {at}"} for at in range(len(past))] + [{"pupil": grade} for grade in grades]
    placed = [{"pupil": one["pupil"], "academic_year": 2008, "year_group": 4} for one in pupils[: len(past)]]
    placed += [{"pupil": grade, "academic_year": 2009, "year_group": 4} for grade in grades]
    results = [result(grade, "reading", NOW, grade, scale) for grade in grades]
    for at, (start, end) in enumerate(past):
        results += [result(f"past {at}", "reading", when, text, scale) for when, text in ((THEN, start), (ENDED, end))]

    rows = analyse(build(pupils, placed, results), usual_rules(), NOW).forecasts
    rows = rows[rows["horizon"] == "year"].set_index("pupil")

    journeys = [(worth(scale, start), worth(scale, end)) for start, end in past]
    told = {grade: comparable(worth(scale, grade), journeys, STEP[scale_name]) for grade in grades}
    forecast = {grade: near for grade, (near, _) in told.items() if len(near) >= ENOUGH}
    of = {grade: left_out([end for _, end in near], told[grade][1]) for grade, near in forecast.items()}
    by = {grade: len(told[grade][1]) for grade in forecast}
    mean = sum(of[grade] * by[grade] for grade in of) / sum(by.values())
    assert len(forecast) >= 2
    assert {grade: len(near) for grade, (near, _) in told.items()} == rows["comparable"].to_dict()
    assert set(rows.index[rows["reason"] == ""]) == set(forecast)
    for grade, near in forecast.items():
        row, ends = rows.loc[grade], [end for _, end in near]
        assert (row["low"], row["high"]) == chosen(ends, ceil(SHARE * len(ends)))
        exactly = 100 * (of[grade] * by[grade] + mean * DRAWN) / (by[grade] + DRAWN)
        assert abs(row["chance"] - exactly) <= Fraction(1, 2) + Fraction(1, 10**6)
    assert rows.loc[rows["reason"] != "", ["low", "high", "chance", "met"]].isna().all(axis=None)
