"""Year groups and classes are how the school divides its children: they cost other gaps nothing and name nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.statistics import false_discovery

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


def test_year_groups_and_classes_are_judged_among_all_gaps_and_the_others_without_them():
    gaps = analysed("Elm").gaps
    made_by_school = gaps["characteristic"].isin(MADE_BY_SCHOOL)
    placebo, q = gaps["placebo"].to_numpy(), gaps["q"].to_numpy()

    np.testing.assert_allclose(q[made_by_school], false_discovery(placebo)[made_by_school])
    np.testing.assert_allclose(q[~made_by_school], false_discovery(placebo[~made_by_school]))
    assert "clear" in set(gaps.loc[made_by_school, "verdict"])


def test_nobody_is_named_as_closing_a_gap_between_year_groups():
    groups = "; ".join(analysed("Elm").closers["groups"])

    assert "year_group=" not in groups
    assert "class=" not in groups
