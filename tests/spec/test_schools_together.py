"""Schools added together: their gaps are those of one school with all of their children."""

from __future__ import annotations

import pandas as pd
import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.together import compare_together

OAK = """
    pupil | children | year group | class | gender | fsm     | Summer 2018 | Summer 2019
    Ada   | 13       | 4          | Oak   | girls  | not_fsm | EXS         | EXS
    Bea   | 3        | 4          | Oak   | girls  | fsm     | EXS         | WTS
    Bob   | 7        | 4          | Ash   | boys   | not_fsm | WTS         | WTS
    Cai   | 5        | 5          | Ash   | boys   | fsm     | EXS         | EXS
"""
ELM = """
    pupil | children | year group | class | gender | fsm     | Summer 2018 | Summer 2019
    Dot   | 9        | 4          | Elm   | girls  | not_fsm | EXS         | GDS
    Eli   | 12       | 5          | Ash   | boys   | .       | EXS         | WTS
"""
BOTH = OAK + "\n".join(ELM.splitlines()[2:])


def analysed(table, scale="teacher-assessment"):
    return analyse(register(table, scale=scale), usual_rules())


def together(*tables):
    return compare_together([analysed(table) for table in tables], usual_rules())


def test_the_gaps_of_two_schools_together_are_those_of_one_school_with_all_children():
    gaps = together(OAK, ELM)
    row = gaps[(gaps["characteristic"] == "gender") & (gaps["measure"] == "at_are") & (gaps["among"] == "all")].iloc[0]
    assert (row["count"], row["n"], row["peers_count"], row["peers_n"]) == (22, 25, 5, 24)

    whole = analysed(BOTH).gaps
    whole = whole[~whole["characteristic"].isin(["year_group", "class"])].reset_index(drop=True)
    of_children = ["explained_by"]  # only in one school is it known which children are in which groups
    pd.testing.assert_frame_equal(gaps.drop(columns=of_children), whole.drop(columns=of_children))


def test_the_order_of_the_schools_does_not_matter():
    pd.testing.assert_frame_equal(together(OAK, ELM), together(ELM, OAK))


def test_no_schools_have_no_gaps():
    assert together().empty


def test_year_groups_and_classes_are_each_schools_own():
    assert not set(together(OAK, ELM)["characteristic"]) & {"year_group", "class"}


@pytest.mark.parametrize(
    ("scale", "measures"),
    [
        ("teacher-assessment", {"at_are", "insufficient", "mean_distance", "mean_progress"}),
        ("point-in-time", {"at_are", "insufficient"}),
    ],
)
def test_means_are_compared_only_where_all_schools_use_one_scale(scale, measures):
    table = ELM.replace("WTS", "Below").replace("EXS", "On track").replace("GDS", "Greater depth")
    other = analysed(ELM if scale == "teacher-assessment" else table, scale)

    gaps = compare_together([analysed(OAK), other], usual_rules())

    assert set(gaps["measure"]) == measures
    assert gaps.loc[gaps["measure"] == "at_are", "like_gap"].notna().any() == ("mean_distance" in measures)
