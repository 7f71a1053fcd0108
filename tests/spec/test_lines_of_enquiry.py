"""A School Improvement Partner's questions about a small school, and what its data can say to each."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from providing import with_provision
from registers import register, term, usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.cycle.enquiry import enquire
from siptrack.cycle.enquiry_tables import Answer
from siptrack.documents.questions.asked import with_names
from siptrack.documents.questions.view import questions_document
from siptrack.rendering.terminal import as_text
from siptrack.school.actions import ACTIONS
from siptrack.school.questions import EvidenceKind

RESULTS = """
    pupil | year group | class | Summer 2008 | Spring 2009 | Summer 2009 | writing Summer 2009 | maths Summer 2009
    Ann   | 4          | 4T    | 2a          | 2a          | 2a          | 3b                  | 3b
    Bob   | 4          | 4T    | 2a          | 3c          | 3b          | 3b                  | 3b
    Cat   | 5          | 5R    | 3b          | 3b          | 3b          | 3a                  | 3b
    Dan   | 5          | 5R    | 3b          | 3b          | 3b          | 3a                  | 4c
"""
PROVISION = """
    pupil | intervention | subject | from        | to
    Cat   | Boost        | reading | Spring 2009 | Summer 2009
    Dan   | Sums         | maths   | Spring 2009 | Summer 2009
"""
SPRING, SUMMER = term("Spring 2009"), term("Summer 2009")


def agreed(**action):
    usual = {**dict.fromkeys(ACTIONS.names, ""), "term": SPRING.number, "due": None, "row": 2, "action": "Read daily"}
    rows = pd.DataFrame([{**usual, **action}], columns=ACTIONS.names)
    return rows.astype({"term": "float64", "due": "float64", "row": "int64"})


def asked(results=RESULTS, provision="", actions=None, about=(), **filters):
    """The questions about a school with these results, this provision and this record of actions."""
    school = with_provision(results, provision) if provision else register(results)
    school = school if actions is None else replace(school, actions=actions)
    chosen = Filters(**filters)
    return with_names(
        enquire(analyse(school, usual_rules(), filters=chosen), usual_rules(), chosen), usual_rules(), about
    )


def said(questions, kind):
    """The sentences of a kind of evidence, the short one first."""
    told = questions.evidence[kind]
    return [told.says, *told.lines]


def answers(questions):
    return {rule.key: questions.answer(rule) for rule in questions.asked.values()}


def page(questions):
    return as_text(questions_document(questions, every=False), width=None, colour=False).splitlines()


def test_the_children_making_insufficient_progress_are_named_by_class_in_parts_by_what_the_records_hold():
    lines = said(asked(provision=PROVISION), EvidenceKind.CHILDREN)

    assert lines[0] == "3 children make insufficient progress in at least one subject."
    assert lines[-6:] == [
        "No provision this school year: 1 child",
        "4T (Year 4): Ann (reading)",
        "Provision for another subject only: 1 child",
        "5R (Year 5): Dan (reading)",
        "Provision for the subject: 1 child",
        "5R (Year 5): Cat (reading)",
    ]


def test_in_short_each_part_of_the_records_is_a_sentence():
    questions = asked(provision=PROVISION)

    (line,) = [line.strip() for line in page(questions) if line.strip().startswith("No provision this school year: ")]
    assert line == (
        "No provision this school year: 1 child. Provision for another subject only: 1 child. "
        "Provision for the subject: 1 child."
    )


def test_a_child_with_an_action_is_not_among_those_with_nothing():
    lines = said(asked(provision=PROVISION, actions=agreed(pupil="Ann")), EvidenceKind.CHILDREN)

    assert lines[-5:] == [
        "Provision for another subject only, and no action in the record: 1 child",
        "5R (Year 5): Dan (reading)",
        "Provision for the subject, or an action, in the school's records: 2 children",
        "4T (Year 4): Ann (reading)",
        "5R (Year 5): Cat (reading)",
    ]


def test_where_the_school_keeps_no_records_the_children_stand_in_one_list():
    lines = said(asked(), EvidenceKind.CHILDREN)

    assert lines[-2:] == ["4T (Year 4): Ann (reading)", "5R (Year 5): Cat (reading); Dan (reading)"]


def test_progress_is_counted_by_subject_and_year_group_and_has_no_percentage_of_so_few():
    lines = said(asked(), EvidenceKind.PROGRESS)

    assert lines[0] == "3 of 4 children make insufficient progress in at least one subject."
    assert "Reading 3 of 4. Year 4: 1 of 2; Year 5: 2 of 2." in lines
    assert not any("%" in line for line in lines[:3])


def test_those_at_expectations_in_all_three_are_counted_where_all_three_were_assessed():
    together = asked().evidence[EvidenceKind.COMBINED]

    assert together.answer is Answer.ANSWERED
    assert together.says == "Reading, writing and maths: 1 of 4 children are at expectations in all of them."
    assert asked(subjects=frozenset({"reading"})).evidence[EvidenceKind.COMBINED].answer is Answer.SILENT


@pytest.mark.parametrize(
    ("action", "line"),
    [
        ({"due": SPRING.number}, "Past its date and not said to be done: Ann (4T; Read daily; on the list now)"),
        ({"status": "done"}, "Done: Ann (4T; Read daily; on the list now)"),
        (
            {"pupil": "Bob", "outcome": "Reads"},
            "With an outcome written: Bob (4T; Read daily; on the list in no subject)",
        ),
        (
            {"pupil": "Bob", "subjects": "reading", "status": "stopped"},
            "Stopped: Bob (4T; Read daily; not on the list now)",
        ),
    ],
)
def test_each_action_is_told_with_the_child_and_where_the_child_is_now(action, line):
    lines = said(asked(actions=agreed(**{"pupil": "Ann", **action})), EvidenceKind.ACTIONS)

    assert lines[0].startswith("1 action for 1 child. By the record: 1 ")
    assert line in lines


def test_what_was_agreed_at_this_term_s_meeting_is_for_next_time():
    lines = said(asked(actions=agreed(pupil="Ann", term=SUMMER.number)), EvidenceKind.ACTIONS)

    assert lines[0] == "The record holds no action for these children that was agreed before Summer 2009."
    assert any("for next term's look back" in line for line in lines)


def test_provision_says_how_many_of_the_children_have_none_and_what_cannot_be_compared():
    lines = said(asked(provision=PROVISION), EvidenceKind.PROVISION)

    assert lines[0] == (
        "2 children have provision this school year, in 2 interventions. "
        "Of 3 children making insufficient progress 1 has none."
    )
    assert any(line.startswith("No fair comparison possible: Boost, reading (") for line in lines)


ENOUGH = """
    pupil | children | year group | gender | Summer 2008 | Summer 2009
    Girl  | 20       | 4          | girls  | 2a          | 3b
    Boy   | 20       | 4          | boys   | 2a          | 2a
"""


def test_a_clear_gap_is_told_in_words_and_children_and_those_nearest_to_closing_it_are_named():
    questions = asked(ENOUGH)

    assert said(questions, EvidenceKind.GROUPS)[0] == (
        "Clear gap between groups: boys behind girls in reading, and in progress in reading."
    )
    assert questions.evidence[EvidenceKind.CLOSERS].says.startswith(
        "20 children stand nearest to closing the clear gaps"
    )
    assert "Boy 7 (reading: Boys)" in " ".join(said(questions, EvidenceKind.CLOSERS))


def test_a_gap_of_too_few_children_is_never_told_as_one():
    few = ENOUGH.replace("| 20 ", "| 9 ")

    assert asked(few).evidence[EvidenceKind.GROUPS].answer is Answer.SILENT
    assert "fewer than 11 children on a side" in asked(few).evidence[EvidenceKind.GROUPS].says


def test_a_gap_that_chance_could_make_is_counted_and_not_named():
    alike = ENOUGH.replace("boys   | 2a          | 2a", "boys   | 2a          | 3b")

    lines = said(asked(alike), EvidenceKind.GROUPS)
    assert lines[0] == "No gap between groups is clear, of 2 that could be judged."
    assert any("not clear" in line for line in lines[1:])
    assert said(asked(alike), EvidenceKind.CLOSERS) == ["Nobody is named, because no gap between groups is clear."]


def test_without_records_the_questions_about_actions_and_provision_cannot_be_answered_from_this_data():
    found = answers(asked())

    assert found["discussions-to-actions"] is Answer.SILENT
    assert found["impact-of-intervention"] is Answer.SILENT
    assert found["identifying"] is Answer.ANSWERED
    assert said(asked(), EvidenceKind.ACTIONS) == ["No record of actions is among the files."]
    assert said(asked(), EvidenceKind.PROVISION) == ["No sheet of provision is among the files."]


def test_with_one_term_only_no_progress_is_told_and_it_says_so():
    questions = asked("pupil | year group | Summer 2009\nAnn | 4 | 2a\nBob | 4 | 3b", actions=agreed(pupil="Ann"))

    for kind in (EvidenceKind.PROGRESS, EvidenceKind.CHILDREN, EvidenceKind.TRENDS, EvidenceKind.ACTIONS):
        assert questions.evidence[kind].answer is Answer.SILENT, kind
    assert "The files hold no earlier term with results" in " ".join(page(questions))


def numbered(lines):
    return [int(line.strip().partition(". ")[0]) for line in lines if line.strip().partition(". ")[0].isdigit()]


def test_every_question_stands_on_the_page_once_what_is_worth_most_before_and_the_silent_ones_last():
    questions = asked()
    lines = page(questions)
    at = lines.index("To ask in school")
    first, last = numbered(lines[:at]), numbered(lines[at:])

    assert sorted(first + last) == list(range(1, 30))
    worth = lines[lines.index("Most worth the hour") + 1 :]  # there are no judgements, no records and no clear gap
    assert [line.strip() for line in worth[:3]] == [
        "3 children make insufficient progress. Question 13.",
        "Books to look at together, of 2 children, on one page: siptrack questions PATHS --about books",
        "",
    ]
    assert last == sorted(last)
    assert {questions.asked[number].key for number in last} == {
        key for key, answer in answers(questions).items() if answer is Answer.SILENT
    }
    assert any(line.startswith("No record of actions is among the files. (1, ") for line in lines)
    assert sum("Look at " in line for line in lines) == 29


def test_a_list_of_names_stands_under_one_question_and_the_others_lead_to_it():
    lines = page(asked())

    assert sum("Ann (reading)" in line for line in lines) == 1
    assert sum("Children: see 7. " in line for line in lines) == 1


def test_under_one_heading_the_evidence_stands_where_it_first_comes_up_there():
    questions = asked(about=("tracking",))
    lines = page(questions)

    assert {rule.about for rule in questions.asked.values()} == {"tracking"}
    assert sum("Ann (reading)" in line for line in lines) == 1
    assert not any("see 7" in line for line in lines)
    assert lines[0] == "Lines of enquiry: Summer 2009 (school year 2008-09)"


def test_a_school_of_today_is_asked_in_today_s_words_and_one_of_levels_in_the_guidance_s():
    today = RESULTS.replace("2009", "2026").replace("2008", "2025")
    for grade, band in (("2a", "EXS"), ("3a", "GDS"), ("3b", "EXS"), ("3c", "EXS"), ("4c", "GDS")):
        today = today.replace(grade, band)
    now = with_names(
        enquire(analyse(register(today, scale="teacher-assessment"), usual_rules()), usual_rules()), usual_rules(), ()
    )

    assert any("APP processes" in line for line in page(asked()))
    assert not any(word in line for line in page(now) for word in ("APP", "Primary Framework", "National Strateg"))
    assert any("11. Are all teachers assessing in the way the school has agreed" in line for line in page(now))
    assert numbered(page(now)) != []


def test_an_answer_has_five_lines_at_most_and_the_rest_is_counted_with_the_way_to_it():
    many = RESULTS + "".join(f"    P{at} | 4 | {at}Z | 2a | 2a | 2a | 3b | 3b\n" for at in range(1, 9))
    short, every = (
        page(asked(many)),
        as_text(questions_document(asked(many), every=True), width=None, colour=False).splitlines(),
    )

    assert any("lines in all: --detail, or siptrack analyse PATHS.)" in line for line in short)
    assert not any("--detail" in line for line in every)
    assert sum("Z (Year 4): " in line for line in short) == 0
    assert sum("Z (Year 4): " in line for line in every) == 8
    assert any("and 6 more." in line for line in short)  # of 11 children five are named


def test_a_filter_narrows_every_kind_of_evidence():
    questions = asked(provision=PROVISION, actions=agreed(pupil="Ann"), years=frozenset({5}))
    every = " ".join(sentence for kind in EvidenceKind for sentence in said(questions, kind))

    assert "Ann" not in every
    assert "Cat (reading)" in every
    assert "Only year 5." in page(questions)
