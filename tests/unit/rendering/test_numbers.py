from fractions import Fraction

import pytest

from siptrack.rendering.numbers import (
    inside,
    listed,
    percentage,
    percentage_points,
    plain_number,
    plural,
    quantity,
    share,
    signed,
    whole_percents,
    whole_points,
)
from siptrack.school.rounding import half_up


@pytest.mark.parametrize(
    ("count", "n", "percent"),
    [(1, 8, "13"), (5, 8, "63"), (1, 3, "33"), (2, 3, "67"), (0, 5, "0"), (5, 5, "100"), (1, 200, "1"), (18, 20, "90")],
)
def test_percentages_are_rounded_half_up_from_the_exact_fraction(count, n, percent):
    assert percentage(count, n) == percent


@pytest.mark.parametrize("n", range(1, 60))
def test_percentages_agree_with_whole_number_arithmetic(n):
    assert [percentage(k, n) for k in range(n + 1)] == [str((200 * k + n) // (2 * n)) for k in range(n + 1)]


@pytest.mark.parametrize(
    ("count", "n", "percent"),
    [(199, 200, "over 99"), (239, 240, "over 99"), (1, 240, "under 1"), (0, 240, "0"), (240, 240, "100")],
)
def test_no_percentage_is_rounded_to_0_or_to_100(count, n, percent):
    assert percentage(count, n) == percent
    assert share(count, n, 11) == f"{count} of {n} ({percent} %)"


def test_between_which_percentages_something_lies():
    assert whole_percents(63.7, 70) == "64 to 70"
    assert whole_percents(70, 70.2) == "70"
    assert whole_percents(99.58, 100) == "over 99 to 100"
    assert whole_percents(0, 0.4) == "0 to under 1"


@pytest.mark.parametrize(
    ("points", "said"),
    [
        *((12.5, "13"), (-4.4, "-4"), (0, "0"), (100, "100"), (0.3, "0.3"), (-0.04, "-0.04"), (-99.6, "-99.6")),
        *((99.97, "99.97"), (1e-13, "0"), (100 - 1e-13, "100"), (Fraction(1, 3), "0.3")),
    ],
)
def test_a_gap_of_0_or_100_percentage_points_is_one(points, said):
    assert whole_points(points) == said


def test_percentage_points_have_their_unit():
    assert [percentage_points(size) for size in (1, 12.2, 0.3)] == [
        "1 percentage point",
        "12 percentage points",
        "0.3 percentage points",
    ]
    assert [signed(gap) for gap in (0.3, -99.6, 5.1, 0)] == ["+0.3", "-99.6", "+5", "0"]


@pytest.mark.parametrize(("value", "whole"), [(-12.5, -13), (12.5, 13), (-0.4, 0), (Fraction(-1, 2), -1), (2.49, 2)])
def test_halves_go_away_from_nought(value, whole):
    assert half_up(value) == whole


@pytest.mark.parametrize(
    ("count", "n", "said"),
    [(3, 10, "3 of 10"), (3, 11, "3 of 11 (27 %)"), (0, 0, "0 of 0"), (600, 1200, "600 of 1,200 (50 %)")],
)
def test_a_percentage_is_printed_only_of_enough_children(count, n, said):
    assert share(count, n, 11) == said


@pytest.mark.parametrize(
    ("value", "written"),
    [(3.0, "3"), (2.5, "2.5"), (14.85, "14.9"), (-0.04, "0"), (10, "10"), (100.0, "100"), (-2.25, "-2.3")],
)
def test_numbers_have_no_decimal_that_says_nothing(value, written):
    assert plain_number(value) == written


def test_units_are_named_for_their_number():
    assert [quantity(1, "point"), quantity(1265, "row"), quantity(0, "child", "children"), quantity(2.5, "point")] == [
        "1 point",
        "1,265 rows",
        "0 children",
        "2.5 points",
    ]
    assert plural(1, "was", "were") == "was"


def test_lists_are_read_aloud():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("label", "said"), [("Maths", "maths"), ("English", "English"), ("Englishness", "englishness")]
)
def test_a_label_inside_a_sentence_is_small_and_a_language_keeps_its_capital(label, said):
    assert inside(label) == said
