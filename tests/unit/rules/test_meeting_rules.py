"""What a school may change of the pupil progress meeting, and what is refused."""

from __future__ import annotations

import pytest
from rule_texts import refusal_of, rules_of


def test_ethnicity_and_gender_are_not_told_unless_the_school_says_so():
    assert {"ethnicity", "gender", "language"}.isdisjoint(rules_of().meeting.groups_beside)
    told = rules_of('meeting: {told: ["sen", "ethnicity=BCRB"]}').meeting.groups_beside
    assert told == {"sen": ("sen",), "ethnicity": ("BCRB",)}


def test_a_school_may_tell_of_no_group_and_choose_its_own_statuses():
    meeting = rules_of('meeting: {statuses: ["Open", "Closed"], told: []}').meeting

    assert (meeting.statuses, meeting.groups_beside) == (("Open", "Closed"), {})


def test_a_school_adds_a_prompt_and_a_prompt_about_a_group_that_is_not_told_is_not_asked():
    added = rules_of('meeting: {prompts: {ours: {called: "below", asks: "What of {subjects}?"}}}').meeting
    without = rules_of('meeting: {told: ["fsm"]}').meeting

    assert added.prompts[-1].asks == "What of {subjects}?"
    assert {"eal", "sen"} <= {prompt.key for prompt in added.prompts}
    assert {"eal", "sen"}.isdisjoint(prompt.key for prompt in without.prompts)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('meeting: {told: ["senn"]}', "Did you mean 'sen'?"),
        ('meeting: {told: ["gender=sen"]}', "'gender=sen' in 'told'"),
        ('meeting: {statuses: ["Yes, done"]}', "without commas"),
        ("meeting: {statuses: []}", "a few words"),
        ('meeting: {prompts: {eal: {group: "eall"}}}', "Did you mean 'eal'?"),
        (
            'meeting: {prompts: {eal: {asks: "What of {grade}?"}}}',
            "may hold subjects, terms, year, provision, start, now in curly",
        ),
        ('meeting: {prompts: {eal: {asks: "What of {?"}}}', "no other bracket of that kind"),
        ('meeting: {prompts: {eal: {called: "gut-feeling"}}}', "expected one of open-action"),
        ('meeting: {prompts: {new: {called: "below"}}}', "lacks 'asks'"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(settings, words):
    assert words in refusal_of(settings)
