"""Workbooks in Excel's older and binary formats: no cell lost, and errors told."""

from __future__ import annotations

import struct

import pytest
from both import read, refused
from old_excel import (
    binary_cell,
    binary_record,
    binary_row,
    compound,
    compound_with_a_small_stream,
    error,
    failed_formula,
    hidden_row,
    label,
    merged,
    number,
    wide,
    xls,
    xlsb,
)

from siptrack.reading.formats.compound import CompoundFile
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.xlsb import records


@pytest.mark.parametrize("biff", [5, 8])
def test_an_xls_is_read_with_its_errors_and_hidden_rows(biff):
    cells = (
        hidden_row(1),
        label(0, 0, "Name", biff=biff),
        label(0, 1, "Reading", biff=biff),
        label(1, 0, "Ash", biff=biff),
        number(1, 1, 3.0),
        number(1, 2, 2.5),
        error(2, 1, 0x2A),
        failed_formula(3, 0, 0x07),
    )

    [sheet] = read(xls([("5K", 0, b"".join(cells))], biff=biff))

    assert sheet.name == "5K"
    assert sheet.rows == (("Name", "Reading"), ("Ash", "3", "2.5"), ("", "#N/A"), ("#DIV/0!",))
    assert sheet.hidden_rows == {2}
    assert not sheet.hidden


def test_an_xls_tells_its_hidden_sheets_and_merged_cells():
    first, second = label(0, 0, "Reading") + merged(0, 0, 0, 2), label(4, 3, "below")

    sheets = read(xls([("5K", 0, first), ("Old", 1, second)]))

    assert [(sheet.name, sheet.hidden, sheet.merged) for sheet in sheets] == [
        ("5K", False, ((1, 1, 1, 3),)),
        ("Old", True, ()),
    ]
    assert sheets[1].rows == ((), (), (), (), ("", "", "", "below"))


def test_an_xlsb_is_read_with_its_errors_and_hidden_rows_and_merged_cells():
    rows = (
        binary_row(0) + binary_cell(6, 0, wide("Name")) + binary_cell(5, 1, struct.pack("<d", 3.0)),
        binary_row(2, hidden=True) + binary_cell(3, 2, b"\x2a"),
    )

    [sheet] = read(xlsb(b"".join(rows), binary_record(176, struct.pack("<IIII", 0, 1, 0, 0)), state=1))

    assert (sheet.name, sheet.hidden) == ("5K", True)
    assert sheet.rows == (("Name", "3"), (), ("", "", "#N/A"))
    assert sheet.hidden_rows == {3}
    assert sheet.merged == ((1, 1, 2, 1),)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (xls([("5K", 0, label(0, 0, "Name"))], password=True), "it is protected by a password"),
        (compound({"EncryptedPackage": b"", "EncryptionInfo": b""}), "it is protected by a password"),
        (compound({"WordDocument": b""}), "it is an old Word document"),
        (compound({"PowerPoint Document": b""}), "it is an old PowerPoint presentation"),
        (compound({"__properties_version1.0": b""}), "it is an e-mail saved by Outlook"),
        (compound({"Something": b""}), "it is an old Office file and not a workbook"),
        (xls([("5K", 0, b"")])[:700], "it is damaged"),
    ],
    ids=["xls password", "xlsx password", "word", "powerpoint", "outlook", "unknown", "cut off"],
)
def test_what_is_no_open_workbook_is_named(content, why):
    assert why in refused(content)


def test_a_short_stream_is_put_together_from_its_pieces():
    stream = bytes(range(200))
    content = compound_with_a_small_stream("Book", stream)

    assert CompoundFile(content).stream("Book") == stream
    assert CompoundFile(content).stream("Workbook") == b""


def test_a_compound_file_of_impossible_sectors_is_damaged():
    content = bytearray(compound({"Workbook": b""}))
    content[30] = 3

    with pytest.raises(ValueError, match="8"):
        CompoundFile(bytes(content))


@pytest.mark.parametrize(
    "part",
    [b"\x03\xff\xff\xff\x7f", b"\x13\x05\0\0\0\0\0\x06\x09a", b"\x07\x02ab"],
    ids=["long", "second", "too short"],
)
def test_records_that_are_cut_short_or_of_a_wrong_length_are_damage(part):
    with pytest.raises(UnusableFileError, match="damaged inside"):
        list(records(part))
