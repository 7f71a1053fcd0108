"""Reading in a child process: whatever a file does to the child, the next file is read."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pytest

from siptrack.reading.files import read_files
from siptrack.reading.findings import Findings
from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.child import tables_of
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.wire import BrokenWireError, receive, send
from siptrack.rules.load import load


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_one_child_reads_file_after_file():
    with ApartReader() as reader:
        first = reader.read("zip", workbook(["Ash"]), "1.xlsx")
        child = reader.child
        second = reader.read("zip", workbook(["Beech"]), "2.xlsx")

        assert reader.child is child
    assert [sheet.rows for sheet in (*first, *second)] == [(("Ash",),), (("Beech",),)]
    assert reader.child is None


def test_a_child_that_dies_is_one_line_and_the_next_file_is_read():
    with ApartReader() as reader:
        reader.start().kill()
        with pytest.raises(UnusableFileError, match="it is damaged, or asks for far more memory"):
            reader.read("zip", workbook(["Ash"]), "1.xlsx")

        assert reader.read("zip", workbook(["Beech"]), "2.xlsx")[0].rows == (("Beech",),)


def test_a_file_that_takes_too_long_is_one_line_and_the_next_file_is_read():
    page = b"<table>" + b"<tr><td>a</td></tr>" * 1_000_000
    with ApartReader(seconds=0.2) as reader:
        with pytest.raises(UnusableFileError, match="it takes longer than"):
            reader.read("page", page, "1.xls")
        reader.seconds = 8.0

        assert reader.read("zip", workbook(["Beech"]), "2.xlsx")[0].rows == (("Beech",),)


def test_no_child_is_started_for_text(tmp_path, monkeypatch):
    monkeypatch.setattr(ApartReader, "start", lambda _: pytest.fail("a child was started"))
    path = tmp_path / "school.csv"
    path.write_text("Name\nAsh\n", encoding="utf-8")

    assert read_files([path], Findings({}), bytes).sheets[0].rows == (("Name",), ("Ash",))


def test_a_child_knows_only_the_libraries_it_needs():
    with ApartReader() as reader:
        command = reader.start().args

    assert command[:3] == [sys.executable, "-I", "-S"]
    assert str(Path(__file__).parent) not in command


def test_bad_files_stop_no_good_one(tmp_path):
    (tmp_path / "1.xls").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "2.xlsx").write_bytes(b"PK\x03\x04 nothing more")
    (tmp_path / "3.xlsx").write_bytes(workbook(["Ash"]))
    (tmp_path / "~$3.xlsx").write_bytes(b"a lock")
    findings = Findings(load().problems)

    files = read_files([tmp_path], findings, bytes)

    assert files.names == ["1.xls", "2.xlsx", "3.xlsx"]
    assert [sheet.file for sheet in files.sheets] == ["3.xlsx"]
    assert [(problem.place.file, problem.found) for problem in findings.problems] == [
        ("1.xls", "it is a PDF document; ask for the spreadsheet that it was printed from"),
        ("2.xlsx", "it is damaged, or not a workbook"),
    ]


def test_frames_are_read_as_they_were_sent_and_a_broken_one_is_none():
    held = io.BytesIO()
    send(held, "rows", [("Ash", "3")])
    whole = held.getvalue()

    assert receive(io.BytesIO(whole)) == ("rows", [("Ash", "3")])
    for broken in (b"", whole[:4], whole[:-1], b"\xff" * 8):
        with pytest.raises(BrokenWireError):
            receive(io.BytesIO(broken))


def test_each_kind_has_its_reader():
    [table] = tables_of("page", b"<table><tr><td>Ash</td></tr></table>")

    assert list(table.rows) == [("Ash",)]
