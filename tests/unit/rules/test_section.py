"""Typed values out of a rule file's section; what nobody asked for is refused."""

from __future__ import annotations

import pytest

from siptrack.rules.document import parse
from siptrack.rules.section import RuleSection, whole_range
from siptrack.school.errors import RulesError


def section(text: str) -> RuleSection:
    return RuleSection(parse(text, "rules.yaml"), "rules.yaml")


@pytest.mark.parametrize(("text", "number"), [("2", 2.0), ("-1", -1.0), ("0.5", 0.5), ('"3"', 3.0)])
def test_numbers_are_written_plainly(text, number):
    assert section(f"step: {text}").number("step") == number


@pytest.mark.parametrize("text", ["two", "1e3", "1_000", ".5", "2,5", "inf", "nan", " 2", "2 points"])
def test_what_is_not_plainly_a_number_is_not_a_number(text):
    with pytest.raises(RulesError, match=r"^rules\.yaml, line 1: 'step' in rules\.yaml is '.*'; expected a number\.$"):
        section(f"step: '{text}'").number("step")


def test_absent_values_have_the_default_that_is_asked_for():
    part = section("a: 1")

    assert (part.text("b", "none"), part.number("c", 2), part.truth("d", default=True), part.words("e")) == (
        "none",
        2,
        True,
        (),
    )


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("false", False)])
def test_truth_is_true_or_false(text, truth):
    assert section(f"counts: {text}").truth("counts") is truth


def test_everything_taken_leaves_nothing_to_refuse():
    part = section("a: 1\nb: 2")
    taken = part.text("a"), part.text("b")

    part.done()

    assert taken == ("1", "2")


def test_a_name_that_nobody_asked_for_is_refused_with_its_own_line():
    part = section("step: 1\n\nstepp: 2")
    part.number("step")

    with pytest.raises(RulesError) as refused:
        part.done()

    assert str(refused.value) == (
        "rules.yaml, line 3: 'stepp' is not known in rules.yaml; known are step. Did you mean 'step'?"
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1-6", [1, 2, 3, 4, 5, 6]),
        ("3", [3]),
        ("-1-0", [-1, 0]),
        ("-1", [-1]),
        ("6-1", None),
        ("1 to 6", None),
        ("", None),
    ],
)
def test_ranges_of_whole_numbers(text, numbers):
    span = whole_range(text)

    assert (None if span is None else list(span)) == numbers
