"""Year groups and classes are how the school divides its children: they cost other gaps nothing and name nobody."""

from __future__ import annotations

import pandas as pd

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse

MADE_BY_SCHOOL = ["year_group", "class"]
CHILDREN = """
    pupil | children | year group | class   | gender | Summer 2018 | Summer 2019
    Ada   | 24       | 3          | {other} | girls  | EXS         | EXS
    Bob   | 13       | 3          | Oak     | boys   | EXS         | EXS
    Cai   | 9        | 4          | Ash     | boys   | EXS         | WTS
    Dot   | 15       | 4          | Ash     | girls  | EXS         | WTS
"""


def analysed(other="Oak"):
    table = CHILDREN.format(other=other)
    return analyse(register(table, scale="teacher-assessment"), usual_rules())


def of_children(gaps):
    return gaps[~gaps["characteristic"].isin(MADE_BY_SCHOOL)].reset_index(drop=True)


def test_what_is_said_of_girls_is_the_same_however_the_school_divides_its_children():
    one, other = analysed("Oak"), analysed("Elm")

    assert len(other.gaps) > len(one.gaps)
    pd.testing.assert_frame_equal(of_children(one.gaps), of_children(other.gaps))


def test_year_groups_and_classes_are_judged_by_themselves_and_are_never_clear_in_the_whole_school():
    gaps = analysed("Elm").gaps
    made_by_school = gaps[gaps["characteristic"].isin(MADE_BY_SCHOOL) & gaps["placebo"].notna()]

    assert set(made_by_school["family"]) == {"there"}
    assert set(made_by_school["verdict"]) == {"clear there", "not clear"}


def test_nobody_is_named_as_closing_a_gap_between_year_groups():
    groups = "; ".join(analysed("Elm").closers["groups"])

    assert "year_group=" not in groups
    assert "class=" not in groups
