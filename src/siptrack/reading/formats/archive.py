"""Zip archives: refused when they are unsafe to unpack, and distinguished by what is in them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from siptrack.reading.formats.limits import LARGE_MEMBER, MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED
from siptrack.reading.formats.unusable import DAMAGED_INSIDE, UnusableFileError

_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_SWOLLEN = "it unpacks to far more than a school's workbook could hold"
_OTHERS = (  # the beginning of a member's name, and what an archive with such a member is
    ("word/", "it is a Word document; copy its table into a workbook"),
    ("ppt/", "it is a PowerPoint presentation; copy its table into a workbook"),
    ("Index/", "it is an Apple Numbers document; export it as Excel or CSV"),
    ("xl/", "it is damaged: part of a workbook is missing"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, once it is seen to be safe. Raises UnusableFileError when it is not."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnusableFileError("it is damaged, or not a workbook") from None
    members = archive.infolist()
    swollen = any(
        member.file_size > LARGE_MEMBER and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED or swollen:
        raise UnusableFileError(_SWOLLEN)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnusableFileError("it is protected by a password; unpack it with the password first")
    if len({member.filename.casefold() for member in members}) < len(members):  # of which no two readers take the same
        raise UnusableFileError(DAMAGED_INSIDE)
    return archive


def workbook_kind(archive: zipfile.ZipFile) -> str:
    """`xlsx`, `xlsb` or `ods`. Raises UnusableFileError with what else it is."""
    names = archive.namelist()
    if any(name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if "content.xml" in names and "mimetype" in names:
        return _open_document(archive)
    for beginning, what in _OTHERS:
        if any(name.startswith(beginning) for name in names):
            raise UnusableFileError(what)
    raise UnusableFileError("it is a zip archive but not an Excel workbook")


def ending_with(archive: zipfile.ZipFile, ending: str) -> str:
    """The first member whose name ends so, in capitals or not; empty when there is none."""
    return next((name for name in archive.namelist() if name.lower().endswith(ending)), "")


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of a member; empty when there is none. Raises UnusableFileError when it is damaged."""
    return b"".join(blocks(archive, name)) if name in archive.NameToInfo else b""


def small_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of a member that says what is where. Raises UnusableFileError when it is far too large for that."""
    if name in archive.NameToInfo and archive.getinfo(name).file_size > LARGE_MEMBER:
        raise UnusableFileError(_SWOLLEN)
    return member(archive, name)


def blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The content of a member, block by block. Raises UnusableFileError where it is not what its checksum says."""
    try:
        with archive.open(name) as stream:
            while block := stream.read(_BLOCK):
                yield block
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error):
        raise UnusableFileError(DAMAGED_INSIDE) from None


def _open_document(archive: zipfile.ZipFile) -> str:
    kind = small_member(archive, "mimetype").decode("ascii", "replace").strip()
    if b"encryption-data" in small_member(archive, "META-INF/manifest.xml"):
        raise UnusableFileError("it is protected by a password; open it, take the password off and save it")
    if not kind.startswith(f"{_OPEN_DOCUMENT}.spreadsheet"):
        raise UnusableFileError("it is an OpenDocument file and not a spreadsheet; copy its table into a workbook")
    return "ods"
