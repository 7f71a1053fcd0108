"""Whoever attacks the shared tables of a school finds no hidden count, and would where only small ones were hidden."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pandas as pd
import pytest
from attacker import attack, attack_together, groups_of, with_hidden
from hypothesis import given, settings
from hypothesis import strategies as st

from how_many import examples
from registers import build, result, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.shareable import share
from siptrack.school.register import NOT_RECORDED
from siptrack.school.sharing import SharingMode
from siptrack.school.term import Season, Term

THEN, NOW = Term(2013, Season.SUMMER), Term(2014, Season.SUMMER)
GROUPS = {
    "gender": ["girls", "boys"],
    "fsm": ["fsm", "not_fsm", "not_fsm", NOT_RECORDED],
    "disadvantaged": ["disadvantaged", "not_disadvantaged"],
    "ethnicity": ["WBRI", "WBRI", "WBRI", "WIRI", "AIND", "ABAN", "CHNE", NOT_RECORDED],
    "sen": ["sen", "no_sen", "no_sen", "no_sen"],
}


@cache
def school(seed: int, children: int, *, alike: bool = False):
    """A school of so many children; `alike`, those on FSM are disadvantaged boys, so that groups say the same."""
    chance = random.Random(seed)  # noqa: S311  # an invented school
    recorded = chance.sample(sorted(GROUPS), chance.randint(2, len(GROUPS)))
    years = chance.sample(range(1, 7), chance.randint(1, 4))
    easy = chance.choice([0.2, 0.5, 0.8])
    pupils, placements, results = [], [], []
    for number in range(children):
        name = f"child {number}"
        about = {key: chance.choice(GROUPS[key]) for key in recorded}
        if alike and about.get("fsm") == "fsm":
            about |= {
                key: GROUPS[key][1 if key == "gender" else 0] for key in ("gender", "disadvantaged") if key in about
            }
        pupils.append({"pupil": name, **about})
        year = chance.choice(years)
        placed = {"academic_year": NOW.academic_year, "year_group": year, "class": chance.choice([f"{year}A", "Mixed"])}
        placements.append({"pupil": name, **placed})
        for term in (THEN, NOW):
            sure = term == THEN or number == 1  # so that somebody is assessed, and child 0 is on roll and not
            if sure or (number and chance.random() < 0.95):
                grade = "EXS" if chance.random() < easy else "WTS"
                results.append(result(name, "reading", term, grade, usual_rules().scales["teacher-assessment"]))
    return analyse(build(pupils, placements, results), usual_rules(), NOW)


def modes() -> dict[str, SharingMode]:
    """The modes as they come, and one of a school that hides less, so that more is shown to an attacker."""
    ours = usual_rules().sharing.modes
    return {**ours, "own": ours["governors"]._replace(hide_below=3, percentages_from=3)}


def exact_rows(analysis, mode: SharingMode) -> pd.DataFrame:
    """Every row with its counts, as nobody may see them."""
    return share(analysis, usual_rules(), mode._replace(hide_below=0, round_to=1), by_subtraction=False).rows


def leaks(analysis, mode: SharingMode, *, by_subtraction: bool = True) -> list[tuple[str, ...]]:
    """What is found by an attacker who has even undone the rounding: shown rows with their counts before it."""
    shared = share(analysis, usual_rules(), mode, by_subtraction=by_subtraction)
    rows = with_hidden(shared.rows, exact_rows(analysis, mode))
    gaps = shared.gaps if mode.round_to == 1 else shared.gaps.iloc[:0]
    return attack(rows, gaps, groups_of(analysis.pupils, usual_rules()))


@settings(derandomize=True, max_examples=examples(6))
@given(st.integers(0, 10**6), st.integers(5, 60), st.booleans(), st.sampled_from(sorted(modes())))
def test_no_hidden_count_can_be_found(seed, children, alike, mode):
    assert leaks(school(seed, children, alike=alike), modes()[mode]) == []


@pytest.mark.parametrize(("mode", "children"), [("governors", 60), ("own", 60), ("public", 200)])
def test_the_same_attack_finds_hidden_counts_where_only_small_ones_are_hidden(mode, children):
    analysis = school(4, children)

    assert leaks(analysis, modes()[mode], by_subtraction=False)
    assert leaks(analysis, modes()[mode]) == []


PARTS = ("reading", "writing", "maths")


@cache
def school_of_three_subjects(seed: int, children: int):
    """A school in which children who do well in one subject mostly do well in the others."""
    chance = random.Random(seed)  # noqa: S311  # an invented school
    recorded = chance.sample(sorted(GROUPS), 2)
    scale = usual_rules().scales["teacher-assessment"]
    pupils, placements, results = [], [], []
    for number in range(children):
        name = f"child {number}"
        pupils.append({"pupil": name, **{key: chance.choice(GROUPS[key]) for key in recorded}})
        placements.append({"pupil": name, "academic_year": NOW.academic_year, "year_group": chance.choice([2, 5])})
        able = chance.choice([0.1, 0.9, 0.9])
        results += [
            result(name, subject, NOW, "EXS" if chance.random() < able else "WTS", scale)
            for subject in PARTS
            if number and (number == 1 or chance.random() < 0.97)
        ]
        results.append(result(name, "reading", THEN, "EXS", scale))
    return analyse(build(pupils, placements, results), usual_rules(), NOW)


def found_together(analysis, *, by_subtraction: bool = True) -> list[tuple[str, ...]]:
    shared = share(analysis, usual_rules(), modes()["own"], by_subtraction=by_subtraction).rows
    rows = with_hidden(shared, exact_rows(analysis, modes()["own"]))
    return attack_together(rows[rows["measure"] == "at_are"], groups_of(analysis.pupils, usual_rules()), PARTS)


@settings(derandomize=True, max_examples=examples(2))
@given(st.integers(0, 10**6), st.integers(20, 60))
def test_no_hidden_count_can_be_found_from_other_subjects_and_the_combined_one(seed, children):
    assert found_together(school_of_three_subjects(seed, children)) == []


def test_the_attack_over_subjects_finds_hidden_counts_where_only_small_ones_are_hidden():
    analysis = school_of_three_subjects(1, 60)

    assert found_together(analysis, by_subtraction=False)
    assert found_together(analysis) == []


@settings(derandomize=True, max_examples=examples(3))
@given(st.integers(0, 10**6), st.integers(5, 120), st.sampled_from(sorted(modes())))
def test_what_is_shown_is_large_rounded_and_adds_up_to_its_percentage(seed, children, name):
    mode = modes()[name]
    shared = share(school(seed, children), usual_rules(), mode)
    told = shared.rows[shared.rows["status"].isin(["shown", "low_reliability"])]

    for n, count in zip(told["n"], told["count"], strict=True):
        assert min(count, n - count) > mode.hide_below - mode.round_to
        assert (n % mode.round_to, count % mode.round_to) == (0, 0)
    percents = told[told["status"] == "shown"]
    assert [int(100 * count / n + 0.5) for n, count in zip(percents["n"], percents["count"], strict=True)] == list(
        percents["percent"]
    )
    assert told.loc[told["status"] != "shown", "percent"].isna().all()
    assert shared.rows.loc[~shared.rows.index.isin(told.index), ["n", "count", "percent"]].isna().all(axis=None)


@settings(derandomize=True, max_examples=examples(2))
@given(st.integers(0, 10**6), st.integers(20, 60))
def test_the_same_is_hidden_whatever_the_order_of_the_pupils(seed, children):
    analysis = school(seed, children)
    turned = analysis.having(pupils=analysis.children.pupils.take(np.arange(len(analysis.children.pupils))[::-1]))

    one, other = (share(each, usual_rules(), modes()["governors"]) for each in (analysis, turned))

    pd.testing.assert_frame_equal(one.rows, other.rows)
    pd.testing.assert_frame_equal(one.gaps, other.gaps)
