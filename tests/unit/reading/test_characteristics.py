"""What a sheet says of pupils' characteristics, where columns and characteristics are not one to one."""

from __future__ import annotations

import pytest
from school_files import register_of


def said(table: str, *characteristics: str) -> dict[str, list[str]]:
    """For each pupil by surname what is known of these characteristics."""
    pupils = register_of(table).pupils.set_index("surname")
    return {str(name): list(row) for name, row in zip(pupils.index, pupils[list(characteristics)].values, strict=True)}


def problems(table: str) -> list[str]:
    return [one.code for one in register_of(table).problems]


def test_one_column_of_first_languages_tells_the_language_and_eal():
    table = """
        Surname | Forename | Year | First language               | Reading Summer 2009
        Ames    | Ann      | 5    | ENG                          | 3a
        Bond    | Bob      | 5    | Polish                       | 3a
        Cole    | Cai      | 5    | POL                          | 3a
        Dean    | Dee      | 5    | Yoruba                       | 3a
        Ekin    | Eve      | 5    | Believed to be English       | 3a
        Ford    | Flo      | 5    | OTH                          | 3a
        Gray    | Gus      | 5    | NOT                          | 3a
        Hill    | Hal      | 5    | .                            | 3a
    """
    assert said(table, "language", "eal") == {
        "Ames": ["English", "not_eal"],
        "Bond": ["Polish", "eal"],
        "Cole": ["Polish", "eal"],
        "Dean": ["Yoruba", "eal"],
        "Ekin": ["English", "not_eal"],
        "Ford": ["other_language", "eal"],
        "Gray": ["not_recorded", "not_recorded"],
        "Hill": ["not_recorded", "not_recorded"],
    }
    assert "unknown-value" not in problems(table)


def test_a_column_of_eal_comes_before_the_language_and_the_language_fills_its_blanks():
    table = """
        Surname | Forename | Year | EAL | First language | Reading Summer 2009
        Ames    | Ann      | 5    | N   | Polish         | 3a
        Bond    | Bob      | 5    | .   | Polish         | 3a
        Cole    | Cai      | 5    | Y   | .              | 3a
        Dean    | Dee      | 5    | Y   | English        | 3a
    """
    assert said(table, "language", "eal") == {
        "Ames": ["Polish", "not_eal"],
        "Bond": ["Polish", "eal"],
        "Cole": ["not_recorded", "eal"],
        "Dean": ["English", "eal"],
    }


def test_a_column_of_eal_alone_tells_no_language():
    table = """
        Surname | Forename | Year | EAL | Reading Summer 2009
        Ames    | Ann      | 5    | N   | 3a
        Bond    | Bob      | 5    | POL | 3a
    """
    assert said(table, "eal") == {"Ames": ["not_eal"], "Bond": ["eal"]}
    assert "language" not in register_of(table).pupils


def test_what_is_no_language_is_reported_and_not_eal():
    table = """
        Surname | Forename | Year | First language | Reading Summer 2009
        Ames    | Ann      | 5    | 12?            | 3a
        Bond    | Bob      | 5    | Polish         | 3a
    """
    assert said(table, "language", "eal")["Ames"] == ["not_recorded", "not_recorded"]
    assert problems(table).count("unknown-value") == 1


@pytest.mark.parametrize(
    ("latest", "before", "mobility"),
    [("1", "0", "mobile"), ("0", "1", "mobile"), ("0", "0", "not_mobile"), ("0", ".", "not_mobile"),
     (".", ".", "not_recorded")],
)  # fmt: skip
def test_a_child_is_mobile_who_is_so_in_any_of_two_columns(latest, before, mobility):
    table = f"""
        Surname | Forename | Year | MOB1     | MOB2     | Reading Summer 2009
        Ames    | Ann      | 5    | {latest} | {before} | 3a
        Bond    | Bob      | 5    | 1        | 0        | 3a
    """
    assert said(table, "mobility") == {"Ames": [mobility], "Bond": ["mobile"]}
    assert "heading-clash" not in problems(table)


def test_the_subject_english_is_no_tick_for_children_whose_language_it_is():
    table = """
        Surname | Forename | Year | English Summer 2009 | English
        Ames    | Ann      | 5    | 3a                  | 3b
    """
    assert "eal" not in register_of(table).pupils
    assert "language" not in register_of(table).pupils
