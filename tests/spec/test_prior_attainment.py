# ruff: noqa: E501  # a table is as wide as it is
"""Prior attainment is told by the baseline, the last result before the key stage, in the bands that its scale names."""

from typed_tables import reported, wanted


def test_key_stage_1_average_points_under_12_are_low_and_from_18_on_high():
    table = """
        pupil | year group | reading Summer 2006 | writing Summer 2006 | maths Summer 2006 | reading Summer 2009 || prior attainment
        Ann   | 5          | 1a                  | 1a                  | 2c                | 3a                  || low_prior
        Bob   | 5          | 1a                  | 1a                  | 2b                | 3a                  || middle_prior
        Cai   | 5          | 2a                  | 2a                  | 2a                | 3a                  || middle_prior
        Dee   | 5          | 2a                  | 2a                  | 3                 | 3a                  || high_prior
        Eve   | 5          | W                   | .                   | .                 | 3a                  || low_prior
        Flo   | 5          | A                   | .                   | .                 | 3a                  || not_recorded
    """
    assert reported(table) == wanted(table)


def test_the_baseline_is_the_last_result_before_the_key_stage_and_none_within_it():
    table = """
        pupil | year group | reading Summer 2005 | reading Summer 2006 | reading Autumn 2006 | reading Summer 2009 || prior attainment
        Ann   | 5          | 1c                  | 3                   | 1c                  | 3a                  || high_prior
        Bob   | 5          | 1c                  | .                   | 3                   | 3a                  || low_prior
        Cai   | 5          | .                   | .                   | 3                   | 3a                  || not_recorded
        Dee   | .          | .                   | 3                   | 3                   | 3a                  || not_recorded
    """
    assert reported(table) == wanted(table)


def test_on_bands_the_middle_one_of_the_subjects_counts_and_of_two_the_lower():
    table = """
        pupil | year group | reading Summer 2018 | writing Summer 2018 | maths Summer 2018 | reading Summer 2020 || prior attainment
        Ann   | 4          | WTS                 | EXS                 | GDS               | EXS                 || middle_prior
        Bob   | 4          | WTS                 | WTS                 | GDS               | EXS                 || low_prior
        Cai   | 4          | EXS                 | GDS                 | GDS               | EXS                 || high_prior
        Dee   | 4          | WTS                 | GDS                 | .                 | EXS                 || low_prior
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def test_phonics_counts_only_where_no_subject_has_a_baseline_of_its_own():
    table = """
        pupil | year group | phonics Summer 2018 (phonics) | reading Summer 2019 | reading Summer 2020 || prior attainment
        Ann   | 3          | 35                            | WTS                 | EXS                 || low_prior
        Bob   | 3          | 35                            | .                   | EXS                 || middle_prior
        Cai   | 3          | 31                            | .                   | EXS                 || low_prior
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)
