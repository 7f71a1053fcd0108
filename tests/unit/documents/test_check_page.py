"""The page of a check: what was compared, and each question with the comparisons that raise it."""

from __future__ import annotations

import pytest
from test_what_was_read import of, problem

from registers import usual_rules
from siptrack.analysis.model import Checked
from siptrack.analysis.tables import BEHIND, CHECKS, PUPIL_TABLE
from siptrack.documents.check.view import check_document, list_questions, question_sentence
from siptrack.rendering.kept import write_document
from siptrack.school.term import Season, Term

NOW, UNDATED = Term(2025, Season.SUMMER), Term(0, Season.SUMMER)
# code | characteristic, group | direction, n, count, peers_n, peers_count, low, high
TESTED = ("teacher-and-test", "class", "5K", "higher", 30, 12, 60, 3, 15.2, 54.8)
ROWS = [
    TESTED,
    ("teacher-and-test", "gender", "boys", "lower", 5, 1, 40, 20, -40, -2),
    ("handover", "class", "5K", "", 30, 14, None, None, 30, 64),
    ("no-spread", "class", "2F", "", 12, 12, None, None, None, None),
    ("copied-forward", "class", "2F", "", 30, 29, None, None, 83, 99),
    ("scores-repeated", "class", "3A", "", 20, 19, None, None, 75, 99),
    ("end-of-key-stage", "year_group", "Year 6", "", 30, 20, 90, 20, 20, 60),
    ("end-of-key-stage", "class", "6A", "higher", 15, 12, 90, 20, 20, 60),
    ("beyond-error", "all", "all", "higher", 30, 7, None, None, None, None),
    ("ceiling", "class", "4A", "", 12, 12, None, None, None, None),
]
OF_TWO_TERMS = ("handover", "copied-forward", "scores-repeated", "end-of-key-stage")
# code | characteristic, group | direction | child | class | grade | beside | points apart
LOW = [
    ("beyond-error", "all", "all", "higher", f"Fog{at}", f"{at % 2 + 4}A", "EXS", f"{80 + at}", 15 - at)
    for at in range(7)
]
ROSE = [("end-of-key-stage", "class", "6A", "higher", "Mist", "6A", "EXS", "WTS", 1)]
ALIKE = [("ceiling", "class", "4A", "", "Dew", "4A", "GDS", "", None)]


def checks(rows, *, asked=True):
    made = [
        (
            code,
            "writing",
            by,
            group,
            direction,
            *figures,
            "Spring 2026" if code in OF_TWO_TERMS else "",
            "Summer 2026",
            asked,
        )
        for code, by, group, direction, *figures in rows
    ]
    return CHECKS.of(made)


def behind(rows):
    return BEHIND.of(
        (code, "writing", by, group, direction, name, name, "", in_class, grade, beside, apart)
        for code, by, group, direction, name, in_class, grade, beside, apart in rows
    )


def page(rows=ROWS, *, asked=True, every=False, term=NOW, form="table", children=(), **register):
    read = of(**register).register
    read.frame = lambda _: PUPIL_TABLE.of([(row[4], "", row[4], "", 4, row[5], "") for row in children])
    checked = Checked(
        term=term,
        begun=(),
        register=read,
        pupils=read.frame("pupils"),
        checks=checks(rows, asked=asked),
        behind=behind(children),
        filters={},
    )
    return write_document(check_document(checked, usual_rules(), every=every), form, width=None, colour=False)


def every_page():
    """Every branch of the template."""
    yield page()
    yield page([], term=UNDATED)
    yield page(ROWS[2:3])
    yield page(ROWS[:1], every=True)
    yield page([TESTED] * 40, asked=False)
    yield page(ROWS[7:], children=[*LOW, *ROSE, *ALIKE])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ROWS[0],
            (
                "Writing: 12 of 30 children of 5K (40 %) are judged higher by the teacher than by the test "
                "of Summer 2026, and "
                "3 of 60 children of other classes (5 %); the difference lies from 15 to 55 percentage "
                "points (95 % interval)."
            ),
        ),
        (
            ROWS[1],
            (
                "Writing: 1 of 5 boys is judged lower by the teacher than by the test of Summer 2026, and "
                "20 of 40 girls (50 %); "
                "the difference lies from -40 to -2 percentage points (95 % interval)."
            ),
        ),
        (
            ROWS[2],
            (
                "Writing: 14 of 30 children of 5K (47 %) are lower in Summer 2026 than in Spring 2026, "
                "when they were in another "
                "class (95 % interval 30 to 64 %)."
            ),
        ),
        (ROWS[3], "Writing: 12 of 12 children of 2F (100 %) have one and the same grade in Summer 2026."),
        (
            ROWS[4],
            (
                "Writing: 29 of 30 children of 2F (97 %) have the same in Summer 2026 as in Spring 2026 "
                "(95 % interval 83 to 99 %)."
            ),
        ),
        (
            ROWS[6],
            (
                "Writing: 20 of 30 children of Year 6 (67 %) gained more than was expected by a whole step "
                "from Spring 2026 to "
                "Summer 2026, and 20 of 90 children of the key stage's earlier years (22 %); the "
                "difference lies from 20 to 60 "
                "percentage points (95 % interval)."
            ),
        ),
        (
            ROWS[7],
            (
                "Writing: 12 of 15 children of 6A (80 %) in the key stage's last year gained more than was expected "
                "by a whole step from Spring 2026 to Summer 2026, and 20 of 90 children of the key stage's earlier "
                "years (22 %); the difference lies from 20 to 60 percentage points (95 % interval)."
            ),
        ),
        (
            ROWS[8],
            (
                "Writing: 7 of 30 children with both (23 %) are judged higher than the test of Summer 2026 lets "
                "expect, by more than its error."
            ),
        ),
        (ROWS[9], "Writing: 12 of 12 children of 4A (100 %) have the top grade in Summer 2026."),
    ],
)
def test_each_comparison_is_one_sentence_with_its_counts(row, sentence):
    (question,) = list_questions(checks([row]), usual_rules())

    assert question_sentence(question, usual_rules()) == sentence


def test_a_question_stands_under_its_meaning_with_its_comparisons_and_is_asked_once():
    rule = usual_rules().checks["teacher-and-test"]
    lines = page(ROWS[:2]).split("\n")

    at = lines.index(rule.meaning)
    assert lines[at + 1].startswith("  Writing: 12 of 30")
    assert lines[at + 2].startswith("  Writing: 1 of 5")
    assert lines[at + 3] == f"  {rule.question}"


def test_the_children_behind_a_question_are_named_those_furthest_apart_first_and_the_rest_counted():
    lines = page(ROWS[8:9], children=LOW)

    assert b"This report names children." in page(ROWS[8:9], children=LOW, form="html")
    assert (
        "    Fog0 (4A; EXS, test 80); Fog1 (5A; EXS, test 81); Fog2 (4A; EXS, test 82); Fog3 (5A; EXS, test 83); "
        "Fog4 (4A; EXS, test 84); and 2 more. By class: 4A 4, 5A 3."
    ) in lines
    assert "Fog6 (4A; EXS, test 86). By class" in page(ROWS[8:9], children=LOW, every=True)


@pytest.mark.parametrize(
    ("row", "children", "said"),
    [(ROWS[7], ROSE, "    Mist (WTS to EXS)."), (ROWS[9], ALIKE, "    Dew.")],
)
def test_a_child_is_named_with_both_grades_and_with_none_where_all_have_one(row, children, said):
    assert said in page([row], children=children).split("\n")


@pytest.mark.parametrize(
    ("rows", "asked", "said"),
    [
        ([], True, "Nothing could be compared. That takes a test beside a teacher's judgement"),
        (ROWS[2:3], True, "1 comparison was made, of which 1 leads to a question.\nNo subject has both"),
        (ROWS[2:4], True, "2 comparisons were made, of which 2 lead to a question."),
        (
            [TESTED] * 39,
            False,
            "39 comparisons were made, of which none leads to a question. 39 comparisons are of a group",
        ),
        (
            [TESTED] * 19,
            False,
            "if every judgement were sound, fewer than one of these would still lead to a question by luck.",
        ),
        (
            [TESTED] * 60,
            False,
            "if every judgement were sound, about 2 of these would still lead to a question by luck.",
        ),
    ],
)
def test_what_was_compared_is_counted_and_luck_is_reckoned_with(rows, asked, said):
    assert said in page(rows, asked=asked)


@pytest.mark.parametrize(
    ("rows", "problems", "said"),
    [
        ([], (), "No question about the judgements; in the data nothing to correct or to check."),
        (ROWS[2:3], (problem(),), "1 question about the judgements; in the data 1 error to correct."),
    ],
)
def test_the_page_says_first_what_there_is_to_ask_and_to_correct(rows, problems, said):
    assert page(rows, problems=problems).split("\n")[1] == said


def test_a_judgement_and_a_test_in_one_subject_can_be_compared():
    assert "could not be compared" not in page(ROWS[:1])
