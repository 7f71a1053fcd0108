"""The single plan as it comes back: each row with its plan and priority, and what siptrack counts for it."""

from __future__ import annotations

from math import isnan

import pytest
from school_files import as_csv, register_of, results

from registers import term
from siptrack.reading.read import read
from siptrack.school.plan_record import PLAN_ACTIONS, mark, parts_of
from siptrack.school.register import Register

SPRING, SUMMER = term("Spring 2026").number, term("Summer 2026").number
RESULTS = """
    UPN           | Surname | Forename | Reading Autumn 2025 | Reading Spring 2026
    H801200001001 | Alder   | Ann      | EXS                 | WTS
"""
HEADINGS = (
    "Tasks and actions | Date | Person responsible | Status | Outcomes | Success criteria | Number of children | "
    "By the end of | Monitoring | Date for monitoring | Read by siptrack"
)
COUNTED = "Autumn 2025 / 2 / gap / reading / all / gender=boys / 6 of 12 / -"
TITLE = "Priority 2: To close the gap. From the results of Autumn 2025"


def written(*rows: str, headings: str = HEADINGS, title: str = TITLE) -> str:
    """A sheet of the plan; a stroke in its last column is typed as `/`, as `|` parts the cells here."""
    return as_csv("\n".join((title, headings, *rows))).replace(" / ", " | ")


def school(tmp_path, **sheets: str) -> Register:
    from registers import usual_rules

    (tmp_path / "Results.csv").write_text(as_csv(RESULTS), encoding="utf-8")
    for name, text in sheets.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return read([tmp_path], usual_rules())


def said(register: Register, *columns: str) -> list[tuple[object, ...]]:
    return list(register.frame("plan_actions").in_rows(*columns))


def codes(register: Register) -> list[str]:
    return [problem.code for problem in register.problems]


def row(action="Read daily", day="15/3/2026", who="Ms Ash", status="", criterion="Now 6 of 12 (50 %).", number="9"):
    cells = (action, day, who, status, "Gap", criterion, number, "Summer 2026", "Book look", "end of Spring", COUNTED)
    return " | ".join(cell or "." for cell in cells)


def test_a_row_holds_an_action_its_monitoring_and_what_is_counted_for_its_criterion(tmp_path):
    register = school(tmp_path, Plan=written(row(status="Done")))

    assert said(register, "priority", "action", "who", "by_when", "status", "monitoring", "monitored_by") == [
        (2, "Read daily", "Ms Ash", "15/3/2026", "done", "Book look", "end of Spring")
    ]
    assert said(register, "term", "due", "monitoring_due", "criterion_due") == [
        tuple(term(label).number for label in ("Autumn 2025", "Spring 2026", "Spring 2026", "Summer 2026"))
    ]
    assert said(register, "outcome", "subject", "among", "characteristic", "group", "count", "n") == [
        ("gap", "reading", "all", "gender", "boys", 6, 12)
    ]
    assert said(register, "wanted_children", "other_numbers") == [(9, "")]
    assert results(register) == results(register_of({"Results.csv": RESULTS}))
    assert (codes(register), register.ledger.balances()) == ([], True)


def test_a_row_put_in_is_of_the_plan_and_priority_of_its_sheet_and_an_empty_one_is_set_aside(tmp_path):
    put_in = "Read more | end of Summer | Mr Oak | . | . | . | . | . | . | . | ."
    empty = ". | . | . | . | . | . | . | . | . | . | Autumn 2025 / 2"
    register = school(tmp_path, Plan=written(row(), put_in, empty, title="What we do"))

    assert said(register, "term", "priority", "action", "due")[1] == (
        *(term("Autumn 2025").number, 2, "Read more"),
        term("Summer 2026").number,
    )
    assert [(one.reason, one.count) for one in register.ledger.set_aside] == [
        ("nothing written, in the school's single plan", 1)
    ]


@pytest.mark.parametrize(
    ("number", "children", "percent"),
    [
        ("9", 9, None),
        ("9.0", 9, None),
        ("9 children", 9, None),
        ("80 %", None, 80),
        ("0.8", None, 80),  # 80 % in a cell that Excel shows as a percentage
        ("all", None, None),
        ("8-9", None, None),
    ],
)
def test_a_number_of_children_is_a_number_or_a_percentage_and_anything_else_is_reported(
    tmp_path, number, children, percent
):
    register = school(tmp_path, Plan=written(row(number=number)))
    (found,) = register.plan_actions[["wanted_children", "wanted_percent"]].to_dict("records")

    assert [None if isnan(value) else value for value in found.values()] == [children, percent]
    assert codes(register) == ([] if children or percent else ["plan-number"])


@pytest.mark.parametrize(
    ("criterion", "others"),
    [
        ("Now 6 of 12 (50 %).", ""),
        ("By Summer 2026 at least 9 of 12", ""),
        ("10 by Easter. Now 6 of 12 (50 %).", "10"),
        ("90 % of them", "90 %"),
        ("All boys read", ""),
    ],
)
def test_a_number_in_the_sentence_that_stands_nowhere_else_in_its_row_is_named(tmp_path, criterion, others):
    assert said(school(tmp_path, Plan=written(row(criterion=criterion))), "other_numbers") == [(others,)]


@pytest.mark.parametrize(
    "counted",
    [
        "Autumn 2025 / 2 / guess / reading / all / gender=boys / 6 of 12 / -",
        "Autumn 2025 / 2 / gap / singing / all / gender=boys / 6 of 12 / -",
        "Autumn 2025 / 2 / gap / reading / all / gender=boys / many / -",
        ".",
    ],
)
def test_where_the_last_column_is_spoilt_the_criterion_is_the_school_s_own(tmp_path, counted):
    register = school(tmp_path, Plan=written(row().replace(COUNTED, counted)))

    assert said(register, "outcome", "criterion") == [("", "Now 6 of 12 (50 %).")]


def test_two_copies_count_once_and_what_stands_in_one_alone_is_added(tmp_path):
    draft = row(action="", day="", who="", number="9").replace("Book look", ".").replace("end of Spring", ".")
    register = school(tmp_path, **{"A draft": written(draft), "Plan": written(row(), row(action="Book bags"))})

    assert said(register, "action", "file") == [("Read daily", "Plan.csv"), ("Book bags", "Plan.csv")]
    assert codes(register) == ["plan-twice"]


def test_a_raising_attainment_plan_of_the_school_s_own_is_read_and_asked_for_its_term(tmp_path):
    sheet = written(
        "Phonics daily | Spring 2026 | Ms Ash | 90 % read",
        headings="Actions | When | Lead | Success criteria",
        title="RAP",
    )
    register = school(tmp_path, RAP=sheet)

    assert said(register, "action", "due", "criterion", "outcome") == [
        ("Phonics daily", term("Spring 2026").number, "90 % read", "")
    ]
    assert codes(register) == ["plan-no-term"]


def test_the_head_and_staff_development_are_held_as_written(tmp_path):
    head = written(
        "2 | To close the gap | Conditions | Read | 9 boys | 3/2/2026 | end of Summer | "
        "Autumn 2025 / 2 / gap / reading, maths / gender=boys",
        headings="Plan | Priority | Key theme | Activity or objective | Priority target | Mid-point date | "
        "Final review | Read by siptrack",
        title="Head of the plan",
    )
    training = written(
        "2 | Talk for reading | All | 6/1/2026 | It is the gap | Book looks | Autumn 2025 / 2",
        headings="Plan | What staff will learn | Who | Date | How it serves this priority | "
        "How its effect on children's progress will be seen | Read by siptrack",
        title="Staff development",
    )
    register = school(tmp_path, Head=head, Training=training)

    columns = ("priority", "source", "subjects", "groups", "theme", "objective", "target", "mid_due", "final_due")
    assert list(register.frame("plan_heads").in_rows(*columns)) == [
        (2, "gap", "reading, maths", "gender=boys", "Conditions", "Read", "9 boys", SPRING, SUMMER)
    ]
    assert list(register.frame("plan_training").in_rows("priority", "learn", "who", "serves", "effect", "due")) == [
        (2, "Talk for reading", "All", "It is the gap", "Book looks", term("Spring 2026").number)
    ]


def test_what_is_marked_is_what_is_read():
    assert parts_of(mark("Summer 2025", 2, "", "6 of 12")) == ("Summer 2025", "2", "", "6 of 12")
    assert len(PLAN_ACTIONS.names) == len(set(PLAN_ACTIONS.names))


def test_a_plan_in_word_is_named_with_what_to_do(tmp_path):
    import docx

    for name, heading in (("Plan", "Tasks and actions"), ("Letter", "Dear parents")):
        document = docx.Document()
        document.add_paragraph("Success criteria")
        document.add_table(1, 1).cell(0, 0).text = heading
        document.save(str(tmp_path / f"{name}.docx"))
    (tmp_path / "Broken.docx").write_bytes(b"nothing")
    (problem,) = school(tmp_path).problems

    assert (problem.code, problem.place.file) == ("plan-in-word", "Plan.docx")
    assert "plan.xlsx" in problem.action
