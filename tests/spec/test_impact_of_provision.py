"""What became of children in an intervention, beside comparable children, in tables that can be checked by hand.

The line for Year 4 is 19, 20 and 21 points in Autumn, Spring and Summer; 2c is 13 points, 2b 15, 2a 17, 3c 19, 3b 21.
"""

from __future__ import annotations

import pytest

from providing import provided
from siptrack.analysis.statistics import false_discovery

HEADINGS = "pupil | year group | children | Autumn 2008 | Spring 2009 | Summer 2009"
GIVEN = "pupil | intervention | subject | from | to"


def given(*pupils: str, term: str = "Summer 2009", to: str = "Summer 2009", subject: str = "reading") -> str:
    """A row of the intervention Boost for each of these pupils."""
    return "\n".join([GIVEN, *(f"{pupil} | Boost | {subject} | {term} | {to}" for pupil in pupils)])


def impact(results: str, provision: str, **more):
    """The one row of the table of impact."""
    (row,) = provided(f"{HEADINGS}\n{results}", provision, **more).impact.to_dict("records")
    return row


SIX = [f"in {child}" for child in range(1, 7)]


def test_six_who_gained_beside_six_alike_who_did_not_moved_more():
    row = impact("in | 4 | 6 | 2b | 2b | 2a\nout | 4 | 6 | 2b | 2b | 2b", given(*SIX))

    assert (row["children"], row["measured"], row["pairs"]) == (6, 6, 6)
    assert (row["during"], row["peers_during"], row["difference"]) == (1, -1, 2)  # 2 points gained of 1 expected; none
    assert (row["before"], row["peers_before"]) == (-1, -1)
    assert row["chance"] == pytest.approx(2 / 64)  # all six pairs the same way, either way round
    assert row["verdict"] == "moved more"


def test_six_beside_six_who_moved_just_as_much_tell_nothing_however_well_they_did():
    row = impact("in | 4 | 6 | 2b | 2b | 3c\nout | 4 | 6 | 2b | 2b | 3c", given(*SIX))

    assert (row["moved"], row["difference"], row["verdict"]) == (3, 0, "could not be told")


def test_children_who_moved_less_than_comparable_ones_are_said_to_have():
    row = impact("in | 4 | 6 | 2b | 2b | 2b\nout | 4 | 6 | 2b | 2b | 2a", given(*SIX))

    assert (row["difference"], row["verdict"]) == (-2, "moved less")


def test_five_pairs_are_too_few():
    row = impact("in | 4 | 6 | 2b | 2b | 2a\nout | 4 | 5 | 2b | 2b | 2b", given(*SIX))

    assert (row["pairs"], row["verdict"], row["reason"]) == (5, "no fair comparison", "too few pairs")
    assert row["low"] != row["low"]  # no interval


def test_the_school_s_own_estimate_shows_what_such_a_start_shows_by_itself():
    results = """in | 4 | 6 | 2b | 2b | 2a
        lost ground too | 4 | 8 | 2b | 2b | 2a
        kept up | 4 | 10 | 2b | 2a | 2a"""

    row = impact(results, given(*SIX))

    assert (row["alike"], row["alike_moved"]) == (8, 1)
    assert (row["others"], row["others_moved"]) == (18, pytest.approx((8 * 1 + 10 * -1) / 18))
    assert row["verdict"] == "could not be told"


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ("out | 3 | 6 | 2b | 2b | 2b", "another year group"),
        ("out | 4 | 6 | 3c | 3c | 3c", "another start"),
        ("out | 4 | 6 | 2c | 2b | 2b", "other earlier progress"),
        ("out | 4 | 6 | . | 2b | 2b", "no earlier result"),
        ("out | 4 | 5 | 2b | 2b | .", "no result after"),
    ],
)
def test_children_of_another_kind_are_not_comparable(others, why):
    row = impact(f"in | 4 | 6 | 2b | 2b | 2a\n{others}", given(*SIX))

    assert (row["pairs"], row["reason"]) == (0, "no comparable child"), why


def test_children_who_are_in_something_else_for_the_subject_are_not_comparable_and_in_another_subject_are():
    results = f"{HEADINGS}\nin | 4 | 6 | 2b | 2b | 2a\nout | 4 | 6 | 2b | 2b | 2b"
    others = "\n".join(f"out {child} | Other | {{subject}} | Summer 2009 | Summer 2009" for child in range(1, 7))

    def pairs(subject: str) -> int:
        impact = provided(results, f"{given(*SIX)}\n{others.format(subject=subject)}").impact
        return int(impact.loc[impact["intervention"] == "Boost", "pairs"].iloc[0])

    assert (pairs("reading"), pairs("maths")) == (0, 6)


def test_children_whose_provision_was_over_before_the_first_result_are_comparable():
    results = f"{HEADINGS.replace('year group', 'year group 2008-09')} | Autumn 2009\n"
    results += "in | 4 | 6 | 2b | 2b | 2a | 2a\nout | 4 | 6 | 2b | 2b | 2b | 2b"
    once = "\n".join(f"out {child} | Other | reading | Autumn 2007 | Spring 2008" for child in range(1, 7))

    found = provided(results, f"{given(*SIX)}\n{once}").impact

    assert found.loc[found["intervention"] == "Boost", "pairs"].tolist() == [6]


@pytest.mark.parametrize(
    ("result", "provision", "reason"),
    [
        ("2b | 2b | 2a", given("in 1", subject="."), "it names no subject"),
        ("2b | 2b | 2a", given("in 1", subject="science"), "no results in its subject"),
        ("2b | 2b | 2a", given("in 1", term="."), "its dates are not known"),
        ("2b | 2b | 2a", given("in 1", to="."), "it has not ended"),
        ("2b | 2b | 2a", given("in 1", to="Autumn 2009"), "it has not ended"),
        ("2b | 2b | 2a", given("in 1", term="Autumn 2008"), "no result before"),
        (". | 2b | 2a", given("in 1"), "no earlier progress to compare"),
        ("2b | 2b | .", given("in 1"), "no result after"),
    ],
)
def test_each_lack_is_named(result, provision, reason):
    row = impact(f"in | 4 | 2 | {result}\nout | 4 | 6 | 2b | 2b | 2b", provision)

    assert (row["verdict"], row["reason"]) == ("no fair comparison", reason)


def test_grades_of_two_scales_are_never_compared():
    headings = "pupil | year group | children | Autumn 2008 | Spring 2009 | Summer 2009 (teacher-assessment)"
    results = f"{headings}\nin | 4 | 2 | 2b | 2b | EXS"

    (row,) = provided(results, given("in 1")).impact.to_dict("records")

    assert row["reason"] == "different scales before and after"


def test_nobody_stands_beside_two_children_and_the_one_with_least_choice_goes_first():
    results = """in | 4 | 2 | 2b | 2b | 2a
        out | 4 | 1 | 2b | 2b | 2b"""

    pairs = provided(f"{HEADINGS}\n{results}", given("in 1", "in 2")).pairs

    assert sorted(zip(pairs["pupil"], pairs["peer"], pairs["reason"], strict=True)) == [
        ("in 1", "out", ""),
        ("in 2", "", "no comparable child"),
    ]


def test_progress_afterwards_is_told_too():
    headings = "pupil | year group | children | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009"
    results = f"{headings}\nin | 4 | 6 | 2b | 2b | 2a | 2a\nout | 4 | 6 | 2b | 2b | 2b | 2a"

    (row,) = provided(results, given(*SIX, term="Spring 2009", to="Spring 2009")).impact.to_dict("records")

    assert (row["during"], row["after_pairs"], row["after"], row["peers_after"]) == (1, 6, -1, 1)


def test_a_child_who_had_it_twice_counts_once():
    headings = "pupil | year group | children | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009"
    results = f"{headings}\nin | 4 | 1 | 2b | 2b | 2b | 2a\nout | 4 | 6 | 2b | 2b | 2b | 2b"
    twice = f"{given('in', term='Spring 2009', to='Spring 2009')}\nin | Boost | reading | Summer 2009 | Summer 2009"

    found = provided(results, twice)

    assert found.impact["children"].tolist() == [1]
    assert found.pairs["reason"].tolist() == ["", "a second time in it"]


def test_several_interventions_are_judged_together():
    results = """in | 4 | 6 | 2b | 2b | 2a
        out | 4 | 6 | 2b | 2b | 2b
        more | 4 | 6 | 2a | 2a | 2a
        rest | 4 | 6 | 2a | 2a | 2a"""
    more = "\n".join(f"more {child} | Other | reading | Summer 2009 | Summer 2009" for child in range(1, 7))

    table = provided(f"{HEADINGS}\n{results}", f"{given(*SIX)}\n{more}").impact

    assert table["q"].tolist() == pytest.approx(false_discovery(table["chance"].to_numpy()).tolist())
    assert dict(zip(table["intervention"], table["verdict"], strict=True)) == {
        "Boost": "could not be told",  # 2 of 64 by chance alone, twice looked for
        "Other": "could not be told",
    }
