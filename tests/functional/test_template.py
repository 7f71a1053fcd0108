"""`siptrack report --template`: the school's own workbook is filled, and everything else in it stays as it was."""

from __future__ import annotations

import io
import re
from functools import cache

import openpyxl
import pytest
from running import SAMPLES
from running import siptrack_here as siptrack
from small_school import small_school
from templates import MARKS, STRANGE, a_template, members, with_members

import siptrack as library
from registers import usual_rules
from siptrack.commands.template import open_template
from siptrack.documents.analysis import of_an_analysis
from siptrack.documents.report.files import tables_of
from siptrack.documents.template.fill import fill_template
from siptrack.school.errors import InputError, TemplateError

FIGURES = {
    "B2": "{{ writing.year5.at_are_percent }}",
    "B3": "{{writing.year5.at_are}}",
    "B4": "{{ term }}: {{ maths.fsm.at_are }} of {{ maths.fsm.assessed }} ({{ maths.fsm.at_are_percent }})",
    "B5": "{{ rwm.year5.insufficient }}",
}


@cache
def analysis():
    return library.analyse(SAMPLES / "today")


@cache
def tables():
    return tables_of(analysis(), usual_rules())


def filled(tmp_path, content):
    path = tmp_path / "Ours.xlsx"
    path.write_bytes(content)
    return fill_template(open_template(path), analysis(), usual_rules(), tables)


def rows_of(name):
    (table,) = of_an_analysis(analysis(), usual_rules()).tables(name)
    return table.records


def row_of(table, **where):
    (row,) = (row for row in rows_of(table) if all(row[name] == value for name, value in where.items()))
    return row


@pytest.fixture
def template():
    return a_template({"Governors": FIGURES, "List": {"B2": "{{ table:flags }}"}})


def test_placeholders_become_figures(tmp_path, template):
    sheet = openpyxl.load_workbook(io.BytesIO(filled(tmp_path, template)))["Governors"]

    year = row_of("summary", year_group=5, subject="writing")
    fsm = row_of("groups", subject="maths", among="all", group="fsm")
    assert sheet["B2"].value == pytest.approx(year["at_are"] / year["assessed"])
    assert sheet["B2"].number_format == "0%"
    assert sheet["B3"].value == year["at_are"]
    percent = (200 * fsm["at_are"] + fsm["assessed"]) // (2 * fsm["assessed"])
    assert sheet["B4"].value == f"Summer 2026: {fsm['at_are']} of {fsm['assessed']} ({percent} %)"
    assert sheet["B5"].value == "[z]"
    assert sheet["F1"].value == "=B2*2"


def test_a_table_stands_from_its_anchor_down(tmp_path, template):
    content = filled(tmp_path, template)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["List"]
    flags = rows_of("flags")
    headings = [cell.value for cell in sheet[2]]

    at = headings.index("In words")
    assert [cell.value for cell in sheet[2]][:3] == [None, "Class", "Year"]
    assert sorted(row[at] for row in sheet.iter_rows(min_row=3, values_only=True)) == sorted(
        row["sentence"] for row in flags
    )
    assert f'<dimension ref="B2:N{2 + len(flags)}"/>'.encode() in members(content)["xl/worksheets/sheet2.xml"]


def test_every_other_part_of_the_workbook_is_the_same_to_the_byte(tmp_path, template):
    before, after = members(template), members(filled(tmp_path, template))

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    assert list(before) == list(after)
    assert {STRANGE, "xl/charts/chart1.xml", "xl/media/image1.png", "xl/sharedStrings.xml"} <= set(after)


def test_in_a_sheet_nothing_changes_but_the_cells_that_ask(tmp_path, template):
    name = "xl/worksheets/sheet1.xml"
    asked = re.compile(r'<c r="B[2-5]".*?</c>')

    before, after = (asked.sub("", members(one)[name].decode()) for one in (template, filled(tmp_path, template)))

    assert before == after
    assert "<f>" in after
    assert "<conditionalFormatting" in after


def test_formulas_are_worked_out_again_when_it_is_opened(tmp_path, template):
    before, after = (members(one)["xl/workbook.xml"].decode() for one in (template, filled(tmp_path, template)))

    assert after.count("fullCalcOnLoad=") == 1
    assert re.sub(r"<calcPr[^>]*>", "", before) == re.sub(r"<calcPr[^>]*>", "", after)
    without = with_members(template, {"xl/workbook.xml": re.sub(r"<calcPr[^>]*>", "", before).encode()})
    assert '<calcPr fullCalcOnLoad="1"/>' in members(filled(tmp_path, without))["xl/workbook.xml"].decode()


def test_the_same_template_gives_the_same_bytes(tmp_path, template):
    assert filled(tmp_path, template) == filled(tmp_path, template)


def test_a_sheet_as_other_programs_write_it_is_filled_too(tmp_path):
    sheet = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:dimension ref="A1"/><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>{{ ter</x:t></x:r>'
        '<x:r><x:t>m }}</x:t></x:r></x:is></x:c></x:row><x:row r="3" spans="1:1"/><x:row r="5"/>'
        '<x:row r="9"><x:c r="B9" t="inlineStr"><x:is><x:t>{{ table:summary }}</x:t></x:is></x:c>'
        '<x:c r="ZZ9"><x:v>7</x:v></x:c></x:row><x:row r="10"/><x:row r="900"><x:c r="A900"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    content = with_members(a_template({}), {"xl/worksheets/sheet3.xml": sheet.encode()})

    after = openpyxl.load_workbook(io.BytesIO(filled(tmp_path, content)))["Plain"]

    summary = rows_of("summary")
    assert after["A1"].value == "Summer 2026"
    assert [after.cell(9 + at, 5).value for at in range(1, len(summary) + 1)] == [row["assessed"] for row in summary]
    assert (after["ZZ9"].value, after["A900"].value) == (7, 1)


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "words"),
    [
        ("Governors", "D9", "{{ writting.year5.n }}", "cell D9: {{ writting.year5.n }}. 'writting' is not a subject"),
        ("Governors", "D9", "{{ writing.boyz.n }}", "Did you mean 'boys'?"),
        ("Governors", "D9", "{{ writing.boys.at_aer }}", "Did you mean 'at_are'?"),
        ("Governors", "D9", "{{ table:flgs }}", "'flgs' is not a table here. Did you mean 'flags'?"),
        ("Governors", "D9", "{{}}", "An address has three parts"),
        ("Governors", "D9", "See {{ table:flags }}", "A table needs a cell of its own"),
        ("Governors", "A3", "{{ table:ledger }}", "cell B3 is in their way"),
        ("Governors", "A18", "{{ table:ledger }}", "cell A20 is in their way"),
        ("Governors", "XFC30", "{{ table:ledger }}", "past the end of the sheet"),
    ],
)
def test_what_cannot_be_filled_is_said_with_its_cell_and_what_is_known(tmp_path, sheet, cell, text, words):
    content = a_template({sheet: {**FIGURES, cell: text}})

    with pytest.raises(TemplateError, match=re.escape(words)):
        filled(tmp_path, content)


def test_two_tables_do_not_stand_in_the_same_cells(tmp_path):
    content = a_template({"List": {"B2": "{{ table:ledger }}", "D1": "{{ table:ledger }}"}})

    with pytest.raises(TemplateError, match="Another table"):
        filled(tmp_path, content)


def test_a_template_that_asks_for_nothing_is_refused(tmp_path):
    with pytest.raises(TemplateError, match="no cell of it holds a placeholder"):
        filled(tmp_path, a_template({}))


def test_a_placeholder_in_the_heading_of_an_excel_table_is_refused(
    tmp_path,
):
    with pytest.raises(TemplateError, match="a heading of an Excel table"):
        filled(tmp_path, a_template({"Governors": FIGURES}, heading="{{ term }}"))


def test_a_large_sheet_that_asks_for_nothing_is_left_alone(tmp_path, template):
    large = b"<worksheet><sheetData>" + b"<row/>" * 2_000_000 + b"</sheetData></worksheet>"
    content = with_members(template, {"xl/worksheets/sheet3.xml": large})

    assert members(filled(tmp_path, content))["xl/worksheets/sheet3.xml"] == large


def test_names_in_a_table_are_text_and_never_formulas(tmp_path, template):
    sheets = [part.decode() for name, part in members(filled(tmp_path, template)).items() if "/sheet2.xml" in name]

    assert "<f>" not in sheets[0]
    assert sheets[0].count('t="inlineStr"') > 1000


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "{{ term }}">]><worksheet><sheetData/></worksheet>'


@pytest.mark.parametrize(
    "damage",
    [
        {"xl/worksheets/sheet1.xml": LAUGHS},
        {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row a='{{'>"},
        {"xl/worksheets/sheet1.xml": b'<?xml version="1.0" encoding="utf-16"?><worksheet a="{{"/>'},
        {"xl/worksheets/sheet1.xml": b"<a>" * 1000 + b"{{" + b"</a>" * 1000},
        {"xl/sharedStrings.xml": LAUGHS},
    ],
    ids=["entities", "cut off", "another encoding", "deep", "entities in texts"],
)
def test_a_template_that_is_not_as_excel_writes_it_is_refused(tmp_path, template, damage):
    with pytest.raises(TemplateError, match="Open it in Excel, save it"):
        filled(tmp_path, with_members(template, damage))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook at all", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    with pytest.raises(InputError, match="this template cannot be used"):
        filled(tmp_path, content)


def reported(tmp_path, template):
    school = small_school(tmp_path / "school")
    return siptrack("report", school, "-o", tmp_path / "out", "--children", "none", "--template", template)


def test_the_command_writes_the_filled_workbook_under_its_own_name(tmp_path, template):
    path = tmp_path / "Ours.xlsx"
    path.write_bytes(template)

    run = siptrack(
        "report", small_school(tmp_path / "school"), "-o", tmp_path / "out", "--children", "none", "--template", path
    )

    assert run.code == 0
    book = openpyxl.load_workbook(tmp_path / "out" / "named" / "Ours.xlsx")
    assert tuple(book.sheetnames) == MARKS
    assert path.read_bytes() == template


def test_the_command_writes_nothing_when_a_placeholder_is_not_known(tmp_path):
    path = tmp_path / "Ours.xlsx"
    path.write_bytes(a_template({"Governors": {"D9": "{{ writting.year5.n }}"}}))

    run = siptrack(
        "report", small_school(tmp_path / "school"), "-o", tmp_path / "out", "--children", "none", "--template", path
    )

    assert run.code == 2
    assert run.err.splitlines()[1].startswith("Sheet 'Governors', cell D9: {{ writting.year5.n }}.")
    assert not (tmp_path / "out").exists()


def test_a_template_with_the_name_of_our_own_workbook_is_refused(tmp_path, template):
    path = tmp_path / "Report.xlsx"
    path.write_bytes(template)

    run = siptrack(
        "report", small_school(tmp_path / "school"), "-o", tmp_path / "out", "--children", "none", "--template", path
    )

    assert (run.code, "another name" in run.err) == (2, True)
