"""Web pages that call themselves workbooks: what a browser would show, and nothing else."""

from __future__ import annotations

import pytest

from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.web_page import tables


def rows(page: str) -> list[tuple[str, ...]]:
    [table] = tables(page.encode())
    return list(table.rows)


def test_a_table_is_rows_of_text():
    page = (
        "<html><head><title>x</title></head><table><tr><th>Name<th>Reading<tr><td> Zo&euml;\n <b>Ash</b><td>EXS</table>"
    )

    assert rows(page) == [("Name", "Reading"), ("Zoë Ash", "EXS")]


def test_scripts_and_styles_are_no_text():
    page = "<table><tr><td>Zoë<script>alert('<td>1')</script><style>td {}</style></td><td>EXS</td></tr></table>"

    assert rows(page) == [("Zoë", "EXS")]


def test_a_line_break_is_a_space():
    assert rows("<table><tr><td>Reading<br>Autumn<br/>2025</td></tr></table>") == [("Reading Autumn 2025",)]


def test_spanned_cells_keep_their_text_in_the_first_and_are_told():
    page = """<table>
    <tr><td rowspan=2>Name</td><td colspan="2">Reading</td><td>Notes</td></tr>
    <tr><td>Autumn</td><td>Spring</td><td>x</td></tr>
    <tr><td>Ash</td><td>EXS</td><td>GDS</td></tr>
    </table>"""

    [table] = tables(page.encode())

    assert list(table.rows) == [("Name", "Reading", "", "Notes"), ("", "Autumn", "Spring", "x"), ("Ash", "EXS", "GDS")]
    assert table.facts.merged == [(1, 1, 2, 1), (1, 2, 1, 3)]


def test_empty_rows_keep_their_place():
    assert rows("<table><tr></tr><tr><td></td></tr><tr><td>Ash</table>") == [(), (), ("Ash",)]


def test_each_table_is_a_sheet_and_tables_for_layout_are_none():
    page = """<table><tr><td><table><caption>5K</caption><tr><td>Ash</table></td></tr></table>
    <table><tr><td>Beech</td></tr></table>"""

    assert [(table.name, list(table.rows)) for table in tables(page.encode())] == [
        ("5K", [("Ash",)]),
        ("Table 2", [("Beech",)]),
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "999999999"])
def test_a_span_that_is_none_is_one_cell(span):
    assert rows(f'<table><tr><td colspan="{span}">Ash</td><td>EXS</td></tr></table>') == [("Ash", "EXS")]


def test_windows_1252_and_utf_16_are_read():
    page = "<table><tr><td>Zoë</td></tr></table>"

    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        [table] = tables(page.encode(encoding))
        assert list(table.rows) == [("Zoë",)]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<html><p>Dear parents", "a web page without a table"),
        ("<table><tr><td></td></tr></table>", "a web page without a table"),
        ("<table><tr>" + "<td colspan=1000>a" * 20, "more than 16,384 columns"),
    ],
)
def test_a_page_without_a_table_of_a_schools_size_is_refused(page, why):
    with pytest.raises(UnusableFileError, match=why):
        list(tables(page.encode()))
