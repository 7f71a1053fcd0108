"""A scale made like another: what it takes from its model, and what it does not."""

from __future__ import annotations

import pytest
from rule_texts import different, refusal_of, scale_of, year

from siptrack.rules.ruler import config_folder
from siptrack.school.scale import Limit, Note, Prior

OWN = "scales: {stars: {like: nc-levels}}"
KNOWN = ", ".join(path.stem for path in sorted((config_folder() / "scales").glob("*.yaml")))


def test_a_scale_like_another_is_that_scale_but_for_its_words_and_choices():
    model, stars = scale_of("nc-levels", OWN), scale_of("stars", OWN)

    assert different(model, stars) == ["name", "like", "hints", "notes", "about"]
    assert (stars.like, stars.hints, stars.notes, stars.about, stars.choices) == ("nc-levels", (), (), "", ())


def test_the_subjects_of_a_scale_are_not_those_of_a_scale_like_it():
    settings = "scales: {ours: {like: pira}}"

    assert (scale_of("pira", settings).subjects, scale_of("ours", settings).subjects) == (("reading",), ())


def test_what_a_scale_says_itself_counts_for_more_than_what_its_model_says():
    settings = """
scales:
  stars:
    like: nc-levels
    label: "our stars"
    hints: ["star"]
    notes: ["ours"]
    thresholds: {tolerance: {value: 0, source: "staff"}}
    reference: {"1": {autumn: 5}}
    prior: {high: none}
"""

    stars = scale_of("stars", settings)

    assert (stars.label, stars.hints, stars.notes) == ("our stars", ("star",), (Note("ours"),))
    assert (stars.tolerance, stars.step, year(stars, 1)) == (0, 2, [5, 7, 9])
    assert stars.prior == Prior(12, None)


def test_a_scale_may_be_like_one_that_is_like_another():
    settings = 'scales: {ours: {like: pira, thresholds: {at_within: {"5-6": 9, source: "staff"}}}}'

    ours = scale_of("ours", settings)

    assert (ours.step, ours.well_below, ours.like, ours.years) == (6, Limit(16), "pira", range(2019, 2200))
    assert [ours.at_within.at(year_group) for year_group in range(7)] == [5, 11, 11, 7, 7, 9, 9]


def test_what_the_school_changes_in_a_model_changes_the_scales_like_it():
    settings = 'scales: {standardised-score: {thresholds: {tolerance: {value: 7, source: "governors"}}}}'

    assert (scale_of("pira").tolerance, scale_of("pira", settings).tolerance) == (5, 7)


def test_what_the_school_chooses_for_a_model_does_not_change_the_scales_like_it():
    settings = 'choices: {standardised-score: {expected: "85"}}\nscales: {ours: {like: standardised-score}}'

    within = {name: scale_of(name, settings).at_within for name in ("standardised-score", "ours")}

    assert within == {"standardised-score": Limit(15), "ours": Limit(5)}


@pytest.mark.parametrize(
    ("scales", "refused"),
    [
        ("a: {like: a}", "the scale 'a' is like itself"),
        ("a: {like: b}, b: {like: a}", "the scale 'b' is like itself"),
        ("a: {like: b}, b: {like: c}, c: {like: b}", "the scale 'c' is like itself"),
        ("nc-levels: {like: ours}, ours: {like: nc-levels}", "the scale 'nc-levels' is like itself"),
    ],
)
def test_a_scale_in_a_circle_like_itself_is_refused(scales, refused):
    assert refusal_of(f"scales: {{{scales}}}") == f"siptrack.yaml, line 1: {refused}; name another in 'like'."


def test_a_scale_like_none_there_is_is_refused_with_the_scales_there_are():
    assert refusal_of("scales: {a: {like: nc-level}}") == (
        "siptrack.yaml, line 1: 'nc-level' in 'like' of the scale 'a' is not a scale; "
        f"known are {KNOWN}, a. Did you mean 'nc-levels'?"
    )
