"""OpenDocument spreadsheets: no cell lost, and errors told."""

from __future__ import annotations

import io
import zipfile

from both import read, refused

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
HIDDEN = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'


def ods(tables: str, manifest: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="x">{manifest}</manifest:manifest>'
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES} {CALC}><office:automatic-styles>{HIDDEN}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return held.getvalue()


def table(rows: str, name: str = "5K", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def text(words: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{words}</text:p></table:table-cell>'


FAILED_NOW = (
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
)
FAILED_THEN = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
    "<text:p>#DIV/0!</text:p></table:table-cell>"
)
EMPTY = "<table:table-cell/>"


def test_cells_stand_at_their_addresses_and_errors_are_told():
    content = ods(
        table(
            row(EMPTY, attributes='table:number-rows-repeated="2"')
            + row(text("Name"), EMPTY, '<table:table-cell office:value-type="float" office:value="3"/>')
            + row('<table:table-cell table:number-columns-repeated="2"/>', FAILED_NOW, FAILED_THEN)
        )
    )

    [sheet] = read(content)

    assert sheet.rows == ((), (), ("Name", "", "3"), ("", "", "#N/A", "#DIV/0!"))


def test_an_error_below_every_value_is_told():
    content = ods(table(row(text("Name")) + row(EMPTY) + row(EMPTY, FAILED_NOW)))

    [sheet] = read(content)

    assert sheet.rows == (("Name",), (), ("", "#N/A"))


def test_hidden_and_merged_are_told():
    first = table(
        row(text("Reading", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
        + row(text("EXS"), attributes='table:visibility="filter" table:number-rows-repeated="2"')
    )

    seen, old = read(ods(first + table(row(text("EXS")), "Old", "ta2")))

    assert seen.merged == ((1, 1, 1, 2),)
    assert seen.hidden_rows == {2, 3}
    assert (seen.name, seen.hidden, old.name, old.hidden) == ("5K", False, "Old", True)


def test_a_password_is_named():
    assert "it is protected by a password" in refused(ods("", "<manifest:encryption-data/>"))
