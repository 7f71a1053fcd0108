"""Rows of sums, shares, notes and headings of groups are no children; children called by such words are."""

from __future__ import annotations

import pytest
from school_files import aside, problems, register_of, results

NO_CHILD = {"rows: total, average or note": 1}

SURNAME_AND_FORENAME = "Surname|Forename|Class|PP|{} Autumn 2025|{} Spring 2026", "{}|.|.|.|{}|{}"
ONE_NAME = "Name|PP|{} Autumn 2025|{} Spring 2026", "{}|.|{}|{}"
NAME_ALONE = "Name|{} Autumn 2025|{} Spring 2026", "{}|{}|{}"
CHILDREN = {
    SURNAME_AND_FORENAME: ["Alder|Ann|5K|Y", "Birch|Bob|5K|N", "Cole|Cat|5K|N"],
    ONE_NAME: ["Alder, Ann|Y", "Birch, Bob|N", "Cole, Cat|N"],
    NAME_ALONE: ["Ann Alder", "Bob Birch", "Cat Cole"],
}
GRADES = "Reading", ["EXS|EXS", "WTS|EXS", "GDS|GDS"]
SCORES = "Reading standardised score", ["101|104", "97|99", "115|118"]

LABELS = [
    "% EXS+", "Number WTS", "PP %", "Girls", "Boys", "Cohort", "National 2025", "Number of children at ARE",
    "EXS or above", "Target", "School average", "LA", "FSM", "All", "Class 5H", "Mean score", "Grand total",
    "On track or above", "Non-PP", "SEN support", "No. of pupils", "5H", "Year 5", "Not SEN", "Summer born",
    "Median", "Working towards", "n=12", "White British", "Prior high attainers", "FFT20",
    "Difference to national", "Miss Patel's class", "Y5 total",
]  # fmt: skip
_EACH = 6  # of the labels, one in so many is tried alone too
SURNAMES = ["Key", "Total", "White", "Boy", "Young", "Head", "Mean", "Girls", "National", "French"]


def school(shape, marks, *more: str) -> str:
    """A class's list of that shape with those marks, and further rows."""
    subject, held = marks
    rows = [f"{child}|{mark}" for child, mark in zip(CHILDREN[shape], held, strict=True)]
    return "\n".join([shape[0].format(subject, subject), *rows, *more])


@pytest.mark.parametrize("shape", CHILDREN, ids=["surname and forename", "one name", "name alone"])
@pytest.mark.parametrize(
    ("marks", "sums"),
    [
        pytest.param(GRADES, ("75%", "80%"), id="shares"),
        pytest.param(GRADES, ("3", "4 of 5"), id="counts"),
        pytest.param(GRADES, (".", "."), id="a label alone"),
        pytest.param(SCORES, ("100.2", "103.7"), id="averages"),
        pytest.param(SCORES, ("100", "103"), id="scores"),
    ],
)
def test_rows_of_sums_whatever_they_are_called_are_no_children_and_no_error(shape, marks, sums):
    rows = [shape[1].format(label, *sums) for label in LABELS]
    alone = {row: register_of(school(shape, marks, row)) for row in rows[::_EACH]}
    together = register_of(school(shape, marks, *rows))

    seen = {row: (len(one.pupils), problems(one), aside(one)) for row, one in alone.items()}
    assert seen == dict.fromkeys(alone, (len(CHILDREN[shape]), [], NO_CHILD))
    assert (len(together.pupils), problems(together)) == (len(CHILDREN[shape]), [])
    assert aside(together) == {"rows: total, average or note": len(LABELS)}


def test_a_share_among_grades_makes_a_sum_of_a_row_of_unknown_words():
    register = register_of(school(SURNAME_AND_FORENAME, GRADES, "Kestrels|.|.|.|75%|80%"))

    assert (len(register.pupils), problems(register), aside(register)) == (3, [], NO_CHILD)


@pytest.mark.parametrize("counted", ["3|Key: see the policy|3|54%|54%|3", ".|Key: see the policy|54%|.|3|3"])
def test_a_note_in_place_of_a_forename_is_no_child_whatever_was_counted_beside_it(counted):
    """Counts and shares were filled in below every column, those of the UPN, the birthday and the surname too."""
    register = register_of(f"""
        Surname | Forename | UPN           | DOB        | Class | Reading Autumn 2025
        Alder   | Ann      | C999200120000 | 01/09/2018 | 2K    | EXS
        Birch   | Bob      | R999200120001 | 07/12/2018 | 2K    | WTS
        {counted}
    """)

    assert (register.pupils["surname"].tolist(), problems(register)) == (["Alder", "Birch"], [])


@pytest.mark.parametrize("where", ["above", "between"])
def test_sums_above_and_between_the_children(where):
    lines = school(SURNAME_AND_FORENAME, GRADES).splitlines()
    at = {"above": 1, "between": 2}[where]
    register = register_of("\n".join([*lines[:at], "Girls|.|.|.|1|2", ".", *lines[at:]]))

    assert (len(register.pupils), problems(register), aside(register)) == (3, [], NO_CHILD)


def test_a_label_in_another_column_than_the_name():
    register = register_of(school(SURNAME_AND_FORENAME, GRADES, ".|.|% EXS+|.|75%|80%", ".|.|.|.|2|3"))

    assert (len(register.pupils), problems(register)) == (3, [])


def test_a_legend_beneath_the_names_is_no_child():
    register = register_of(
        school(SURNAME_AND_FORENAME, GRADES, ".", "WTS|Working towards|.|.|.|.", "EXS|Expected|.|.|.|.")
    )

    assert (len(register.pupils), problems(register)) == (3, [])


def test_a_legend_beneath_names_and_classes_is_no_child():
    legend = "Key|.|.", "WTS|Working towards|.", "EXS|Expected standard|."
    register = register_of("\n".join(["Name|Class|Reading Autumn 2025", "Alder, Ann|5K|EXS", ".", *legend]))

    assert (len(register.pupils), problems(register)) == (1, [])


def test_results_without_any_name_or_label_are_still_an_error():
    register = register_of(school(SURNAME_AND_FORENAME, GRADES, ".|.|5K|Y|EXS|EXS"))

    assert problems(register) == ["no-pupil at school.csv, row 5"]


@pytest.mark.parametrize("marks", [GRADES, SCORES], ids=["grades", "scores"])
@pytest.mark.parametrize(
    "called", ["Key", "Total", "White", "Boy", "Young", "Head", "Mean", "Girls", "National", "French"]
)
@pytest.mark.parametrize("row", ["{}|Nell|.|.|{}", "{}|Summer|.|.|{}", "{}|.|5K|N|{}"])
def test_a_child_called_by_a_word_of_sums_is_a_child(called, row, marks):
    register = register_of(school(SURNAME_AND_FORENAME, marks, row.format(called, marks[1][0])))

    assert (len(register.pupils), aside(register)) == (4, {})


@pytest.mark.parametrize("called", SURNAMES)
def test_a_surname_alone_beside_grades_is_a_childs(called):
    register = register_of(school(SURNAME_AND_FORENAME, GRADES, f"{called}|.|.|.|EXS|EXS"))

    assert (len(register.pupils), aside(register)) == (4, {})


@pytest.mark.parametrize("called", ["Summer Green", "Mark Young", "Amber White", "Autumn Head"])
@pytest.mark.parametrize("marks", [GRADES, SCORES], ids=["grades", "scores"])
def test_a_full_name_of_two_words_of_sums_is_a_childs(called, marks):
    register = register_of(school(NAME_ALONE, marks, f"{called}|{marks[1][0]}"))

    assert (len(register.pupils), aside(register)) == (4, {})


@pytest.mark.parametrize("row", ["Dale|Dan|.|.|.|.", "Dale|.|5K|.|.|.", "White|Rose|.|.|.|."])
def test_a_child_without_results_yet_is_a_child(row):
    register = register_of(school(SURNAME_AND_FORENAME, GRADES, row))

    assert (len(register.pupils), aside(register)) == (4, {})


def test_children_whose_names_were_taken_out_are_children():
    register = register_of("""
        Name | Reading standardised score Autumn 2025
        Pupil 1 | 101
        Pupil 2 | 97
        Average | 99
    """)

    assert results(register) == [
        "Pupil 1, reading, Autumn 2025: 101",
        "Pupil 2, reading, Autumn 2025: 97",
    ]


@pytest.mark.parametrize("divider", ["Leavers", "Class 4B", "Boys", "Kestrels", "Mrs Patel", "5K (12)"])
def test_a_row_that_only_heads_those_below_is_no_child(divider):
    register = register_of(school(SURNAME_AND_FORENAME, GRADES, f"{divider}|.|.|.|.|.", "Dale|Dan|5K|N|EXS|EXS"))

    assert (len(register.pupils), problems(register), aside(register)) == (4, [], NO_CHILD)


def test_a_count_under_the_numbers_makes_no_pupil():
    register = register_of("""
        Adno   | Surname | Forename | Reading Autumn 2025
        104101 | Alder   | Ann      | EXS
        104102 | Birch   | Bob      | WTS
        2      | Total   | .        | 50%
    """)

    assert (len(register.pupils), problems(register), aside(register)) == (2, [], NO_CHILD)
