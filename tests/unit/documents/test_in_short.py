"""The report in short says first what a head must know, with its counts, and leaves nothing out that changes it."""

from __future__ import annotations

import pytest

from hand_built import analysis, flag, gap, problem, pupil, rules
from siptrack.documents.evidence import sureness
from siptrack.documents.in_short import in_short, insufficient_by_class
from siptrack.school.problem import Severity


def said(**changes):
    made = analysis(**changes)
    return [line.words for line in in_short(made, rules(), sureness(made, rules()))]


def school(**named):
    """Pupils by class, and a flag about each of those of whom it is said that so many are named."""
    pupils = [pupil(f"{name}{at}", class_name=name) for name, (_, size) in named.items() for at in range(size)]
    flags = [flag(key=f"{name}{at}") for name, (count, _) in named.items() for at in range(count)]
    return {"pupils": pupils, "flags": flags}


def test_a_small_school_has_no_class_singled_out():
    assert said(flags=[flag()])[0].startswith("1 of 1 child makes insufficient progress in at least one subject.")


def test_the_classes_with_most_children_named_come_first_and_no_more_than_three():
    line = said(**school(A=(1, 20), B=(3, 20), C=(2, 25), D=(2, 20)))[0]

    assert line.startswith("8 of 85 children (9 %) make insufficient progress in at least one subject; ")
    assert "the most are in classes B (3 of 20), D (2 of 20) and C (2 of 25)" in line


def test_a_flag_about_anything_else_is_not_insufficient_progress():
    assert insufficient_by_class(analysis(flags=[flag("below")]), rules()) == []


def test_nobody_is_not_the_same_as_nothing_known():
    assert said(flags=[])[0].startswith("No child whose progress can be judged makes insufficient progress.")


def test_problems_are_counted_errors_first():
    problems = [problem("a-query", severity=Severity.QUERY), problem()]

    assert said(problems=problems)[-1] == "In the data: 1 error to correct and 1 query to check, listed at the end."


@pytest.mark.parametrize(
    ("change", "words"), [({}, "boys behind girls in writing"), ({"gap": 33.0}, "girls behind boys in writing")]
)
def test_a_clear_gap_says_who_is_behind(change, words):
    assert words in next(line for line in said(gaps=[gap(**change)]) if line.startswith("Clear gap between groups"))


def test_no_clear_gap_is_said_and_no_comparison_is_not():
    gaps = [gap(verdict="not clear")]

    assert "No gap between groups is clear, of 1 that could be judged." in said(gaps=gaps)
    assert not any("gap" in line for line in said(gaps=[]))
