# ruff: noqa: E501  # a table is as wide as it is
"""Progress is what a child gained less what the reference line rose; each scale says how far short is insufficient."""

import pytest
from typed_tables import reported, wanted


def test_on_levels_one_point_behind_the_line_is_expected_and_two_are_insufficient():
    table = """
        pupil | year group | Summer 2008 | Autumn 2008 | Summer 2009 || this year    | gain | expected gain
        Ann   | 4          | 2a          | .           | 3c          || expected     | 2    | 3
        Bob   | 4          | .           | 3c          | 3c          || insufficient | 0    | 2
        Cai   | 4          | 2a          | .           | 2a          || insufficient | 0    | 3
        Dee   | 4          | 2a          | .           | 2c          || insufficient | -4   | 3
        Eve   | 4          | 2a          | .           | 3b          || expected     | 4    | 3
        Flo   | 4          | 2a          | .           | .           || no result this term | . | .
    """
    assert reported(table) == wanted(table)


def test_on_levels_one_point_beyond_the_line_is_expected_and_two_are_accelerated():
    table = """
        pupil | year group | Summer 2008 | Autumn 2008 | Summer 2009 || this year
        Ann   | 4          | 2a          | .           | 3b          || expected
        Bob   | 4          | .           | 2a          | 3b          || accelerated
        Cai   | 4          | 2a          | .           | 4c          || accelerated
    """
    assert reported(table) == wanted(table)


def test_in_key_stage_1_four_points_of_six_are_insufficient():
    table = """
        pupil | year group | Summer 2008 | Summer 2009 || this year    | gain | expected gain
        Ann   | 2          | 1b          | 2b          || expected     | 6    | 6
        Bob   | 2          | 1b          | 2c          || insufficient | 4    | 6
        Cai   | 2          | 1b          | 2a          || accelerated  | 8    | 6
    """
    assert reported(table) == wanted(table)


def test_over_key_stage_2_ten_points_of_twelve_are_insufficient_though_each_year_looked_well():
    table = """
        pupil | year group | Summer 2005 | Summer 2008 | Summer 2009 || this year | key stage    | key stage gain
        Ann   | 6          | 2b          | 3a          | 4b          || expected  | expected     | 12
        Bob   | 6          | 2b          | 3a          | 4c          || expected  | insufficient | 10
        Cai   | 6          | 2b          | 4b          | 5c          || expected  | accelerated  | 16
    """
    assert reported(table) == wanted(table)


EXACTLY_ON_THE_LINE = """
    year group | Summer 2007 | Autumn 2007 | Spring 2008 | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009 || flags
    4          | 2b          | 2b          | 2a          | 2a          | 3c          | 3c          | 3b          || .
"""


@pytest.mark.parametrize(
    "now", ["Autumn 2007", "Spring 2008", "Summer 2008", "Autumn 2008", "Spring 2009", "Summer 2009"]
)
def test_a_child_exactly_on_the_line_is_recorded_as_gaining_2_4_2_4_and_is_never_flagged(now):
    assert reported(EXACTLY_ON_THE_LINE, now=now) == wanted(EXACTLY_ON_THE_LINE)


def test_on_teacher_assessment_the_same_band_is_expected_and_a_lower_one_insufficient():
    table = """
        pupil | year group | Summer 2018 | Summer 2019 || this year    | gain | expected gain
        Ann   | 4          | EXS         | EXS         || expected     | 0    | 0
        Bob   | 4          | EXS         | WTS         || insufficient | -1   | 0
        Cai   | 4          | EXS         | GDS         || accelerated  | 1    | 0
        Dee   | 4          | WTS         | HNM         || expected     | 0    | 0
        Eve   | 4          | EXS         | A           || no result this term | . | .
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def test_on_standardised_scores_five_points_are_measurement_error_and_six_are_not():
    table = """
        pupil | year group | Summer 2018 | Summer 2019 || this year    | gain
        Ann   | 4          | 105         | 100         || expected     | -5
        Bob   | 4          | 105         | 99          || insufficient | -6
        Cai   | 4          | 100         | 105         || expected     | 5
        Dee   | 4          | 100         | 106         || accelerated  | 6
        Eve   | 4          | 100         | 94          || insufficient | -6
        Flo   | 4          | 100         | .           || no result this term | .
    """
    assert reported(table, scale="standardised-score") == wanted(table)


def test_a_child_far_below_the_line_may_make_expected_or_accelerated_progress():
    table = """
        pupil | year group | Summer 2008 | Summer 2009 || this year   | attainment
        Ann   | 5          | 1b          | 1a          || expected    | well below
        Bob   | 5          | 1b          | 2b          || accelerated | well below
    """
    assert reported(table) == wanted(table)
