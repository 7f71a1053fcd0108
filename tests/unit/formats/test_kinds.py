"""What a file is, by what is in it; and each that cannot be read gets a line that names it."""

from __future__ import annotations

import io
import zipfile

import pytest
from both import refused

from siptrack.reading.formats.kinds import kind_of
from siptrack.reading.formats.unusable import UnusableFileError


def packed(**members: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("--", "."), content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04...", "zip"),
        (b"\xd0\xcf\x11\xe0...", "compound"),
        (b"Name,Reading\nAsh,EXS\n", "text"),
        ("Name\tReading\n".encode("utf-16"), "text"),
        ("Name\tReading\nAsh\tEXS\n".encode("utf-16-le"), "text"),
        (b"<3 reading,Name\n", "text"),
        (b"[Name],[Reading]\nAsh,EXS\n", "text"),
        (b"<html><body><table>", "page"),
        (b"\r\n  <TABLE border=1>", "page"),
        (b"\xef\xbb\xbf<!-- made by --><!DOCTYPE html><html>", "page"),
        (b"<?xml version='1.0'?><html xmlns='x'><table/>", "page"),
        ("<html><table>".encode("utf-16"), "page"),
        (b"<meta charset=utf-8><style>a</style><table>", "page"),
        (b"<?xml version='1.0'?><CTfile><Header/>", "ctf"),
        (b"<CTFile xmlns='x'>", "ctf"),
    ],
)
def test_a_file_is_what_is_in_it(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"SQLite format 3\0", "SQLite"),
        (b"{\\rtf1", "rich-text"),
        (b"\x1f\x8b\x08", "archive"),
        (b"ID;PWXL;N;E", "SYLK"),
        (b"MIME-Version: 1.0", "web archive"),
        (b'[\n  {"a": 1}\n]\n', "JSON"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "Excel 2003"),
        (b"<office:document xmlns:office='x'>", "flat OpenDocument"),
        (b"<?xml version='1.0'?><invoice/>", "another kind than a Common Transfer File$"),
        (b"MZ\x90\0\x03\0\0\0\x04", "neither a workbook nor a text file"),
    ],
)
def test_what_cannot_be_read_is_named(content, what):
    with pytest.raises(UnusableFileError, match=what):
        kind_of(content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (packed(**{"word__document.xml": ""}), "Word document"),
        (packed(**{"ppt__presentation.xml": ""}), "PowerPoint"),
        (packed(**{"Index__Document.iwa": ""}), "Apple Numbers"),
        (packed(**{"letter.txt": ""}), "zip archive but not an Excel workbook"),
        (packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": ""}), "not a spreadsheet"),
        (packed(**{"xl__styles.xml": ""}), "part of a workbook is missing"),
    ],
)
def test_an_archive_that_is_no_workbook_is_named(content, what):
    assert what in refused(content)


def test_an_archive_with_a_password_is_named():
    content = bytearray(packed(**{"xl__workbook.xml": "<workbook/>"}))
    content[content.rfind(b"PK\x01\x02") + 8] |= 1

    assert "protected by a password" in refused(bytes(content))
