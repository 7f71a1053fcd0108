"""A row for each pupil and term, with the subjects beside each other: several rows are one child."""

from __future__ import annotations

import pytest
from school_files import problems, register_of, results

ANN_AND_BOB = [
    "Alder, Ann, reading, Autumn 2025: EXS",
    "Alder, Ann, reading, Spring 2026: GDS",
    "Birch, Bob, reading, Autumn 2025: WTS",
    "Birch, Bob, reading, Spring 2026: EXS",
]


@pytest.mark.parametrize(
    ("heading", "autumn", "spring"),
    [
        ("Term", "Autumn 2025", "Spring 2026"),
        ("Date", "03/10/2025", "03/03/2026"),
        ("Academic year | Term", "2025-26 | Autumn", "2025-26 | Spring"),
        ("Assessment point", "Aut 2025", "Spr 2026"),
    ],
)
def test_several_rows_of_a_pupil_are_one_child(heading, autumn, spring):
    register = register_of(f"""
        Name | {heading} | Reading
        Alder, Ann | {autumn} | EXS
        Alder, Ann | {spring} | GDS
        Birch, Bob | {autumn} | WTS
        Birch, Bob | {spring} | EXS
    """)

    assert (results(register), problems(register)) == (ANN_AND_BOB, [])


def test_one_child_with_a_row_of_a_newer_term_is_one_child():
    register = register_of("""
        Name | Class | Term | Reading
        Alder, Ann | 5K | Autumn 2025 | EXS
        Birch, Bob | 5K | Autumn 2025 | WTS
        Cole, Cat | 5K | Autumn 2025 | WTS
        Alder, Ann | 5K | Spring 2026 | GDS
    """)

    assert (len(register.pupils), problems(register)) == (3, [])


def test_an_academic_year_alone_is_its_summer_and_a_year_group_of_its_own():
    register = register_of("""
        Name | Academic year | Class | Reading
        Alder, Ann | 2024-25 | 4K | EXS
        Alder, Ann | 2025-26 | 5K | GDS
    """)

    assert results(register) == [
        "Alder, Ann (5K), reading, Summer 2025: EXS",
        "Alder, Ann (5K), reading, Summer 2026: GDS",
    ]
    assert register.placements["class"].tolist() == ["4K", "5K"]
    assert problems(register) == ["year-only at school.csv, cell B1"]


def test_a_subject_in_the_title_over_terms_and_results():
    register = register_of("""
        Reading 2025-26
        Name | Term | Result
        Alder, Ann | Autumn | EXS
        Alder, Ann | Spring | GDS
    """)

    assert (results(register), problems(register)) == (ANN_AND_BOB[:2], [])


@pytest.mark.parametrize("terms", [("Autumn 2025",), ("Autumn 2025", "Spring 2026")])
def test_two_rows_of_one_name_in_one_term_are_two_children_and_neither_is_guessed(terms):
    twice = "\n".join(f"Smith, Jack | 5K | {term} | {grade}" for term in terms for grade in ("EXS", "WTS"))
    register = register_of(f"Name | Class | Term | Reading\n{twice}\nBirch, Bob | 5K | Autumn 2025 | EXS")

    assert results(register) == ["Birch, Bob (5K), reading, Autumn 2025: EXS"]
    assert {problem.code for problem in register.problems} == {"ambiguous-pupil"}
