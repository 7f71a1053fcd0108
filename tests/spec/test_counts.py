"""How many: who is counted in what, and when so many are flagged that the rule may be wrong."""

import pandas as pd
import pytest

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.model import Warned
from siptrack.school.errors import NothingToJudgeError


def counted(table, scale, year_group=4):
    """The counts of a year group, by subject."""
    summary = analyse(register(table, scale=scale), usual_rules()).summary
    rows = (
        summary[summary["year_group"] == year_group]
        .drop(columns=["year_group", "at_are_low", "at_are_high"])
        .to_dict("records")
    )
    return {
        row.pop("subject"): {name: None if pd.isna(value) else int(value) for name, value in row.items()}
        for row in rows
    }


def test_every_child_on_roll_is_counted_and_the_absent_are_not_in_the_percentage():
    table = """
        pupil | year group | left after  | Summer 2018 | Summer 2019
        Ann   | 4          | .           | EXS         | EXS
        Bob   | 4          | .           | EXS         | WTS
        Cai   | 4          | .           | EXS         | GDS
        Dee   | 4          | .           | EXS         | A
        Eve   | 4          | .           | EXS         | .
        Flo   | 4          | .           | .           | WTS
        Gus   | 4          | Summer 2018 | EXS         | .
        Hal   | 5          | .           | EXS         | EXS
    """
    assert counted(table, "teacher-assessment") == {
        "reading": {"n": 6, "assessed": 4, "at_are": 2, "insufficient": 1, "accelerated": 1, "cannot_tell": 3}
    }


def test_a_child_insufficient_in_one_window_and_accelerated_in_the_other_is_insufficient():
    table = """
        pupil | year group | Summer 2016 | Summer 2018 | Summer 2019
        Ann   | 5          | GDS         | WTS         | EXS
        Bob   | 5          | WTS         | GDS         | GDS
    """
    assert counted(table, "teacher-assessment", year_group=5) == {
        "reading": {"n": 2, "assessed": 2, "at_are": 2, "insufficient": 1, "accelerated": 1, "cannot_tell": 0}
    }


def test_reading_writing_and_maths_combined_is_at_expectations_in_all_three():
    table = """
        pupil | year group | reading Summer 2019 | writing Summer 2019 | maths Summer 2019
        Ann   | 4          | EXS                 | EXS                 | GDS
        Bob   | 4          | EXS                 | WTS                 | GDS
        Cai   | 4          | EXS                 | EXS                 | A
        Dee   | 4          | WTS                 | WTS                 | WTS
    """
    counts = counted(table, "teacher-assessment")
    none = dict.fromkeys(("insufficient", "accelerated", "cannot_tell"))
    assert counts["rwm"] == {"n": 4, "assessed": 3, "at_are": 1, **none}
    assert list(counts) == ["reading", "writing", "maths", "rwm"]


def test_the_school_s_own_combined_result_is_taken_when_there_is_one():
    table = """
        pupil | year group | reading Summer 2019 | writing Summer 2019 | maths Summer 2019 | rwm Summer 2019
        Ann   | 4          | EXS                 | EXS                 | GDS               | WTS
    """
    counts = {"n": 1, "assessed": 1, "at_are": 0, "insufficient": 0, "accelerated": 0, "cannot_tell": 1}
    assert counted(table, "teacher-assessment")["rwm"] == counts


def test_nothing_is_combined_when_one_of_the_three_is_not_in_the_data():
    table = """
        pupil | year group | reading Summer 2019 | writing Summer 2019
        Ann   | 4          | EXS                 | EXS
    """
    assert list(counted(table, "teacher-assessment")) == ["reading", "writing"]


FOUR_IN_TEN = """
    children | year group | Summer 2018 | Summer 2019
    4        | 4          | EXS         | WTS
    6        | 4          | EXS         | EXS
"""
FIVE_IN_TEN = """
    children | year group | Summer 2018 | Summer 2019
    5        | 4          | EXS         | WTS
    5        | 4          | EXS         | EXS
"""


@pytest.mark.parametrize(
    ("table", "warned"), [(FOUR_IN_TEN, ()), (FIVE_IN_TEN, (Warned(year_group=4, subject="reading", flagged=5, n=10),))]
)
def test_when_more_than_40_percent_of_a_year_group_are_flagged_the_rule_may_be_wrong(table, warned):
    assert analyse(register(table, scale="teacher-assessment"), usual_rules()).warned == warned


def test_children_below_expectations_do_not_count_towards_that_warning():
    table = """
        children | year group | Summer 2018 | Summer 2019
        10       | 4          | WTS         | WTS
    """
    assert analyse(register(table, scale="teacher-assessment"), usual_rules()).warned == ()


def test_the_newest_term_with_a_result_is_judged_unless_another_is_named():
    table = """
        pupil | year group | Autumn 2018 | Spring 2019 | Summer 2019
        Ann   | 4          | EXS         | EXS         | .
    """
    school = register(table, scale="teacher-assessment")
    assert analyse(school, usual_rules()).term == term("Spring 2019")
    assert analyse(school, usual_rules(), term("Autumn 2018")).term == term("Autumn 2018")


def test_a_term_without_results_is_never_passed_off_as_a_school_without_worries():
    table = """
        pupil | year group | Autumn 2018 | Summer 2019
        Ann   | 4          | EXS         | .
    """
    with pytest.raises(NothingToJudgeError, match="Summer 2019"):
        analyse(register(table, scale="teacher-assessment"), usual_rules(), term("Summer 2019"))


@pytest.mark.parametrize("named", [None, "Summer 2019"])
def test_a_school_without_a_single_result_has_nothing_to_judge(named):
    table = """
        pupil | year group | Summer 2019
        Ann   | 4          | .
    """
    with pytest.raises(NothingToJudgeError):
        analyse(register(table), usual_rules(), named and term(named))
