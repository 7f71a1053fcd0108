"""Reading in a child process: whatever a file does to the child, the next file is read."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from siptrack.reading import files
from siptrack.reading.files import read_files
from siptrack.reading.formats import apart, child, table
from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.limits import WAY_ROUND
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.wire import BrokenWireError, receive, send


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
        process = reader.child
        second = reader.read("zip", workbook(["Beech"]), "2.xlsx")

        assert reader.child is process
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
        reader.seconds = 60.0

        assert reader.read("zip", workbook(["Beech"]), "2.xlsx")[0].rows == (("Beech",),)


def test_an_interrupted_child_is_not_asked_again(monkeypatch):
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with ApartReader() as reader:
        monkeypatch.setattr(apart, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            reader.read("zip", workbook(["Ash"]), "1.xlsx")

        assert reader.child is None


def test_a_computer_that_starts_no_processes_is_said_so(monkeypatch):
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(apart.subprocess, "Popen", forbidden)

    with ApartReader() as reader, pytest.raises(UnusableFileError, match="save it as CSV"):
        reader.read("zip", workbook(["Ash"]), "1.xlsx")


def test_no_child_is_started_for_text(tmp_path, monkeypatch):
    monkeypatch.setattr(ApartReader, "start", lambda _: pytest.fail("a child was started"))
    path = tmp_path / "school.csv"
    path.write_text("Name\nAsh\n", encoding="utf-8")

    assert read_files([path]).sheets[0].rows == (("Name",), ("Ash",))


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

    found = read_files([tmp_path])

    assert found.names == ["1.xls", "2.xlsx", "3.xlsx"]
    assert [sheet.file for sheet in found.sheets] == ["3.xlsx"]
    assert [(place.file, reason) for _, place, reason, _ in found.oddities] == [
        ("1.xls", "it is a PDF document; ask for the spreadsheet that it was printed from"),
        ("2.xlsx", "it is damaged, or not a workbook"),
    ]


def test_what_cannot_be_opened_and_what_is_too_large_are_named(tmp_path, monkeypatch):
    (tmp_path / "folder.xlsx" / "inside").mkdir(parents=True)
    (tmp_path / "large.csv").write_bytes(b"a" * 101)
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    monkeypatch.setattr(Path, "is_dir", lambda _: False)

    found = read_files([tmp_path / name for name in ("gone.csv", "folder.xlsx", "large.csv")])

    assert [reason.split(";")[0] for _, _, reason, _ in found.oddities] == [
        "there is no such file",
        "it is a folder, where a file was expected",
        "it is larger than 0 MB, and not a CSV file of rows all alike in shape",
    ]


def test_what_is_read_from_standard_input_is_known_by_that_name():
    found = read_files([Path("-")], lambda: b"Name\nAsh\n")

    assert (found.names, found.sheets[0].file) == (["standard input"], "standard input")


def test_frames_are_read_as_they_were_sent_and_a_broken_one_is_none():
    held = io.BytesIO()
    send(held, "rows", [("Ash", "3")])
    whole = held.getvalue()

    assert receive(io.BytesIO(whole)) == ("rows", [("Ash", "3")])
    for broken in (b"", whole[:4], whole[:-1], b"\xff" * 8):
        with pytest.raises(BrokenWireError):
            receive(io.BytesIO(broken))


def served(monkeypatch, *requests: tuple[str, bytes]) -> list[tuple[object, ...]]:
    """What the child answers to these requests, without being one."""
    asked, answered = io.BytesIO(), io.BytesIO()
    for kind, content in requests:
        send(asked, kind, len(content))
        asked.write(content)
    asked.seek(0)
    monkeypatch.setattr(child, "_restrain", lambda: None)
    monkeypatch.setattr(child, "_allow_time", lambda: None)  # it would end the tests 40 seconds later
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=asked))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=answered))
    child.serve()
    monkeypatch.undo()
    frames = io.BytesIO(answered.getvalue())
    return [receive(frames) for _ in iter(lambda: frames.tell() < len(answered.getvalue()), False)]  # noqa: FBT003


def test_a_child_answers_each_request_with_its_tables(monkeypatch):
    page = b"<table><tr><td rowspan=2>Ash</td></tr></table>"

    assert served(monkeypatch, ("page", page), ("page", page)) == 2 * [
        ("table", "", False, [], [(1, 1, 2, 1)], []),
        ("rows", [("Ash",)]),
        ("end",),
    ]


@pytest.mark.parametrize(
    ("failure", "kind", "why"),
    [
        (UnusableFileError("it is a letter"), "page", "it is a letter"),
        (MemoryError(), "page", "it asks for far more memory than a school's workbook could"),
        (KeyError("Zoë"), "page", "it is damaged"),
        (RecursionError(), "zip", "it is damaged: it opens as a zip archive but not as a workbook"),
        (type("PanicException", (BaseException,), {})(), "compound", "it is damaged"),
    ],
)
def test_a_child_answers_a_failure_in_plain_words(failure, kind, why, monkeypatch):
    monkeypatch.setattr(child, "tables_of", lambda *_: (_ for _ in ()).throw(failure))

    [(word, reason)] = served(monkeypatch, (kind, b"..."))

    assert word == "unusable"
    assert str(reason).startswith(why)


def test_a_child_refuses_more_cells_than_a_school_has(monkeypatch):
    monkeypatch.setattr(table, "MOST_CELLS", 1)
    unlooked = table.PageTable("", [("Ash", "EXS")], table.Facts())  # by a reader that has counted nothing
    monkeypatch.setattr(child, "tables_of", lambda *_: [unlooked])

    *_, last = served(monkeypatch, ("page", b""))

    assert last == ("unusable", f"it holds more than 1 cells; {WAY_ROUND}")
