# ruff: noqa: E501  # a table is as wide as it is
"""Each flag raised by as little as raises it, and not by a little less."""

from typed_tables import reported, wanted

LEVELS = "nc-levels"
BANDS = "teacher-assessment"
SCORES = "standardised-score"


def test_insufficient_progress_is_flagged_in_the_window_in_which_it_was_made():
    table = """
        pupil | year group | Summer 2006 | Summer 2008 | Summer 2009 || flags
        Ann   | 5          | 3c          | 4c          | 4c          || insufficient-year, insufficient-key-stage, no-longer-above
        Bob   | 5          | 2b          | 4c          | 4c          || insufficient-year
        Cai   | 5          | 3c          | 3a          | 4c          || insufficient-key-stage, no-longer-above
        Dee   | 5          | 2b          | 3b          | 4c          || .
        Eve   | 5          | .           | .           | 4c          || .
    """
    assert reported(table) == wanted(table)


def test_fell_below_is_said_of_a_child_who_was_at_expectations_at_the_start_and_is_below_now():
    table = """
        pupil | year group | Summer 2008 | Summer 2009 || this year | flags
        Ann   | 4          | 2a          | 3c          || expected  | fell-below, below
        Bob   | 4          | 2b          | 2a          || expected  | below
        Cai   | 4          | 2a          | 3b          || expected  | .
        Dee   | 4          | .           | 3c          || one result only | below
        Eve   | 4          | 3b          | 3b          || insufficient | insufficient-year, insufficient-key-stage
    """
    assert reported(table) == wanted(table)


def test_fell_below_is_said_of_either_window():
    table = """
        pupil | year group | Summer 2006 | Summer 2008 | Summer 2009 || flags
        Ann   | 5          | 95          | 94          | 94          || fell-below, below
        Bob   | 5          | 94          | 95          | 94          || fell-below, below
        Cai   | 5          | 94          | 94          | 94          || below
        Dee   | 5          | 94          | 94          | 95          || .
    """
    assert reported(table, scale=SCORES) == wanted(table)


def test_no_longer_above_is_said_of_high_attainers_at_the_start_of_the_key_stage():
    table = """
        pupil | year group | Summer 2006 | Summer 2008 | Summer 2009 || flags
        Ann   | 5          | 115         | 115         | 114         || no-longer-above
        Bob   | 5          | 115         | 110         | 115         || .
        Cai   | 5          | 114         | 115         | 114         || .
        Dee   | 5          | 115         | 115         | .           || no-result
    """
    assert reported(table, scale=SCORES) == wanted(table)


def test_no_movement_is_the_same_points_for_three_terms_on_a_scale_where_one_must_gain():
    table = """
        pupil | year group | Autumn 2008 | Spring 2009 | Summer 2009 || flags
        Ann   | 4          | 4c          | 4c          | 4c          || no-movement, insufficient-year, insufficient-key-stage
        Bob   | 4          | .           | 4c          | 4c          || .
        Cai   | 4          | 4c          | .           | 4c          || no-movement, insufficient-year, insufficient-key-stage
        Dee   | 4          | 4c          | A           | 4c          || no-movement, insufficient-year, insufficient-key-stage
        Eve   | 4          | 4c          | 4b          | 4c          || fell-back, insufficient-year, insufficient-key-stage
        Flo   | 4          | 4c          | 4c          | 4b          || .
        Gus   | 4          | 3           | 3b          | 3b          || no-movement, insufficient-year, insufficient-key-stage
    """
    assert reported(table) == wanted(table)


def test_the_same_band_for_three_terms_is_keeping_up():
    table = """
        pupil | year group | Autumn 2018 | Spring 2019 | Summer 2019 || flags
        Ann   | 4          | EXS         | EXS         | EXS         || .
        Bob   | 4          | WTS         | WTS         | WTS         || below
    """
    assert reported(table, scale=BANDS) == wanted(table)


def test_fell_back_is_a_whole_step_lower_than_exactly_one_term_before():
    table = """
        pupil | year group | Autumn 2018 | Spring 2019 | Summer 2019 || flags
        Ann   | 4          | 101         | 106         | 101         || .
        Bob   | 4          | 101         | 107         | 101         || fell-back
        Cai   | 4          | 101         | .           | 96          || .
        Dee   | 4          | 101         | 96          | 101         || .
        Eve   | 4          | 101         | 107         | A           || no-result
    """
    assert reported(table, scale=SCORES) == wanted(table)


def test_fell_back_on_levels_is_one_sub_level_and_on_bands_one_band():
    levels = """
        pupil | year group | Spring 2009 | Summer 2009 || flags
        Ann   | 4          | 4b          | 4c          || fell-back
        Bob   | 4          | 4c          | 4c          || .
    """
    bands = """
        pupil | year group | Spring 2019 | Summer 2019 || flags
        Ann   | 4          | GDS         | EXS         || fell-back
        Bob   | 4          | EXS         | EXS         || .
    """
    assert reported(levels, scale=LEVELS) == wanted(levels)
    assert reported(bands, scale=BANDS) == wanted(bands)


def test_a_lower_number_on_another_scale_is_not_falling_back():
    table = """
        pupil | year group | Spring 2019 (standardised-score) | Summer 2019 || flags
        Ann   | 4          | 110                              | EXS         || .
    """
    assert reported(table, scale=BANDS) == wanted(table)


def test_children_below_expectations_are_listed_whatever_their_progress():
    table = """
        pupil | year group | Summer 2018 | Summer 2019 || this year   | flags
        Ann   | 4          | WTS         | WTS         || expected    | below
        Bob   | 4          | PK6         | WTS         || accelerated | below
        Cai   | 4          | PK5         | PK6         || expected    | well-below
        Dee   | 4          | WTS         | EXS         || accelerated | .
    """
    assert reported(table, scale=BANDS) == wanted(table)


def test_no_result_is_said_of_a_child_whose_year_group_was_assessed():
    table = """
        pupil | year group | Summer 2009 | maths Summer 2009 || flags     | maths flags
        Ann   | 4          | 3b          | 3b                || .         | .
        Bob   | 4          | .           | 3b                || no-result | .
        Cai   | 4          | A           | .                 || no-result | no-result
    """
    assert reported(table) == wanted(table)


def test_no_result_is_not_said_of_raw_marks_nor_of_a_subject_that_the_year_group_does_not_have():
    table = """
        pupil | year group | Summer 2009 | science Summer 2009 (raw marks) || flags | science flags
        Ann   | 4          | 3b          | 17                              || .     | .
        Bob   | 5          | 3a          | .                               || .     | .
    """
    assert reported(table) == wanted(table)


def test_a_child_who_does_well_has_no_flag():
    table = """
        pupil | year group | Summer 2006 | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009 || this year   | key stage   | flags
        Ann   | 5          | 2b          | 3b          | 3a          | 4c          | 4b          || accelerated | accelerated | .
    """
    assert reported(table) == wanted(table)
