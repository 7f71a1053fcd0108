"""What all rule files say with what the school says instead, every form of each rule, for comparing rulers."""

from __future__ import annotations

import pytest
from rule_texts import book_of, plain


def said(settings: str, file: str, *path: str) -> object:
    """What stands at a path in a rule file as the school changes it."""
    entry = book_of(settings).entries()[file]
    for name in path:
        entry = entry.value[name]
    return plain(entry)


TOLERANCE = ("scales/nc-levels.yaml", "thresholds", "tolerance", "value")
FROM_2026 = 'flags: {too_many: {from: "Autumn 2026", value: 50}}'
FROM_2020 = 'scales: {ks-scaled-score: {grades: {BLW: {from: "Summer 2020", points: 65}}}}'


def test_there_is_an_entry_for_every_rule_file_and_for_the_schools_settings():
    files = book_of().files.ours

    assert set(book_of().entries()) == {*files, "siptrack.yaml"}
    assert said("", "siptrack.yaml") == {}


@pytest.mark.parametrize(
    ("settings", "value"),
    [
        ("", "1"),
        ("scales: {nc-levels: {thresholds: {tolerance: {value: 2}}}}", "2"),
        ("scales: {nc-points: {thresholds: {tolerance: {value: 2}}}}", "1"),
    ],
)
def test_what_the_school_says_of_a_scale_stands_in_that_scales_file(settings, value):
    assert said(settings, *TOLERANCE) == value


def test_a_scale_of_the_schools_own_has_a_file_of_its_own_filled_from_its_model():
    settings = 'scales: {ours: {like: pira, label: "our test"}}'

    assert said(settings, "scales/ours.yaml", "label") == "our test"
    assert said(settings, "scales/ours.yaml", "numbers") == {"low": "40", "high": "160", "finest": "1"}


def test_a_form_that_the_school_adds_joins_siptracks_with_what_it_leaves_as_it_was():
    before, after = said(FROM_2026, "flags.yaml", "too_many")

    assert (before["value"], after["value"], after["from"]) == ("40", "50", "Autumn 2026")
    assert after["source"] == "siptrack.yaml, line 1" != before["source"]


def test_a_form_that_the_school_adds_joins_a_history_of_siptracks():
    forms = said(FROM_2020, "scales/ks-scaled-score.yaml", "grades", "BLW")

    assert [(form.get("from"), form["points"]) for form in forms] == [
        (None, "70"),
        ("Summer 2017", "71"),
        ("Summer 2019", "62"),
        ("Summer 2020", "65"),
    ]


def test_sections_that_are_no_file_of_siptracks_stand_as_the_school_wrote_them():
    settings = """
use: {reading: nc-levels}
choices: {nc-levels: {year-1: 1a}}
headings: {Band: {subject: reading}}
flags: {too_many: {value: 30}}
"""

    assert said(settings, "siptrack.yaml") == {
        "use": {"reading": "nc-levels"},
        "choices": {"nc-levels": {"year-1": "1a"}},
        "headings": {"Band": {"subject": "reading"}},
    }
    assert said(settings, "flags.yaml", "too_many", "value") == "30"
