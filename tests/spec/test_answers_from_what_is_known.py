# ruff: noqa: E501  # a table is as wide as it is
"""What a school's records say to a School Improvement Partner: results by class, barriers, programmes, the plan, books."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from test_lines_of_enquiry import RESULTS, agreed, asked, page, said

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.cycle.enquiry import enquire
from siptrack.cycle.enquiry_tables import Answer
from siptrack.documents.questions.asked import BOOKS_ALONE, with_names
from siptrack.school.plan_record import PLAN_ACTIONS, PLAN_HEADS, PLAN_TRAINING
from siptrack.school.questions import EvidenceKind

NOW = term("Summer 2009")


def table(of, *rows):
    """Rows of a table of the plan; a cell that is not given is empty."""
    kinds = {column.name: column.kind for column in of.columns}
    blank = {name: "" if kind == "text" else 2 if kind == "integer" else None for name, kind in kinds.items()}
    made = pd.DataFrame([{**blank, **row} for row in rows], columns=of.names)
    return made.astype({name: "float64" for name, kind in kinds.items() if kind == "number"})


def with_plan(heads=(), actions=(), training=(), results=RESULTS):
    """The questions about a school whose plan came back with these rows."""
    school = replace(
        register(results),
        plan_heads=table(PLAN_HEADS, *({"term": NOW.number, **row} for row in heads)),
        plan_actions=table(PLAN_ACTIONS, *({"term": NOW.number, **row} for row in actions)),
        plan_training=table(PLAN_TRAINING, *({"term": NOW.number, **row} for row in training)),
    )
    return with_names(enquire(analyse(school, usual_rules()), usual_rules()), usual_rules(), ())


CLASSES = """
    pupil | year group | class | Spring 2009 | Summer 2009 | maths Spring 2009 | maths Summer 2009
    Ann   | 4          | 4T    | 3c          | 3b          | 3c                | .
    Bob   | 4          | 4T    | 3c          | IE          | 3c                | A
    Cat   | 4          | 4R    | 3b          | 3           | 3c                | 3b
    Dan   | 4          | 4R    | 3b          | 3           | 3c                | 3b
    Eve   | 5          | 5K    | .           | 3a          | .                 | 3b
"""


def test_the_classes_without_a_result_with_whole_levels_alone_and_with_insufficient_evidence_are_named():
    assert said(asked(CLASSES), EvidenceKind.GRADING) == [
        "2 of 3 classes have results this term in all of reading and maths.",
        "No result this term, and most had one before: maths: 4T.",
        "Whole levels alone, where other classes have finer grades: reading: 4R.",
        "Insufficient evidence to judge by: reading: 4T 1 of 2.",
    ]


def test_a_class_is_not_missing_in_what_it_was_never_judged_in():
    first = CLASSES.replace("| 3c                | .  ", "| .                 | .  ").replace(
        "| 3c                | A", "| .                 | A"
    )

    assert said(asked(first), EvidenceKind.GRADING)[0] == "All 3 classes have results this term in reading and maths."


def test_barriers_are_grouped_as_spelt_alike_with_the_children():
    both = pd.concat(
        [
            agreed(pupil="Ann", barrier="Attendance"),
            agreed(pupil="Bob", barrier=" attendance. "),
            agreed(pupil="Bob", barrier="Attendance"),
            agreed(pupil="Cat", barrier="Spelling"),
            agreed(pupil="Dan"),
        ]
    )
    assert said(asked(actions=both), EvidenceKind.BARRIERS) == [
        "2 barriers written for 3 of the 4 children with an action this school year.",
        "Attendance: 2 children. Ann; Bob.",
        "Of one child each: Spelling (Cat).",
    ]


def test_a_record_without_barriers_and_one_of_last_year_have_none():
    assert said(asked(actions=agreed(pupil="Ann")), EvidenceKind.BARRIERS) == [
        "The record of actions names no barrier this school year."
    ]
    old = agreed(pupil="Ann", barrier="Attendance", term=term("Spring 2008").number)
    assert asked(actions=old).evidence[EvidenceKind.BARRIERS].answer is Answer.SILENT


def test_programmes_that_the_catalogue_knows_stand_beside_the_school_s_own():
    provision = """
        pupil | intervention | material                 | subject | from        | to
        Cat   | FLS          | further-literacy-support | writing | Spring 2009 | Summer 2009
        Dan   | FLS          | further-literacy-support | writing | Spring 2009 | Summer 2009
        Ann   | Lego Club    | .                        | reading | Spring 2009 | Summer 2009
    """
    lines = said(asked(provision=provision), EvidenceKind.PROGRAMMES)

    assert lines[0] == (
        "1 programme that the catalogue knows runs this school year, for 2 children; 1 other is the school's own."
    )
    assert lines[1].endswith("(2 children, writing, Year 5).")
    assert lines[2] == "The school's own: Lego Club."


HEAD = {
    "priority": 1,
    "title": "Reading in Year 4",
    "source": "progress",
    "subjects": "reading",
    "objective": "Faster",
    "final_review": "July 2010",
    "final_due": term("Summer 2010").number,
}
ACTION = {"priority": 1, "action": "Read daily", "who": "Mrs Oak", "by_when": "June"}


def test_the_plan_s_priorities_say_what_is_written_and_whether_the_results_still_support_them():
    own = {"priority": 2, "title": "A better library", "objective": "Books", "target": "More loans"}
    questions = with_plan([HEAD, own], [ACTION, {"priority": 1, "action": "Buy books"}])

    assert said(questions, EvidenceKind.PRIORITIES) == [
        "2 priorities in the plan, drafted from Summer 2009.",
        "1. Reading in Year 4: objective written, no target; 2 actions, 1 with who and by when; the results do not support it now.",
        "2. A better library: objective and target written; no action.",
    ]


def test_dates_of_monitoring_and_of_reviews_that_are_past_are_said():
    seen = {"monitoring": "Book look", "monitored_by": "May 2009", "monitoring_due": NOW.number}
    mid = {"mid_review": "Easter 2009", "mid_due": term("Spring 2009").number}
    questions = with_plan([{**HEAD, **mid}], [{**ACTION, **seen}, {"priority": 1, "action": "Buy books"}])

    assert said(questions, EvidenceKind.MONITORING) == [
        "Monitoring is written for 1 of 2 actions in the plan, drafted from Summer 2009.",
        "Priority 1: 1 of 2 actions; dates past: May 2009; mid-point review Easter 2009 (past); final review July 2010.",
    ]


def test_staff_development_is_set_beside_the_priorities_and_where_progress_slowed_without_any():
    questions = with_plan(
        [HEAD, {"priority": 2, "title": "Library"}], training=[{"priority": 1, "learn": "Guided reading"}]
    )

    assert said(questions, EvidenceKind.SERVED) == [
        "1 of 2 priorities in the plan has staff development or CPD for it.",
        "Priority 1: planned: Guided reading.",
        "Priority 2: none.",
    ]


def test_without_a_plan_that_came_back_it_says_what_would_answer():
    lines = page(asked())

    assert sum("No plan that was filled in is among the files." in line for line in lines) == 1
    assert any(line.endswith("it answers. (17, 23, 26)") for line in lines)


def test_the_plan_of_a_later_term_is_not_the_plan_in_force():
    questions = with_plan([{**HEAD, "term": term("Autumn 2009").number}])

    assert questions.evidence[EvidenceKind.PRIORITIES].answer is Answer.SILENT


BOOKS = """
    pupil | year group | class | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009
    Ann   | 4          | 4T    | 2a          | 2a          | 2a          | 2a
    Bob   | 4          | 4T    | 2a          | 2a          | 3c          | 3c
    Cat   | 4          | 4T    | 2a          | 3c          | 3b          | 3b
    Dan   | 5          | 5R    | 3b          | 3b          | 3a          | 3b
"""


def test_one_child_of_each_year_group_and_subject_is_chosen_by_the_marks_with_what_to_look_for():
    rows = asked(BOOKS).books.in_rows("pupil", "subject", "marks", "look_for")
    look_for = usual_rules().enquiry.books.look_for

    assert list(rows) == [
        ("Ann", "reading", "2a 2a 2a 2a", look_for["no-movement"]),
        ("Dan", "reading", "3b 3b 3a 3b", look_for["fell-back"]),
    ]


def test_the_page_of_books_stands_alone_and_names_the_children_with_their_marks():
    alone = page(asked(BOOKS, about=(BOOKS_ALONE,)))
    both = page(asked(BOOKS, about=(BOOKS_ALONE, "tracking")))

    assert alone[0] == "Look at these children's books with me: Summer 2009 (school year 2008-09)"
    assert any("Ann (4T)" in line and "Reading: 2a 2a 2a 2a (" in line for line in alone)
    assert not any("To ask in school" in line or "Questions to open a talk" in line for line in alone)
    assert "Look at these children's books with me" in both
    assert any(line.startswith("10. How accurate") for line in both)


def test_where_nobody_is_named_no_book_is():
    kept = BOOKS.replace("2a          | 2a          | 2a          | 2a", "2a          | 3c          | 3b          | 3b")
    kept = kept.replace(
        "2a          | 2a          | 3c          | 3c", "2a          | 3c          | 3b          | 3b"
    ).replace("3b          | 3b          | 3a          | 3b", "3b          | 3a          | 4c          | 4c")

    assert any("no book is named here" in line for line in page(asked(kept, about=(BOOKS_ALONE,))))


@pytest.mark.parametrize("key", ["cpd-intended-impact"])
def test_what_only_people_know_is_asked_in_school(key):
    questions = asked()

    assert {rule.key: questions.answer(rule) for rule in questions.asked.values()}[key] is Answer.SILENT
