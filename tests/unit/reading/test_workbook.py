"""Excel workbooks: every cell as the text that a person sees, and nothing that a stranger's file can do to us."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from school_files import sheets_of


def workbook(*rows: tuple[object, ...], sheet: str = "5K") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def texts(*cells: object) -> tuple[str, ...]:
    return sheets_of(workbook(cells))[0].rows[0]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3, "3"),
        (3.0, "3"),
        (3.5, "3.5"),
        (0.1, "0.1"),
        (98.60000000000001, "98.60000000000001"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("0012", "0012"),
        ("N/A", "N/A"),
        ("NO", "NO"),
        ("1-2", "1-2"),
        (" 2b ", "2b"),
        ("None", "None"),
        (dt.datetime(2015, 9, 3), "2015-09-03"),  # noqa: DTZ001  # a spreadsheet's dates have no time zone
        (dt.datetime(2015, 9, 3, 10, 30), "2015-09-03 10:30:00"),  # noqa: DTZ001
        (dt.time(10, 30), "10:30:00"),
        ("#N/A", "#N/A"),
        ("#DIV/0!", "#DIV/0!"),
    ],
)
def test_a_cell_is_the_text_that_a_person_sees(cell, text):
    assert texts("Ash", cell) == ("Ash", text)


def test_empty_cells_are_empty_texts_and_those_at_the_end_of_a_row_are_not_kept():
    assert texts("Ash", None, "EXS", None, "") == ("Ash", "", "EXS")


def test_a_formula_without_a_stored_value_is_empty_and_never_worked_out():
    assert texts("Ash", "=1+1", "EXS") == ("Ash", "", "EXS")


def test_rows_keep_their_numbers_and_empty_rows_at_the_end_are_not_kept():
    content = workbook(("Name",), (), ("Ash",), (None,), ("",))

    assert sheets_of(content)[0].rows == (("Name",), (), ("Ash",))


def test_every_sheet_is_read_with_its_name_and_its_file():
    book = openpyxl.Workbook()
    book.active.title = "5K"
    book.create_sheet("4-5M").append(["Ash"])
    held = io.BytesIO()
    book.save(held)

    sheets = sheets_of(held.getvalue())

    assert [(sheet.file, sheet.name, sheet.rows) for sheet in sheets] == [
        ("school.xlsx", "5K", ()),
        ("school.xlsx", "4-5M", (("Ash",),)),
    ]


def archive(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (archive(letter=b"Dear parents"), "it is a zip archive"),
        (archive(**{"xl__workbook.xml": b"<nothing/>"}), "it is damaged"),
        (workbook(("Ash",))[:-200], "it is damaged"),
        (
            archive(**{"xl__workbook.xml": b"", "xl__worksheets__sheet1.xml": b"\0" * 30_000_000}),
            "it unpacks to far more than a school's workbook could hold",
        ),
        (
            archive(**{"xl__workbook.xml": b""}, **{f"member{number}": b"" for number in range(2_000)}),
            "it unpacks to far more than a school's workbook could hold",
        ),
        (b"%PDF-1.7", "it is a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "it is .*a picture"),
        (b" \r\n", "it is empty"),
    ],
    ids=["no workbook", "damaged inside", "cut off", "a bomb", "too many members", "a PDF", "a picture", "empty"],
)
def test_what_is_no_workbook_or_unsafe_is_refused_in_plain_words(content, why):
    with pytest.raises(ValueError, match=f"^{why}"):
        sheets_of(content)
