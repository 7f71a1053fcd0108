"""What a school may change of the pupil progress meeting, and what is refused."""

from __future__ import annotations

import pytest
from rule_texts import refusal_of, rules_of


def test_ethnicity_and_gender_are_not_told_unless_the_school_says_so():
    assert {"ethnicity", "gender", "language"}.isdisjoint(rules_of().meeting.told)
    told = rules_of('meeting: {told: ["sen", "ethnicity=BCRB"]}').meeting.told
    assert told == {"sen": ("sen",), "ethnicity": ("BCRB",)}


def test_a_school_may_tell_of_no_group_and_choose_its_own_statuses():
    meeting = rules_of('meeting: {statuses: ["Open", "Closed"], told: []}').meeting

    assert (meeting.statuses, meeting.told) == (("Open", "Closed"), {})


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('meeting: {told: ["senn"]}', "Did you mean 'sen'?"),
        ('meeting: {told: ["gender=sen"]}', "'gender=sen' in 'told'"),
        ('meeting: {statuses: ["Yes, done"]}', "without commas"),
        ("meeting: {statuses: []}", "a few words"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(settings, words):
    assert words in refusal_of(settings)
