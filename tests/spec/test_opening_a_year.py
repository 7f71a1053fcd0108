"""Opening a school year: small tables with who is in it, who carries over, what is on course, and what is missing."""

from __future__ import annotations

import pytest

from registers import register, term, typed, usual_rules
from siptrack.analysis.selection import Filters
from siptrack.cycle.audit import audit
from siptrack.school.errors import ChoiceError, NothingToJudgeError


def opened(table, *, wanted=None, scale="teacher-assessment", filters=None):
    named = None if wanted is None else term(wanted)
    return audit(register(table, scale=scale), usual_rules(), named, filters or Filters())


def year_groups(found):
    return dict(zip(found.on_roll["pupil"], found.on_roll["year_group"].astype(int), strict=True))


def rows(frame, *columns):
    return [tuple(row) for row in frame[list(columns)].astype("object").itertuples(index=False)]


SCHOOL = """
    pupil | year group | class | Summer 2025 | Autumn 2025 | Summer 2026 | left after
    Ann   | 4          | 4T    | EXS         | EXS         | WTS         |
    Bob   | 4          | 4T    | EXS         | EXS         | EXS         |
    Cai   | 5          | 5R    | GDS         | EXS         | EXS         |
    Dee   | 6          | 6W    | EXS         | WTS         | WTS         |
    Eve   | 4          | 4T    | EXS         | WTS         | .           | Autumn 2025
"""


def test_after_a_summer_the_next_year_is_opened_with_the_children_a_year_group_up_and_no_leavers():
    found = opened(SCHOOL)

    assert (found.year.term.label, found.year.moved_up) == ("Autumn 2026", True)
    assert year_groups(found) == {"Ann": 5, "Bob": 5, "Cai": 6}
    assert found.year.leaving == 1
    assert set(found.on_roll["class"]) == {"4T", "5R"}


def test_once_the_year_has_results_it_is_opened_with_those_on_roll_and_the_summer_before():
    found = opened(SCHOOL, wanted="Autumn 2025")

    assert not found.year.moved_up
    assert (found.year.before, found.year.now) == (term("Summer 2025"), term("Autumn 2025"))
    assert year_groups(found) == {"Ann": 4, "Bob": 4, "Eve": 4, "Cai": 5, "Dee": 6}
    assert list(dict.fromkeys(found.standing["term"])) == ["Summer 2025", "Autumn 2025"]


def test_the_year_groups_stand_as_they_did_in_the_summer_under_the_year_that_is_opened():
    standing = opened(SCHOOL).standing

    assert rows(standing, "year_group", "n", "assessed", "at_are", "below", "at") == [
        (5, 2, 2, 1, 1, 1),
        (6, 1, 1, 1, 0, 1),
    ]


def test_who_carries_over_was_on_the_list_at_the_end_of_the_year_before_and_is_still_here():
    carried = opened(SCHOOL).carried_over

    assert rows(carried, "pupil", "year_group", "terms", "grade", "attainment") == [
        ("Ann", 5, 1, "WTS", "below"),
        ("Cai", 6, 1, "EXS", "at"),
    ]


def test_with_results_of_the_year_it_is_said_whether_a_child_is_still_on_the_list():
    table = """
        pupil | year group | Summer 2024 | Autumn 2024 | Summer 2025 | Autumn 2025
        Still | 4          | EXS         | EXS         | WTS         | WTS
        Came  | 4          | EXS         | EXS         | WTS         | EXS
        Kept  | 4          | EXS         | EXS         | EXS         | EXS
    """

    carried = opened(table).carried_over

    assert rows(carried, "pupil", "now") == [("Came", "not on the list"), ("Still", "on the list")]


def test_nobody_is_said_to_carry_over_from_a_term_in_which_nothing_could_be_told():
    found = opened("""
        pupil | year group | Summer 2026
        Ann   | 4          | WTS
    """)

    assert (len(found.carried_over), found.with_progress) == (0, 0)


def test_where_the_files_hold_no_year_before_there_is_nothing_to_carry_over_or_to_inherit():
    found = opened("""
        pupil | year group | Autumn 2026
        Ann   | 4          | WTS
    """)

    assert (found.year.before, found.end) == (None, None)
    assert len(found.carried_over) == len(found.gaps) == 0
    assert rows(found.standing, "term", "at_are", "below") == [("Autumn 2026", 0, 1)]


def test_prior_attainment_is_that_of_the_key_stage_that_the_child_enters():
    table = """
        pupil | year group | Summer 2008 | Summer 2009
        Low   | 2          | W           | 1c
        High  | 2          | 2b          | 3b
        Older | 3          | 2b          | 2a
    """

    prior = opened(table, scale="nc-levels").on_roll

    assert rows(prior, "pupil", "year_group", "prior") == [
        ("High", 3, "high_prior"),
        ("Low", 3, "low_prior"),
        ("Older", 4, "middle_prior"),
    ]


TARGETS = """
    pupil  | year group | Summer 2008 | Autumn 2008 | Summer 2009 | target Summer 2010 || course
    Met    | 4          | 3c          | 3c          | 3a          | 3a                 || met
    On     | 4          | 2c          | 2b          | 3b          | 3a                 || on course
    Not    | 4          | 2b          | 2b          | 2b          | 3b                 || not on course
    Alone  | 4          | .           | .           | 3c          | 3a                 || cannot tell
    Absent | 4          | 3c          | 3c          | A           | 3a                 || cannot tell
    None   | 4          | 3c          | 3c          | 3b          | .                  || .
"""


def test_each_target_is_set_against_the_start_and_the_rate_at_which_the_child_moves():
    found = opened(TARGETS, scale="nc-levels")

    wanted = {pupil: said["course"] for pupil, said in typed(TARGETS).wanted.items() if said["course"]}
    assert dict(rows(found.targets, "pupil", "course")) == wanted
    counted = ("n", "targets", "met", "on_course", "not_on_course", "not_met", "cannot_tell")
    assert rows(found.courses, *counted) == [(6, 5, 1, 1, 1, 0, 2)]
    assert found.behind == 1


def test_without_targets_none_is_made_up_and_the_line_of_the_next_summer_stands_there():
    table = """
        pupil | year group | Summer 2008 | Summer 2009
        Ann   | 3          | 2b          | 2a
        Bob   | 3          | 2a          | 3b
    """

    found = opened(table, scale="nc-levels")

    assert len(found.targets) == len(found.courses) == 0
    assert rows(found.lines, "year_group", "by_term", "line", "graded", "there") == [(4, "Summer 2010", 20, 2, 1)]


def test_missing_results_are_told_by_year_group_subject_and_term():
    table = """
        pupil | year group | reading Spring 2026 | reading Summer 2026 | maths Spring 2026 | maths Summer 2026
        Ann   | 4          | EXS                 | EXS                 | EXS               | .
        Bob   | 4          | .                   | EXS                 | EXS               | .
        Cai   | 3          | EXS                 | EXS                 | EXS               | EXS
    """

    missing = opened(table).missing

    results = missing[missing["what"] == "results"]
    assert rows(results, "year_group", "subject", "term", "children", "of") == [
        (5, "reading", "Spring 2026", 1, 2),
        (5, "maths", "Summer 2026", 2, 2),
    ]


def test_missing_facts_of_children_are_counted_and_never_taken_for_no():
    table = """
        pupil | year group | gender | born       | Spring 2026 | Summer 2026
        Ann   | 4          | girls  | 2016-03-01 | EXS         | EXS
        Bob   | 4          |        |            | EXS         | EXS
    """

    missing = opened(table).missing
    told = {(row[0], row[1]): row[2:] for row in rows(missing, "what", "characteristic", "children", "of")}

    assert told["characteristic", "gender"] == (1, 2)
    assert told["characteristic", "fsm"] == (2, 2)
    assert [row[1:] for row in rows(missing, "what", "children", "of") if row[0] == "date of birth"] == [(1, 2)]


def test_a_filter_is_about_the_year_that_is_opened():
    found = opened(SCHOOL, filters=Filters(years=frozenset({6})))

    assert year_groups(found) == {"Cai": 6}
    assert set(found.carried_over["pupil"]) == {"Cai"}


@pytest.mark.parametrize("wanted", ["Autumn 2030", "Autumn 2020"])
def test_a_year_far_from_any_result_is_refused(wanted):
    with pytest.raises(ChoiceError, match="The results go from Summer 2025 to Summer 2026"):
        opened(SCHOOL, wanted=wanted)


def test_filters_that_leave_nobody_say_so():
    with pytest.raises(NothingToJudgeError):
        opened(SCHOOL, filters=Filters(years=frozenset({1})))
