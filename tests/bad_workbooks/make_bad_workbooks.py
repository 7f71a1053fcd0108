"""Makes the bad inputs that are not text, byte for byte the same each time.

python tests/bad_workbooks/make_bad_workbooks.py
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
LONG_AGO = (1980, 1, 1, 0, 0, 0)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="5K" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
BOMB = "<!DOCTYPE a [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10)) + "]>"


def archive(members: dict[str, str]) -> bytes:
    """A zip archive of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return held.getvalue()


def workbook(rows: str, before: str = "") -> bytes:
    """A workbook of one sheet, 5K, with these rows."""
    return archive({**PARTS, "xl/worksheets/sheet1.xml": before + SHEET.format(rows=rows)})


def cells(*texts: str) -> str:
    """A row of texts."""
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


FREE, END, FAT, NO_ENTRY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
STREAM, ROOT = 2, 5


def compound(stream: str) -> bytes:
    """A compound file, as Excel wraps a workbook with a password: a FAT, a directory, and one stream of that name."""
    header = struct.pack(
        "<8s16s5H6s9I109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6)),
        *(0, 1, 1, 0, 4096, END, 0, END, 0, 0),
        *[FREE] * 108,
    )
    sectors = [FAT, END, *range(3, 10), END]  # the FAT itself, the directory, and eight of the stream
    table = struct.pack("<128I", *sectors, *[FREE] * (128 - len(sectors)))
    directory = entry("Root Entry", ROOT, child=1, start=END, size=0) + entry(stream, STREAM, NO_ENTRY, 2, 4096)
    return header + table + directory.ljust(512, b"\0") + bytes(4096)


def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """One entry of a compound file's directory."""
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        *(text, len(text) + 2, kind, 1, NO_ENTRY, NO_ENTRY, child, bytes(16), 0, 0, 0, start, size),
    )


PUPILS = cells("Surname", "Forename", "Reading Autumn 2025") + cells("Thistledown", "Tobermory", "EXS")

MADE = {
    "empty-sheet.xlsx": workbook(""),
    "zip-that-is-no-workbook.xlsx": archive({"letter.txt": "Dear parents"}),
    "cut-off.xlsx": workbook(PUPILS)[:-100],
    "hollow-workbook.xlsx": archive({"xl/workbook.xml": "<workbook/>"}),
    "billion-laughs.xlsx": workbook(cells("&a9;"), BOMB),
    "password.xlsx": compound("EncryptedPackage"),
    "damaged-old-excel.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(504)
    + "Workbook".encode("utf-16-le")
    + bytes(96),
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "nothing-at-all.csv": b"",
}

if __name__ == "__main__":
    for name, content in MADE.items():
        (HERE / name).write_bytes(content)
