# ruff: noqa: E501  # a table is as wide as it is
"""Bands judged against the year group: keeping the band is keeping up, and a band of another year group is another band."""

from typed_tables import reported, wanted

SONAR = "point-in-time-sonar"


def test_the_same_band_is_expected_a_lower_one_insufficient_and_a_higher_one_accelerated():
    table = """
        pupil | year group | Summer 2024   | Summer 2025   || this year    | attainment
        Ann   | 5          | On track      | On track      || expected     | at
        Bob   | 5          | On track      | Just below    || insufficient | below
        Cai   | 5          | Just below    | On track      || accelerated  | at
        Dee   | 5          | Greater depth | Greater depth || expected     | above
        Eve   | 5          | Greater depth | On track      || insufficient | at
        Flo   | 5          | On track      | A             || no result this term | not known
    """
    assert reported(table, scale="point-in-time") == wanted(table)


def test_in_the_lowest_band_both_times_it_cannot_be_told_whether_ground_was_lost():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year                                                  | attainment | flags
        Ann   | 5          | Below       | Below       || the lowest grade both times, which cannot show lost ground | well below | well-below
        Bob   | 5          | Below       | Just below  || accelerated                                                | below      | below
        Cai   | 5          | Just below  | Below       || insufficient                                               | well below | insufficient-year, insufficient-key-stage, well-below
        Dee   | 5          | 4 Below     | 5 Below     || the lowest grade both times, which cannot show lost ground | well below | well-below
        Eve   | 5          | 4 Below     | 4 Below     || insufficient                                               | well below | insufficient-year, insufficient-key-stage, well-below
    """
    assert reported(table, scale="point-in-time") == wanted(table)


def test_in_sonar_just_at_to_securely_at_is_more_than_expected():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year    | attainment
        Ann   | 5          | At          | At          || expected     | at
        Bob   | 5          | At          | S           || accelerated  | at
        Cai   | 5          | S           | At          || insufficient | at
        Dee   | 5          | At          | B           || insufficient | below
        Eve   | 5          | B           | SB          || insufficient | well below
        Flo   | 5          | S           | Above       || accelerated  | above
    """
    assert reported(table, scale=SONAR) == wanted(table)


def test_a_band_is_ordered_by_its_year_group_and_then_by_the_band():
    table = """
        pupil | year group | Autumn 2024 | Summer 2025 || this year    | gain | measured
        Ann   | 5          | 3At         | 3B          || insufficient | -1   | small steps
        Bob   | 5          | 2S          | 3B          || expected     | 4    | small steps
        Cai   | 5          | 3At         | 3S          || expected     | 1    | small steps
        Dee   | 5          | 5At         | 5At         || expected     | 0    | line
        Eve   | 5          | At          | 5At         || expected     | 0    | line
        Flo   | 5          | 5At         | 4S          || insufficient | -5   | line
    """
    assert reported(table, scale=SONAR) == wanted(table)


def test_keeping_the_band_over_a_year_is_keeping_up_whether_or_not_the_grade_names_the_year_group():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year    | gain | expected gain
        Ann   | 5          | 4At         | 5At         || expected     | 6    | 6
        Bob   | 5          | At          | At          || expected     | 6    | 6
        Cai   | 5          | 4At         | 5B          || insufficient | 5    | 6
        Dee   | 5          | 4At         | 4At         || insufficient | 0    | 6
    """
    assert reported(table, scale=SONAR) == wanted(table)


def test_a_child_working_below_the_year_group_is_expected_to_do_a_year_s_work_in_a_year_less_a_term_s():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year    | gain | expected gain | attainment
        Ann   | 5          | 2At         | 3At         || expected     | 6    | 6             | well below
        Eve   | 5          | 2At         | 3B          || expected     | 5    | 6             | well below
        Flo   | 5          | 2S          | 3B          || expected     | 4    | 6             | well below
        Gus   | 5          | 2S          | 3SB         || insufficient | 3    | 6             | well below
        Bob   | 5          | 2At         | 2S          || insufficient | 1    | 6             | well below
        Cai   | 5          | 2At         | 2At         || insufficient | 0    | 6             | well below
        Dee   | 5          | 2At         | 2B          || insufficient | -1   | 6             | well below
        Hal   | 5          | 2At         | 3S          || accelerated  | 7    | 6             | well below
        Ivy   | 5          | 3At         | 5At         || accelerated  | 12   | 6             | at
    """
    assert reported(table, scale=SONAR) == wanted(table)


def test_before_a_school_year_has_passed_it_is_too_soon_to_miss_a_small_step():
    table = """
        pupil | year group | Summer 2024 | Spring 2025 || this year                 | measured
        Ann   | 5          | 2At         | 2At         || too soon for a small step | small steps
        Bob   | 5          | 2At         | 2S          || expected                  | small steps
        Cai   | 5          | 2At         | 2B          || insufficient              | small steps
    """
    assert reported(table, scale=SONAR) == wanted(table)


def test_emerging_developing_and_secure_say_where_a_child_stands_today():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 || this year    | attainment
        Ann   | 3          | Secure      | Secure      || expected     | at
        Bob   | 3          | Secure      | Developing  || insufficient | below
        Cai   | 3          | Developing  | Secure      || accelerated  | at
        Dee   | 3          | Emerging    | Emerging    || the lowest grade both times, which cannot show lost ground | well below
    """
    assert reported(table, scale="emerging-developing-secure") == wanted(table)


def test_pre_key_stage_standards_do_not_rise_with_the_year_group():
    table = """
        pupil | year group | Summer 2018 | Summer 2019 || this year    | gain | measured
        Ann   | 4          | PK3         | PK4         || expected     | 1    | small steps
        Bob   | 4          | PK3         | PK3         || insufficient | 0    | small steps
        Cai   | 4          | PK3         | PK2         || insufficient | -1   | small steps
        Dee   | 4          | PK6         | WTS         || accelerated  | 1    | line
        Eve   | 4          | WTS         | PK6         || insufficient | -1   | line
        Hal   | 4          | PK4         | WTS         || accelerated  | 3    | line
        Flo   | 4          | PKF         | PK4         || insufficient | 0    | small steps
        Gus   | 4          | EM          | EM          || the lowest grade both times, which cannot show lost ground | 0 | small steps
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def test_a_lower_band_than_last_term_fell_back_over_the_summer_too():
    table = """
        pupil | year group | Summer 2024 | Autumn 2024 || flags
        Ann   | 5          | On track    | Just below  || fell-back, below
        Bob   | 5          | On track    | On track    || .
    """
    assert reported(table, scale="point-in-time") == wanted(table)


def test_pks_is_well_below_and_whether_a_child_moves_on_within_the_standards_is_not_told():
    table = """
        pupil | year group | Summer 2025 | Spring 2026 || this year                         | attainment
        Ann   | 4          | PKS         | PKS         || the two grades are never compared | well below
        Bob   | 4          | PK2         | PKS         || the two grades are never compared | well below
        Cai   | 4          | PKS         | PK5         || the two grades are never compared | well below
        Dee   | 4          | PKS         | WTS         || accelerated                       | below
        Eve   | 4          | WTS         | PKS         || insufficient                      | well below
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)
