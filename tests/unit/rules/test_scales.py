"""A scale from its file: grades in order, the reference line, limits by year group."""

from __future__ import annotations

import pytest
from rule_texts import refusal_of, rules_of, scale_of, stars, year

from siptrack.school.scale import Grade, Limit
from siptrack.school.term import Season


def limits(limit: Limit) -> list[float | None]:
    """A threshold from Reception to Year 6."""
    return [limit.at(year_group) for year_group in range(7)]


def test_grades_without_points_come_first_and_the_others_by_their_points_then_as_they_stand():
    assert scale_of("stars", stars()).grades == (
        Grade("none yet", None, "not begun"),
        Grade("*", 0, "begun"),
        Grade("**", 1, "not yet"),
        Grade("two", 1, "as **"),
        Grade("***", 2, "met"),
    )


def test_grades_of_equal_points_share_a_rung():
    assert scale_of("stars", stars()).rungs == {"none yet": 0, "*": 1, "**": 2, "two": 2, "***": 3}


def test_the_reference_line_is_a_grade_or_a_number_for_a_year_or_a_season_and_none_where_nothing_is_expected():
    scale = scale_of("stars", stars())

    assert [year(scale, year_group) for year_group in range(5)] == [
        [None, None, None],
        [1, 1, 1],
        [1, 1, 1],
        [0, 1.5, None],
        [None, None, None],
    ]


def test_the_assessments_at_the_end_of_a_year_have_a_line_in_its_summer_only():
    rules = rules_of()

    assert {name: rules.scales[name].reference for name in ("eyfsp", "gld", "phonics", "multiplication-check")} == {
        "eyfsp": {(0, Season.SUMMER): 2},
        "gld": {(0, Season.SUMMER): 1},
        "phonics": {(1, Season.SUMMER): 32, (2, Season.SUMMER): 32},
        "multiplication-check": {},
    }
    assert not any(rules.scales[name].measures_progress for name in ("eyfsp", "gld", "phonics"))


# --- grades that name a year group ------------------------------------------------------------------------------------


def test_points_a_year_raise_the_line_of_each_year_group():
    scale = scale_of("stars", stars('points_a_year: {value: 4, source: "four stars a year"}'))

    assert (scale.points_a_year, year(scale, 1), year(scale, 2), year(scale, 3)) == (
        4, [5, 5, 5], [9, 9, 9], [12, 13.5, None]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "reception", "year_1", "year_6"),
    [
        ("steps", [None, None, None], [7, 9, 11], [37, 39, 41]),
        ("three-steps", [None, None, None], [3, 4, 5], [18, 19, 20]),
        ("point-in-time", [2, 2, 2], [6, 6, 6], [26, 26, 26]),
        ("point-in-time-sonar", [2, 2, 2], [8, 8, 8], [38, 38, 38]),
        ("emerging-developing-secure", [2, 2, 2], [5, 5, 5], [20, 20, 20]),
        ("teacher-assessment", [None, None, None], [8, 8, 8], [8, 8, 8]),
    ],
)
def test_the_lines_of_the_scales_that_siptrack_ships_with(name, reception, year_1, year_6):
    scale = scale_of(name)

    assert [year(scale, year_group) for year_group in (0, 1, 6)] == [reception, year_1, year_6]


@pytest.mark.parametrize(
    ("lines", "always"), [((), False), (("names_year_group: may",), False), (("names_year_group: always",), True)]
)
def test_grades_name_a_year_group_always_or_may(lines, always):
    points = 'points_a_year: {value: 4, source: "four stars a year"}'

    assert scale_of("stars", stars(points, *lines)).names_year_group is always


def test_only_three_steps_always_names_its_year_group():
    assert [name for name, scale in rules_of().scales.items() if scale.names_year_group] == ["three-steps"]


# --- thresholds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "at"),
    [
        ('{value: 2, source: "staff"}', [2, 2, 2, 2, 2, 2, 2]),
        ('{value: 2, "3-4": 5, "6": 7, source: "staff"}', [2, 2, 2, 5, 5, 2, 7]),
        ('{"3-4": 5, source: "staff"}', [None, None, None, 5, 5, None, None]),
        ("none", [None, None, None, None, None, None, None]),
    ],
)
def test_a_limit_is_one_number_or_one_for_each_year_group_or_none(above, at):
    assert limits(scale_of("stars", stars(above=above)).above) == at


def test_the_expected_band_of_new_pira_lies_elsewhere_in_each_key_stage():
    pira, usual = scale_of("pira"), scale_of("standardised-score")

    assert (limits(pira.at_within), limits(pira.above)) == ([5, 11, 11, 7, 7, 7, 7], [15, 12, 12, 14, 14, 14, 14])
    assert (usual.at_within, usual.above) == (Limit(5), Limit(15))
    assert pira.well_below == usual.well_below == Limit(16)


def test_only_limits_may_be_none_and_a_step_may_not():
    assert refusal_of(stars(step="none")) == (
        "siptrack.yaml, line 17: 'step' in 'thresholds' in the scale 'stars' must hold names with values, "
        "such as 'step: 2'."
    )
