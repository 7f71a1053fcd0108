"""Joining, leaving and staying on the list: small tables with what must be said of each child."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from providing import with_provision
from registers import Term, register, typed, usual_rules
from siptrack.cycle.since import look_back
from siptrack.school.actions import ACTIONS
from siptrack.school.errors import ChoiceError, NothingToJudgeError
from siptrack.school.term import Season

SUMMER, AUTUMN = Term(2024, Season.SUMMER), Term(2025, Season.AUTUMN)
SPRING, NEXT = Term(2025, Season.SPRING), Term(2025, Season.SUMMER)


def agreed(*actions: dict[str, object]) -> pd.DataFrame:
    empty = dict.fromkeys(ACTIONS.names, "")
    usual = {**empty, "term": SPRING.number, "due": None, "file": "Actions.xlsx", "row": 2, "action": "Read daily"}
    rows = [{**usual, "row": at, **action} for at, action in enumerate(actions, 2)]
    return pd.DataFrame(rows, columns=ACTIONS.names).astype({"term": "float64", "due": "float64", "row": "int64"})


def since(table, *actions, scale="teacher-assessment", from_term=None, term=None):
    written = replace(register(table, scale=scale), actions=agreed(*actions))
    return look_back(written, usual_rules(), from_term, term or typed(table).last_term)


def became(table, **more):
    listed = since(table, **more).listed
    return {row["pupil"]: (row["moved"], row["terms"]) for row in listed.to_dict("records")}


def test_what_became_of_each_child_is_said_by_where_the_child_was_and_is():
    table = """
        pupil  | year group | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026 | left after || moved | terms
        Stayed | 4          | GDS         | EXS         | EXS         | EXS         |  || stayed | 2
        Joined | 4          | EXS         | EXS         | EXS         | WTS         |  || joined | 1
        Left   | 4          | EXS         | WTS         | WTS         | EXS         |  || left | 1
        Kept   | 4          | EXS         | EXS         | EXS         | EXS         |  ||  |
        Gone   | 4          | EXS         | WTS         | WTS         | .           | Spring 2026 || left the school | 1
        Absent | 4          | EXS         | WTS         | WTS         | A           |  || cannot be told now | 1
        Away   | 4          | EXS         | EXS         | A           | WTS         |  || could not be told then | 1
        Late   | 4          | .           | EXS         | EXS         | WTS         |  || could not be told then | 1
    """
    wanted = {name: (said["moved"], int(said["terms"])) for name, said in typed(table).wanted.items() if said["moved"]}

    assert became(table) == wanted


def test_a_child_without_any_result_by_then_did_not_join():
    table = """
        pupil | year group | Autumn 2024 | Summer 2025 | Autumn 2025 | Summer 2026
        Ann   | 4          | EXS         | EXS         | EXS         | EXS
        New   | 4          | .           | .           | EXS         | WTS
    """

    assert became(table, from_term=SUMMER) == {"New": ("new here", 1)}


@pytest.mark.parametrize(
    ("autumn", "terms"),
    [("WTS", 3), ("A", 2), ("EXS", 2)],
)
def test_a_term_that_cannot_be_told_neither_counts_nor_ends_a_run(autumn, terms):
    table = f"""
        pupil | year group | Autumn 2024 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026
        Ann   | 4          | EXS         | EXS         | {autumn}    | WTS         | WTS
        Bob   | 4          | EXS         | EXS         | EXS         | EXS         | EXS
    """

    assert became(table)["Ann"] == ("stayed", terms)


def test_a_run_goes_on_over_a_term_that_could_not_be_told():
    table = """
        pupil | year group | Autumn 2024 | Spring 2025 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026
        Ann   | 4          | GDS         | GDS         | EXS         | A           | EXS         | WTS
        Bob   | 4          | EXS         | EXS         | EXS         | EXS         | EXS         | EXS
    """

    assert became(table)["Ann"] == ("stayed", 3)


TABLE = """
    pupil | year group | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026 | left after
    Ann   | 4          | EXS         | EXS         | WTS         | WTS         |
    Gone  | 4          | EXS         | EXS         | WTS         | .           | Spring 2026
"""


@pytest.mark.parametrize(
    ("action", "came"),
    [
        ({"due": SPRING.number}, "past its date"),
        ({"due": NEXT.number}, "past its date"),
        ({"due": NEXT.number + 1}, "not due yet"),
        ({}, "no date and no outcome"),
        ({"due": NEXT.number, "outcome": "Reads more"}, "reviewed"),
        ({"due": NEXT.number, "status": "done"}, "done"),
        ({"due": NEXT.number, "status": "stopped"}, "stopped"),
        ({"due": NEXT.number, "status": "not started", "outcome": "Nobody was free"}, "past its date"),
        ({"due": NEXT.number + 1, "status": "under way", "outcome": "Reads more"}, "not due yet"),
        ({"pupil": "Gone", "due": NEXT.number}, "the child has left"),
        ({"pupil": "Gone", "due": NEXT.number, "status": "done"}, "done"),
    ],
)
def test_what_came_of_an_action_is_what_the_record_says_and_else_whether_its_date_is_past(action, came):
    (row,) = since(TABLE, {"pupil": "Ann", "subjects": "reading", **action}).actions.to_dict("records")

    assert row["came"] == came


def test_an_action_is_told_with_where_the_child_was_and_is_and_how_far_the_child_moved():
    (row,) = since(TABLE, {"pupil": "Ann", "subjects": "reading"}).actions.to_dict("records")

    assert (row["then"], row["now"], row["terms"]) == ("on the list", "on the list", 2)
    assert (row["from_grade"], row["grade"], row["gain"], row["expected_gain"]) == ("WTS", "WTS", 0, 0)


def test_an_action_that_names_no_subject_is_about_those_in_which_the_child_is_listed():
    (row,) = since(TABLE, {"pupil": "Ann"}).actions.to_dict("records")

    assert (row["subject"], row["named"]) == ("reading", False)


def test_actions_of_the_terms_own_meeting_are_kept_for_next_time_and_old_ones_only_while_nothing_came_of_them():
    found = since(
        TABLE,
        {"pupil": "Ann", "term": NEXT.number, "action": "of this term's meeting"},
        {"pupil": "Ann", "term": AUTUMN.number, "action": "old and open", "due": SPRING.number},
        {"pupil": "Ann", "term": AUTUMN.number, "action": "old and done", "status": "done"},
        {"pupil": "Ann", "term": None, "action": "of no known meeting"},
    )

    assert set(found.actions["action"]) == {"old and open", "of no known meeting"}
    assert found.later_actions == 1


def test_who_is_long_on_the_list_without_an_action_is_told():
    found = since(TABLE, {"pupil": "Gone"})

    assert found.long_without_action(2)["pupil"].tolist() == ["Ann"]
    assert found.long_without_action(3)["pupil"].tolist() == []
    assert since(TABLE, {"pupil": "Ann"}).long_without_action(2)["pupil"].tolist() == []


def test_provision_between_the_two_terms_stands_beside_the_child_in_the_subject_it_is_for():
    provision = """
        pupil | intervention | subject | from        | to
        Ann   | Boost        | reading | Spring 2026 | Summer 2026
        Ann   | Talk         | .       | Autumn 2025 | .
        Ann   | Number Box   | maths   | Spring 2026 | .
        Ann   | Over         | reading | Autumn 2024 | Summer 2025
        Ann   | Later        | reading | Autumn 2026 | .
    """

    found = look_back(with_provision(TABLE, provision, "teacher-assessment"), usual_rules(), term=NEXT)

    assert dict(zip(found.listed["pupil"], found.listed["interventions"], strict=True)) == {
        "Ann": "Boost; Talk",
        "Gone": "",
    }


@pytest.mark.parametrize(("subject", "without"), [("reading", []), (".", []), ("maths", ["Ann"])])
def test_who_is_long_on_the_list_without_provision_in_the_subject_is_told(subject, without):
    provision = f"pupil | intervention | subject | from | to\nAnn | Boost | {subject} | Spring 2026 | ."

    found = look_back(with_provision(TABLE, provision, "teacher-assessment"), usual_rules(), term=NEXT)

    assert found.long_without_provision(2)["pupil"].tolist() == without
    assert found.long_without_provision(3)["pupil"].tolist() == []


def test_without_a_sheet_of_provision_nobody_is_known_to_have_any():
    assert since(TABLE).long_without_provision(2)["pupil"].tolist() == ["Ann"]


def test_the_gaps_are_those_followed_since_the_earlier_term():
    found = since(TABLE, from_term=AUTUMN)

    assert set(found.gaps["from_term"]) <= {"Autumn 2025"}
    assert found.from_term == AUTUMN


def test_a_look_back_needs_an_earlier_term():
    with pytest.raises(NothingToJudgeError, match="nothing to look back to"):
        since(TABLE, term=SUMMER)
    with pytest.raises(ChoiceError, match="does not lie before"):
        since(TABLE, from_term=NEXT)
