"""Layouts that the round trip of tests/generative found hard, each as small as it can be made."""

from __future__ import annotations

import pytest
from school_files import aside, problems, register_of, results

from siptrack.school.register import Register

READING_OF_TWO = ["Alder, Ann, reading, Autumn 2025: EXS", "Birch, Bob, reading, Autumn 2025: WTS"]


def pupils(register: Register) -> list[str]:
    return register.pupils["pupil"].tolist()


def placed(register: Register) -> list[list[object]]:
    return register.placements[["pupil", "academic_year", "year_group", "class"]].to_numpy().tolist()


# --- several tables on a sheet ----------------------------------------------------------------------------------------


def test_blocks_under_titles_and_headings_of_their_own():
    register = register_of("""
        Class 5K
        Surname | Forename | Reading Autumn 2025
        Alder | Ann | EXS
        Total | 1 | .
        .
        Class 5S
        Surname | Forename | Reading Autumn 2025
        Birch | Bob | WTS
    """)

    assert placed(register) == [["Alder, Ann (5K)", 2025, 5, "5K"], ["Birch, Bob (5S)", 2025, 5, "5S"]]
    assert aside(register) == {"rows: total, average or note": 1}


def test_a_second_table_with_more_columns_does_not_swallow_the_first():
    register = register_of("""
        Surname | Forename | Reading Autumn 2025
        Alder | Ann | EXS
        .
        Surname | Forename | Class | Reading Autumn 2025
        Birch | Bob | 5S | WTS
    """)

    assert pupils(register) == ["Alder, Ann", "Birch, Bob (5S)"]
    assert register.ledger.rows_read == 2


def test_a_title_between_blocks_of_two_columns_is_no_pupil_and_names_the_class_below():
    register = register_of("""
        Class 5K
        Adno | Reading Autumn 2025
        A1 | EXS
        .
        Class 5S
        Adno | Reading Autumn 2025
        A2 | WTS
    """)

    assert placed(register) == [["A1", 2025, 5, "5K"], ["A2", 2025, 5, "5S"]]


@pytest.mark.parametrize("heading", ["{}", "Class {}", "Class: {} (Miss Patel)"])
def test_a_row_that_only_names_a_class_is_no_pupil_and_names_that_of_those_below(heading):
    register = register_of(f"""
        Surname | Forename | Reading Autumn 2025
        {heading.format("5K")} | . | .
        Alder | Ann | EXS
        Average | . | 50%
        Cole | Cat | GDS
        {heading.format("5S")} | . | .
        Birch | Bob | WTS
    """)

    assert placed(register) == [
        ["Alder, Ann (5K)", 2025, 5, "5K"],
        ["Birch, Bob (5S)", 2025, 5, "5S"],
        ["Cole, Cat (5K)", 2025, 5, "5K"],
    ]


def test_a_note_below_the_table_is_no_pupil():
    register = register_of("""
        Surname | Forename | Reading Autumn 2025
        Alder | Ann | EXS
        .
        Printed by the office on 3 May | . | .
    """)

    assert pupils(register) == ["Alder, Ann"]
    assert aside(register) == {"rows: total, average or note": 1}


# --- headings of several rows -----------------------------------------------------------------------------------------


def test_headings_two_rows_high_stand_in_the_upper_row():
    register = register_of("""
        Surname | Forename | Reading | .
        .       | .        | Autumn 2025 | Spring 2026
        Alder | Ann | EXS | GDS
    """)

    assert results(register) == ["Alder, Ann, reading, Autumn 2025: EXS", "Alder, Ann, reading, Spring 2026: GDS"]


def test_subjects_over_one_term_each():
    register = register_of("""
        Surname | Forename | Reading | Writing
        .       | .        | Autumn 2025 | Autumn 2025
        Alder | Ann | EXS | GDS
    """)

    assert results(register) == ["Alder, Ann, reading, Autumn 2025: EXS", "Alder, Ann, writing, Autumn 2025: GDS"]


def test_an_empty_column_beside_a_heading_two_rows_high_holds_nothing():
    register = register_of("""
        Surname | Forename | Reading | .           | DOB        | .
        .       | .        | Autumn 2025 | Spring 2026 | .      | .
        Alder   | Ann      | EXS     | GDS         | 01/09/2015 | .
    """)

    assert register.pupils["date_of_birth"].tolist() == ["2015-09-01"]
    assert problems(register) == []


def test_a_year_to_the_right_of_the_results_is_the_year_group():
    register = register_of("""
        Surname | Forename | Reading     | .           | .
        .       | .        | Autumn 2025 | Spring 2026 | Year
        Alder   | Ann      | EXS         | GDS         | 5
    """)

    assert placed(register) == [["Alder, Ann", 2025, 5, ""]]
    assert problems(register) == []


SUBJECT_UNDER_YEAR_UNDER_TERM = ["Alder, Ann, maths, Autumn 2025: WTS", "Alder, Ann, reading, Spring 2026: GDS"]
THREE_ROWS = {
    "texts repeated": """
        Pupil   | Pupil    | 2025-26 | 2025-26
        .       | .        | Autumn  | Spring
        Surname | Forename | Maths   | Reading
        Alder   | Ann      | WTS     | GDS
    """,
    "texts once": """
        Pupil details | . | 2025-26 | .
        .       | .        | Autumn  | Spring
        Surname | Forename | Maths   | Reading
        Alder   | Ann      | WTS     | GDS
    """,
    "names in the first row": """
        Surname | Forename | 2025-26 | .
        .       | .        | Maths   | Reading
        .       | .        | Autumn  | Spring
        Alder   | Ann      | WTS     | GDS
    """,
    "names in the second row": """
        .       | .        | 2025-26 | .
        Surname | Forename | Maths   | Reading
        .       | .        | Autumn  | Spring
        Alder   | Ann      | WTS     | GDS
    """,
}


@pytest.mark.parametrize("table", THREE_ROWS.values(), ids=THREE_ROWS)
def test_headings_over_three_rows(table):
    register = register_of(table)

    assert results(register) == SUBJECT_UNDER_YEAR_UNDER_TERM
    assert (problems(register), register.ledger.rows_read) == ([], 1)


def test_headings_of_two_rows_repeated_for_each_class():
    register = register_of("""
        Class 5K
        Surname | Forename | Reading | .
        .       | .        | Autumn 2025 | Spring 2026
        Alder   | Ann      | EXS | GDS
        .
        Class 5S
        Surname | Forename | Reading | .
        .       | .        | Autumn 2025 | Spring 2026
        Birch   | Bob      | WTS | EXS
    """)

    assert results(register)[2:] == [
        "Birch, Bob (5S), reading, Autumn 2025: WTS",
        "Birch, Bob (5S), reading, Spring 2026: EXS",
    ]
    assert problems(register) == []


def test_scores_beneath_headings_that_name_no_year_are_no_years():
    register = register_of("""
        Surname | Forename | Reading standardised score Autumn
        Alder   | Ann      | 95
        Birch   | Bob      | 96
    """)

    assert len(register.pupils) == 2


# --- rows -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "surname",
    ["Totalis", "Keynes", "Notely", "Key", "Mean", "Note"],
)  # fmt: skip
def test_a_child_whose_surname_is_a_word_of_the_totals_is_still_a_child(surname):
    register = register_of(f"""
        UPN | Surname | Forename | Reading Autumn 2025
        V999200120003 | {surname} | Ann | EXS
    """)

    assert pupils(register) == ["V999200120003"]


def test_a_child_without_a_result_this_year_is_in_this_years_year_group():
    register = register_of("""
        Adno | Year group | Reading Summer 2025 | Reading Autumn 2025
        A1   | 5          | EXS                 | EXS
        A2   | 5          | EXS                 | .
    """)

    years = {pupil: year - year_group for pupil, year, year_group, _ in placed(register)}
    assert years["A2"] == years["A1"]


def test_a_retest_in_the_same_term_counts_by_its_date():
    register = register_of("""
        Adno | Subject | Date       | Result
        A1   | Reading | 03/10/2025 | WTS
        A1   | Reading | 01/12/2025 | EXS
    """)

    assert results(register) == ["A1, reading, Autumn 2025: EXS"]


def test_a_file_for_each_class_names_the_class():
    assert placed(register_of({"5K.csv": "Adno | Reading Autumn 2025\nA1 | EXS"})) == [["A1", 2025, 5, "5K"]]
