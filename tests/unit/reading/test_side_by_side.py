"""Tables that stand side by side on one sheet are read each for itself."""

from __future__ import annotations

import pytest
from school_files import problems, register_of, results

TWO = ["Alder, Ann, reading, Autumn 2025: EXS", "Birch, Bob, reading, Autumn 2025: WTS"]


def placed(register) -> dict[str, str]:
    return dict(register.placements[["pupil", "class"]].to_numpy().tolist())


def cells(register) -> list[tuple[str, int, int]]:
    return sorted(map(tuple, register.results[["text", "row", "column"]].to_numpy().tolist()))


def test_two_classes_each_under_its_title_with_an_empty_column_between():
    register = register_of("""
        Class 5A | . | . | Class 5B | .
        Name | Reading Autumn 2025 | . | Name | Reading Autumn 2025
        Alder, Ann | EXS | . | Birch, Bob | WTS
        Cole, Cat | GDS | . | . | .
    """)

    assert placed(register) == {"Alder, Ann (5A)": "5A", "Birch, Bob (5B)": "5B", "Cole, Cat (5A)": "5A"}
    assert cells(register) == [("EXS", 3, 2), ("GDS", 4, 2), ("WTS", 3, 5)]
    assert problems(register) == []
    assert register.ledger.rows_read == register.ledger.rows_used == 3


@pytest.mark.parametrize(
    "headings",
    [
        "Name | Reading Autumn 2025 | Name | Reading Autumn 2025",
        "Pupil | Reading Autumn 2025 | Name | Reading Autumn 2025",
    ],
)
def test_without_an_empty_column(headings):
    register = register_of(f"{headings}\nAlder, Ann | EXS | Birch, Bob | WTS")

    assert (results(register), problems(register)) == (TWO, [])


def test_headings_that_begin_before_the_name():
    register = register_of("""
        Class | Name | Reading Autumn 2025 | Class | Name | Reading Autumn 2025
        5A | Alder, Ann | EXS | 5B | Birch, Bob | WTS
    """)

    assert placed(register) == {"Alder, Ann (5A)": "5A", "Birch, Bob (5B)": "5B"}


def test_a_class_beside_the_second_name_only_where_it_stood_elsewhere_in_the_first():
    register = register_of("""
        Name | Class | Reading Autumn 2025 | Class | Name | Reading Autumn 2025
        Alder, Ann | 5A | EXS | 5B | Birch, Bob | WTS
    """)

    assert placed(register) == {"Alder, Ann (5A)": "5A", "Birch, Bob (5B)": "5B"}


def test_three_tables_of_different_length_and_one_title_for_all():
    register = register_of("""
        Year 5 reading 2025-26 | . | . | . | . | . | . | .
        Class 5A | . | . | Class 5B | . | . | Class 5C | .
        Name | Autumn | . | Name | Autumn | . | Name | Autumn
        Alder, Ann | EXS | . | Birch, Bob | WTS | . | Cole, Cat | GDS
        . | . | . | . | . | . | Dale, Dan | EXS
    """)

    assert results(register) == [
        "Alder, Ann (5A), reading, Autumn 2025: EXS",
        "Birch, Bob (5B), reading, Autumn 2025: WTS",
        "Cole, Cat (5C), reading, Autumn 2025: GDS",
        "Dale, Dan (5C), reading, Autumn 2025: EXS",
    ]


def test_one_class_in_two_subjects_with_other_headings():
    register = register_of("""
        Name | Reading Autumn 2025 | . | Surname | Forename | Maths Autumn 2025
        Alder, Ann | EXS | . | Birch | Bob | GDS
        Birch, Bob | WTS | . | Alder | Ann | EXS
    """)

    assert results(register) == [
        "Alder, Ann, maths, Autumn 2025: EXS",
        "Alder, Ann, reading, Autumn 2025: EXS",
        "Birch, Bob, maths, Autumn 2025: GDS",
        "Birch, Bob, reading, Autumn 2025: WTS",
    ]


def test_headings_of_two_tables_in_different_rows():
    register = register_of("""
        Name | Reading Autumn 2025 | . | Class 5B | .
        Alder, Ann | EXS | . | Name | Reading Autumn 2025
        Cole, Cat | GDS | . | Birch, Bob | WTS
    """)

    assert len(register.pupils) == 3
    assert placed(register)["Birch, Bob (5B)"] == "5B"


def test_four_tables_two_and_two():
    register = register_of("""
        Class 5A | . | . | Class 5B | .
        Name | Reading Autumn 2025 | . | Name | Reading Autumn 2025
        Alder, Ann | EXS | . | Birch, Bob | WTS
        .
        Class 5C | . | . | Class 5D | .
        Name | Reading Autumn 2025 | . | Name | Reading Autumn 2025
        Cole, Cat | EXS | . | Dale, Dan | WTS
    """)

    assert sorted(placed(register).values()) == ["5A", "5B", "5C", "5D"]


def test_sums_beneath_each_are_no_children():
    register = register_of("""
        Name | Reading Autumn 2025 | . | Name | Reading Autumn 2025
        Alder, Ann | EXS | . | Birch, Bob | WTS
        % EXS+ | 100% | . | % EXS+ | 0%
    """)

    assert (results(register), problems(register)) == (TWO, [])


ONE_TABLE = {
    "a number beyond an empty column": """
        Name | Reading Autumn 2025 | . | Adno
        Alder, Ann | EXS | . | A1
        Birch, Bob | WTS | . | A2
    """,
    "an empty column after the names": """
        Name | . | Reading Autumn 2025
        Alder, Ann | . | EXS
        Birch, Bob | . | WTS
    """,
    "a legend headed as results are": """
        Name | Reading Autumn 2025 | . | Grade | Meaning
        Alder, Ann | EXS | . | EXS | Expected
        Birch, Bob | WTS | . | WTS | Below
    """,
    "a legend longer than the list": """
        Name | Reading Autumn 2025 | . | Key | .
        Alder, Ann | EXS | . | EXS | Expected
        Birch, Bob | WTS | . | WTS | Below
        . | . | . | GDS | Greater depth
    """,
}


@pytest.mark.parametrize("table", ONE_TABLE.values(), ids=ONE_TABLE)
def test_one_table_with_an_empty_column_or_a_legend_beside_it_stays_one(table):
    register = register_of(table)

    assert len(register.pupils) == len(results(register)) == 2
    assert problems(register) == []


def test_what_is_not_understood_beside_a_table_is_named_and_the_table_read():
    register = register_of("""
        Name | Reading Autumn 2025 | . | Name | Remarks
        Alder, Ann | EXS | . | Alder, Ann | reads at home
        Birch, Bob | WTS | . | Birch, Bob | needs glasses
    """)

    assert results(register) == TWO
    assert problems(register) == ["tables-side-by-side at school.csv, column D"]


def test_tables_that_cannot_be_told_apart_are_refused_by_name():
    register = register_of(
        {
            "a.csv": "Name | Reading Autumn 2025\nAlder, Ann | EXS",
            "b.csv": "Name | Name | Reading Autumn 2025 | Reading Autumn 2025\nCole, Cat | Dale, Dan | EXS | WTS",
        }
    )

    assert problems(register) == ["tables-side-by-side at b.csv"]
    assert register.ledger.rows_read == 3


def test_a_row_to_the_right_is_known_by_its_first_cell():
    register = register_of("""
        Name | Reading Autumn 2025 | . | Name | Reading Autumn 2025
        Alder, Ann | EXS | . | % EXS | 0%
    """)

    assert [place.label for entry in register.ledger.set_aside for place in entry.places] == ["school.csv, cell D2"]
