"""What came of the last plan on the pages that tell it: each sentence where it belongs."""

from __future__ import annotations

import pytest

from planned import READERS, criterion, school, with_plan
from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.selection import Filters
from siptrack.cycle.audit import audit
from siptrack.cycle.plan import draft
from siptrack.cycle.plan_came_tables import PlanCriterion
from siptrack.cycle.since import look_back
from siptrack.documents.audit.view import audit_document
from siptrack.documents.plan.came import JudgedCriterion
from siptrack.documents.plan.sheets import plan_workbook
from siptrack.documents.plan.view import drafted, plan_document
from siptrack.documents.since.view import since_document
from siptrack.rendering.template import sentence
from siptrack.rendering.terminal import as_text

RISEN = """
    pupil | children | year group | gender | Summer 2025 | Autumn 2025 | Spring 2026
    Kept  | 12       | 4          | girls  | EXS         | EXS         | EXS
    Risen | 3        | 4          | boys   | WTS         | EXS         | EXS
    Below | 9        | 4          | boys   | WTS         | WTS         | WTS
"""
GAP = {**READERS, "outcome": "gap", "characteristic": "gender", "group": "boys", "n": 12, "count": 0}
HEAD = {"source": "gap", "subjects": "reading", "groups": "gender=boys"}
ROWS = (
    criterion(3, n=24, count=12, outcome_written="Children at expectations"),
    criterion(20),
    criterion(**GAP),
    criterion(None, outcome="combined", subject="reading"),
    {"criterion": "Parents read at home", "action": "Read daily", "who": "Ms Ash", "due": term("Autumn 2025").number},
    {"action": "Book bags", "by_when": "By Summer", "due": term("Summer 2026").number, "priority": 7},
    {"action": "Done thing", "status": "done", "who": "Mr Oak", "priority": None},
    criterion(8, term=term("Spring 2025").number),
)


def since(*rows, every=False, heads=(HEAD,), **more):
    looked = look_back(school(RISEN, *rows, heads=heads, **more), usual_rules())
    return as_text(since_document(looked, usual_rules(), every=every), width=None, colour=False)


def planned(*rows, every=False, room=False, heads=(HEAD,), **more):
    plan = draft(analyse(school(RISEN, *rows, heads=heads, **more), usual_rules()), usual_rules())
    return as_text(plan_document(plan, usual_rules(), room=room, every=every), width=None, colour=False)


def opened(*rows):
    return as_text(
        audit_document(audit(school(RISEN, *rows), usual_rules()), usual_rules(), every=False), width=None, colour=False
    )


def line(*, where="", of_progress=False, over=False, then="Summer 2025", **cells):
    usual = dict.fromkeys(PlanCriterion._fields)
    counts = {"n_then": 12, "then": 5, "n": 11, "now": 8, "left": 0, "without": 0}
    row = PlanCriterion(**{**usual, "met": "met", "reason": "", "trend": "", "by": "", **counts, **cells})
    return sentence(
        "criterion_line", JudgedCriterion(row, "Boys", where, of_progress, over), then, template="plan/came.jinja"
    )


def test_a_look_back_counts_the_criteria_and_actions_then_gives_a_line_each():
    said = since(*ROWS)

    assert "The plan from the results of Summer 2025\n" in said
    assert "2 of 4 success criteria met, 0 not yet" not in said
    assert "1 of 4 success criteria met, 1 not yet, 2 cannot be told." in said
    assert "1 more has no number of children, so nothing is judged by it." in said
    assert "1 of 3 actions is said to be done, 1 is past the date and not done." in said
    assert "The newest plan stands. Beside the data lies also the plan of Spring 2025." in said
    assert (
        "Priority 1: Children at expectations in reading: met. Now 15 of 24, 3 wanted by Summer 2026; in Summer 2025"
        in said
    )
    assert "cannot tell, siptrack counts nothing for what the school wrote itself." in said
    assert "Overdue: Priority 1: Read daily (Ms Ash)" in said
    assert "Not due yet, or without a date: Priority 7: Book bags (by Summer)." in said
    assert "no number of children is written" not in said
    assert "no number of children is written" in since(*ROWS, every=True)


def test_a_page_of_a_school_without_a_plan_says_nothing_of_one():
    for said in (since(heads=()), planned(heads=()), opened()):
        assert "The plan from" not in said
        assert "success criteri" not in said.partition("Priority 1")[0]


@pytest.mark.parametrize(("rows", "is_said"), [(ROWS, True), ((), False)])
def test_of_some_children_what_came_of_the_plan_is_left_out_and_that_is_said(rows, is_said):
    heads = (HEAD,) if rows else ()
    some = Filters(years=frozenset({4}))
    data, rules = school(RISEN, *rows, heads=heads), usual_rules()
    pages = (
        since_document(look_back(data, rules, filters=some), rules, every=False),
        plan_document(draft(analyse(data, rules, filters=some), rules), rules, room=False, every=False),
        audit_document(audit(data, rules, filters=some), rules, every=False),
    )

    for page in pages:
        text = as_text(page, width=None, colour=False)
        assert ("The school's plan is of all its children: what came of it is left out here." in text) is is_said
        assert "success criteria met" not in text


NO_GAP = {**HEAD, "priority": 4, "title": "To close the gap of girls", "groups": "gender=girls"}
SLOW = {"priority": None, "title": "To improve writing", "source": "progress", "subjects": "writing"}
OF_THE_SCHOOL = {"priority": 5, "title": "To write a book", "source": "", "subjects": "writing"}


@pytest.mark.parametrize("page", [since, planned])
def test_a_priority_that_results_support_no_longer_is_named_and_of_the_school_s_own_nothing_is_said(page):
    heads = [{**HEAD, "title": "To close the gap of boys"}, NO_GAP, SLOW, OF_THE_SCHOOL]

    wanted = "The results no longer support priority 4 (To close the gap of girls) and To improve writing."
    assert wanted in page(*ROWS, heads=heads)
    assert "no longer support" not in page(*ROWS)


def test_a_plan_without_criteria_or_actions_says_so():
    assert "No success criterion is written in it. 1 of 1 action is said to be done." in since(ROWS[-2])
    assert "No action is written in it." in since(criterion(3))
    assert "The plan that does not say from which results it is" in since(criterion(3), then=None)
    assert "also the plan of no known term." in since(criterion(3), criterion(4, term=None))


def test_the_next_plan_begins_with_what_came_of_the_last_one_and_carries_forward_what_is_not_done():
    said = planned(*ROWS)
    first = said.partition("The results support")[0]

    assert "The plan from the results of Summer 2025, and what came of it" in first
    assert "Each of them: siptrack since PATHS." in first
    assert "Overdue: Priority 1: Read daily (Ms Ash)." in first
    assert "1 action not done is carried forward under its priority in the workbook." in first
    assert "Not done, and under no priority of this draft: Priority 7: Book bags (by Summer)." in first
    assert len(first.strip().splitlines()) <= 12
    assert "Each of them" not in planned(*ROWS, every=True)


def test_the_workbook_has_what_is_carried_forward_under_its_priority_and_what_came_of_the_last_plan():
    import io

    import openpyxl

    plan = draft(analyse(school(RISEN, *ROWS, heads=[HEAD]), usual_rules()), usual_rules())
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan, usual_rules())))
    tasks = [row[0].value for row in book["Priority 1"].iter_rows() if row[0].value]
    told = [[cell.value for cell in row] for row in book["Last plan"].iter_rows()]

    assert "Read daily" in tasks
    assert "Book bags" not in tasks
    assert ["Not done", "Priority 1: Read daily (Ms Ash)", "Priority 1"] in told
    assert ["Not done", "Priority 7: Book bags (by Summer)", "no priority of this draft"] in told


def test_the_page_that_opens_a_year_sums_it_up():
    assert "The plan from the results of Summer 2025: 1 of 4 success criteria met, " in opened(*ROWS)
    assert "Each of them: siptrack since PATHS." in opened(*ROWS)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"priority": 2}, "Priority 2: Boys: met. Now 8 of 11; in Summer 2025 5 of 12."),
        ({"where": "Year 3"}, "Boys (Year 3 then): met."),
        ({"met": "not yet", "over": True}, "Boys: not yet, though the time is over."),
        ({"wanted": 9, "by": "Spring 2026"}, "Now 8 of 11, 9 wanted by Spring 2026; in"),
        ({"wanted": 9, "of_progress": True}, "Now 8 of 11, at most 9 wanted; in"),
        ({"left": 1}, "5 of 12, of whom 1 has left."),
        ({"left": 2, "without": 1}, "5 of 12, of whom 2 have left, and 1 cannot be counted now."),
        ({"without": 1}, "5 of 12, of whom 1 cannot be counted now."),
        ({"trend": "closed"}, "The gap has closed, on the same children. Now"),
        ({"trend": "cannot tell", "wanted": 8}, "Whether the gap has changed cannot be told. Now"),
        ({"trend": "cannot tell"}, "Boys: met. Now"),
        ({"n_planned": 13, "planned": 6}, "5 of 12. The plan had 6 of 13."),
        ({"n_planned": 12, "planned": 5}, "5 of 12."),
        (
            {"then": 5, "n": None, "met": "cannot tell", "reason": "in the school's own words"},
            "cannot tell, siptrack counts",
        ),
    ],
)
def test_a_criterion_is_told_with_its_counts_and_what_may_have_moved_them(cells, said):
    assert said in line(**cells)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ({"who": "", "by_when": ""}, "Read"),
        ({"who": "Ms Ash", "by_when": "By Easter"}, "Read (Ms Ash, by Easter)"),
        ({"who": "", "by_when": "Easter", "status_written": "ill"}, "Read (by Easter): ill"),
        ({"who": "", "by_when": "", "status": "under way", "status_written": "amber"}, "Read: under way"),
    ],
)
def test_an_action_is_told_with_who_by_when_and_its_status(action, said):
    row = {"priority": None, "action": "Read", "status": "", "status_written": "", **action}

    assert sentence("planned_line", row, template="plan/came.jinja") == said


def test_in_the_workbook_a_criterion_leaves_its_number_to_a_column():
    plan = draft(analyse(register(RISEN, scale="teacher-assessment"), usual_rules()), usual_rules())
    (priority, *_) = drafted(plan, usual_rules()).priorities
    small = usual_rules().groups.small
    said = [sentence("counted_criterion", one, small, template="plan/words.jinja") for one in priority.outcomes]

    assert "The gap has closed; with a number beside, at least so many at expectations. Now 3 of 12 (25 %)." in said


def test_a_plan_of_the_term_judged_is_for_the_next_look_back():
    judged = with_plan(register(RISEN, scale="teacher-assessment"), criterion(3), then=term("Spring 2026"))

    assert look_back(judged, usual_rules()).plan is None
