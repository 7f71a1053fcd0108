"""Excel workbooks: the fast reader, corrected, tells what the slow and truthful one tells, cell by cell."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter

from siptrack.reading.formats.by_openpyxl import Workbook
from siptrack.reading.formats.xlsx_scan import column_number, scan
from siptrack.reading.workbook import read_workbook

ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def every_kind_of_cell() -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("All kinds")
    formats = {code: book.add_format({"num_format": code}) for code in ("dd/mm/yyyy", "hh:mm", "0%", "[h]:mm", "0.00")}
    day, moment = dt.datetime(2015, 3, 1), dt.datetime(2015, 3, 1, 12, 30)  # noqa: DTZ001  # a spreadsheet's have no zone
    values = ["x", "  padded  ", "3", "0012", "a\nb", "a\r\nb", "Zoë", "<&>", "'", "#N/A as text", "=1+1", "TRUE", ""]
    for row, text in enumerate(values):
        sheet.write_string(row + 2, 1, text)
    for row, value in enumerate([3, 3.0, -1, 2.5, 0.1 + 0.2, 1e20, 1e-7, 0, 123456789012345]):
        sheet.write_number(row + 2, 2, value)
    sheet.write_boolean(2, 3, True)  # noqa: FBT003
    sheet.write_boolean(3, 3, False)  # noqa: FBT003
    sheet.write_datetime(4, 3, day, formats["dd/mm/yyyy"])
    sheet.write_datetime(5, 3, moment, formats["dd/mm/yyyy"])
    sheet.write_datetime(6, 3, dt.time(12, 30), formats["hh:mm"])
    sheet.write_number(7, 3, 0.5, formats["0%"])
    sheet.write_number(8, 3, 1.5, formats["[h]:mm"])
    sheet.write_blank(9, 3, None, formats["0.00"])
    for row, (formula, value) in enumerate([("1+1", 2), ('"a"', "a"), ("1>0", True), ("1/3", 1 / 3)]):
        sheet.write_formula(row + 2, 4, f"={formula}", None, value)
    for row, text in enumerate(ERRORS):
        sheet.write_formula(row + 2, 5, "=NA()", None, text)
    sheet.write_blank(40, 9, None, formats["0.00"])
    book.close()
    return held.getvalue()


def test_the_two_readers_agree_cell_by_cell():
    content = every_kind_of_cell()

    [fast] = read_workbook(content, "school.xlsx")

    assert fast.rows == tuple(Workbook(content).rows("All kinds"))
    assert [row[5] for row in fast.rows[2:9]] == list(ERRORS)
    assert not fast.stale


def saved(book: openpyxl.Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_sheet_tells_what_is_hidden_and_merged_and_never_worked_out():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Reading", None, "Writing"])
    sheet.append(["=1+1", 2, '=IF(1,"","")'])
    sheet.append(["EXS"])
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"

    seen, old = read_workbook(saved(book), "school.xlsx")

    assert seen.merged == ((1, 1, 1, 2),)
    assert seen.hidden_rows == {3}
    assert seen.stale == {(2, 1), (2, 3)}
    assert seen.rows[1] == ("", "2")
    assert (seen.hidden, old.hidden, old.rows) == (False, True, ())


def test_a_formula_whose_result_is_an_empty_text_is_not_stale():
    cells = '<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1</f><v>1</v></c><c r="C1"><f t="shared" si="0"/></c>'

    assert scan(sheet(cells)).stale == {(1, 3)}


def sheet(cells: str, prefix: str = "") -> io.BytesIO:
    p = f"{prefix}:" if prefix else ""
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    data = f'<{p}sheetData><{p}row r="1">{cells}</{p}row></{p}sheetData>'
    return io.BytesIO(f'<{p}worksheet {name}="{MAIN}">{data}</{p}worksheet>'.encode())


def test_a_sheet_is_understood_whatever_the_prefix_of_its_names():
    facts = scan(sheet('<x:c r="B1" t="e"><x:v>#N/A</x:v></x:c>', "x"))

    assert facts.understood
    assert facts.errors == {1: {2: "#N/A"}}


@pytest.mark.parametrize(
    "stream",
    [
        sheet('<c t="e"><v>#N/A</v></c>'),
        sheet("<c r='A1' t='e'><v>#N/A</v></c>"),
        io.BytesIO(f'<worksheet xmlns="{MAIN}"/>'.encode("utf-16")),
        io.BytesIO(b""),
    ],
    ids=["an error without an address", "other quotes", "UTF-16", "nothing"],
)
def test_what_is_written_in_another_way_is_left_to_the_slow_reader(stream):
    assert not scan(stream).understood


def test_a_sheet_longer_than_a_block_is_scanned_whole():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60_000))
    last = '<row r="60000" hidden="1"><c r="ZZ60000" t="e"><v>#REF!</v></c></row>'

    facts = scan(io.BytesIO(f'<worksheet xmlns="{MAIN}"><sheetData>{rows}{last}</sheetData></worksheet>'.encode()))

    assert (facts.cells, facts.last_row, facts.last_column) == (60_000, 60_000, 702)
    assert facts.errors == {60_000: {702: "#REF!"}}
    assert facts.hidden_rows == {60_000}


def test_columns_have_the_numbers_that_their_letters_say():
    assert [column_number(letters) for letters in (b"A", b"Z", b"AA", b"XFD")] == [1, 26, 27, 16_384]


def test_macros_in_a_workbook_are_not_looked_at():
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    book.add_worksheet("5K").write_string(0, 0, "Ash")
    book.close()
    content = held.getvalue().replace(b"docProps/core.xml", b"xl/vbaProject.bin")

    assert read_workbook(content, "school.xlsm")[0].rows == (("Ash",),)
