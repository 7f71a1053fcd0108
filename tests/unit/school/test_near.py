"""What is offered in place of a name that is refused."""

from __future__ import annotations

import pytest

from siptrack.school.near import MOST, either, instead, near

CODES = ["fell-back", "fell-behind", "insufficient-year", "no-result", "not-assessed", "below", "slower"]


def test_a_few_are_all_told_and_of_many_those_that_come_near():
    assert instead("x", ["governors", "public"]) == "Known: governors, public."
    assert instead("x", [], "Classes known") == "Classes known: none."
    assert instead("Fel-back", CODES) == "Did you mean 'fell-back'?"
    assert instead("fell", CODES) == "Did you mean 'fell-back' or 'fell-behind'?"


def test_where_nothing_comes_near_the_first_few_are_told():
    assert (
        instead("zzz", CODES)
        == "Known: fell-back, fell-behind, insufficient-year, no-result, not-assessed, and 2 more."
    )


@pytest.mark.parametrize("word", ["", "a", "group", "group 1"])
def test_never_more_than_a_few_are_offered(word):
    many = [f"group {number}" for number in range(100)]

    assert len(near(word, many)) <= MOST
    assert len(instead(word, many)) < 100
    assert either(many).endswith("or one of 95 more")
