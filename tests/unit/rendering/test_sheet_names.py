"""Names of sheets that Excel takes, whatever a class is called."""

from __future__ import annotations

import pytest

from siptrack.rendering.workbook.names import each_once, sheet_names


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Meeting 5/6P", "Meeting 5 6P"),
        ("Meeting [x]:*?\\", "Meeting x"),
        ("'Elm'", "Elm"),
        ("History", "History (2)"),
        ("HISTORY", "HISTORY (2)"),
        ("", "Sheet"),
        ("///", "Sheet"),
        ("a\x1bb", "a x1bb"),
        ("x" * 40, "x" * 31),
        ("\U0001f333" * 20, "\U0001f333" * 15),
        ("y" * 30 + "'z", "y" * 30),
    ],
)
def test_what_excel_refuses_is_left_out(wanted, name):
    assert sheet_names([wanted]) == [name]


def test_no_two_names_are_alike_whatever_the_case_of_their_letters_and_none_is_too_long():
    names = sheet_names(["Meeting oak", "Meeting OAK", "z" * 40, "z" * 50, "Meeting Oak (2)"])

    assert names == ["Meeting oak", "Meeting OAK (2)", "z" * 31, "z" * 27 + " (2)", "Meeting Oak (2) (2)"]


def test_two_headings_of_one_name_are_told_apart():
    assert each_once(["Class", "class", "Year"]) == ["Class", "class (2)", "Year"]
