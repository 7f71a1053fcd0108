"""What is asked about a child at the meeting: by which evidence, and the most useful question alone."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from providing import with_provision
from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.documents.prompts import questions_about
from siptrack.rules.load import load
from siptrack.school.actions import ACTIONS

THREE = 'meeting: {most_prompts: {value: 3, source: "so that more than the first is seen"}}'


@cache
def rules_with(settings):
    """The rules with a school's settings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "siptrack.yaml"
        path.write_text(settings, encoding="utf-8")
        return load(path)


def asked(table, *, scale="teacher-assessment", when=None, actions=(), rules=None, provision=""):
    rules = rules or rules_with(THREE)
    whole = with_provision(table, provision) if provision else register(table, scale=scale)
    usual = {**dict.fromkeys(ACTIONS.names, ""), "due": None, "file": "Actions.xlsx", "row": 2, "action": "Read daily"}
    frame = pd.DataFrame([{**usual, **one} for one in actions], columns=ACTIONS.names)
    frame = frame.astype({"term": "float64", "due": "float64"})
    analysis = analyse(replace(whole, actions=frame), rules, term(when) if when else None)
    return questions_about(analysis, rules)


def test_a_child_lower_in_autumn_than_in_the_summer_before_is_asked_about_by_the_year_group_entered():
    table = """
        pupil | year group | Summer 2025 | Autumn 2025 | Spring 2026
        Fell  | 4          | EXS         | WTS         | EXS
        Kept  | 4          | EXS         | EXS         | EXS
    """

    assert asked(table) == {"Fell": ("Fell back in reading on entering Year 4: what does the summer work show?",)}


def test_in_autumn_itself_the_fall_is_not_asked_about_twice():
    table = """
        pupil | year group | Autumn 2024 | Summer 2025 | Autumn 2025
        Fell  | 4          | EXS         | EXS         | WTS
    """

    (questions,) = asked(table).values()

    assert [one for one in questions if "summer work" in one] != []
    assert [one for one in questions if "Lower than last term" in one] == []


def test_below_in_every_subject_and_below_in_one_are_different_questions():
    table = """
        pupil | year group | reading Summer 2025 | maths Summer 2025 | writing Summer 2025
        All   | 4          | WTS                 | WTS               | WTS
        One   | 4          | EXS                 | WTS               | EXS
        Two   | 4          | EXS                 | WTS               | WTS
        Only  | 4          | WTS                 | .                 | .
    """

    found = asked(table)

    assert found["All"][0].startswith("Below expectations in reading, writing and maths: what do these have in common")
    assert found["One"][0].startswith("Below expectations in maths and in nothing else")
    assert "Two" not in found
    assert found["Only"] == ("No grade in writing and maths: was the child away, and what does recent work show?",)


LISTED = """
    pupil | year group | Autumn 2024 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026
    Ann   | 4          | EXS         | WTS         | WTS         | WTS         | WTS
    Bob   | 4          | EXS         | EXS         | EXS         | EXS         | EXS
"""
SPRING = term("Spring 2026").number


def test_a_child_long_on_the_list_without_an_action_is_asked_about_where_the_school_keeps_a_record():
    another = {"pupil": "Bob", "term": SPRING, "status": "done"}

    (first, *_) = asked(LISTED, actions=[another])["Ann"]

    assert first.startswith("Named for 4 terms in reading, no action on record")
    assert asked(LISTED) == {
        "Ann": ("What does the work of Summer 2026 in reading show that the work of Autumn 2024 does not?",)
    }


def test_of_two_subjects_the_one_longer_on_the_list_is_asked_about_whenever_each_started():
    terms = ("Autumn 2024", "Summer 2025", "Autumn 2025", "Spring 2026", "Summer 2026")
    heads = [f"{subject} {when}" for subject in ("reading", "writing") for when in terms]
    marks = ["EXS", "EXS", "WTS", "WTS", "WTS", "EXS", "WTS", "WTS", "WTS", "WTS"]
    table = f"pupil | year group | {' | '.join(heads)}\nAnn | 4 | {' | '.join(marks)}"

    (first, *_) = asked(table, actions=[{"pupil": "Bob", "term": SPRING, "status": "done"}])["Ann"]

    assert first.startswith("Named for 4 terms in writing, no action on record")


def test_of_insufficient_progress_the_question_names_the_terms_and_subjects_that_started_together():
    table = """
        pupil | year group | reading Summer 2024 | writing Summer 2024 | reading Summer 2025 | writing Summer 2025
        Ann   | 4          | GDS                 | GDS                 | EXS                 | EXS
    """

    (first, *_) = asked(table)["Ann"]

    assert (
        first == "What does the work of Summer 2025 in reading and writing show that the work of Summer 2024 does not?"
    )


def test_with_an_action_it_is_asked_what_became_of_it_and_whether_to_go_on():
    found = asked(LISTED, actions=[{"pupil": "Ann", "term": SPRING, "status": ""}])["Ann"]

    assert found[0].startswith("Named for 4 terms in reading: go on with what was agreed")
    assert found[-1] == "What became of what was agreed last time?"


@pytest.mark.parametrize("closed", [{"status": "done"}, {"status": "stopped"}, {"outcome": "Reads with pleasure"}])
def test_an_action_with_an_outcome_is_not_asked_after(closed):
    found = asked(LISTED, actions=[{"pupil": "Ann", "term": SPRING, **closed}])["Ann"]

    assert "What became of what was agreed last time?" not in found


def test_provision_that_the_child_hardly_came_to_is_asked_about():
    table = """
        pupil | year group | class | Summer 2008 | Spring 2009 | Summer 2009
        Ann   | 4          | 4T    | 3c          | 3b          | 3b
        Bob   | 4          | 4T    | 3c          | 3b          | 3b
    """
    given = """
        pupil | intervention | subject | from        | to          | planned | attended
        Ann   | Boost        | reading | Spring 2009 | Summer 2009 | 20      | 4
        Bob   | Boost        | reading | Spring 2009 | Summer 2009 | 20      | 19
    """

    own = rules_with('meeting: {prompts: {not-attended: {asks: "{provision}: why?"}}}')

    assert asked(table, provision=given) == {"Ann": ("Came to few sessions: what got in the way?",)}
    assert asked(table, provision=given, rules=own) == {"Ann": ("Came to 4 of 20 sessions of Boost: why?",)}


def test_language_is_asked_about_only_where_it_is_told_and_the_child_is_below():
    table = """
        pupil | year group | eal | Summer 2025
        Below | 4          | eal | WTS
        At    | 4          | eal | EXS
    """
    question = "Is it reading, or the English in it? What can the child do in the first language?"

    assert asked(table) == {"Below": (question,)}
    assert asked(table, rules=rules_with('meeting: {told: ["sen"]}')) == {}


def test_a_child_gets_the_most_useful_question_and_a_school_says_how_many():
    table = """
        pupil | year group | eal | sen | Summer 2008 | Spring 2009 | Summer 2009 | maths Summer 2009
        Ann   | 4          | eal | sen | 3c          | 3c          | 2a          | 2a
    """

    one = rules_with('meeting: {most_prompts: {value: 1, source: "an hour is short"}}')

    assert len(asked(table, scale="nc-levels", rules=usual_rules())["Ann"]) == usual_rules().meeting.most == 3
    assert len(asked(table, scale="nc-levels", rules=one)["Ann"]) == 1


def test_a_school_may_word_a_question_itself_or_switch_it_off():
    table = """
        pupil | year group | Summer 2025 | Autumn 2025 | Spring 2026
        Fell  | 4          | EXS         | WTS         | EXS
    """
    own = rules_with('meeting: {prompts: {fell-on-entry: {asks: "What of {subjects} in {year}?"}}}')
    off = rules_with("meeting: {prompts: {fell-on-entry: {active: false}}}")

    assert asked(table, rules=own) == {"Fell": ("What of reading in Year 4?",)}
    assert asked(table, rules=off) == {}
