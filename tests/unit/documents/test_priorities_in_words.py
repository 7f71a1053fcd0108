"""A priority of the plan in words, as the guidance for School Improvement Partners words its examples."""

import pytest

from hand_built import rules
from siptrack.documents.plan.priorities import subjects_of
from siptrack.rendering.template import sentence

WORDS = "plan/words.jinja"


@pytest.mark.parametrize(
    ("where", "stage", "groups", "words"),
    [
        ("", False, [], "To improve rates of progress throughout the school in writing"),
        ("Year 5", False, [], "To improve rates of progress in Year 5 in writing"),
        (
            "Key Stage 2",
            True,
            ["boys", "children on FSM"],
            "To improve rates of progress through Key Stage 2 in writing, particularly for boys and children on FSM",
        ),
    ],
)
def test_progress_is_to_be_improved_of_a_stage_a_year_group_or_the_school(where, stage, groups, words):
    assert sentence("to_improve", "writing", where, stage, groups, template=WORDS) == words


def test_a_gap_is_to_be_closed_in_the_school_or_a_part_of_it():
    whole = "To close the gap in achievement between boys and their peers in writing"

    assert sentence("to_close", "boys", "writing", "", template=WORDS) == whole
    assert sentence("to_close", "boys", "writing", "Year 4", template=WORDS) == f"{whole}, in Year 4"


def test_a_combined_subject_stands_apart_from_those_it_is_made_of():
    (together, parts) = next(iter(rules().columns.combined.items()))

    assert subjects_of(["writing", "maths"], rules()) == "writing and maths"
    assert subjects_of([together], rules()) == "reading, writing and maths together"
    assert subjects_of(["maths", together], rules()) == "maths, and in reading, writing and maths together"
    assert subjects_of([*parts, together], rules()) == "reading, writing and maths, and in all of these together"


def test_an_outcome_says_who_and_what_and_where():
    said = [
        sentence("who_and_what", "boys", outcome, "writing", where, template=WORDS)
        for outcome, where in (("gap", "Key Stage 2"), ("progress", ""))
    ]

    assert said == ["Boys at expectations in writing (Key Stage 2)", "Boys making insufficient progress in writing"]
