"""Children in the files of two schools: each counted once, where the newest result is, or in neither."""

from __future__ import annotations

import pytest

from registers import register, usual_rules
from siptrack.analysis.across.counting import MARKS, count_school
from siptrack.analysis.across.moved import find_movers

ANY = count_school(
    register("pupil | year group | Summer 2019\nAda | 4 | EXS", scale="teacher-assessment"), usual_rules(), None, {}
)
ADA = 7


def school(*marks):
    """The marks of a school: who, term, at expectations, on roll."""
    rows = [(who, "reading", term, at, here) for who, term, at, here in marks]
    return ANY._replace(marks=MARKS.of(rows))


def test_a_child_who_moved_is_counted_where_the_newest_result_is():
    movers = find_movers({"Oak": school((ADA, 6050, 0, 1)), "Elm": school((ADA, 6053, 1, 1))})

    assert movers.elsewhere == {"Oak": {ADA}}
    assert movers.same == {}
    assert (movers.came, movers.left) == ({"Oak": 0, "Elm": 1}, {"Oak": 1, "Elm": 0})
    assert movers.followed == {"reading": (1, 0, 1)}


def test_one_who_has_left_the_old_schools_roll_needs_leaving_out_of_nothing():
    movers = find_movers({"Oak": school((ADA, 6050, 0, 0)), "Elm": school((ADA, 6053, 1, 1))})

    assert movers.elsewhere == {}
    assert movers.left["Oak"] == 1


def test_a_result_of_one_term_in_two_schools_is_counted_in_neither():
    movers = find_movers(
        {"Oak": school((ADA, 6053, 0, 1)), "Elm": school((ADA, 6053, 1, 1)), "Ash": school((8, 6053, 1, 1))}
    )

    assert movers.same == {"Oak": {ADA}, "Elm": {ADA}}
    assert set(movers.came.values()) == {0}


@pytest.mark.parametrize("at", [-1])
def test_what_cannot_be_told_in_one_school_is_followed_by_nobody(at):
    movers = find_movers({"Oak": school((ADA, 6050, at, 1)), "Elm": school((ADA, 6053, 1, 1))})

    assert movers.followed == {}
    assert movers.came["Elm"] == 1


def test_one_who_has_left_both_schools_is_counted_in_none_of_them_as_moved():
    movers = find_movers({"Oak": school((ADA, 6050, 0, 0)), "Elm": school((ADA, 6053, 1, 0))})

    assert (set(movers.came.values()), set(movers.left.values())) == ({0}, {0})


@pytest.mark.parametrize(("first", "second"), [(1, 0), (0, 1)])
def test_results_of_one_term_in_two_schools_are_no_error_where_one_has_the_child_on_roll(first, second):
    movers = find_movers({"Oak": school((ADA, 6053, 0, first)), "Elm": school((ADA, 6053, 1, second))})

    assert movers.same == {}
    assert movers.came == {"Oak": first, "Elm": second}
