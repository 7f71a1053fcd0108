"""A school's own workbook, with all that such workbooks have in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import xlsxwriter

MARKS = ("Governors", "List", "Plain")
STRANGE = "xl/pivotCache/strange part.xml"


def a_template(placeholders: Mapping[str, Mapping[str, str]], *, heading: str = "Class") -> bytes:
    """A workbook with these texts in its cells, and a chart, a picture, formulas, formats and a strange part."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    percent = book.add_format({"num_format": "0%", "bold": True, "bg_color": "#FFCC00"})
    first = book.add_worksheet("Governors")
    first.write("A1", "Our report", percent)
    first.write_formula("F1", "=B2*2", None, 0)
    first.write_number("F2", 41.5, percent)
    first.conditional_format("B2:B9", {"type": "cell", "criteria": ">", "value": 0.5, "format": percent})
    first.data_validation("D2", {"validate": "list", "source": ["yes", "no"]})
    first.merge_range("A20:C20", "Joined cells", percent)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Governors!$B$2:$B$3"})
    first.insert_chart("H2", chart)
    first.insert_image("H20", "dot.png", {"image_data": io.BytesIO(_dot())})
    sheets = {"Governors": first, "List": book.add_worksheet("List"), "Plain": book.add_worksheet("Plain")}
    sheets["Plain"].write("A1", "Nothing to fill")
    sheets["Plain"].add_table("C1:D3", {"columns": [{"header": heading}, {"header": "Year"}]})
    for name, cells in placeholders.items():
        for cell, text in cells.items():
            sheets[name].write_string(cell, text, percent)
    book.close()
    return with_members(target.getvalue(), {STRANGE: b"<strange \xc3\xa9/>"})


def with_members(content: bytes, extra: Mapping[str, bytes]) -> bytes:
    """The archive with further members, or others in the place of its own."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [*(one for one in source.namelist() if one not in extra), *extra]:
            archive.writestr(zipfile.ZipInfo(name), extra[name] if name in extra else source.read(name))
    return target.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    """The members by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _dot() -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
