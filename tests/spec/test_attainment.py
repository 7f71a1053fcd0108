"""Attainment is where a result lies against the reference line of the child's year group and term."""

from typed_tables import reported, wanted


def test_on_levels_one_point_under_the_line_is_at_age_related_expectations_and_two_are_below():
    table = """
        pupil | year group | Summer 2009 || attainment | distance
        Ann   | 3          | 2a          || at         | -1
        Bob   | 4          | 3c          || below      | -2
        Cai   | 4          | 3b          || at         | 0
        Dee   | 5          | 3a          || at         | -1
        Eve   | 4          | .           || not known  | .
        Flo   | 4          | A           || not known  | .
    """
    assert reported(table) == wanted(table)


def test_on_levels_a_whole_level_under_the_line_is_well_below():
    table = """
        pupil | year group | Summer 2009 || attainment | distance
        Ann   | 3          | 2c          || below      | -5
        Bob   | 4          | 2b          || well below | -6
        Cai   | 3          | 1a          || well below | -7
    """
    assert reported(table) == wanted(table)


def test_on_levels_four_points_over_the_line_are_above():
    table = """
        pupil | year group | Summer 2009 || attainment | distance
        Ann   | 3          | 3b          || at         | 3
        Bob   | 2          | 3c          || above      | 4
        Cai   | 6          | 5c          || above      | 4
        Dee   | 6          | 4a          || at         | 2
    """
    assert reported(table) == wanted(table)


def test_the_line_rises_from_term_to_term():
    table = """
        pupil | year group | Autumn 2008 | Spring 2009 | Summer 2009 || attainment
        Ann   | 4          | 3c          | 3c          | 3c          || below
    """
    assert reported(table) == wanted(table)
    assert reported(table, now="Spring 2009") == {"Ann": {"attainment": "at"}}


def test_on_teacher_assessment_the_words_say_it_themselves():
    table = """
        pupil | year group | Summer 2019 || attainment
        Ann   | 4          | EXS         || at
        Bob   | 4          | GDS         || above
        Cai   | 4          | WTS         || below
        Dee   | 4          | HNM         || below
        Eve   | 4          | PK6         || well below
        Flo   | 4          | BLW         || well below
        Gus   | 4          | D           || not known
    """
    assert reported(table, scale="teacher-assessment") == wanted(table)


def test_on_standardised_scores_95_is_at_and_115_above_and_below_85_well_below():
    table = """
        pupil | year group | Summer 2019 || attainment
        Ann   | 4          | 95          || at
        Bob   | 4          | 94          || below
        Cai   | 4          | 114         || at
        Dee   | 4          | 115         || above
        Eve   | 4          | 85          || below
        Flo   | 4          | 84          || well below
        Gus   | 0          | 95          || at
        Hal   | -1         | 95          || not known
    """
    assert reported(table, scale="standardised-score") == wanted(table)
