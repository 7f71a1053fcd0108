"""What a scale may have besides grades, a line and thresholds: an era, scores, codes, small steps, prior attainment."""

from __future__ import annotations

import pytest
from rule_texts import scale_of, stars

from siptrack.school.scale import Note, Numbers, Prior, SmallSteps, SpecialCode, Width


@pytest.mark.parametrize(
    ("era", "first", "last"),
    [("1988-2014", 1988, 2014), ("2026-", 2026, 2199), ("any", 1900, 2199), ("2020-2020", 2020, 2020)],
)
def test_the_era_is_a_run_of_calendar_years(era, first, last):
    scale = scale_of("stars", stars().replace('era: "2026-"', f'era: "{era}"'))

    assert (scale.era, scale.years[0], scale.years[-1]) == (era, first, last)


def test_what_a_scale_does_not_say_it_does_not_have():
    scale = scale_of("stars", stars())

    assert (scale.numbers, scale.prior, scale.small_steps, scale.apart, scale.choices) == (None, None, None, (), ())
    assert (scale.points_a_year, scale.names_year_group, scale.measures_progress, scale.test) == (0, False, True, False)
    assert (scale.codes, scale.subjects, scale.prefixes, scale.hints, scale.notes) == ((), (), (), (), ())
    assert scale.wide == {}


def test_what_a_scale_says_it_has():
    scale = scale_of(
        "stars",
        stars(
            "numbers: {low: -1, high: 9.5}",
            'prior: {middle: {value: 1, source: "staff"}, high: {value: 2, source: "staff"}}',
            'small_steps: {grades: ["*", none yet], expected: {value: 2, source: s}, within: {value: 3, source: s}}',
            'apart: {begun: {grades: ["*"]}, words: {grades: [none yet, two]}}',
            'wide: {"*": {under: 0.5, over: 1, source: s}}',
            'codes: {A: {meaning: "absent", counts: true, spellings: ["abs"]}, X: {meaning: "left", counts: false}}',
            'notes: ["Stars are ours."]',
            'remarks: {begun: {grades: ["*"], says: "One star is a beginning."}}',
            "progress: false",
            "test: true",
        ),
    )

    assert (scale.numbers, scale.prior) == (Numbers(-1, 9.5), Prior(1, 2))
    assert scale.small_steps == SmallSteps(frozenset({"*", "none yet"}), 2, 3)
    assert scale.apart == (frozenset({"*"}), frozenset({"none yet", "two"}))
    assert scale.wide == {"*": Width(0.5, 1)}
    assert scale.codes == (
        SpecialCode("A", "absent", counts=True, spellings=("abs",)),
        SpecialCode("X", "left", counts=False),
    )
    assert scale.notes == (Note("Stars are ours."), Note("One star is a beginning.", frozenset({"*"})))
    assert (scale.measures_progress, scale.test) == (False, True)


def test_where_grades_may_name_a_year_group_small_steps_are_the_bands_below_it_and_not_listed():
    numbers = {"expected": 4, "let_pass": 1, "within": 3}
    steps = f"small_steps: {{{', '.join(f'{name}: {{value: {value}, source: s}}' for name, value in numbers.items())}}}"
    points = 'points_a_year: {value: 4, source: "four stars a year"}'

    assert scale_of("stars", stars(steps, points)).small_steps == SmallSteps(frozenset(), 4, 3, let_pass=1)


@pytest.mark.parametrize(
    ("name", "prior"),
    [
        ("nc-levels", Prior(12, 18)),
        ("standardised-score", Prior(85, 115)),
        ("phonics", Prior(32, None)),
        ("ks-scaled-score", None),
        ("multiplication-check", None),
    ],
)
def test_prior_attainment_may_be_low_middle_and_high_or_only_two_of_them_or_not_told(name, prior):
    assert scale_of(name).prior == prior
