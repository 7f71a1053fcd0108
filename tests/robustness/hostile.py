"""Workbooks that were built to be cruel: small files that ask a reader for the impossible."""

from __future__ import annotations

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'

CONTENT_TYPES = f"""<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OFFICE}.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{OFFICE}.sharedStrings+xml"/></Types>"""
TOP = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
PARTS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""
BOOK = f"""<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{LINKS}">
<sheets><sheet name="5K" sheetId="1" r:id="rId1"/></sheets></workbook>"""
TEXTS = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>Name</t></si></sst>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet with these rows."""
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def packed(members: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def xlsx(sheet_xml: str, texts: str = TEXTS) -> bytes:
    """A workbook of one sheet, 5K, with this XML and these shared texts."""
    return packed({
        "[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": TOP, "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": PARTS, "xl/worksheets/sheet1.xml": sheet_xml, "xl/sharedStrings.xml": texts,
    })  # fmt: skip


def billion_laughs() -> bytes:
    """Entities that grow ninefold nine times."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 9}">' for n in range(1, 10))
    kind = f'<!DOCTYPE sst [<!ENTITY l0 "lol">{entities}]>'
    return xlsx(
        sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        f'<?xml version="1.0"?>{kind}<sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>',
    )


def stray_cell() -> bytes:
    """One value in the first cell and one in the very last."""
    return xlsx(sheet(f'{ROW}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def row_beyond_all_rows() -> bytes:
    """A cell in row 4,294,967,295."""
    return xlsx(sheet(f'{ROW}<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'))


def lying_dimension() -> bytes:
    """A sheet of one cell that claims to be as large as a sheet can be."""
    return xlsx(sheet(ROW, '<dimension ref="A1:XFD1048576"/>'))


def lying_count() -> bytes:
    """One shared text that claims to be four billion."""
    return xlsx(
        sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        TEXTS.replace('uniqueCount="1"', 'uniqueCount="4294967295"'),
    )


def many_merged() -> bytes:
    """Ten thousand merged cells."""
    merged = "".join(f'<mergeCell ref="A{row}:C{row}"/>' for row in range(2, 10_002))
    return xlsx(sheet(ROW, after=f'<mergeCells count="10000">{merged}</mergeCells>'))


def bomb() -> bytes:
    """Two hundred megabytes of the same cell."""
    return xlsx(sheet('<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 3_600_000))


def long_text() -> bytes:
    """One text of a hundred million letters."""
    return xlsx(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), TEXTS.replace("Name", "x" * 100_000_000))


def falsified_size() -> bytes:
    """A sheet that is larger than its archive says."""
    content = bytearray(xlsx(sheet(ROW * 1_000)))
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46  # its entry in the directory at the end
    struct.pack_into("<I", content, at + 24, 1_000)
    return bytes(content)


def formatted_blanks(rows: int = 60_000, columns: str = "ABC") -> bytes:
    """One row that holds something, and below it rows of which each cell has a format and none a value."""
    blank = "".join(
        f'<row r="{row}">{"".join(f"""<c r="{column}{row}" s="1"/>""" for column in columns)}</row>'
        for row in range(2, rows + 2)
    )
    return xlsx(sheet(ROW + blank))


def formatted_rows(rows: int = 60_000) -> bytes:
    """One row that holds something, and below it rows that have a format and no cell."""
    return xlsx(sheet(ROW + "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(2, rows + 2))))


def repeated_text(times: int = 20_000, length: int = 32_000) -> bytes:
    """One long text, to which many cells refer."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, times + 1))
    return xlsx(sheet(cells), TEXTS.replace("Name", "x" * length))


def repeated_text_ods() -> bytes:
    """One long text that repeats in many cells of an OpenDocument sheet."""
    cell = f'<table:table-cell office:value-type="string"><text:p>{"x" * 32_000}</text:p></table:table-cell>'
    return ods(f'<table:table table:name="5K"><table:table-row table:number-rows-repeated="20000">{cell}'
               "</table:table-row></table:table>")  # fmt: skip


def spans_without_end() -> bytes:
    """Cells that reach over a thousand columns and rows, and rows upon rows that they reach into."""
    return b"<table>" + (b"<tr>" + b"<td colspan=1000 rowspan=1000>x" * 16 + b"<tr>" * 1_000) * 20 + b"</table>"


def cells_without_end() -> bytes:
    """An OpenDocument sheet whose one value repeats to fill every cell there can be."""
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return ods(f'<table:table table:name="5K">{row}</table:table>')


def ods(tables: str, manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet with these tables."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    extension = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="urn:x">{manifest}</manifest:manifest>',
        "content.xml": f"<office:document-content {names} {extension}><office:body><office:spreadsheet>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>",
    })  # fmt: skip


HOSTILE = {
    "billion-laughs.xlsx": billion_laughs,
    "stray-cell.xlsx": stray_cell,
    "row-beyond-all-rows.xlsx": row_beyond_all_rows,
    "lying-dimension.xlsx": lying_dimension,
    "lying-count.xlsx": lying_count,
    "many-merged.xlsx": many_merged,
    "bomb.xlsx": bomb,
    "long-text.xlsx": long_text,
    "falsified-size.xlsx": falsified_size,
    "formatted-blanks.xlsx": formatted_blanks,
    "formatted-rows.xlsx": formatted_rows,
    "repeated-text.xlsx": repeated_text,
    "repeated-text.ods": repeated_text_ods,
    "spans-without-end.xls": spans_without_end,
    "one-line.csv": lambda: b"Name,Reading\n" + b"x" * 20_000_000,
    "nothing-but-quotes.csv": lambda: b'"' * 20_000_000,
    "row-over-many-lines.csv": lambda: b"a,b\n" + b',,,,,,,,"\n"' * 2_000_000,
    "cells-without-end.ods": cells_without_end,
    "tags-without-end.xls": lambda: b"<table>" + b"<tr><td" * 200_000,
    "comments-without-end.xls": lambda: b"<table>" + b"<!--" * 200_000,
    "tables-in-tables.xls": lambda: b"<table><tr><td>" * 100_000,
    "quotes-without-end.csv": lambda: b'Name,Reading\n"' + b"a,b\n" * 500_000,
    "nothing-but-delimiters.csv": lambda: b"," * 20_000_000,
    "laughs.xml": lambda: (
        b'<!DOCTYPE CTfile [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><CTfile><Pupil>&b;</Pupil></CTfile>'
    ),
    "elements-in-elements.xml": lambda: b"<CTfile>" + b"<a>" * 1_000_000,
}
