"""The months of a child's age on a day, and ages as schools write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siptrack.school.ages import Day, day_in, in_years, months_old


def on(text: str) -> Day:
    return day_in(text) or pytest.fail(text)


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        ("2016-09-12", "2025-09-12", 108),
        ("2016-09-12", "2025-09-11", 107),
        ("2016-01-31", "2016-02-28", 0),
        ("2016-01-31", "2016-03-01", 1),  # February has no 31st
        ("2016-01-31", "2016-04-30", 2),
        ("2016-02-29", "2017-02-28", 11),
        ("2016-02-29", "2017-03-01", 12),
        ("2016-02-29", "2020-02-29", 48),
        ("2016-12-31", "2017-01-01", 0),
    ],
)
def test_a_month_is_complete_on_the_day_of_birth_and_on_the_first_where_there_is_none(born, day, months):
    assert months_old(on(born), on(day)) == months


@given(st.dates(), st.integers(2000, 2030), st.integers(1, 12), st.integers(1, 28))
def test_a_month_later_a_child_is_a_month_older(born, year, month, day):
    then = Day(year, month, day)
    later = Day(year + month // 12, month % 12 + 1, day)

    assert months_old(Day(born.year, born.month, born.day), later) == 1 + months_old(
        Day(born.year, born.month, born.day), then
    )


@pytest.mark.parametrize(("months", "text"), [(90, "7:06"), (96, "8:00"), (119, "9:11"), (107.0, "8:11")])
def test_an_age_is_written_in_years_and_months(months, text):
    assert in_years(months) == text


@pytest.mark.parametrize("text", ["", "2025-09", "soon"])
def test_what_names_no_day_is_none(text):
    assert day_in(text) is None
