"""Numbers are evidence within one kind, and as far as no sheet gives them to two children."""

from __future__ import annotations

import pytest
from school_files import problems, register_of, results

from siptrack.reading.identity.numbers import number_key, upn_kind

FIVE = ("Alder, Ann", "Beech, Bob", "Cedar, Cat", "Date, Dee", "Elder, Eve")


def table(headings: str, *rows: str) -> str:
    return "\n".join([headings, *rows])


@pytest.mark.parametrize(
    ("written", "key"),
    [("0012", "12"), ("12.0", "12"), (" 12 ", "12"), ("1,234", "1234"), ("A-0012", "a0012"), ("000", "000")],
)
def test_a_number_is_the_same_whatever_a_spreadsheet_made_of_it(written, key):
    assert number_key(written) == key


def test_a_temporary_upn_is_of_another_kind_than_a_permanent_one():
    assert upn_kind("A999200120003") == "upn"
    assert upn_kind("t20110001804v") == "temporary upn"
    assert upn_kind("1234") == ""


def test_a_temporary_upn_does_not_speak_against_the_permanent_one():
    register = register_of(
        {
            "Autumn 2025.csv": "UPN | Name | DOB | Reading\nT20110001804V | Ash, Ann | 01/02/2016 | EXS",
            "Spring 2026.csv": "UPN | Name | DOB | Reading\nV999200120003 | Ash, Ann | 01/02/2016 | WTS",
        }
    )

    assert len(register.pupils) == 1


def test_equal_short_numbers_of_two_kinds_join_nobody_and_names_do():
    register = register_of(
        {
            "list.csv": table(
                "Pupil ID | Name | Year | FSM", *(f"{at} | {name} | 5 | Y" for at, name in enumerate(FIVE, 1))
            ),
            "Autumn 2025.csv": table(
                "Adno | Name | Year | Reading", *(f"{6 - at} | {name} | 5 | EXS" for at, name in enumerate(FIVE, 1))
            ),
        }
    )

    assert register.pupils["surname"].tolist() == [name.partition(",")[0] for name in FIVE]
    assert problems(register) == []


def test_columns_under_one_heading_are_of_two_kinds_where_the_names_say_so():
    register = register_of(
        {
            "list.csv": table("ID | Name | Year | FSM", *(f"{at} | {name} | 5 | Y" for at, name in enumerate(FIVE, 1))),
            "Autumn 2025.csv": table(
                "ID | Name | Year | Reading", *(f"{6 - at} | {name} | 5 | EXS" for at, name in enumerate(FIVE, 1))
            ),
        }
    )

    assert len(register.pupils) == len(FIVE)
    assert problems(register) == []


def test_numbers_without_names_join_under_headings_of_one_kind_alone():
    listed = table("Adno | Name | Year", *(f"00{at} | {name} | 5" for at, name in enumerate(FIVE, 10)))
    marks = [f"{at}.0 | 5 | EXS" for at in range(10, 15)]

    assert (
        len(register_of({"list.csv": listed, "Autumn 2025.csv": table("Adm No | Year | Reading", *marks)}).pupils) == 5
    )
    apart = register_of({"list.csv": listed, "Autumn 2025.csv": table("Student ID | Year | Reading", *marks)})
    assert len(apart.pupils) == 10
    assert "files-apart at Autumn 2025.csv" in problems(apart)


def test_two_spellings_of_a_number_in_one_sheet_are_two_children():
    register = register_of(
        {
            "list.csv": "Adno | Name\n0012 | Ash, Ann\n12 | Beech, Bob",
            "Autumn 2025.csv": "Adno | Reading\n0012 | EXS\n12 | WTS",
        }
    )

    assert results(register) == ["0012, reading, Autumn 2025: EXS", "12, reading, Autumn 2025: WTS"]


DOUBLED = """
    UPN           | Name       | Class | Reading Autumn 2025 | Reading Spring 2026
    V999200120003 | Ash, Ann   | 5K    | EXS                 | EXS
    V999200120003 | Beech, Bob | 5K    | GDS                 | WTS
"""


def test_a_upn_on_two_names_in_one_sheet_names_both_cells_joins_nobody_and_loses_nothing():
    register = register_of(DOUBLED)

    assert results(register) == [
        "Ash, Ann (5K), reading, Autumn 2025: EXS",
        "Ash, Ann (5K), reading, Spring 2026: EXS",
        "Beech, Bob (5K), reading, Autumn 2025: GDS",
        "Beech, Bob (5K), reading, Spring 2026: WTS",
    ]
    assert problems(register) == ["number-of-two-children at school.csv, cell A2"]
    assert register.problems[0].found == "the same UPN as another child's in A3"


def test_a_upn_filled_down_is_one_error():
    rows = "".join(f"\nV999200120003 | {name} | 5K | EXS" for name in FIVE)
    register = register_of(f"UPN | Name | Class | Reading Autumn 2025{rows}")

    assert len(register.pupils) == len(FIVE)
    assert [problem.found for problem in register.problems] == ["the same UPN as another child's in A3, A4, A5, A6"]


def test_a_row_without_a_name_under_a_upn_of_two_children_is_left_out():
    register = register_of(
        {
            "list.csv": "UPN | Name | Class\nV999200120003 | Ash, Ann | 5K",
            "other.csv": "UPN | Name | Class\nV999200120003 | Beech, Bob | 5K",
            "Autumn 2025.csv": "UPN | Reading\nV999200120003 | EXS",
        }
    )

    assert results(register) == []
    assert problems(register) == [
        "ambiguous-pupil at Autumn 2025.csv, row 2",
        "number-of-two-children at list.csv, cell A2",
    ]


def test_a_sibling_s_upn_typed_in_one_file_joins_no_sibling():
    register = register_of(
        {
            "list.csv": "UPN | Name | Year\nV999200120003 | Ash, Ann | 5\nQ999200120010 | Ash, Bob | 5",
            "Autumn 2025.csv": "UPN | Name | Year | Reading\nV999200120003 | Ash, Bob | 5 | EXS",
        }
    )

    assert results(register) == ["Q999200120010, reading, Autumn 2025: EXS"]
    assert problems(register) == ["number-of-two-children at list.csv, cell A2"]
    assert register.problems[0].found == "the same UPN as that of a child of another name in Autumn 2025.csv, cell A2"


def test_a_column_of_upns_sorted_by_itself_is_told_by_the_names():
    upns = ("V999200120003", "Q999200120010", "K999200120017", "D999200120024", "W999200120031")
    listed = [f"{upn} | {name} | 5 | Y" for upn, name in zip(upns, FIVE, strict=True)]
    marks = [f"{upn} | {name} | 5 | EXS" for upn, name in zip(upns, FIVE[1:] + FIVE[:1], strict=True)]
    register = register_of(
        {
            "list.csv": table("UPN | Name | Year | FSM", *listed),
            "Autumn 2025.csv": table("UPN | Name | Year | Reading", *marks),
        }
    )

    assert len(register.pupils) == len(FIVE)
    assert {one.code for one in register.problems} - {"upn-check-letter"} == {"number-of-two-children"}


def test_one_name_changed_under_one_number_is_the_same_child():
    register = register_of(
        {
            "Autumn 2025.csv": "Adno | Name | Reading\nA1 | Ash, Ann | WTS",
            "Spring 2026.csv": "Adno | Name | Reading\nA1 | Beech, Ann | EXS",
        }
    )

    assert len(register.pupils) == 1
    assert problems(register) == ["two-identities at Autumn 2025.csv, row 2"]


def test_a_number_of_two_children_in_a_long_table_is_told_by_their_results():
    rows = """
        UPN           | Name     | Subject | Term        | Result
        V999200120003 | Ash, Jon | Reading | Autumn 2025 | EXS
        V999200120003 | {second} | {subject} | Autumn 2025 | WTS
    """

    assert len(register_of(rows.format(second="Ash, John", subject="Writing")).pupils) == 1
    assert len(register_of(rows.format(second="Ash, John", subject="Reading")).pupils) == 2
    assert len(register_of(rows.format(second="Beech, Bob", subject="Writing")).pupils) == 2


def test_several_numbers_of_a_child_stand_side_by_side():
    register = register_of(
        {
            "list.csv": "UPN | Adno | Person ID | Name\nV999200120003 | 7 | 70011 | Ash, Ann",
            "Autumn 2025.csv": "Adno | Reading\n7 | EXS",
            "Spring 2026.csv": "Person ID | Reading\n70011 | WTS",
        }
    )

    assert results(register) == ["V999200120003, reading, Autumn 2025: EXS", "V999200120003, reading, Spring 2026: WTS"]


def test_a_upn_with_a_letter_for_a_nought_or_hyphens_is_the_same_upn():
    register = register_of(
        {
            "list.csv": "UPN | Name\nV999200120003 | Ash, Ann",
            "Autumn 2025.csv": "UPN | Reading\nv999-2OO12-0003 | EXS",
        }
    )

    assert results(register) == ["V999200120003, reading, Autumn 2025: EXS"]


def test_a_child_listed_twice_in_one_sheet_once_without_the_number_is_one_child():
    rows = "UPN | Name | Class | Reading Autumn 2025\nV999200120003 | Ash, Ann | 5K | EXS\n. | Ash, Ann | 5K | {}"

    assert len(register_of(rows.format("EXS")).pupils) == 1
    assert len(register_of(rows.format("WTS")).pupils) == 2


# --- numbers without names --------------------------------------------------------------------------------------------


def test_a_number_that_begins_again_in_another_class_of_a_sheet_is_another_child_s_and_an_error():
    rows = "1 | 4A | EXS\n2 | 4A | EXS\n1 | 4B | WTS\n2 | 4B | WTS"
    register = register_of(f"ID | Class | Reading Autumn 2025\n{rows}")

    assert register.pupils["pupil"].tolist() == ["1 (4A)", "1 (4B)", "2 (4A)", "2 (4B)"]
    assert problems(register) == [
        "number-of-two-children at school.csv, cell A2",
        "number-of-two-children at school.csv, cell A3",
    ]
    assert register.ledger.results_used == 4


def test_numbers_of_two_year_groups_files_are_of_two_kinds():
    marks = {year: [f"{at} | {year} | EXS" for at in range(1, 6)] for year in (3, 4)}
    files = {f"Year {year}.csv": table("ID | Year | Reading Autumn 2025", *marks[year]) for year in marks}

    assert len(register_of(files).pupils) == 10


def test_numbers_whose_classes_contradict_each_other_join_nobody():
    classes = ("4A", "4B")
    listed = [f"{at} | {name} | 4 | {classes[at % 2]}" for at, name in enumerate(FIVE, 1)]
    marks = [f"{at} | 4 | {classes[(at + 1) % 2]} | EXS" for at in range(1, 6)]
    register = register_of(
        {
            "list.csv": table("ID | Name | Year | Class", *listed),
            "Autumn 2025.csv": table("ID | Year | Class | Reading", *marks),
        }
    )

    assert len(register.pupils) == 10
    assert [one.code for one in register.alarms] == ["files-apart"]


def test_a_number_filled_down_beside_no_names_is_an_error():
    rows = "".join("\nV999200120003 | EXS" for _ in range(4))

    assert "number-of-two-children at school.csv, cell A2" in problems(register_of(f"UPN | Reading Autumn 2025{rows}"))


def test_many_results_that_contradict_each_other_are_said_first():
    files = {
        f"{name} Autumn 2025.csv": table("Adno | Reading", *(f"{at} | {grade}" for at in range(1, 7)))
        for name, grade in (("Oak", "EXS"), ("Elm", "WTS"))
    }
    register = register_of(files)

    assert [one.code for one in register.alarms] == ["rows-of-several"]
    assert register.alarms[0].found.startswith("12 of 12 results, contradicted")
