"""Which children would close a gap, who is in no percentage, gaps that turn round, and peers by choice."""

import pandas as pd
import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.tally import Peers


def analysed(table, peers=None):
    return analyse(register(table, scale="teacher-assessment"), usual_rules(), peers=peers or Peers())


BOYS_BEHIND = """
    pupil | children | year group | gender | fsm     | Summer 2018 | Summer 2019
    Ada   | 20       | 4          | girls  | not_fsm | EXS         | EXS
    Bob   | 14       | 4          | boys   | not_fsm | WTS         | PK4
    Cai   | 4        | 4          | boys   | fsm     | EXS         | WTS
    Dan   | 2        | 4          | boys   | not_fsm | EXS         | EXS
"""


def test_the_fewest_children_who_would_close_a_clear_gap_are_named_the_nearest_to_the_line_first():
    closers = analysed(BOYS_BEHIND).closers
    at_are = closers[closers["measure"] == "at_are"]
    assert len(at_are) == at_are["pupil"].nunique() == 18
    assert [name.split()[0] for name in at_are["pupil"][:4]] == ["Cai"] * 4
    assert set(at_are["groups"].str.contains("gender=boys")) == {True}


def test_a_gap_says_how_many_would_close_it_and_how_many_would_reverse_it():
    gaps = analysed(BOYS_BEHIND).gaps
    row = gaps[(gaps["characteristic"] == "gender") & (gaps["measure"] == "at_are") & (gaps["among"] == "all")].iloc[0]
    assert (row["count"], row["n"], row["peers_count"], row["peers_n"]) == (20, 20, 2, 20)
    assert (row["close"], row["reverse"], row["verdict"]) == (18, 19, "clear")


def test_children_in_no_percentage_are_counted_with_the_reason_and_the_percentage_has_its_bounds():
    table = """
        pupil | children | year group | gender | Summer 2019
        Ada   | 6        | 4          | girls  | EXS
        Bea   | 2        | 4          | girls  | WTS
        Cat   | 1        | 4          | girls  | A
        Dot   | 1        | 4          | girls  | .
    """
    analysis = analysed(table)
    assert analysis.left_out[["reason", "count"]].to_numpy().tolist() == [["absent", 1], ["no result", 1]]
    row = analysis.summary.iloc[0]
    assert (row["at_are_low"], row["at_are_high"]) == (60, 80)


def test_a_gap_that_turns_round_within_year_groups_is_said_to():
    table = """
        children | year group | gender | Summer 2019
        40       | 3          | girls  | EXS
        10       | 3          | girls  | WTS
        9        | 3          | boys   | EXS
        1        | 3          | boys   | WTS
        2        | 5          | girls  | EXS
        8        | 5          | girls  | WTS
        15       | 5          | boys   | EXS
        35       | 5          | boys   | WTS
    """
    (row,) = analysed(table).paradoxes.to_dict("records")
    assert (row["characteristic"], row["group"], row["within"]) == ("gender", "girls", "year_group")
    assert (row["parts"], row["other_way"], row["n"], row["peers_n"]) == (2, 2, 60, 60)
    assert row["gap"] == pytest.approx(100 * (42 - 24) / 60)
    assert row["pooled"] == pytest.approx(-10)  # 80 % and 90 % in Year 3, 20 % and 30 % in Year 5


def test_two_small_year_groups_the_other_way_do_not_outvote_a_large_one():
    table = """
        children | year group | gender | Summer 2019
        36       | 3          | girls  | EXS
        4        | 3          | girls  | WTS
        16       | 3          | boys   | EXS
        24       | 3          | boys   | WTS
        3        | 4          | girls  | EXS
        3        | 4          | girls  | WTS
        4        | 4          | boys   | EXS
        2        | 4          | boys   | WTS
        3        | 5          | girls  | EXS
        3        | 5          | girls  | WTS
        4        | 5          | boys   | EXS
        2        | 5          | boys   | WTS
    """
    assert analysed(table).paradoxes.empty


def test_a_gap_of_which_nothing_is_left_within_year_groups_does_not_turn_round():
    table = """
        children | year group | gender | Summer 2019
        40       | 3          | girls  | EXS
        10       | 3          | girls  | WTS
        8        | 3          | boys   | EXS
        2        | 3          | boys   | WTS
        2        | 5          | girls  | EXS
        8        | 5          | girls  | WTS
        10       | 5          | boys   | EXS
        40       | 5          | boys   | WTS
    """
    assert analysed(table).paradoxes.empty


@pytest.mark.parametrize(
    ("peers", "groups"),
    [
        (Peers(), {("girls", "boys")}),
        (Peers(rest=True), {("girls", "rest"), ("boys", "rest")}),
        (Peers(group=("gender", "girls")), {("boys", "girls")}),
        (Peers(rate=65), {("girls", "rate"), ("boys", "rate")}),
    ],
)
def test_peers_by_choice(peers, groups):
    gaps = analysed(BOYS_BEHIND, peers).gaps
    rows = gaps[gaps["characteristic"] == "gender"]
    assert set(zip(rows["group"], rows["peers"], strict=True)) == groups


def test_not_recorded_is_compared_with_no_rate_either():
    table = """
        children | year group | fsm     | Summer 2019
        12       | 4          | fsm     | WTS
        12       | 4          | not_fsm | EXS
        12       | 4          | .       | WTS
    """
    gaps = analysed(table, Peers(rate=65)).gaps
    assert set(gaps.loc[gaps["characteristic"] == "fsm", "group"]) == {"fsm", "not_fsm"}


def test_children_of_equal_start_are_compared_with_each_other_only():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        12       | 4          | girls  | EXS         | EXS
        4        | 4          | girls  | WTS         | WTS
        4        | 4          | boys   | EXS         | EXS
        12       | 4          | boys   | WTS         | WTS
    """
    gaps = analysed(table).gaps
    row = gaps[(gaps["characteristic"] == "gender") & (gaps["measure"] == "at_are")].iloc[0]
    assert (row["gap"], row["like_gap"], row["like_n"], row["like_peers_n"]) == (50, 0, 16, 16)
    assert row["like_low"] < 0 < row["like_high"]  # though every child stayed where it was


@pytest.mark.parametrize(("alike", "told"), [(10, False), (11, True)])
def test_a_gap_like_for_like_takes_enough_children_who_started_alike_on_both_sides(alike, told):
    table = f"""
        children | year group | gender | Summer 2018 | Summer 2019
        26       | 4          | girls  | EXS         | EXS
        {alike}  | 4          | boys   | EXS         | WTS
        30       | 4          | boys   | WTS         | WTS
    """
    gaps = analysed(table).gaps
    row = gaps[(gaps["characteristic"] == "gender") & (gaps["measure"] == "at_are")].iloc[0]
    assert pd.notna(row["like_gap"]) == told
    if told:
        assert (row["like_gap"], row["like_high"], row["like_n"], row["like_peers_n"]) == (100, 100, 26, alike)
        assert 50 < row["like_low"] < 100
