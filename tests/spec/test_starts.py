# ruff: noqa: E501  # a table is as wide as it is
"""Where progress is measured from in each window, and what is said when there is nowhere to measure from."""

from typed_tables import NOT_ON_ROLL, reported, wanted


def test_this_year_begins_with_last_summer_else_with_the_first_result_of_this_year():
    table = """
        pupil | year group | Spring 2008 | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009 || this year | since
        Ann   | 4          | 2b          | 2a          | 3c          | 3c          | 3b          || expected  | Summer 2008
        Bob   | 4          | 2b          | .           | 3c          | 3c          | 3b          || expected  | Autumn 2008
        Cai   | 4          | 2b          | A           | 3c          | 3c          | 3b          || expected  | Autumn 2008
    """
    assert reported(table) == wanted(table)


def test_in_spring_this_year_begins_with_last_summer_too():
    table = """
        pupil | year group | Summer 2008 | Autumn 2008 | Spring 2009 || this year | since
        Ann   | 4          | 2a          | 3c          | 3c          || expected  | Summer 2008
        Bob   | 4          | .           | 3c          | 3c          || fewer than two terms between the results | Autumn 2008
    """
    assert reported(table) == wanted(table)


def test_in_autumn_it_begins_with_the_autumn_before_because_last_summer_is_one_term_back():
    table = """
        pupil | year group | Autumn 2007 | Spring 2008 | Summer 2008 | Autumn 2008 || this year | since
        Ann   | 4          | 2b          | 2a          | 2a          | 3c          || expected  | Autumn 2007
        Bob   | 4          | .           | 2a          | 2a          | 3c          || expected  | Spring 2008
        Cai   | 4          | .           | .           | 2a          | 3c          || fewer than two terms between the results | Summer 2008
    """
    assert reported(table) == wanted(table)


def test_two_terms_are_long_enough_and_one_is_not():
    table = """
        pupil | year group | Autumn 2008 | Spring 2009 | Summer 2009 || this year                                | key stage
        Ann   | 4          | 3c          | .           | 3b          || expected                                 | expected
        Bob   | 4          | .           | 3c          | 3b          || fewer than two terms between the results | fewer than two terms between the results
        Cai   | 4          | .           | .           | 3b          || one result only                          | one result only
    """
    assert reported(table) == wanted(table)


def test_a_result_older_than_last_summer_is_no_start_for_this_year_but_is_one_for_the_key_stage():
    table = """
        pupil | year group | Spring 2008 | Summer 2009 || this year       | key stage | key stage since
        Ann   | 4          | 2a          | 3b          || one result only | expected  | Spring 2008
    """
    assert reported(table) == wanted(table)


def test_the_key_stage_begins_with_the_last_result_before_it_else_with_the_first_in_it():
    table = """
        pupil | year group | Spring 2006 | Summer 2006 | Autumn 2006 | Summer 2008 | Summer 2009 || key stage | key stage since
        Ann   | 5          | 2c          | 2b          | 2b          | 3b          | 3a          || expected  | Summer 2006
        Bob   | 5          | 2c          | .           | 2b          | 3b          | 3a          || expected  | Spring 2006
        Cai   | 5          | .           | .           | 2b          | 3b          | 3a          || expected  | Autumn 2006
        Dee   | 5          | .           | .           | .           | 3b          | 3a          || expected  | Summer 2008
    """
    assert reported(table) == wanted(table)


def test_a_child_who_repeated_a_year_began_the_key_stage_a_year_earlier_than_the_others():
    table = """
        pupil | year group 2005-06 | year group 2006-07 | year group 2007-08 | Summer 2005 | Summer 2006 | Summer 2008 || key stage since
        Ann   | 3                  | 3                  | 4                  | 2b          | 2b          | 3b          || Summer 2005
        Bob   | 2                  | 3                  | 4                  | 2b          | 2b          | 3b          || Summer 2006
    """
    assert reported(table) == wanted(table)


def test_a_child_who_repeats_the_year_is_judged_by_the_year_groups_that_were_real():
    table = """
        pupil | year group 2007-08 | year group 2008-09 | Summer 2008 | Summer 2009 || this year   | expected gain
        Ann   | 4                  | 4                  | 3c          | 3c          || expected    | 0
        Bob   | 4                  | 4                  | 3c          | 3b          || accelerated | 0
        Cai   | 3                  | 4                  | 3c          | 3c          || insufficient | 3
    """
    assert reported(table) == wanted(table)


def test_a_child_who_skipped_a_year_is_expected_to_gain_two_years_points():
    table = """
        pupil | year group 2007-08 | year group 2008-09 | Summer 2008 | Summer 2009 || this year    | expected gain
        Ann   | 3                  | 5                  | 2a          | 3b          || insufficient | 6
        Bob   | 3                  | 5                  | 2a          | 3a          || expected     | 6
    """
    assert reported(table) == wanted(table)


def test_a_year_that_no_file_speaks_of_is_worked_out_from_the_nearest_the_later_of_two():
    table = """
        pupil | year group 2006-07 | year group 2008-09 | Summer 2008 | Summer 2009 || expected gain
        Ann   | .                  | 4                  | 2a          | 3b          || 3
        Bob   | 3                  | .                  | 3b          | 3b          || 3
        Cai   | 3                  | 4                  | 2a          | 3b          || 3
    """
    assert reported(table) == wanted(table)


def test_marks_of_two_scales_are_never_compared():
    table = """
        pupil | year group | Summer 2014 (nc-levels) | Autumn 2014 (nc-levels) | Summer 2015 || this year         | key stage
        Ann   | 4          | 2a                      | .                       | EXS         || the scale changed | the scale changed
        Bob   | 4          | .                       | 3c                      | EXS         || the scale changed | the scale changed
        Cai   | 4          | .                       | .                       | EXS         || one result only   | one result only
        Dee   | 4          | A                       | A                       | EXS         || one result only   | one result only
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def test_after_a_change_of_scale_the_first_result_on_the_new_one_is_the_start():
    table = """
        pupil | year group | Summer 2014 (nc-levels) | Autumn 2014 | Spring 2015 | Summer 2015 || this year         | key stage
        Ann   | 4          | 2a                      | EXS         | EXS         | EXS         || expected          | expected
        Bob   | 4          | 2a                      | EXS         | EXS         | WTS         || insufficient      | insufficient
        Cai   | 4          | 2a                      | .           | EXS         | EXS         || the scale changed | the scale changed
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def test_a_scale_left_behind_before_the_key_stage_s_own_start_is_not_the_reason():
    table = """
        pupil | year group | Spring 2008 (standardised-score) | Summer 2008 | Autumn 2008 || key stage
        Ann   | 3          | 100                              | 2b          | 2b          || fewer than two terms between the results
        Bob   | 3          | 100                              | .           | 2b          || the scale changed
    """
    assert reported(table) == wanted(table)


def test_raw_marks_are_never_turned_into_progress():
    table = """
        pupil | year group | Summer 2008 (raw marks) | Summer 2009 (raw marks) || this year                        | attainment
        Ann   | 4          | 17                      | 25                      || the marks are on no known scale  | not known
        Bob   | 4          | 17                      | .                       || no result this term              | not known
    """
    assert reported(table) == wanted(table)


def test_nothing_is_told_of_a_child_without_a_year_group_or_outside_the_line():
    table = """
        pupil | year group | Summer 2008 | Summer 2009 || this year                  | key stage                  | attainment
        Ann   | .          | 2a          | 3b          || outside the reference line | outside the reference line | not known
        Bob   | 0          | W           | 1b          || outside the reference line | outside the reference line | not known
        Cai   | 1          | W           | 1b          || one result only            | one result only            | at
        Dee   | 2          | 1b          | 2b          || expected                   | expected                   | at
    """
    assert reported(table) == wanted(table)


def test_an_absent_child_is_not_a_child_without_progress():
    table = """
        pupil | year group | Summer 2008 | Autumn 2008 | Summer 2009 || this year           | since
        Ann   | 4          | 2a          | 3c          | A           || no result this term | .
        Bob   | 4          | A           | .           | 3b          || one result only     | .
        Cai   | 4          | A           | 3c          | 3b          || expected            | Autumn 2008
    """
    assert reported(table) == wanted(table)


def test_a_child_who_has_left_is_judged_until_then_and_not_after():
    table = f"""
        pupil | year group | left after  | Summer 2008 | Spring 2009 | Summer 2009 || this year
        Ann   | 4          | Spring 2009 | 2a          | 3c          | .           || {NOT_ON_ROLL}
        Bob   | 4          | .           | 2a          | 3c          | .           || no result this term
        Cai   | 4          | .           | 2a          | 3c          | 3b          || expected
    """
    assert reported(table) == wanted(table)
    assert reported(table, now="Spring 2009")["Ann"] == {"this year": "expected"}
