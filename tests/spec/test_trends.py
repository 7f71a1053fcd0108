"""A gap over time, among the same children: narrowing, widening, closed, turned round, or it cannot be told."""

import math

import pytest

from registers import register, usual_rules
from siptrack.analysis.everybody import everybody_in
from siptrack.analysis.membership import members_of
from siptrack.analysis.opened import open_register
from siptrack.analysis.over_time import lay_over_time
from siptrack.analysis.pooled import pool_years
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.tally import USUAL, Peers
from siptrack.analysis.trends import measure_trends
from siptrack.school.in_pandas import to_pandas


def followed(table, *, scale="teacher-assessment", filters=EVERYBODY, peers=USUAL, measured=measure_trends, rules=None):
    """The trends, or the pooled gaps, of a table typed as text."""
    rules, written = rules or usual_rules(), register(table, scale=scale)
    opened = open_register(written, rules, None, filters)
    members = members_of(opened.chosen.pupils, rules)
    everybody = everybody_in(written, opened, members, filters, rules, peers)
    return to_pandas(measured(lay_over_time(opened, everybody, rules), everybody, rules))


def rows(table, characteristic="gender", *, measure="at_are", since=None, subject="reading", **more):
    found = followed(table, **more)
    of = (found["characteristic"] == characteristic) & (found["measure"] == measure) & (found["subject"] == subject)
    return found[of & ((found["from_term"] == since) if since else True)].to_dict("records")


def only(table, characteristic="gender", **more):
    (row,) = rows(table, characteristic, **more)
    return row


def percents(row):
    """The gap then, the gap now and the change, in whole percentage points."""
    return [round(row[name]) for name in ("gap_then", "gap_now", "change")]


# --- what is said of a trend ------------------------------------------------------------------------------------------


def test_a_gap_widens_when_the_same_children_grow_further_apart():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        10       | 4          | girls  | WTS         | EXS
        10       | 4          | girls  | EXS         | EXS
        8        | 4          | boys   | EXS         | EXS
        12       | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (row["group"], row["peers"], row["from_term"], row["term"]) == (
        "girls",
        "boys",
        "Summer 2018",
        "Summer 2019",
    )
    assert (row["n"], row["peers_n"], row["terms"]) == (20, 20, 3)
    assert [row[name] for name in ("then_value", "now_value", "peers_then_value", "peers_now_value")] == [
        50,
        100,
        40,
        40,
    ]
    assert (percents(row), row["trend"]) == ([10, 60, 50], "widening")
    assert row["low"] > 0


def test_a_gap_narrows_when_those_behind_catch_up():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        20       | 4          | girls  | EXS         | EXS
        10       | 4          | boys   | WTS         | EXS
        10       | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([100, 50, -50], "narrowing")


def test_a_gap_that_closes_altogether_is_closed():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        20       | 4          | girls  | EXS         | EXS
        20       | 4          | boys   | WTS         | EXS
    """
    assert (percents(only(table)), only(table)["trend"]) == ([100, 0, -100], "closed")


def test_a_gap_that_was_clear_is_closed_when_the_other_side_is_ahead_by_no_more_than_chance():
    table = """
        children | year group | fsm     | Summer 2018 | Summer 2019
        6        | 4          | fsm     | EXS         | EXS
        10       | 4          | fsm     | WTS         | EXS
        4        | 4          | fsm     | WTS         | WTS
        30       | 4          | not_fsm | EXS         | EXS
        10       | 4          | not_fsm | WTS         | WTS
    """
    row = only(table, "fsm")
    assert (percents(row), row["trend"]) == ([-45, 5, 50], "closed")
    assert row["then_high"] < 0
    assert row["now_low"] < 0 < row["now_high"]


def test_a_gap_that_was_clear_is_closed_under_one_child_even_where_the_change_may_be_chance():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        20       | 4          | girls  | EXS         | EXS
        5        | 4          | girls  | EXS         | WTS
        2        | 4          | girls  | WTS         | EXS
        13       | 4          | girls  | WTS         | WTS
        15       | 4          | boys   | EXS         | EXS
        7        | 4          | boys   | WTS         | EXS
        18       | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([25, 0, -25], "closed")
    assert row["then_low"] > 0


def test_a_gap_that_was_not_clear_then_never_closes_it_narrows():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        18       | 4          | girls  | EXS         | EXS
        12       | 4          | girls  | WTS         | WTS
        12       | 4          | boys   | EXS         | EXS
        6        | 4          | boys   | WTS         | EXS
        12       | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([20, 0, -20], "narrowing")
    assert row["then_low"] < 0


def test_of_two_gaps_neither_of_which_is_clear_it_cannot_be_told_that_one_became_the_other():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        18       | 4          | girls  | EXS         | EXS
        12       | 4          | girls  | WTS         | WTS
        12       | 4          | boys   | EXS         | EXS
        12       | 4          | boys   | WTS         | EXS
        6        | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([20, -20, -40], "cannot tell")
    assert row["high"] < 0


def test_a_gap_that_opens_where_there_was_none_is_widening():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        20       | 4          | girls  | WTS         | EXS
        20       | 4          | boys   | WTS         | WTS
    """
    assert (percents(only(table)), only(table)["trend"]) == ([0, 100, 100], "widening")


def test_a_gap_is_reversing_when_those_who_were_behind_are_ahead_now_however_large_it_is():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        12       | 4          | girls  | EXS         | WTS
        8        | 4          | girls  | WTS         | WTS
        6        | 4          | boys   | EXS         | EXS
        4        | 4          | boys   | WTS         | EXS
        10       | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([30, -50, -80], "reversing")


def test_a_change_that_a_few_children_make_cannot_be_told_from_luck():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        1        | 4          | girls  | WTS         | EXS
        19       | 4          | girls  | EXS         | EXS
        1        | 4          | boys   | EXS         | WTS
        19       | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([90, 100, 10], "cannot tell")
    assert row["low"] < 0 < row["high"]


def test_ten_of_the_same_children_on_a_side_are_too_few_however_large_the_change():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        10       | 4          | girls  | WTS         | EXS
        20       | 4          | boys   | WTS         | WTS
    """
    row = only(table)
    assert (row["n"], percents(row), row["trend"]) == (10, [0, 100, 100], "cannot tell")
    assert math.isnan(row["now_value"])
    assert row["peers_now_value"] == 0


def test_a_change_of_fewer_children_than_the_rules_ask_for_is_no_trend():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        10       | 4          | girls  | WTS         | EXS
        2        | 4          | girls  | WTS         | WTS
        20       | 4          | boys   | WTS         | WTS
    """
    usual = usual_rules()
    asked = {
        children: usual._replace(
            groups=usual.groups._replace(small=usual.groups.small._replace(whole_children=children))
        )
        for children in (10, 11)
    }
    assert [only(table, rules=rules)["trend"] for rules in asked.values()] == ["widening", "cannot tell"]


def test_twelve_children_of_whom_none_changed_are_not_taken_to_be_unchangeable():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        12       | 4          | girls  | EXS         | EXS
        18       | 4          | boys   | EXS         | WTS
        82       | 4          | boys   | EXS         | EXS
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([0, 18, 18], "cannot tell")
    assert row["low"] < 0


def test_a_change_that_is_large_by_itself_is_no_trend_where_so_many_gaps_were_followed_that_luck_makes_one_such():
    table = """
        children | year group | gender | sen    | eal     | Summer 2018 | Summer 2019
        3        | 4          | girls  | sen    | eal     | WTS         | EXS
        2        | 4          | girls  | no_sen | not_eal | WTS         | EXS
        9        | 4          | girls  | sen    | eal     | EXS         | EXS
        10       | 4          | girls  | no_sen | not_eal | EXS         | EXS
        12       | 4          | boys   | sen    | eal     | WTS         | WTS
        12       | 4          | boys   | no_sen | not_eal | WTS         | WTS
    """
    row = only(table)
    assert row["low"] > 0
    assert row["chance"] < 0.05 < row["q"]
    assert row["trend"] == "cannot tell"
    alone = only(
        table.replace("| sen    | eal     ", "", 1)
        .replace("| sen    | eal     ", "")
        .replace("| no_sen | not_eal ", "")
    )
    assert (alone["chance"], alone["trend"]) == (row["chance"], "widening")


# --- the same children ------------------------------------------------------------------------------------------------


def test_a_gap_that_changes_only_because_children_joined_and_left_has_not_changed_among_those_who_stayed():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019 | left after
        12       | 4          | girls  | EXS         | EXS         | .
        12       | 4          | boys   | EXS         | EXS         | .
        6        | 4          | boys   | .           | WTS         | .
        3        | 4          | girls  | WTS         | .           | Summer 2018
    """
    row = only(table)
    assert (percents(row), row["trend"]) == ([0, 0, 0], "cannot tell")
    assert (row["n"], row["stayed"], row["joined"], row["left"]) == (12, 12, 0, 3)
    assert [round(row[name], 1) for name in ("all_gap_then", "all_gap_now", "mix")] == [-20.0, 33.3, 53.3]


def test_joined_and_left_are_children_of_the_group_who_were_assessed():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019 | maths Summer 2018 | left after
        12       | 4          | girls  | EXS         | EXS         | .                 | .
        4        | 4          | girls  | .           | EXS         | .                 | .
        2        | 4          | girls  | EXS         | .           | .                 | Summer 2018
        1        | 4          | girls  | .           | .           | EXS               | Summer 2018
        1        | 4          | girls  | .           | A           | .                 | .
        12       | 4          | boys   | EXS         | EXS         | .                 | .
        5        | 4          | boys   | .           | EXS         | .                 | .
    """
    row = only(table)
    assert (row["n"], row["stayed"], row["joined"], row["left"]) == (12, 12, 4, 2)


def test_a_child_absent_in_one_of_the_terms_is_not_one_of_the_same_children_and_has_neither_joined_nor_left():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        11       | 4          | girls  | EXS         | EXS
        1        | 4          | girls  | WTS         | A
        1        | 4          | girls  | A           | EXS
        12       | 4          | boys   | EXS         | EXS
    """
    row = only(table)
    assert (row["n"], row["stayed"], row["joined"], row["left"]) == (11, 13, 0, 0)
    assert (percents(row), round(row["all_gap_then"], 1), round(row["mix"], 1)) == ([0, 0, 0], -8.3, 8.3)


def test_children_are_followed_in_the_groups_they_are_in_today():
    table = """
        children | year group | fsm     | Summer 2018 | Summer 2019 | left after
        12       | 4          | fsm     | EXS         | WTS         | .
        12       | 4          | not_fsm | EXS         | EXS         | .
        12       | 4          | .       | EXS         | EXS         | .
        1        | 6          | fsm     | WTS         | .           | Summer 2018
    """
    row = only(table, "fsm")
    assert (row["n"], row["peers_n"], row["left"], percents(row)) == (12, 12, 1, [0, -100, -100])


def test_each_of_several_groups_is_followed_beside_all_others_and_those_who_left_were_among_the_others_then():
    table = """
        children | year group | ethnicity | Summer 2018 | Summer 2019 | left after
        2        | 4          | WBRI      | EXS         | EXS         | .
        2        | 4          | ABAN      | WTS         | EXS         | .
        1        | 4          | BAFR      | EXS         | WTS         | .
        3        | 6          | CHNE      | EXS         | .           | Summer 2018
    """
    found = rows(table, "ethnic_major")
    assert [(row["group"], row["peers"], row["n"], row["peers_n"]) for row in found] == [
        ("white", "rest", 2, 3),
        ("asian", "rest", 2, 3),
        ("black", "rest", 1, 4),
    ]
    assert round(found[0]["gap_then"], 1) == 66.7
    assert round(found[0]["all_gap_then"], 1) == 33.3


def test_groups_are_followed_with_the_peers_that_were_chosen():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        2        | 4          | girls  | EXS         | EXS
        3        | 4          | boys   | EXS         | EXS
    """
    assert [row["group"] for row in rows(table, peers=Peers(rest=True))] == ["girls", "boys"]
    assert rows(table, peers=Peers(rate=65.0)) == []


def test_with_a_year_group_chosen_only_its_children_are_followed_and_those_who_would_be_in_it():
    table = """
        children | year group 2017-08 | year group | gender | Summer 2018 | Summer 2019 | left after
        2        | 3                  | 4          | girls  | EXS         | EXS         | .
        2        | 3                  | 4          | boys   | EXS         | EXS         | .
        1        | 3                  | .          | girls  | EXS         | .           | Summer 2018
        1        | 6                  | .          | girls  | EXS         | .           | Summer 2018
        5        | 4                  | 5          | girls  | EXS         | EXS         | .
    """
    row = only(table, filters=Filters(years=frozenset({4})))
    assert (row["n"], row["joined"], row["left"]) == (2, 0, 1)
    assert only(table)["left"] == 2


# --- terms, subjects and scales ---------------------------------------------------------------------------------------


def test_every_term_of_the_last_three_years_is_followed_the_newest_first():
    table = """
        pupil | year group | gender | Summer 2015 | Summer 2016 | Autumn 2017 | Summer 2019
        Ann   | 6          | girls  | EXS         | EXS         | EXS         | EXS
        Bob   | 6          | boys   | EXS         | EXS         | EXS         | EXS
    """
    assert [(row["from_term"], row["terms"]) for row in rows(table)] == [("Autumn 2017", 5), ("Summer 2016", 9)]


def test_reading_writing_and_maths_together_are_followed_among_children_assessed_in_all_three_both_times():
    table = """
        children | year group | gender | Summer 2018 | w 2018 | m 2018 | Summer 2019 | w 2019 | m 2019
        2        | 4          | girls  | EXS         | EXS    | WTS    | EXS         | EXS    | EXS
        1        | 4          | girls  | EXS         | .      | WTS    | EXS         | EXS    | EXS
        3        | 4          | boys   | EXS         | EXS    | EXS    | EXS         | EXS    | EXS
    """.replace("w 20", "writing Summer 20").replace("m 20", "maths Summer 20")
    row = only(table, subject="rwm")
    assert (row["n"], row["peers_n"], percents(row)) == (2, 3, [-100, 0, 100])
    assert {one["measure"] for one in followed(table).query("subject == 'rwm'").to_dict("records")} == {"at_are"}


def test_where_the_scale_changed_expectations_are_followed_and_said_to_be_on_another_scale_and_points_are_not():
    table = """
        children | year group | gender | Summer 2018 (nc-levels) | Summer 2019
        12       | 4          | girls  | 3c                      | EXS
        12       | 4          | boys   | 1a                      | EXS
    """
    row = only(table)
    assert (percents(row), row["trend"], row["rescaled"]) == ([100, 0, -100], "closed", 24)
    assert rows(table, measure="mean_distance") == []


def test_points_are_followed_among_children_on_the_commonest_scale_in_both_terms():
    table = """
        children | year group | gender | Summer 2008 | Summer 2008 (teacher-assessment) | Summer 2009
        6        | 4          | girls  | 2b          | .                                | 3b
        6        | 4          | girls  | 2a          | .                                | 3c
        1        | 4          | girls  | .           | EXS                              | 3b
        12       | 4          | boys   | 2b          | .                                | 3c
    """
    row = only(table, measure="mean_distance", scale="nc-levels")
    assert (row["n"], row["peers_n"]) == (12, 12)
    assert [row[name] for name in ("gap_then", "gap_now", "change", "rescaled")] == pytest.approx([1, 1, 0, 0])
    assert only(table, scale="nc-levels")["rescaled"] == 1


@pytest.mark.parametrize(
    ("girls", "gap", "trend"),
    [(("3c", "3b"), 0, "closed"), (("3b", "3a"), 2, "narrowing"), (("2b", "2a"), -4, "reversing")],
)
def test_a_gap_in_points_narrows_closes_or_turns_round(girls, gap, trend):
    table = f"""
        children | year group | gender | Summer 2008 | Summer 2009
        6        | 4          | girls  | 2a          | {girls[0]}
        6        | 4          | girls  | 2a          | {girls[1]}
        6        | 4          | boys   | 2c          | 3c
        6        | 4          | boys   | 2c          | 3b
    """
    row = only(table, measure="mean_distance", scale="nc-levels")
    assert [row[name] for name in ("gap_then", "gap_now", "change")] == [4, gap, gap - 4]
    assert row["trend"] == trend


TWO_YEAR_GROUPS = """
    pupil | year group 2006-07 | year group | gender | Summer 2007 | Summer 2008 | Summer 2009
    Ann   | 2                  | 4          | girls  | 3b          | 3b          | 3b
    Bob   | 3                  | 5          | boys   | 1b          | 2b          | 3b
    Cal   | 2                  | 4          | boys   | 1b          | 2b          | 3b
"""


def test_prior_attainment_is_not_followed_since_a_group_chosen_by_its_results_moves_to_the_middle_by_itself():
    assert set(followed(TWO_YEAR_GROUPS, scale="nc-levels")["characteristic"]) == {"gender"}


def test_year_groups_and_classes_are_not_followed_since_they_were_others_a_year_before():
    by_class = TWO_YEAR_GROUPS.replace("| gender", "| class | gender").replace("| girls ", "| 4A | girls ")
    by_class = by_class.replace("| boys ", "| 5B | boys ")
    assert set(followed(by_class, scale="nc-levels")["characteristic"]) == {"gender"}


# --- years taken together ---------------------------------------------------------------------------------------------

# Those in Year 8 by now were in Year 6 in Summer 2017.
THREE_COHORTS = """
    children | year group | gender | Summer 2017 | Summer 2018 | Summer 2019 | left after
    4        | 6          | girls  | .           | .           | EXS         | .
    4        | 6          | boys   | .           | .           | WTS         | .
    5        | 7          | girls  | .           | EXS         | .           | Summer 2018
    4        | 7          | boys   | .           | WTS         | .           | Summer 2018
    3        | 8          | girls  | EXS         | .           | .           | Summer 2017
    3        | 8          | boys   | WTS         | .           | .           | Summer 2017
    1        | 8          | boys   | EXS         | .           | .           | Summer 2017
"""


def pooled(table, characteristic="gender", *, year_group=6, **more):
    found = followed(table, measured=pool_years, **more)
    return found[(found["characteristic"] == characteristic) & (found["year_group"] == year_group)].to_dict("records")


def test_three_years_of_a_year_group_can_be_compared_where_one_year_cannot():
    (row,) = pooled(THREE_COHORTS)
    assert row["pooled"] == "Summer 2017; Summer 2018; Summer 2019"
    assert [row[name] for name in ("n", "count", "peers_n", "peers_count")] == [12, 12, 12, 1]
    assert (row["newest_n"], row["newest_peers_n"], row["needed"], row["verdict"]) == (4, 4, True, "clear there")
    assert round(row["gap"]) == 92
    assert row["low"] > 0


def test_one_year_alone_is_not_pooled():
    table = """
        children | year group | gender | Summer 2018 | Summer 2019
        4        | 6          | girls  | EXS         | EXS
        4        | 6          | boys   | EXS         | EXS
    """
    assert pooled(table) == []


def test_a_child_who_repeats_the_year_group_counts_once_with_the_newer_result():
    table = """
        children | year group 2017-18 | year group | gender | Summer 2018 | Summer 2019
        1        | 5                  | 5          | girls  | WTS         | EXS
        2        | .                  | 5          | boys   | .           | EXS
        3        | 5                  | 6          | boys   | WTS         | EXS
    """
    (row,) = pooled(table, year_group=5)
    assert [row[name] for name in ("n", "count", "peers_n", "peers_count")] == [1, 1, 5, 2]


def test_a_year_on_another_scale_is_not_pooled_with_this_one():
    table = THREE_COHORTS.replace("| Summer 2017 |", "| Summer 2017 (nc-levels) |", 1)
    table = table.replace("| EXS         | .           | .           | Summer 2017", "| 4b | . | . | Summer 2017")
    table = table.replace("| WTS         | .           | .           | Summer 2017", "| 3c | . | . | Summer 2017")
    (row,) = pooled(table)
    assert row["pooled"] == "Summer 2018; Summer 2019"
    assert (row["n"], row["peers_n"], row["verdict"]) == (9, 8, "too few")


def test_another_season_is_not_pooled():
    (row,) = pooled(THREE_COHORTS.replace("| Summer 2017 |", "| Spring 2017 |", 1))
    assert row["pooled"] == "Summer 2018; Summer 2019"


def test_children_now_in_a_higher_year_group_count_in_the_year_group_they_were_in():
    table = """
        children | year group 2017-18 | year group | gender | Summer 2018 | Summer 2019
        2        | .                  | 5          | girls  | .           | EXS
        2        | .                  | 5          | boys   | .           | EXS
        3        | 5                  | 6          | girls  | WTS         | EXS
        3        | 5                  | 6          | boys   | WTS         | EXS
    """
    for filters in (EVERYBODY, Filters(years=frozenset({5}))):
        (row,) = pooled(table, year_group=5, filters=filters)
        assert [row[name] for name in ("n", "count", "peers_n", "peers_count")] == [5, 2, 5, 2]


def test_neither_a_class_nor_a_year_group_is_compared_over_other_years_children():
    table = """
        children | year group 2017-18 | year group | class | gender | Summer 2018 | Summer 2019
        2        | .                  | 5          | 5A    | girls  | .           | EXS
        2        | .                  | 5          | 5B    | boys   | .           | EXS
        3        | 5                  | 6          | 6A    | girls  | WTS         | EXS
        3        | 5                  | 6          | 6B    | boys   | WTS         | EXS
    """
    found = followed(table, measured=pool_years)
    assert set(found["characteristic"]) == {"gender"}
    assert followed(table, measured=pool_years, filters=Filters(classes=frozenset({"5A"}))).empty


def test_with_one_subject_chosen_only_that_subject_is_followed():
    subjects = ("reading", "writing", "maths")
    headings = [f"{subject} {term}" for term in ("Summer 2018", "Summer 2019") for subject in subjects]
    table = f"""
        children | year group | gender | {" | ".join(headings)}
        12       | 4          | girls  | WTS | WTS | WTS | EXS | EXS | EXS
        12       | 4          | boys   | WTS | WTS | WTS | WTS | WTS | WTS
    """
    everything = set(followed(table)["subject"])
    assert everything == {*subjects, "rwm"}
    assert set(followed(table, filters=Filters(subjects=frozenset({"writing"})))["subject"]) == {"writing"}
