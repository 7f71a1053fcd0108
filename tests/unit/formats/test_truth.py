"""Excel workbooks: the fast reader, corrected, tells what the slow and truthful one tells, cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from both import read, read_workbook
from python_calamine import CalamineError

from siptrack.reading.formats import calamine, cells, table
from siptrack.reading.formats.by_openpyxl import Workbook
from siptrack.reading.formats.child import tables_of
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.xlsx_scan import column_number, scan

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

    [fast] = read(content)

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

    seen, old = read(saved(book))

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

    assert read(content)[0].rows == (("Ash",),)


def by_hand(rows: str, texts: str = "") -> bytes:
    """A workbook of one sheet whose XML no library would write so."""
    held, changed = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(held)
    book.add_worksheet("5K").write_string(0, 0, "x")
    book.close()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
            elif name == "xl/sharedStrings.xml" and texts:
                content = texts.encode()
            new.writestr(name, content)
    return changed.getvalue()


def test_a_sheet_written_in_another_way_is_read_by_the_slow_reader_with_its_errors():
    [sheet] = read(by_hand("<row r='1'><c r='A1' t='e'><v>#N/A</v></c><c r='B1'><v>3</v></c></row>"))

    assert sheet.rows == (("#N/A", "3"),)


def test_a_stray_value_at_the_end_of_a_sheet_is_kept_without_a_cell_for_every_blank():
    [sheet] = read(by_hand('<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="ZZ90000"><v>2</v></c></row>'))

    assert (len(sheet.rows), sheet.rows[0], sheet.rows[1]) == (90_000, ("1",), ())
    assert (len(sheet.rows[-1]), sheet.rows[-1][-1]) == (702, "2")


def test_an_error_below_every_value_is_kept():
    [sheet] = read(by_hand('<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3" t="e"><v>#REF!</v></c></row>'))

    assert sheet.rows == (("1",), (), ("", "#REF!"))


def test_a_row_beyond_all_rows_is_damage():
    with pytest.raises(UnusableFileError):
        read_workbook(by_hand('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'), "school.xlsx")


def test_more_cells_than_a_school_has_are_refused(monkeypatch):
    content = by_hand('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>')
    monkeypatch.setattr(table, "MOST_CELLS", 1)

    with pytest.raises(UnusableFileError, match="it holds more than 1 cells"):
        list(tables_of("zip", content))


def test_a_sheet_larger_than_any_spreadsheet_is_refused(monkeypatch):
    monkeypatch.setattr(cells, "MOST_ROWS", 1)

    with pytest.raises(UnusableFileError, match="a sheet in it is larger than 1 rows"):
        list(cells.limited([["Ash"], ["Beech"]]))


def test_what_the_fast_reader_cannot_open_is_left_to_the_slow_one(monkeypatch):
    def refuses(_: bytes) -> None:
        raise CalamineError

    content = by_hand('<row r="1"><c r="A1"><v>1</v></c></row>')
    monkeypatch.setattr(calamine, "open_workbook", refuses)

    [read_slowly] = tables_of("zip", content)

    assert (read_slowly.name, list(read_slowly.rows)) == ("5K", [("1",)])


def test_a_sheet_the_fast_reader_cannot_read_is_left_to_the_slow_one(monkeypatch):
    def refuses(*_: object) -> None:
        raise CalamineError

    content = by_hand('<row r="1"><c r="A1"><v>1</v></c></row>')
    monkeypatch.setattr(calamine, "read_sheet", refuses)

    [read_slowly] = tables_of("zip", content)

    assert (read_slowly.name, list(read_slowly.rows)) == ("5K", [("1",)])
