"""What a school may change of the working groups, and what is refused."""

from __future__ import annotations

import pytest
from rule_texts import refusal_of, rules_of

from siptrack.school.scale import Attainment


def test_a_school_may_call_a_group_by_its_own_name():
    groups = rules_of('working_groups: {groups: {target: {label: "Nearly there"}}}').working_groups

    assert groups.groups["target"].label == "Nearly there"
    assert groups.groups["on_track"].label == "On track"


def test_every_known_standing_is_one_group_and_an_unknown_one_is_none():
    by_attainment = rules_of().working_groups.by_attainment

    assert set(by_attainment) == set(Attainment) - {Attainment.NOT_KNOWN}
    assert len(set(by_attainment.values())) == len(by_attainment)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('working_groups: {groups: {target: {attainment: "at"}}}', "take each of these standings once"),
        ('working_groups: {groups: {target: {label: "on track"}}}', "must have a name each"),
        ('working_groups: {groups: {target: {attainment: "low"}}}', "expected one of well below, below, at, above"),
        ('working_groups: {groups: {target: {colour: "red"}}}', "'colour' is not known"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(settings, words):
    assert words in refusal_of(settings)
