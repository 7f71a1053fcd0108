"""Who comes up in the pupil progress meeting, in which part and order, and that nobody is missing."""

from __future__ import annotations

import pytest
from siptrack.reports.meeting import meetings
from siptrack.reports.wording.meeting import ORDER, Need, class_size

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse

CLASS = """
pupil | year group | class | fsm | sen | Summer 2008 | Summer 2009 | maths Summer 2008 | maths Summer 2009
Ann   | 4          | 4A    | fsm | sen | 2b          | 2b          | 2b                | 2b
Bob   | 4          | 4A    | .   | .   | 4c          | 4c          | 3b                | 4c
Cat   | 4          | 4A    | .   | .   | 1a          | 2a          | 3b                | 4c
Dan   | 4          | 4A    | .   | .   | .           | 3a          | .                 | 3a
Eve   | 4          | 4A    | .   | .   | 3c          | 3a          | 3c                | 3a
Fay   | 4          | 4A    | .   | .   | 2a          | 2a          | 3b                | 4c
Gus   | 4          | 4A    | .   | .   | 3c          | 3a          | 3c                | A
Hal   | 4          | .     | .   | .   | 3c          | 3a          | 3c                | 3a
Ivy   | 3          | 3/4   | .   | .   | 3c          | 3a          | 3c                | 3a
Joe   | 4          | 3/4   | .   | .   | 3c          | 3a          | 3c                | 3a
"""


@pytest.fixture(scope="module")
def held():
    return meetings(analyse(register(CLASS), usual_rules(), term("Summer 2009")), usual_rules())


def needs_of(meeting):
    return [(child.name, child.need) for child in meeting.children]


def test_the_children_stand_in_order_of_need_and_in_each_those_behind_in_more_subjects_first(held):
    four = next(one for one in held if one.name == "4A")

    assert needs_of(four) == [
        ("Ann", Need.BEHIND_AND_BELOW),
        ("Fay", Need.BEHIND_AND_BELOW),
        ("Bob", Need.BEHIND),
        ("Cat", Need.BELOW),
        ("Gus", Need.LOOK_AT),
        ("Dan", Need.CANNOT_TELL),
        ("Eve", Need.KEEPING_UP),
    ]
    assert four.to_discuss == 5


def test_every_child_on_roll_is_in_one_meeting_and_those_without_a_class_in_the_last(held):
    names = [child.name for meeting in held for child in meeting.children]

    assert sorted(names) == ["Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus", "Hal", "Ivy", "Joe"]
    assert [meeting.title for meeting in held] == [
        "3/4 (Year 3 and Year 4)",
        "4A (Year 4)",
        "No class recorded (Year 4)",
    ]


def test_a_child_stands_with_what_is_said_the_grades_now_and_the_groups_that_help_to_plan(held):
    ann = next(child for meeting in held for child in meeting.children if child.name == "Ann")

    assert ann.groups == ("FSM", "SEN")
    assert [standing.words for standing in ann.standings] == ["Reading 2b (well below)", "Maths 2b (well below)"]
    assert ann.said[0].startswith("Reading, this year and since the start of Key Stage 2: 2b in Summer 2008, still 2b")
    assert ann.actions == ()


def test_of_a_child_whose_progress_cannot_be_told_the_reason_is_said(held):
    dan = next(child for meeting in held for child in meeting.children if child.name == "Dan")

    assert dan.said == ("Progress cannot be told: reading, maths (one result only).",)


def test_a_missing_grade_is_said_once(held):
    gus = next(child for meeting in held for child in meeting.children if child.name == "Gus")

    assert len([sentence for sentence in gus.said if "maths" in sentence]) == 1
    assert "Maths A" in [standing.words for standing in gus.standings]


def test_in_a_part_those_with_the_strongest_marks_come_first_as_the_note_says():
    strong, weak = "GDS | GDS | GDS | GDS | EXS | WTS", "EXS | EXS | EXS | EXS | EXS | WTS"
    terms = "Autumn 2024 | Spring 2025 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026"
    both = " | ".join(f"maths {one}" for one in terms.split(" | "))
    table = f"""
pupil | year group | class | {terms} | {both}
Ann   | 4          | 4A    | {weak} | {weak}
Bob   | 4          | 4A    | {strong} | EXS | EXS | EXS | EXS | EXS | EXS
"""
    one = register(table, scale="teacher-assessment")
    (four,) = meetings(analyse(one, usual_rules(), term("Summer 2026")), usual_rules())

    assert needs_of(four) == [("Bob", Need.BEHIND_AND_BELOW), ("Ann", Need.BEHIND_AND_BELOW)]
    assert ORDER.startswith(
        "In each part the children with the strongest marks come first, then those with insufficient"
    )


def test_how_many_there_is_something_to_raise_of_is_not_how_many_to_talk_about_first():
    assert class_size(30, 12) == "30 children on roll; of 12 there is something to raise."
    assert class_size(1, 0) == "1 child on roll."
