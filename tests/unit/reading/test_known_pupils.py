"""Whom a row of a further sheet speaks of, of actions or of provision: one known child, none or several."""

from __future__ import annotations

import pytest
from school_files import register_of

RESULTS = """
    UPN           | Adno | Name        | DOB        | Class | Reading Autumn 2024 | Reading Autumn 2025
    H801200001001 | 0012 | Alder, Ann  | 01/02/2016 | 4K    | EXS                 | WTS
    .             | .    | Beech, Bob  | .          | 4K    | EXS                 | EXS
    .             | .    | Cedar, Cleo | .          | 4K    | EXS                 | EXS
    .             | .    | Cedar, Cleo | .          | 2M    | WTS                 | EXS
"""
ANN, CLEO = "H801200001001", "Cedar, Cleo (4K)"


@pytest.fixture(name="whose", params=["actions", "provision"])
def _whose(request):
    """The pupil of the one row that a sheet of either kind holds, empty where it is left out."""

    def find(headings: str, row: str, when: str = "05/11/2025") -> str:
        if request.param == "actions":
            sheet = f"{headings} | Meeting | Action\n{row} | {when} | Read daily"
        else:
            sheet = f"{headings} | Intervention | Start | End\n{row} | Boost | {when} | ."
        register = register_of({"results.csv": RESULTS, "sheet.csv": sheet})
        rows = register.actions if request.param == "actions" else register.provision
        return "".join(rows["pupil"])

    return find


def test_a_birthday_of_another_day_is_another_child(whose):
    assert whose("Name | DOB", "Alder, Ann | 01/02/2016") == ANN
    assert whose("Name | DOB", "Alder, Ann | 02/02/2016") == ""
    assert whose("UPN | Name | DOB", f"{ANN} | Alder, Ann | 02/02/2016") == ANN


@pytest.mark.parametrize(
    ("school_class", "found"),
    [("4K", CLEO), ("2M", "Cedar, Cleo (2M)"), ("4X", CLEO), (".", ""), ("5P", "")],
    ids=["a class", "another", "a class unknown of a known year group", "no class", "a year group of neither"],
)
def test_of_two_of_one_name_the_class_or_its_year_group_says_which(whose, school_class, found):
    assert whose("Name | Class", f"Cedar, Cleo | {school_class}") == found


def test_a_class_of_other_children_is_another_child_and_a_class_unknown_to_the_files_says_nothing(whose):
    assert whose("Name | Class", "Beech, Bob | 2M") == ""
    assert whose("Name | Class", "Beech, Bob | Kestrel") == "Beech, Bob (4K)"


def test_a_class_may_be_that_of_the_year_which_the_row_is_about(whose):
    assert whose("Name | Class", "Beech, Bob | 3K", "05/11/2024") == "Beech, Bob (4K)"
    assert whose("Name | Class", "Beech, Bob | 3K", "05/11/2025") == ""


def test_a_number_of_the_school_s_beside_quite_another_name_is_of_another_school(whose):
    assert whose("Adno | Name", "0012 | Aldar, Ann") == ANN
    assert whose("Adno | Name", "0012 | Zelkova, Quentin") == ""
    assert whose("UPN | Name", f"{ANN} | Zelkova, Quentin") == ANN
