"""What became of children in an intervention, beside all comparable children, in tables that can be checked by hand.

The line for Year 4 is 19, 20 and 21 points in Autumn, Spring and Summer, for Year 3 17 and 18 in Spring and Summer;
2c is 13 points, 2b 15, 2a 17, 3c 19, 3b 21. Who is on 2a, 2a, 3c and 3c keeps up.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from providing import provided, with_provision
from registers import usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.analysis.statistics import false_discovery
from siptrack.cycle.provision import provide

HEADINGS = "pupil | year group | children | Spring 2008 | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009"
GIVEN = "pupil | intervention | subject | from | to"
KEPT_UP = "2a | 2a | 3c | 3c"


def given(*pupils: str, term: str = "Summer 2009", to: str = "Summer 2009", subject: str = "reading") -> str:
    """A row of the intervention Boost for each of these pupils."""
    return "\n".join([GIVEN, *(f"{pupil} | Boost | {subject} | {term} | {to}" for pupil in pupils)])


def impact(results: str, provision: str, **more):
    """The one row of the table of impact."""
    (row,) = provided(f"{HEADINGS}\n{results}", provision, **more).impact.to_dict("records")
    return row


SIX = [f"in {child}" for child in range(1, 7)]


def six(after: str, others: str) -> str:
    """Six children in it and six in nothing who had gone the same way, with what each came to."""
    return f"in | 4 | 6 | {KEPT_UP} | {after}\nout | 4 | 6 | {KEPT_UP} | {others}"


def test_six_who_gained_beside_six_alike_who_did_not_moved_more():
    row = impact(six("3b", "3c"), given(*SIX))

    assert (row["children"], row["measured"], row["compared"], row["comparable"]) == (6, 6, 6, 6)
    assert (row["during"], row["peers_during"]) == (1, -1)  # 2 points gained of 1 expected; none
    assert (row["before"], row["peers_before"]) == (-1, -1)
    assert row["expected_alone"] == row["peers_expected"]  # the same marks
    assert row["difference"] == pytest.approx(2, abs=0.05)
    assert row["low"] > 1
    assert row["verdict"] == "moved more"


def test_six_beside_six_who_moved_just_as_much_tell_nothing_however_well_they_did():
    row = impact(six("3b", "3b"), given(*SIX))

    assert (row["moved"], row["verdict"]) == (1, "could not be told")
    assert row["difference"] == pytest.approx(0, abs=0.05)


def test_children_who_moved_less_than_comparable_ones_are_said_to_have():
    row = impact(six("3c", "3b"), given(*SIX))

    assert (row["difference"], row["verdict"]) == (pytest.approx(-2, abs=0.05), "moved less")


def test_five_children_are_too_few():
    row = impact(f"in | 4 | 5 | {KEPT_UP} | 3b\nout | 4 | 9 | {KEPT_UP} | 3c", given(*SIX[:5]))

    assert (row["compared"], row["verdict"]) == (5, "no fair comparison")
    assert row["reason"] == "too few children with comparable ones"
    assert row["low"] != row["low"]  # no interval


def test_nobody_is_known_closer_than_a_whole_step_however_alike_all_moved():
    """Six and six beside each other: 2 points, written as whole steps, vary by 4 / 12 at least."""
    row = impact(six("3b", "3c"), given(*SIX))

    reach = (row["high"] - row["low"]) / 2
    assert reach == pytest.approx(2.228 * (2 * 4 / 12 / 6) ** 0.5, abs=0.01)  # Student's t, 10 degrees of freedom


def test_what_others_show_by_themselves_stands_beside_it():
    results = f"""{six("3b", "3b")}
        ahead | 4 | 10 | 3b | 3b | 3a | 3a | 3a"""

    row = impact(results, given(*SIX))

    assert (row["comparable"], row["peers_during"]) == (6, 1)
    assert (row["others"], row["others_moved"]) == (16, pytest.approx((6 * 1 + 10 * -1) / 16))


def test_every_comparable_child_counts_and_those_alike_count_alike():
    results = f"in | 4 | 6 | {KEPT_UP} | 3b\nout | 4 | 9 | {KEPT_UP} | 3c\nup | 4 | 3 | {KEPT_UP} | 3b"

    row = impact(results, given(*SIX))

    assert (row["comparable"], row["peers_during"]) == (12, pytest.approx((9 * -1 + 3 * 1) / 12))


def test_children_who_had_all_been_falling_are_not_set_beside_children_of_whom_it_is_not_so_sure():
    """Whether they were chosen for low marks or were truly falling, marks do not tell, and the answer hangs on it."""
    results = """in | 4 | 6 | 3c | 3c | 2a | 2a | 2a
        out | 4 | 6 | 3c | 3c | 2a | 2a | 3c"""

    row = impact(results, given(*SIX))

    assert (row["verdict"], row["reason"]) == ("no fair comparison", "earlier courses do not overlap")
    assert row["expected_together"] < row["expected_alone"]
    assert row["difference"] != row["difference"]


def test_so_large_a_difference_is_told_however_they_were_chosen():
    results = """in | 4 | 6 | 3c | 3c | 2a | 2a | 4b
        out | 4 | 6 | 3c | 3c | 2a | 2a | 2a"""

    row = impact(results, given(*SIX))

    assert row["verdict"] == "moved more"
    assert row["high"] - row["low"] > 2 * 3 * (row["expected_alone"] - row["expected_together"])


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ("out | 3 | 6 | 2a | 2a | 3c | 3c | 3c", "another year group"),
        ("out | 4 | 6 | 3b | 3b | 3a | 3a | 3a", "stands higher"),
        ("out | 4 | 6 | 2c | 2b | 2a | 3c | 3c", "had been rising"),
        ("out | 4 | 6 | . | 2a | 3c | 3c | 3c", "too few results before"),
        (f"out | 4 | 5 | {KEPT_UP} | .", "no result after"),
    ],
)
def test_children_of_another_kind_are_not_comparable(others, why):
    row = impact(f"in | 4 | 6 | {KEPT_UP} | 3b\n{others}", given(*SIX))

    assert (row["compared"], row["reason"]) == (0, "no comparable child"), why


def test_children_who_are_in_something_else_for_the_subject_are_not_comparable_and_in_another_subject_are():
    results = f"{HEADINGS}\n{six('3b', '3c')}"
    others = "\n".join(f"out {child} | Other | {{subject}} | Summer 2009 | Summer 2009" for child in range(1, 7))

    def compared(subject: str) -> int:
        impact = provided(results, f"{given(*SIX)}\n{others.format(subject=subject)}").impact
        return int(impact.loc[impact["intervention"] == "Boost", "compared"].iloc[0])

    assert (compared("reading"), compared("maths")) == (0, 6)


def test_children_whose_provision_was_over_before_the_first_result_are_comparable():
    once = "\n".join(f"out {child} | Other | reading | Autumn 2007 | Spring 2008" for child in range(1, 7))

    found = provided(f"{HEADINGS}\n{six('3b', '3c')}", f"{given(*SIX)}\n{once}").impact

    assert found.loc[found["intervention"] == "Boost", "compared"].tolist() == [6]


@pytest.mark.parametrize(
    ("result", "provision", "reason"),
    [
        (f"{KEPT_UP} | 3b", given("in 1", subject="."), "it names no subject"),
        (f"{KEPT_UP} | 3b", given("in 1", subject="science"), "no results in its subject"),
        (f"{KEPT_UP} | 3b", given("in 1", term="."), "its dates are not known"),
        (f"{KEPT_UP} | 3b", given("in 1", to="."), "it has not ended"),
        (f"{KEPT_UP} | 3b", given("in 1", to="Autumn 2009"), "it has not ended"),
        (f"{KEPT_UP} | 3b", given("in 1", term="Spring 2008"), "no result before"),
        (". | 2a | 3c | 3c | 3b", given("in 1"), "too few results before it"),
        (f"{KEPT_UP} | .", given("in 1"), "no result after"),
    ],
)
def test_each_lack_is_named(result, provision, reason):
    row = impact(f"in | 4 | 2 | {result}\nout | 4 | 6 | {KEPT_UP} | 3c", provision)

    assert (row["verdict"], row["reason"]) == ("no fair comparison", reason)


def test_who_has_the_highest_grade_already_cannot_show_more():
    results = f"{HEADINGS}\nin | 4 | 2 | EXS | EXS | EXS | GDS | GDS\nout | 4 | 6 | EXS | EXS | EXS | EXS | EXS"
    school = with_provision(results, given("in 1"), "teacher-assessment")

    found = provide(analyse(school, usual_rules()), usual_rules(), Filters())

    assert found.impact["reason"].tolist() == ["the highest grade before it"]


def test_grades_of_two_scales_are_never_compared():
    headings = f"{HEADINGS} (teacher-assessment)"
    results = f"{headings}\nin | 4 | 2 | {KEPT_UP} | EXS"

    (row,) = provided(results, given("in 1")).impact.to_dict("records")

    assert row["reason"] == "different scales before and after"


def test_progress_afterwards_is_told_too():
    headings = HEADINGS.replace("Spring 2008", "Autumn 2007 | Spring 2008")
    results = f"{headings}\nin | 4 | 6 | 2a | 2a | 2a | 3c | 3b | 3b\nout | 4 | 6 | 2a | 2a | 2a | 3c | 3c | 3b"

    (row,) = provided(results, given(*SIX, term="Spring 2009", to="Spring 2009")).impact.to_dict("records")

    assert (row["during"], row["after_compared"], row["after"], row["peers_after"]) == (1, 6, -1, 1)


def test_a_child_who_had_it_twice_counts_once_the_first_time_in_whatever_order_the_rows_stand():
    headings = HEADINGS.replace("Spring 2008", "Autumn 2007 | Spring 2008")
    results = f"{headings}\nin | 4 | 1 | 2a | 2a | 2a | 3c | 3b | 3b\nout | 4 | 6 | 2a | 2a | 2a | 3c | 3c | 3b"
    first, again = (f"in | Boost | reading | {term} 2009 | {term} 2009" for term in ("Spring", "Summer"))

    for rows in ((first, again), (again, first)):
        found = provided(results, "\n".join([GIVEN, *rows]))

        assert found.impact["children"].tolist() == [1]
        assert found.compared[["after_term", "reason"]].values.tolist() == [
            ["Spring 2009", ""],
            ["Summer 2009", "a second time in it"],
        ]


def test_several_interventions_are_judged_together():
    results = f"""{six("3b", "3c")}
        more | 4 | 6 | 3b | 3b | 3a | 3a | 3a
        rest | 4 | 6 | 3b | 3b | 3a | 3a | 3a"""
    more = "\n".join(f"more {child} | Other | reading | Summer 2009 | Summer 2009" for child in range(1, 7))

    table = provided(f"{HEADINGS}\n{results}", f"{given(*SIX)}\n{more}").impact

    assert table["q"].tolist() == pytest.approx(false_discovery(table["chance"].to_numpy()).tolist())
    assert dict(zip(table["intervention"], table["verdict"], strict=True)) == {
        "Boost": "moved more",
        "Other": "could not be told",
    }


def test_the_order_of_rows_has_no_part_in_it():
    """Of pupils, results and provision: each is shuffled, and every table is the same to the last digit."""
    grades = np.random.default_rng(20).choice(["2b", "2a", "3c", "3b", "3a"], (60, 5))
    lines = [f"child {n} | {3 + n % 2} | 1 | {' | '.join(of)}" for n, of in enumerate(grades)]
    spells = [f"child {n} | {'Boost' if n % 3 else 'Other'} | reading | Summer 2009 | Summer 2009" for n in range(24)]
    school = with_provision("\n".join([HEADINGS, *lines]), "\n".join([GIVEN, *spells]))

    def tables(number: int):
        parts = {name: getattr(school, name) for name in ("pupils", "placements", "results", "provision")}
        if number:
            parts = {
                name: table.sample(frac=1, random_state=number).reset_index(drop=True) for name, table in parts.items()
            }
        found = provide(analyse(replace(school, **parts), usual_rules()), usual_rules(), Filters())
        return found.impact, found.compared

    as_they_stand = tables(0)
    assert as_they_stand[0]["compared"].min() > 0
    for number in range(1, 6):
        for shuffled, table in zip(tables(number), as_they_stand, strict=True):
            assert shuffled.equals(table)
