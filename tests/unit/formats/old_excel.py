"""Makes small workbooks in the formats that no library of ours writes: .xls of 1993 and 1997, and .xlsb."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MAIN_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, *parts: bytes) -> bytes:
    """One record of an .xls."""
    body = b"".join(parts)
    return struct.pack("<HH", kind, len(body)) + body


def cell(kind: int, row: int, column: int, *rest: bytes) -> bytes:
    """A cell's record, without a style."""
    return record(kind, struct.pack("<HHH", row, column, 0), *rest)


def label(row: int, column: int, text: str, *, biff: int = 8) -> bytes:
    """A text."""
    flags = b"\0" if biff == 8 else b""
    return cell(0x204, row, column, struct.pack("<H", len(text)), flags, text.encode("latin-1"))


def number(row: int, column: int, value: float) -> bytes:
    """A number."""
    return cell(0x203, row, column, struct.pack("<d", value))


def error(row: int, column: int, code: int) -> bytes:
    """An error that was typed."""
    return cell(0x205, row, column, bytes((code, 1)))


def failed_formula(row: int, column: int, code: int) -> bytes:
    """A formula that failed."""
    result = bytes((2, 0, code, 0, 0, 0, 0xFF, 0xFF))
    return cell(0x06, row, column, result, struct.pack("<HIH", 0, 0, 2), bytes((0x1C, code)))


def hidden_row(row: int) -> bytes:
    """A row that is not shown."""
    return record(0x208, struct.pack("<HHHHHHHH", row, 0, 5, 255, 0, 0, 0x20, 0))


def merged(first_row: int, last_row: int, first_column: int, last_column: int) -> bytes:
    """Merged cells."""
    return record(0xE5, struct.pack("<HHHHH", 1, first_row, last_row, first_column, last_column))


def workbook_stream(sheets: Sequence[tuple[str, int, bytes]], *, biff: int = 8, password: bool = False) -> bytes:
    """The workbook's records: each sheet's name, state (1 is hidden) and records."""
    version = struct.pack("<H", 0x0600 if biff == 8 else 0x0500)
    years = bytes(12) if biff == 8 else bytes(4)
    start = record(0x809, version, struct.pack("<H", 5), years) + record(0x42, struct.pack("<H", 1252))
    start += record(0x2F, bytes(6)) if password else b""
    names = [bytes((len(name),)) + (b"\0" if biff == 8 else b"") + name.encode("latin-1") for name, _, _ in sheets]
    at = len(start) + sum(10 + len(name) for name in names) + 4
    parts = [record(0x809, version, struct.pack("<H", 16), years) + cells + record(0x0A) for _, _, cells in sheets]
    for name, (_, state, _), part in zip(names, sheets, parts, strict=True):
        start += record(0x85, struct.pack("<IBB", at, state, 0), name)
        at += len(part)
    return start + record(0x0A) + b"".join(parts)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of these streams, each long enough to stand in sectors of its own."""
    table, sectors = [FAT, END], [b"", b""]
    entries = [entry("Root Entry", 5, END, 0)]
    for name, stream in streams.items():
        padded = stream.ljust(8 * SECTOR, b"\0")
        count = -(-len(padded) // SECTOR)
        entries.append(entry(name, 2, len(table), len(padded)))
        sectors += [padded[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(padded), SECTOR)]
        table += [*range(len(table) + 1, len(table) + count), END]
    sectors[0] = b"".join(struct.pack("<I", number) for number in table).ljust(SECTOR, b"\xff")
    sectors[1] = b"".join(entries).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors)


def compound_with_a_small_stream(name: str, stream: bytes) -> bytes:
    """A compound file whose one stream is too short for sectors of its own: it lies in pieces in the root's."""
    pieces = -(-len(stream) // 64)
    small_table = [*range(1, pieces), END]
    held = stream.ljust(SECTOR, b"\0")
    sectors = [
        struct.pack("<5I", FAT, END, END, END, FREE).ljust(SECTOR, b"\xff"),
        (entry("Root Entry", 5, 2, len(held)) + entry(name, 2, 0, len(stream))).ljust(SECTOR, b"\0"),
        held,
        struct.pack(f"<{len(small_table)}I", *small_table).ljust(SECTOR, b"\xff"),
    ]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 3, 1, END, 0) + struct.pack("<I", 0)
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors)


def entry(name: str, kind: int, start: int, length: int) -> bytes:
    """An entry of a compound file's directory; every entry but the root is the next one's neighbour."""
    text = name.encode("utf-16-le") + b"\0\0"
    child = 1 if kind == 5 else FREE
    neighbours = struct.pack("<III", FREE, FREE, child)
    return (
        text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + neighbours + bytes(36)
        + struct.pack("<IQ", start, length)
    )  # fmt: skip


def xls(sheets: Sequence[tuple[str, int, bytes]], *, biff: int = 8, password: bool = False) -> bytes:
    """An .xls with these sheets."""
    name = "Workbook" if biff == 8 else "Book"
    return compound({name: workbook_stream(sheets, biff=biff, password=password)})


def binary_record(kind: int, *parts: bytes) -> bytes:
    """One record of an .xlsb."""
    body = b"".join(parts)
    size = bytes((len(body) & 0x7F | 0x80, len(body) >> 7)) if len(body) > 127 else bytes((len(body),))
    return (bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))) + size + body


def wide(text: str) -> bytes:
    """A text with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_cell(kind: int, column: int, value: bytes) -> bytes:
    """A cell of an .xlsb, without a style: 3 error, 5 number, 6 text."""
    return binary_record(kind, struct.pack("<II", column, 0), value)


def binary_row(row: int, *, hidden: bool = False) -> bytes:
    """The head of a row."""
    return binary_record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def xlsb(rows: bytes, after: bytes = b"", *, state: int = 0) -> bytes:
    """An .xlsb with one sheet, 5K."""
    sheet = binary_record(156, struct.pack("<II", state, 1), wide("rId1"), wide("5K"))
    book = binary_record(131) + binary_record(143) + sheet + binary_record(144) + binary_record(132)
    dimension = binary_record(148, struct.pack("<IIII", 0, 9, 0, 9))
    part = binary_record(129) + dimension + binary_record(145) + rows + binary_record(146) + after + binary_record(130)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("_rels/.rels", links("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", links("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/worksheets/sheet1.bin", part)
    return held.getvalue()


def links(kind: str, target: str) -> str:
    """The file that names one related part."""
    link = f'<Relationship Id="rId1" Type="{OFFICE_LINKS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{MAIN_LINKS}">{link}</Relationships>'
