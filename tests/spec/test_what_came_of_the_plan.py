"""What came of the last plan: each criterion counted again on its children, and each action by its status and date."""

from __future__ import annotations

import pytest

from planned import READERS, criterion, school
from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.selection import Filters
from siptrack.cycle.plan import draft
from siptrack.cycle.plan_came import look_at_plan

# Of 12 children 5 were at expectations in Summer 2025, and 8 are now.
RISEN = """
    pupil | children | year group | Summer 2025 | Spring 2026 | left after
    Kept  | 5        | 4          | EXS         | EXS         |
    Risen | 3        | 4          | WTS         | EXS         |
    Below | 4        | 4          | WTS         | WTS         |
"""
BOYS = {**READERS, "outcome": "gap", "characteristic": "gender", "group": "boys"}


def came(table, *rows, now="Spring 2026", **more):
    return look_at_plan(analyse(school(table, *rows, **more), usual_rules(), term(now)), usual_rules())


def only(table, *rows, **more):
    (judged,) = came(table, *rows, **more).judged
    return judged


def boys(then, now):
    """Twelve girls at expectations both times, and twelve boys of whom so many are."""
    groups = [("EXS", "EXS", then), ("WTS", "EXS", now - then), ("WTS", "WTS", 12 - now)]
    lines = [f"Boy {at} | {many} | 4 | boys | {was} | {is_}" for at, (was, is_, many) in enumerate(groups) if many]
    head = "pupil | children | year group | gender | Summer 2025 | Spring 2026"
    return "\n".join((head, *lines, "Girl | 12 | 4 | girls | EXS | EXS"))


@pytest.mark.parametrize(("wanted", "met"), [(7, "met"), (8, "met"), (9, "not yet")])
def test_a_criterion_is_met_by_as_many_children_as_are_wanted(wanted, met):
    judged = only(RISEN, criterion(wanted))

    assert (judged.then, judged.n_then, judged.now, judged.n) == (5, 12, 8, 12)
    assert (judged.met, judged.reason) == (met, "")


@pytest.mark.parametrize(("percent", "wanted", "met"), [(66.0, 8, "met"), (67.0, 9, "not yet")])
def test_a_percentage_is_of_the_children_of_then(percent, wanted, met):
    judged = only(RISEN, criterion(wanted=None, wanted_percent=percent))

    assert (judged.wanted, judged.met) == (wanted, met)


@pytest.mark.parametrize(
    ("wanted", "met", "reason"), [(8, "met", ""), (9, "cannot tell", "others would decide"), (11, "not yet", "")]
)
@pytest.mark.parametrize("last", ["A |", ". | Summer 2025"])
def test_those_who_left_or_cannot_be_counted_decide_nothing(last, wanted, met, reason):
    judged = only(f"{RISEN}    Other | 2 | 4 | WTS | {last}", criterion(wanted))

    assert (judged.n_then, judged.n, judged.left + judged.without) == (14, 12, 2)
    assert (judged.met, judged.reason) == (met, reason)


def test_a_child_who_has_come_since_is_not_counted():
    judged = only(f"{RISEN}    New | 6 | 4 | . | EXS |", criterion(8))

    assert (judged.now, judged.n) == (8, 12)


def test_the_children_of_a_year_group_are_counted_where_they_are_now():
    table = f"{RISEN}    Older | 3 | 5 | WTS | EXS |"

    assert only(table, criterion(8, among="year_3")).now == 8
    assert only(table, criterion(3, among="year_4")).now == 3
    assert only(table, criterion(8, among="year_9")).reason == "no results of then"


@pytest.mark.parametrize(("wanted", "met"), [(3, "met"), (2, "not yet")])
def test_of_insufficient_progress_at_most_so_many_are_wanted(wanted, met):
    table = """
        pupil | children | year group | Summer 2024 | Summer 2025 | Summer 2026
        Slow  | 2        | 4          | EXS         | WTS         | WTS
        Fell  | 1        | 4          | EXS         | EXS         | WTS
        Back  | 1        | 4          | EXS         | WTS         | EXS
        Kept  | 8        | 4          | EXS         | EXS         | EXS
    """
    judged = only(table, criterion(wanted, outcome="progress"), now="Summer 2026")

    assert (judged.then, judged.now, judged.met) == (3, 3, met)


@pytest.mark.parametrize(
    ("then", "now", "trend", "met", "reason"),
    [
        (0, 12, "closed", "met", ""),
        (0, 7, "narrowing", "not yet", ""),
        (0, 0, "cannot tell", "cannot tell", "no more than chance"),
    ],
)
def test_a_gap_without_a_number_is_met_when_it_has_closed_on_the_same_children(then, now, trend, met, reason):
    judged = only(boys(then, now), criterion(**BOYS))

    assert (judged.trend, judged.met, judged.reason) == (trend, met, reason)


def test_beside_a_gap_the_number_decides_and_what_became_of_the_gap_stands_there():
    judged = only(boys(0, 7), criterion(6, **BOYS))

    assert (judged.now, judged.wanted, judged.met, judged.trend) == (7, 6, "met", "narrowing")


def test_a_gap_of_a_year_group_is_followed_among_its_children():
    older = "\n".join(f"Old {sex} | 12 | 6 | {sex} | EXS | EXS" for sex in ("boys", "girls"))

    assert only(f"{boys(0, 12)}\n{older}", criterion(**{**BOYS, "among": "year_3"})).trend == "closed"


def test_with_targets_only_the_children_who_have_one_are_counted():
    table = """
        pupil | children | year group | Summer 2025 | Spring 2026 | target Summer 2026
        Aimed | 4        | 4          | WTS         | EXS         | EXS
        Other | 8        | 4          | WTS         | WTS         | .
    """
    judged = only(table, criterion(4, with_targets=term("Summer 2026").number))

    assert (judged.n_then, judged.now, judged.met, judged.n_planned) == (4, 4, "met", None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (criterion(8, other_numbers="9"), "another number in its sentence"),
        ({**criterion(), "wanted": "a few"}, "no number of children"),
        (criterion(None), "no number written"),
        ({"criterion": "Parents read at home"}, "in the school's own words"),
        (criterion(8, characteristic="shoe", group="red"), "no results of then"),
    ],
)
def test_what_is_not_sure_is_not_told(row, reason):
    judged = only(RISEN, row)

    assert (judged.met, judged.reason) == ("cannot tell", reason)


@pytest.mark.parametrize("then", [term("Summer 2023"), None])
def test_without_the_results_of_then_nothing_is_told(then):
    assert only(RISEN, criterion(8), then=then).reason == "no results of then"


def test_two_rows_about_the_same_children_and_number_are_one_criterion():
    rows = [criterion(8, action="Read daily"), criterion(8, action="Book bags"), criterion(9)]

    assert [judged.wanted for judged in came(RISEN, *rows).judged] == [8, 9]


@pytest.mark.parametrize(
    ("row", "came_of_it"),
    [
        ({"status": "done", "due": term("Autumn 2025").number}, "done"),
        ({"status": "stopped"}, "stopped"),
        ({"status": "under way", "due": term("Spring 2026").number}, "past its date"),
        ({"status_written": "half of it", "due": term("Autumn 2025").number}, "past its date"),
        ({"due": term("Summer 2026").number}, "not due yet"),
        ({"by_when": "soon"}, "no date and no outcome"),
    ],
)
def test_what_came_of_an_action_is_said_by_its_status_and_date(row, came_of_it):
    (action,) = came(RISEN, {"action": "Read daily", **row}).agreed

    assert action.came == came_of_it


def test_the_newest_plan_from_before_the_term_judged_stands_and_older_ones_are_named():
    rows = [criterion(8), criterion(7, term=term("Spring 2025").number), criterion(6, term=term("Spring 2026").number)]
    found = came(RISEN, *rows)

    assert [judged.wanted for judged in found.judged] == [8]
    assert (found.term, found.older) == (term("Summer 2025"), [term("Spring 2025")])
    assert came(RISEN) is None
    assert came(RISEN, criterion(8), then=term("Spring 2026")) is None


def test_a_plan_is_of_the_whole_school_so_that_some_of_it_is_not_counted():
    some = Filters(years=frozenset({4}))
    analysis = analyse(school(RISEN, criterion(8)), usual_rules(), term("Spring 2026"), some)

    assert look_at_plan(analysis, usual_rules()) is None


@pytest.mark.parametrize(
    ("head", "again"),
    [
        ({"source": "gap", "subjects": "reading", "groups": "gender=boys"}, 1),
        ({"source": "gap", "subjects": "reading", "groups": "gender=girls"}, None),
        ({"source": "progress", "subjects": "reading"}, None),
    ],
)
def test_what_is_not_done_is_carried_forward_where_its_priority_stands_again(head, again):
    rows = [{"action": "Read daily"}, {"action": "Book bags", "status": "done"}]
    drafted = draft(analyse(school(boys(0, 0), *rows, heads=[head]), usual_rules()), usual_rules())

    assert [action.again for action in drafted.came.agreed] == [again, None]
    assert [action.action for action in drafted.carried(1)] == (["Read daily"] if again else [])


def test_a_school_without_a_plan_has_nothing_of_it():
    assert look_at_plan(analyse(register(RISEN, scale="teacher-assessment"), usual_rules()), usual_rules()) is None
