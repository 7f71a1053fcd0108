"""A gap between groups is clear, not clear, or between too few children to say."""

import math

import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse

COLUMNS = ["group", "peers", "n", "count", "peers_n", "peers_count", "children", "verdict"]


def gaps(table, characteristic, measure="at_are", subject="reading"):
    """The gaps of one characteristic, in order."""
    rows = analyse(register(table, scale="teacher-assessment"), usual_rules()).gaps
    chosen = (rows["characteristic"] == characteristic) & (rows["measure"] == measure) & (rows["subject"] == subject)
    return rows[chosen].to_dict("records")


def only_gap(table, characteristic, measure="at_are"):
    (row,) = gaps(table, characteristic, measure)
    return row


def said(row):
    return [row[column] for column in COLUMNS]


def test_eleven_children_on_each_side_are_enough():
    table = """
        children | year group | gender | Summer 2019
        11       | 4          | girls  | EXS
        11       | 4          | boys   | WTS
    """
    row = only_gap(table, "gender")
    assert said(row) == ["girls", "boys", 11, 11, 11, 0, 11, "clear"]
    assert (row["value"], row["peers_value"], row["gap"]) == (100, 0, 100)


def test_ten_children_on_one_side_are_too_few_for_a_percentage_and_for_a_verdict():
    table = """
        children | year group | gender | Summer 2019
        11       | 4          | girls  | EXS
        10       | 4          | boys   | WTS
    """
    row = only_gap(table, "gender")
    assert said(row) == ["girls", "boys", 11, 11, 10, 0, 11, "too few but far behind"]
    assert row["value"] == 100
    assert math.isnan(row["peers_value"])


def test_a_child_who_is_absent_is_not_one_of_the_eleven():
    table = """
        children | year group | gender | Summer 2019
        11       | 4          | girls  | EXS
        10       | 4          | boys   | WTS
        1        | 4          | boys   | A
    """
    assert said(only_gap(table, "gender")) == ["girls", "boys", 11, 11, 10, 0, 11, "too few but far behind"]


def test_a_gap_which_chance_may_make_is_not_clear():
    table = """
        children | year group | gender | Summer 2019
        8        | 4          | girls  | EXS
        4        | 4          | girls  | WTS
        6        | 4          | boys   | EXS
        6        | 4          | boys   | WTS
    """
    row = only_gap(table, "gender")
    assert said(row) == ["girls", "boys", 12, 8, 12, 6, 2, "not clear"]
    assert row["low"] < 0 < row["high"]


ONE_GIRL_AND_NO_BOY = """
    children | year group | gender | Summer 2019
    1        | 4          | girls  | EXS
    10       | 4          | girls  | WTS
    300      | 4          | boys   | WTS
"""
ONE_GIRL_AND_ONE_BOY = """
    children | year group | gender | Summer 2019
    1        | 4          | girls  | EXS
    10       | 4          | girls  | WTS
    1        | 4          | boys   | EXS
    299      | 4          | boys   | WTS
"""


@pytest.mark.parametrize(
    ("table", "children", "verdict"), [(ONE_GIRL_AND_NO_BOY, 1, "clear"), (ONE_GIRL_AND_ONE_BOY, 0, "not clear")]
)
def test_a_gap_of_less_than_one_child_is_no_gap_however_unlikely(table, children, verdict):
    row = only_gap(table, "gender")
    assert row["low"] > 0
    assert (row["children"], row["verdict"]) == (children, verdict)


@pytest.mark.parametrize(("at", "below", "children"), [(4, 7, -3), (5, 6, -2), (7, 4, 0), (10, 1, 2)])
def test_the_gap_in_children_is_cut_to_whole_ones_towards_none(at, below, children):
    table = f"""
        children | year group | gender | Summer 2019
        {at}     | 4          | girls  | EXS
        {below}  | 4          | girls  | WTS
        8        | 4          | boys   | EXS
        4        | 4          | boys   | WTS
    """
    assert only_gap(table, "gender")["children"] == children


def test_not_recorded_is_a_group_of_its_own_and_nobody_s_peer():
    table = """
        children | year group | fsm     | Summer 2019
        3        | 4          | fsm     | WTS
        5        | 4          | not_fsm | EXS
        7        | 4          | .       | EXS
    """
    assert said(only_gap(table, "fsm"))[:6] == ["fsm", "not_fsm", 3, 0, 5, 5]
    groups = analyse(register(table, scale="teacher-assessment"), usual_rules()).groups
    counts = groups[groups["characteristic"] == "fsm"].set_index("group")["n"].to_dict()
    assert counts == {"fsm": 3, "not_fsm": 5, "not_recorded": 7}


def test_of_more_than_two_groups_each_is_compared_with_all_others_that_are_known():
    table = """
        children | year group | ethnicity | Summer 2019
        3        | 4          | WBRI      | EXS
        1        | 4          | WIRI      | WTS
        5        | 4          | ABAN      | WTS
        2        | 4          | MWBC      | EXS
        9        | 4          | .         | EXS
    """
    assert [said(row)[:6] for row in gaps(table, "ethnic_major")] == [
        ["white", "rest", 4, 3, 7, 2],
        ["mixed", "rest", 2, 2, 9, 3],
        ["asian", "rest", 5, 0, 6, 5],
    ]
    assert said(only_gap(table, "minority_ethnic"))[:6] == ["minority_ethnic", "white_british", 8, 2, 3, 3]


def test_two_characteristics_together_are_compared_where_both_are_known():
    table = """
        children | year group | gender | fsm     | Summer 2019
        2        | 4          | girls  | fsm     | EXS
        3        | 4          | boys   | fsm     | WTS
        4        | 4          | boys   | not_fsm | EXS
        5        | 4          | boys   | .       | EXS
    """
    assert [said(row)[:6] for row in gaps(table, "gender_fsm")] == [
        ["girls+fsm", "rest", 2, 2, 7, 4],
        ["boys+fsm", "rest", 3, 0, 6, 6],
        ["boys+not_fsm", "rest", 4, 4, 5, 2],
    ]


def test_progress_is_compared_among_the_children_whose_progress_can_be_told():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        2        | 4          | girls  | EXS         | EXS
        1        | 4          | girls  | .           | WTS
        3        | 4          | boys   | EXS         | WTS
        1        | 4          | boys   | GDS         | GDS
        4        | 4          | boys   | EXS         | A
    """
    assert said(only_gap(table, "gender", "insufficient"))[:6] == ["girls", "boys", 2, 0, 4, 3]
    assert said(only_gap(table, "gender"))[:6] == ["girls", "boys", 3, 2, 4, 1]


def test_a_characteristic_that_is_not_recorded_is_not_compared():
    table = """
        children | year group | gender | Summer 2019
        3        | 4          | girls  | EXS
        3        | 4          | boys   | EXS
    """
    gaps_table = analyse(register(table, scale="teacher-assessment"), usual_rules()).gaps
    assert set(gaps_table["characteristic"]) == {"gender"}
