# ruff: noqa: E501  # a table is as wide as it is
"""Scales on which a child must move to stand still: steps, decimal years, points and the P scales."""

from typed_tables import reported, wanted


def test_in_target_tracker_six_steps_a_year_are_expected_and_three_are_insufficient():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year    | gain | expected gain | attainment
        Ann   | 4          | 3s          | 4s          || expected     | 6    | 6             | at
        Bob   | 4          | 3s          | 4w          || expected     | 4    | 6             | below
        Gus   | 4          | 3s          | 4b+         || insufficient | 3    | 6             | below
        Cai   | 4          | 3s          | 4s+         || accelerated  | 7    | 6             | at
        Dee   | 4          | 2s          | 3s          || expected     | 6    | 6             | well below
        Eve   | 4          | 3s          | s           || expected     | 6    | 6             | at
        Flo   | 4          | 3s          | 3s          || insufficient | 0    | 6             | well below
    """
    assert reported(table, scale="steps") == wanted(table)


def test_within_the_year_one_step_each_half_term_is_expected():
    table = """
        pupil | year group | Autumn 2024 | Spring 2025 | Summer 2025 || this year    | expected gain | attainment
        Ann   | 4          | 4b          | 4w          | 4s          || expected     | 4             | at
        Bob   | 4          | 4b          | 4b          | 4w          || expected     | 4             | below
        Cai   | 4          | 4b          | 4b          | 4b+         || insufficient | 4             | below
    """
    assert reported(table, scale="steps") == wanted(table)


def test_three_steps_a_year_are_one_a_term():
    table = """
        pupil | year group | Summer 2024 | Spring 2025 || this year    | gain | attainment
        Ann   | 4          | 3S          | 4D          || expected     | 2    | at
        Bob   | 4          | 3S          | 4E          || expected     | 1    | below
        Dee   | 4          | 3S          | 3S          || insufficient | 0    | below
        Cai   | 4          | 3S          | 4S          || accelerated  | 3    | at
    """
    assert reported(table, scale="three-steps") == wanted(table)


def test_in_decimal_years_one_year_a_year_is_expected_and_a_term_less_is_within_a_judgement_s_width():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year    | attainment
        Ann   | 4          | 4.0         | 5.0         || expected     | at
        Bob   | 4          | 4.0         | 4.7         || expected     | below
        Cai   | 4          | 4.0         | 4.6         || insufficient | below
        Dee   | 4          | 4.0         | 5.2         || accelerated  | at
        Eve   | 4          | 3.7         | 4.7         || expected     | below
    """
    assert reported(table, scale="decimal-years") == wanted(table)


def test_points_are_judged_as_the_levels_are():
    table = """
        pupil | year group | Summer 2008 | Summer 2009 || this year    | attainment
        Ann   | 4          | 18          | 21          || expected     | at
        Bob   | 4          | 18          | 20          || expected     | at
        Cai   | 4          | 18          | 19.5        || insufficient | below
    """
    assert reported(table, scale="nc-points") == wanted(table)


def test_on_the_p_scales_a_step_up_in_a_year_is_expected():
    table = """
        pupil | year group | Summer 2008 | Summer 2009 || this year    | gain | measured    | attainment
        Ann   | 4          | P5          | P6          || expected     | 1    | small steps | well below
        Bob   | 4          | P5          | P5          || insufficient | 0    | small steps | well below
        Cai   | 4          | P2i         | P2ii        || expected     | 1    | small steps | well below
        Dee   | 4          | P3ii        | P3i         || insufficient | -1   | small steps | well below
        Eve   | 4          | P8          | 1c          || expected     | 1    | small steps | well below
        Ivy   | 4          | P8          | 2c          || accelerated  | 7    | line        | well below
        Flo   | 4          | P3i         | 1c          || expected     | 7    | small steps | well below
        Gus   | 4          | P8          | W           || the two grades are never compared | -3 | small steps | well below
        Hal   | 4          | P8          | NOTSEN      || no result this term | . | . | not known
    """
    assert reported(table) == wanted(table)


def test_no_movement_is_said_of_small_steps_too():
    table = """
        pupil | year group | Autumn 2008 | Spring 2009 | Summer 2009 || flags
        Ann   | 4          | P2i         | P2i         | P2i         || no-movement, well-below
        Bob   | 4          | P2i         | P2ii        | P2i         || fell-back, well-below
        Cai   | 4          | P2i         | .           | P2i         || no-movement, well-below
    """
    assert reported(table) == wanted(table)


def test_lines_may_differ_by_year_group_while_staying_the_same_is_keeping_up():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year | attainment
        Ann   | 2          | 89          | 89          || expected  | at
        Bob   | 3          | 89          | 89          || expected  | below
        Cai   | 3          | 93          | 93          || expected  | at
        Dee   | 2          | 112         | 112         || expected  | above
        Eve   | 3          | 112         | 112         || expected  | at
        Flo   | 3          | 114         | 114         || expected  | above
    """
    assert reported(table, scale="pira") == wanted(table)


def test_a_child_without_a_scaled_score_ranks_below_every_score():
    table = """
        pupil | year group | Autumn 2024 | Summer 2025 || attainment | flags
        Ann   | 6          | .           | 100         || at         | .
        Bob   | 6          | .           | 99          || below      | below
        Cai   | 6          | .           | 110         || above      | .
        Dee   | 6          | .           | N           || well below | well-below
        Eve   | 6          | .           | PK6         || well below | well-below
        Flo   | 6          | .           | A           || not known  | no-result
    """
    assert reported(table, scale="ks-scaled-score") == wanted(table)


def test_progress_is_not_measured_on_an_assessment_that_is_taken_once():
    table = """
        pupil | year group | phonics Summer 2024 | phonics Summer 2025 || phonics this year                               | phonics attainment
        Ann   | 2          | 28                  | 35                  || progress is not measured on this assessment | at
        Bob   | 2          | .                   | 31                  || one result only                             | below
    """
    assert reported(table, scale="phonics") == wanted(table)


def test_at_the_top_of_the_scale_ground_cannot_be_lost():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year
        Ann   | 6          | 6w          | 6s+         || the highest grade there is, which cannot show more
        Bob   | 6          | 6b          | 6s+         || expected
        Cai   | 6          | 5s+         | 6s+         || expected
        Dee   | 5          | 5w          | 5s+         || insufficient
    """
    assert reported(table, scale="steps") == wanted(table)


def test_a_start_at_w_is_given_the_benefit_of_its_width():
    table = """
        pupil | year group | Autumn 2007 | Summer 2008 | Summer 2009 || this year    | key stage    | key stage gain | key stage expected gain
        Ann   | 2          | W           | 1c          | 1a          || insufficient | expected     | 8              | 11
        Bob   | 2          | W           | 1c          | 2c          || expected     | expected     | 10             | 11
        Cai   | 2          | W           | W           | 1b          || expected     | insufficient | 6              | 11
        Dee   | 2          | W           | W           | W           || insufficient | insufficient | 0              | 11
        Eve   | 2          | W           | 1b          | 3c          || accelerated  | expected     | 16             | 11
        Flo   | 2          | W           | 1b          | 3b          || accelerated  | accelerated  | 18             | 11
    """
    assert reported(table) == wanted(table)
