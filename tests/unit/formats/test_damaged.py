"""Damage inside a workbook whose checksums are right: refused, where a lenient reader would lose or shift results."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import xlsxwriter
from both import read, refused

from siptrack.reading.formats.biff_texts import lengths_of
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.web_page import tables

SHEET, TEXTS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
LINKS, STYLES = "xl/_rels/workbook.xml.rels", "xl/styles.xml"


def workbook(member: str = "", pattern: str = "", replacement: str = "", *, without: str = "") -> bytes:
    """A small workbook of which one member is changed where the pattern first fits, its checksum right again."""
    held, changed = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet, date = book.add_worksheet("5K"), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate([("Name", "Born", "Reading"), ("Ash", 42005, "EXS"), ("Beech", 42006, "GDS")]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell, date if isinstance(cell, int) else None)
    book.add_worksheet("6K").write(0, 0, "Name")
    book.close()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == member:
                assert re.search(pattern, content)
                content = re.sub(pattern, replacement, content, count=1)
            if name != without:
                new.writestr(name, content)
    return changed.getvalue()


ROWS = (("Name", "Born", "Reading"), ("Ash", "2015-01-01", "EXS"), ("Beech", "2015-01-02", "GDS"))


def test_a_workbook_that_is_whole_is_read():
    assert read(workbook())[0].rows == ROWS


@pytest.mark.parametrize(
    ("member", "pattern", "replacement"),
    [
        (SHEET, "<v>1</v>", "<v>1<</v>"),
        (SHEET, "</row>", ""),
        (SHEET, "</sheetData>.*", ""),
        (SHEET, '<c r="B2"', '<c r="B3"'),
        (SHEET, '<c r="C2"', '<c r="A2"'),
        (SHEET, '<row r="3"', '<row r="2"'),
        (SHEET, '<c r="C2" t="s"', '<c r="C2" T="s"'),
        (SHEET, '<c r="C2" t="s"', '<c q="C2" t="s"'),
        (SHEET, '<c r="C2" t="s"><v>4', '<c r="C2" t="s"><v>99'),
        (SHEET, '<c r="C2" t="s"><v>4', '<c r="C2" t="s"><v>4a'),
        (SHEET, '<c r="C2" t="s"><v>4</v>', '<c r="C2" t="s"><w>4</w>'),
        (SHEET, 's="1"', 's="99"'),
        (SHEET, r"<sheetData>(.*)</sheetData>", r"<sheetDate>\1</sheetDate>"),
        (SHEET, r"<sheetData>(<row r=.1.*?</row>)", r"<sheetData>\1</sheetData><sheetData>"),
        (TEXTS, "EXS", "EX<S"),
        (TEXTS, "EXS", "EX&S"),
        (TEXTS, "<si><t>EXS</t></si>", ""),
        (TEXTS, "<si><t>EXS</t></si>", "<si><t>EXS</t></si><si><t>EXS</t></si>"),
        (TEXTS, 'uniqueCount="7"', 'uniqueCount="8"'),
        (TEXTS, "<t>EXS</t>", "<tx>EXS</tx>"),
        (TEXTS, "^.*<sst", '<!DOCTYPE sst [<!ENTITY e "EXS">]><sst'),
        (BOOK, "</sheets>", ""),
        (BOOK, 'r:id="rId2"', 'r:id="rId1"'),
        (BOOK, 'r:id="rId2"', 'r:id="rId9"'),
        (LINKS, "sheet2.xml", "sheet3.xml"),
        (LINKS, "/>", ">"),
        (STYLES, "cellXfs>", "cellXfx>"),
    ],
)
def test_damage_in_a_workbook_is_refused(member, pattern, replacement):
    why = refused(workbook(member, f"(?s){pattern}", replacement))

    assert "it is damaged inside" in why
    assert "save it again" in why


@pytest.mark.parametrize("name", [SHEET, TEXTS, STYLES, LINKS])
def test_a_workbook_of_which_a_part_is_missing_is_refused(name):
    assert "damaged" in refused(workbook(without=name))


@pytest.mark.parametrize(
    ("member", "pattern", "replacement"),
    [
        (SHEET, "<v>4</v>", "<v><!-- a remark -->4</v>"),
        (SHEET, "<v>4</v>", "<v>&#52;</v>"),
        (SHEET, "<v>4</v>", "<v><![CDATA[4]]></v>"),
        (SHEET, '<c r="C2" t="s">', '<c t="s" r="C2">'),
        (SHEET, '<row r="1"', '<row\nr="1"'),
        (SHEET, '<c r="A1"', '<c\tr="A1"'),
        (TEXTS, ' uniqueCount="7"', ""),
        (TEXTS, "<t>EXS</t>", "<r><t>E</t></r><r><t>XS</t></r>"),
    ],
)
def test_what_is_whole_and_only_written_in_another_way_is_read(member, pattern, replacement):
    assert read(workbook(member, pattern, replacement))[0].rows == ROWS


def test_of_two_members_with_one_name_none_is_taken():
    content = io.BytesIO(workbook())
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, "<worksheet/>")

    assert "it is damaged inside" in refused(content.getvalue())


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>Ash</td><td>EXS",
        "<table><tr><td class=x>9</td><td class=x9</td></tr></table>",
        "<table><tr><td>Ash</td><xtd>EXS</td></tr></table>",
        "<table><tr><td>Ash<</td></tr></table>",
        "<table><tr><td>Ash/td><td>EXS</td></tr></table>",
        "<table><tr><td></td08/06/2017</td></tr></table>",
        "<table><tr><td>Ash</td></tr></table><!-- <table><tr><td>Beech</td></tr></table>",
    ],
)
def test_a_damaged_web_page_is_refused(page):
    with pytest.raises(UnusableFileError, match="it is damaged, or cut short"):
        list(tables(page.encode()))


def test_a_web_page_is_read_where_only_what_may_be_left_out_is_missing():
    page = b"<html><body><table><tr><td title='a<b'>Ash<td>&lt;70<tr><td>Beech<td>EXS</body></html>"

    assert [tuple(table.rows) for table in tables(page)] == [(("Ash", "<70"), ("Beech", "EXS"))]


def test_the_lengths_of_texts_are_found_where_they_run_over_several_records():
    first = bytes(8) + b"\3\0\0Ash" + b"\5\0\0Be"
    second = b"\1e\0c\0h\0" + b"\2\0\x08\1\0EX" + bytes(4) + b"\1\0\x04\2\0\0\0Z..\0"

    assert lengths_of([first, second]) == [3, 5, 2, 1]


def test_merged_cells_that_reach_over_more_rows_than_can_be_looked_at_are_refused():
    boxes = "".join(f'<mergeCell ref="A{row}:A1048576"/>' for row in range(2, 12))

    why = refused(workbook(SHEET, "</sheetData>", f"</sheetData><mergeCells>{boxes}</mergeCells>"))

    assert "far more merged cells" in why
