"""A school's group stands beside the same group in England and beside the others there.

The national figures are those of config/national.yaml. Level 4 and above in maths, 2009: in tests 79 % (girls 78, boys
79), by teacher assessment 80 % (girls 80, boys 80). Expected standard 2025: reading 75 % (girls 78, boys 72), writing
72 %, maths 74 %, all three 62 % (girls 65, boys 59; disadvantaged 47, the others 69).
"""

import math

import pytest

from registers import register, usual_rules
from siptrack.analysis.national import NATIONAL, compare_with_national
from siptrack.analysis.opened import open_register
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.rules.load import load
from siptrack.school.in_pandas import to_pandas


def compared(table, scale="teacher-assessment", filters=EVERYBODY):
    """The national table of a register typed as text."""
    rules = usual_rules()
    return to_pandas(compare_with_national(open_register(register(table, scale=scale), rules, None, filters), rules))


def rows(table, *columns, subject, scale="teacher-assessment"):
    """Those columns of the comparisons in a subject, in order."""
    whole = compared(table, scale)
    return [tuple(row) for row in whole.loc[whole["subject"] == subject, list(columns)].itertuples(index=False)]


def only(table, group="all", subject="reading", scale="teacher-assessment"):
    """The one comparison of a group in a subject."""
    whole = compared(table, scale)
    (row,) = whole[(whole["subject"] == subject) & (whole["group"] == group)].to_dict("records")
    return row


def test_a_group_is_set_beside_the_same_group_in_england_and_beside_the_others_there():
    table = """
        children | year group | disadvantaged     | reading Summer 2025 | writing Summer 2025 | maths Summer 2025
        5        | 6          | disadvantaged     | EXS                 | EXS                 | GDS
        7        | 6          | disadvantaged     | EXS                 | WTS                 | EXS
        15       | 6          | not_disadvantaged | EXS                 | EXS                 | EXS
        5        | 6          | not_disadvantaged | WTS                 | EXS                 | EXS
    """
    row = only(table, "disadvantaged", "rwm")
    assert (row["n"], row["count"], row["year"], row["same"], row["other"]) == (12, 5, "2024-25", 47, 69)
    assert row["value"] == pytest.approx(41.667, abs=0.001)
    assert row["gap_to_same"] == pytest.approx(-5.333, abs=0.001)
    assert row["gap_to_other"] == pytest.approx(-27.333, abs=0.001)
    assert row["children"] == 0  # 5.3 points of 12 children are 0.6 of a child
    everybody = only(table, "all", "rwm")
    assert (everybody["n"], everybody["count"], everybody["same"]) == (32, 20, 62)
    assert math.isnan(everybody["other"])


def test_the_others_of_the_others_are_not_asked_about():
    table = """
        children | year group | disadvantaged     | reading Summer 2025 | writing Summer 2025 | maths Summer 2025
        12       | 6          | not_disadvantaged | EXS                 | EXS                 | EXS
    """
    row = only(table, "not_disadvantaged", "rwm")
    assert (row["same"], row["gap_to_same"]) == (69, 31)
    assert math.isnan(row["other"])


def test_girls_and_boys_are_each_other_s_others():
    table = """
        children | year group | gender | reading Summer 2025
        12       | 6          | girls  | EXS
        12       | 6          | boys   | WTS
    """
    assert rows(table, "group", "same", "other", "children", subject="reading")[1:] == [
        ("girls", 78, 72, 2),
        ("boys", 72, 78, -8),
    ]


def test_the_interval_is_wilson_s_of_the_school_s_percentage_less_the_national_one():
    table = """
        children | year group | reading Summer 2025
        9        | 6          | EXS
        6        | 6          | WTS
    """
    row = only(table)
    assert (row["gap_to_same"], row["low"], row["high"]) == pytest.approx((-15, 36 - 75, 80 - 75), abs=0.5)


@pytest.mark.parametrize(("met", "children"), [(15, 0), (16, 1), (14, -1), (20, 5), (0, -15)])
def test_the_gap_in_children_is_cut_to_whole_ones_and_exact(met, children):
    table = f"""
        children | year group | reading Summer 2025
        {met}     | 6          | EXS
        {20 - met} | 6        | WTS
    """
    assert only(table)["children"] == children


def test_under_eleven_children_there_is_no_percentage_and_no_gap_but_the_counts_stay():
    table = """
        children | year group | reading Summer 2025
        8        | 6          | EXS
        2        | 6          | WTS
    """
    row = only(table)
    assert (row["n"], row["count"], row["same"]) == (10, 8, 75)
    assert all(math.isnan(row[name]) for name in ("value", "gap_to_same", "gap_to_other", "low", "high"))


# --- whose results ----------------------------------------------------------------------------------------------------


def test_only_the_year_group_that_the_national_figure_is_of_is_compared():
    table = """
        children | year group | reading Summer 2025
        12       | 6          | EXS
        30       | 5          | WTS
        30       | 4          | GDS
    """
    assert rows(table, "n", "count", subject="reading") == [(12, 12)]


def test_children_who_are_not_assessed_are_left_out_as_their_scale_says():
    table = """
        children | year group | reading Summer 2025
        12       | 6          | EXS
        3        | 6          | A
        1        | 6          | .
    """
    assert rows(table, "n", "count", subject="reading") == [(12, 12)]


def test_absent_from_the_test_counts_as_not_met_as_it_does_nationally():
    table = """
        children | year group | reading Summer 2025
        12       | 6          | 104
        3        | 6          | A
        1        | 6          | M
    """
    assert rows(table, "n", "count", subject="reading", scale="ks-scaled-score") == [(15, 12)]


def test_all_three_subjects_are_met_only_where_each_is_and_only_children_assessed_in_all_count():
    table = """
        children | year group | reading Summer 2025 | writing Summer 2025 | maths Summer 2025
        6        | 6          | EXS                 | GDS                 | EXS
        5        | 6          | EXS                 | WTS                 | GDS
        4        | 6          | EXS                 | EXS                 | A
    """
    assert rows(table, "n", "count", "same", subject="rwm") == [(11, 6, 62)]


@pytest.mark.parametrize(("grade", "count"), [("99", 0), ("100", 12), ("120", 12), ("N", 0), ("PK6", 0)])
def test_a_scaled_score_of_100_is_the_expected_standard(grade, count):
    table = f"""
        children | year group | reading Summer 2025
        12       | 6          | {grade}
    """
    assert rows(table, "n", "count", subject="reading", scale="ks-scaled-score") == [(12, count)]


@pytest.mark.parametrize(("grade", "count"), [("3a", 0), ("4c", 12), ("4", 12), ("5b", 12), ("P2i", 0), ("W", 0)])
def test_4c_and_above_is_level_4(grade, count):
    table = f"""
        children | year group | maths Summer 2009
        12       | 6          | {grade}
    """
    assert rows(table, "n", "count", subject="maths", scale="nc-levels") == [(12, count)]


def test_results_on_other_scales_are_not_compared():
    table = """
        children | year group | maths Summer 2025
        12       | 6          | 110
    """
    assert compared(table, "standardised-score").empty


@pytest.mark.parametrize(
    ("grade", "count"), [("On track", 12), ("6 On track", 12), ("5 Greater depth", 0), ("Below", 0)]
)
def test_a_school_may_say_which_grade_of_its_own_scale_is_the_expected_standard(tmp_path, grade, count):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text("national: {standards: {ks2-expected: {met_from: {point-in-time: On track}}}}", "utf-8")
    table = f"""
        children | year group | reading Summer 2025
        12       | 6          | {grade}
    """
    rules = load(settings)
    whole = to_pandas(
        compare_with_national(open_register(register(table, scale="point-in-time"), rules, None, EVERYBODY), rules)
    )
    assert whole[["n", "count"]].to_dict("records") == [{"n": 12, "count": count}]


def test_fsm_children_of_year_2_have_a_national_figure_of_2009():
    table = """
        children | year group | fsm     | reading Summer 2009 | maths Summer 2009
        12       | 2          | fsm     | 2c                  | 1a
        12       | 2          | not_fsm | 2b                  | 2a
    """
    assert rows(table, "group", "n", "count", "same", subject="reading", scale="nc-levels") == [("fsm", 12, 12, 71)]
    assert rows(table, "group", "n", "count", "same", subject="maths", scale="nc-levels") == [("fsm", 12, 0, 80)]


def test_only_the_children_and_subjects_asked_about_are_compared():
    table = """
        children | year group | class | reading Summer 2025 | maths Summer 2025
        12       | 6          | 6K    | EXS                 | EXS
        12       | 6          | 6L    | WTS                 | EXS
    """
    whole = compared(table, filters=Filters(classes=frozenset({"6K"}), subjects=frozenset({"reading"})))
    assert whole[["subject", "n", "count"]].to_dict("records") == [{"subject": "reading", "n": 12, "count": 12}]


def test_groups_that_are_not_recorded_are_beside_nobody():
    table = """
        children | year group | gender | reading Summer 2025
        12       | 6          | girls  | EXS
        12       | 6          | .      | EXS
    """
    assert rows(table, "group", "n", subject="reading") == [("all", 24), ("girls", 12)]


# --- tests and teachers' judgements -----------------------------------------------------------------------------------


def test_a_teacher_s_judgement_beside_a_national_test_is_counted_as_unlike():
    table = """
        children | year group | reading Summer 2025 | writing Summer 2025
        12       | 6          | EXS                 | EXS
    """
    assert rows(table, "unlike", subject="reading") == [(12,)]
    assert rows(table, "unlike", subject="writing") == [(0,)]  # nationally teachers' judgements too


def test_where_there_is_a_test_result_it_is_the_test_that_stands_beside_the_national_tests():
    table = """
        children | year group | reading Summer 2025 | reading Summer 2025 (ks-scaled-score)
        10       | 6          | EXS                 | 98
        2        | 6          | EXS                 | 104
        3        | 6          | PK6                 | .
    """
    assert rows(table, "n", "count", "unlike", subject="reading") == [(15, 2, 3)]


def test_levels_by_teachers_stand_beside_teachers_levels_and_beside_tests_where_there_are_no_others():
    table = """
        children | year group | maths Summer 2009 | writing Summer 2009
        12       | 6          | 4b                | 4b
    """
    assert rows(table, "standard", "same", "unlike", subject="maths", scale="nc-levels") == [
        ("ks2-level-4-judged", 80, 0)
    ]
    assert rows(table, "standard", "same", "unlike", subject="writing", scale="nc-levels") == [("ks2-level-4", 67, 12)]


# --- which year's figure, and none at all -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "year", "same"),
    [("Summer 2019", "2018-19", 65), ("Summer 2020", "2018-19", 65), ("Summer 2022", "2021-22", 59)],
)
def test_the_figure_is_of_the_school_s_own_year_or_else_the_newest_before(term, year, same):
    table = f"""
        children | year group | reading {term} | writing {term} | maths {term}
        12       | 6          | EXS            | EXS            | EXS
    """
    assert rows(table, "year", "same", subject="rwm") == [(year, same)]


def test_the_others_are_of_the_same_year_as_the_group():
    table = """
        children | year group | disadvantaged | reading Summer 2022 | writing Summer 2022 | maths Summer 2022
        12       | 6          | disadvantaged | EXS                 | EXS                 | EXS
    """
    row = only(table, "disadvantaged", "rwm")
    assert (row["year"], row["same"], row["other"]) == ("2021-22", 43, 66)


@pytest.mark.parametrize(
    ("term", "scale", "grade", "reason"),
    [
        ("Spring 2025", "teacher-assessment", "EXS", "other season"),
        ("Autumn 2024", "teacher-assessment", "EXS", "other season"),
        ("Summer 2008", "nc-levels", "4b", "no figure yet"),
    ],
)
def test_why_year_6_is_not_compared_is_said_and_no_figure_is_given(term, scale, grade, reason):
    table = f"""
        children | year group | maths {term}
        12       | 6          | {grade}
    """
    whole = compared(table, scale)
    assert set(whole["reason"]) == {reason}
    assert set(whole["n"]) == {12}
    assert whole[["count", "value", "same", "gap_to_same"]].isna().all(axis=None)


def test_a_year_that_has_no_figure_and_one_that_has_stand_side_by_side():
    table = """
        children | year group | reading Summer 2023 | phonics Summer 2023 (phonics)
        12       | 6          | EXS                 | .
        12       | 1          | .                   | 32
    """
    whole = compared(table)
    assert whole[["standard", "reason", "n"]].to_dict("records") == [
        {"standard": "ks2-expected", "reason": "", "n": 12},
        {"standard": "phonics-standard", "reason": "no figure yet", "n": 12},
    ]


def test_without_results_that_have_national_ones_there_is_nothing_to_say():
    table = """
        children | year group | reading Summer 2025
        30       | 5          | EXS
    """
    whole = compared(table)
    assert whole.empty
    assert list(whole.columns) == NATIONAL.names
