"""Children in the files of two schools: each counted once, where the newest result is, or in neither."""

from __future__ import annotations

import pytest

from registers import register, usual_rules
from siptrack.analysis.across import followed as across
from siptrack.analysis.across.counting import MARKS, RESULTS_KEPT, count_school
from siptrack.analysis.across.followed import OverBoth, progress_over_schools
from siptrack.analysis.across.moved import find_movers
from siptrack.analysis.analyse import analyse
from siptrack.school.frame import Frame

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


# --- progress over both schools ---------------------------------------------------------------------------------------

MOVED = """
    pupil | year group | Summer 2018 | Autumn 2018 | Spring 2019 | Summer 2019
    Ada   | 4          | EXS         | EXS         | .           | WTS
    Bea   | 4          | EXS         | .           | EXS         | EXS
    Bob   | 5          | GDS         | .           | .           | EXS
    Cai   | 5          | .           | .           | .           | EXS
    Dan   | 6          | WTS         | WTS         | WTS         | GDS
    Eve   | 3          | EXS         | .           | .           | WTS
"""
RULES = usual_rules()


def results_of(table, scale="teacher-assessment"):
    """The results that are kept of a school whose children all have a code, the newest term's; and all before."""
    whole = register(table, scale=scale)
    codes = {pupil: number for number, pupil in enumerate(whole.frame("pupils")["pupil"].tolist(), 1)}
    counts = count_school(whole, RULES, None, codes)
    now = counts.results["term"] == counts.term.number
    return counts, counts.results[now], counts.results[~now]


@pytest.mark.parametrize("scale", ["teacher-assessment", "nc-levels"])
def test_progress_over_two_schools_is_that_of_one_with_all_results(scale):
    table = MOVED
    if scale == "nc-levels":
        table = table.replace("GDS", "4c ").replace("EXS", "3c ").replace("WTS", "2b ")
    counts, now, before = results_of(table, scale)
    told = progress_over_schools(Frame.stacked([now, before]), RULES, counts.term)["reading"]
    summary = dict.fromkeys(("insufficient", "cannot tell", "other"), 0)
    rows = analyse(register(table, scale=scale), RULES).frame("progress")
    for pupil in rows["pupil"].distinct():
        found = set(rows["verdict"][rows["pupil"] == pupil].tolist())
        known = found - {"cannot tell"}
        summary["cannot tell" if not known else "insufficient" if "insufficient" in known else "other"] += 1

    assert summary["insufficient"] >= 2
    assert told == (6 - summary["cannot tell"], summary["insufficient"], summary["cannot tell"])


def test_the_new_school_alone_could_tell_nothing():
    counts, now, _ = results_of(MOVED)

    assert progress_over_schools(now, RULES, counts.term)["reading"] == (0, 0, 6)


def test_between_two_scales_progress_cannot_be_told():
    counts, now, _ = results_of(MOVED)
    levels = MOVED.replace("GDS", "4c ").replace("EXS", "3c ").replace("WTS", "2b ")
    _, _, before = results_of(levels, "nc-levels")

    assert progress_over_schools(Frame.stacked([now, before]), RULES, counts.term)["reading"] == (0, 0, 6)


def test_of_a_term_in_both_schools_the_new_ones_result_counts():
    counts, now, before = results_of(MOVED)
    _, _, other = results_of(MOVED.replace("WTS         | WTS         | WTS", "GDS         | GDS         | GDS"))
    others = Frame.stacked([now, before, other])

    assert progress_over_schools(others, RULES, counts.term) == progress_over_schools(
        Frame.stacked([now, before]), RULES, counts.term
    )


GOVERNORS = RULES.sharing.modes["governors"]


@pytest.mark.parametrize(
    ("followed", "progress", "shown"),
    [
        ((20, 9, 12), (18, 7, 8), OverBoth(20, 9, 12, 18, 7, 8)),
        ((20, 9, 12), (18, 7, 2), OverBoth(20, 9, 12, 18, 7, None)),
        ((20, 5, 12), (18, 7, 0), OverBoth(None, None, None, 18, 7, None)),
        ((20, 9, 15), (18, 5, 0), None),
        ((0, 0, 0), (0, 0, 9), OverBoth(cannot_tell=9)),
    ],
)
def test_of_those_who_moved_small_numbers_are_hidden(followed, progress, shown, monkeypatch):
    counts, now, _ = results_of(MOVED)
    monkeypatch.setattr(across, "progress_over_schools", lambda *_: {"reading": progress})
    found = across.follow({"reading": followed}, now, RULES, counts.term, GOVERNORS)

    assert found == ({"reading": shown} if shown else {})


def test_where_counts_are_rounded_so_are_those_who_moved():
    found = across.follow({"reading": (43, 21, 22)}, RESULTS_KEPT.no_rows(), RULES, None, RULES.sharing.modes["public"])

    assert found == {"reading": OverBoth(45, 20, 20)}
