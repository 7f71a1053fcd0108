"""What changed between two rulers: found once, in the words of the rule files, and nothing else."""

from __future__ import annotations

import pytest
from rule_texts import book_of, stars

from siptrack.rules.compare import changes
from siptrack.rules.model import Change

OURS = 'scales: {steps: {thresholds: {accelerated: {value: 2, source: "staff"}}}}'
STEPS = "scales/steps.yaml"
ACCELERATED = "1 (TKAT: expected 6 steps a year, outstanding 7)"


def found(before: str, now: str) -> list[Change]:
    return changes(book_of(before).entries(), book_of(now).entries())


@pytest.mark.parametrize("settings", ["", OURS, stars()])
def test_a_ruler_does_not_differ_from_itself(settings):
    assert found(settings, settings) == []


def test_a_value_and_its_source_are_one_change_and_the_way_back_is_its_mirror():
    there = Change(STEPS, ("thresholds", "accelerated"), ACCELERATED, "2 (staff)")
    back = Change(STEPS, ("thresholds", "accelerated"), "2 (staff)", ACCELERATED)

    assert (found("", OURS), found(OURS, "")) == ([there], [back])


def test_a_value_that_changes_on_a_date_is_told_with_its_forms():
    dated = 'scales: {steps: {thresholds: {accelerated: {from: "Autumn 2026", value: 2, source: "staff"}}}}'

    assert found("", dated) == [
        Change(STEPS, ("thresholds", "accelerated"), ACCELERATED, f"{ACCELERATED}, then 2 from Autumn 2026 (staff)")
    ]


def test_words_that_came_and_went_are_told_and_those_that_stayed_are_not():
    more = 'columns: {subjects: {reading: {headings: ["Guided"]}}}'

    assert found("", more) == [Change("columns.yaml", ("subjects", "reading", "headings"), None, "Guided", words=True)]
    assert found(more, "") == [Change("columns.yaml", ("subjects", "reading", "headings"), "Guided", None, words=True)]


def test_an_order_that_changed_is_told_although_its_words_are_the_same():
    first, second = (f"columns: {{scale_order: [{names}]}}" for names in ("steps, pira", "pira, steps"))

    assert found(first, second) == [Change("columns.yaml", ("scale_order",), "steps, pira", "pira, steps")]


def test_a_scale_that_is_new_is_one_change_and_so_is_one_that_is_gone():
    (new,), (gone,) = found("", stars()), found(stars(), "")

    assert (new.file, new.path, new.before, gone.now) == ("scales/stars.yaml", (), None, None)
    assert "our stars" in str(new.now)
    assert new.now == gone.before


def test_what_the_school_says_beside_our_files_is_compared_too():
    assert found("", "use: {reading: steps}") == [Change("siptrack.yaml", ("use",), None, "reading: steps")]


def test_the_day_on_which_a_file_was_checked_is_no_rule():
    assert found("", 'years: {checked: "1999-01-01"}') == []
