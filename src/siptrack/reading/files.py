"""Which files to read, and each as sheets: by what is in it, not by what it is called."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from siptrack.reading.findings import AWAY, IN_USE, UNUSABLE
from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.kinds import PARQUET, TEXT, kind_of
from siptrack.reading.formats.limits import MOST_BYTES, WAY_ROUND
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.separated import BLOCK, read_long, read_separated
from siptrack.reading.sheet import Sheet
from siptrack.reading.uneven import faults_of_shape
from siptrack.reading.word_files import WORD, paragraphs_of
from siptrack.rules.named import UnreadableError, blocks_of, is_folder
from siptrack.school.errors import InputError
from siptrack.school.held import HeldBy
from siptrack.school.place import Place

OnFile = Callable[[str, int, int], None]  # gets a file's name, how many are done, and of how many; no name at the end
ENDINGS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".tab", ".xml", ".parquet"}
STANDARD_INPUT = "-"
_EXPECTED = "a workbook (.xlsx, .xls, .ods), a CSV file or a Common Transfer File"
_OPEN_IN_EXCEL = "~$"  # begins the name of the file that Excel keeps beside a workbook that somebody has open
_NOT_DATA = (_OPEN_IN_EXCEL, ".")  # and hidden files
_AWAY_IN_ICLOUD = re.compile(r"\.(.+)\.icloud")  # what older systems leave in the place of a file
_HELD: dict[HeldBy | None, str] = {HeldBy.IN_USE: IN_USE, HeldBy.AWAY: AWAY}


Oddity = tuple[str, Place, str, str]  # the code of a problem, where it is, what was found, what was expected


@dataclass
class Files:
    """The sheets of all files that could be read, the names of all files tried, and what was odd about a file.

    `in_word` are the paragraphs of each Word file that lies in a folder of these.

    It holds nothing that rules decide, so that files read once can be understood by the rules of one term and another.
    """

    names: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    in_word: dict[str, frozenset[str]] = field(default_factory=dict)


def silent(_name: str, _done: int, _of: int) -> None:
    """Nobody hears which file is being read."""


def _standard_input() -> bytes:
    if sys.stdin is None:  # a program started without one, as cron may
        raise InputError("Standard input is closed, so - reads nothing; name a file, or send one in with < or a pipe.")
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:  # it was opened for writing, say, or its terminal is gone
        raise InputError(f"Standard input could not be read ({error.strerror}); name a file instead.") from None


def read_files(
    paths: Sequence[Path], standard_input: Callable[[], bytes] = _standard_input, on_file: OnFile = silent
) -> Files:
    """Every sheet of the files and folders given. A file that cannot be used is an oddity and stops no other.

    Raises InputError where standard input is asked for and is closed or cannot be read.
    """
    files, found = Files(), files_in(paths)
    with ApartReader() as reader:
        for done, path in enumerate(found):
            name = "standard input" if str(path) == STANDARD_INPUT else _name_of(path)
            on_file(name, done, len(found))
            files.names.append(name)
            try:
                if str(path) == STANDARD_INPUT:
                    files.sheets += sheets_of(standard_input(), name, reader, files.oddities)
                else:
                    files.sheets += _sheets_in(path, name, reader, files.oddities)
            except UnusableFileError as reason:
                files.oddities.append((reason.code, Place(name), f"{reason}", _EXPECTED))
    for path in (path for folder in paths if is_folder(folder) for path in _of_folder(folder, {WORD})):
        files.in_word[_name_of(path)] = paragraphs_of(path)
    on_file("", len(found), len(found))
    return files


def _name_of(path: Path) -> str:
    """What a file is called in every message; bytes that are no letters of UTF-8 stand in it as escapes."""
    return os.fsencode(path.name or path).decode("utf-8", errors="backslashreplace")


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those in the folders named, in a fixed order, each once.

    What Excel keeps beside an open workbook is no file of the school's, also where *.xlsx has named it with the others.
    """
    named = [path for path in paths if not path.name.startswith(_OPEN_IN_EXCEL)] or paths
    found: list[Path] = []
    for path in named:
        found += _inside(path) if is_folder(path) else [path]
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """The files of data in a folder, in order, those too that cannot be looked at; itself where it cannot be opened.

    A file that iCloud has taken away stands under the name that it has.
    """
    return _of_folder(folder, ENDINGS)


def _of_folder(folder: Path, endings: Collection[str]) -> list[Path]:
    """The files with one of these endings."""
    try:
        entries = list(folder.iterdir())
    except OSError:
        return [folder]
    named = (folder / away[1] if (away := _AWAY_IN_ICLOUD.fullmatch(entry.name)) else entry for entry in entries)
    wanted = {path for path in named if path.suffix.lower() in endings and not path.name.startswith(_NOT_DATA)}
    return sorted((path for path in wanted if not is_folder(path)), key=lambda entry: entry.name)


def _sheets_in(path: Path, name: str, reader: ApartReader, oddities: list[Oddity]) -> list[Sheet]:
    """The sheets of the file in this place, as `sheets_of` has them; of a larger one if it can be read by columns."""
    if is_folder(path):
        raise UnusableFileError("it is a folder that cannot be opened: it is not yours to read")
    content = next(blocks_of_file(path, MOST_BYTES + 1), b"")
    if len(content) <= MOST_BYTES:
        return sheets_of(content, name, reader, oddities)
    found = read_long(blocks_of_file(path, BLOCK), name) if kind_of(content[:BLOCK]) == TEXT else None
    if found is None:
        raise UnusableFileError(f"{_larger()}, and not a CSV file of rows all alike in shape; {WAY_ROUND}")
    return _with_its_encoding(*found, oddities)


def content_of(path: Path) -> bytes:
    """The bytes of a file, and no more of an endless one than is needed to refuse it.

    Raises UnusableFileError where it cannot be read, or is too large.
    """
    return _of_usable_size(next(blocks_of_file(path, MOST_BYTES + 1), b""))


def blocks_of_file(path: Path, size: int) -> Iterator[bytes]:
    """The bytes of a file, so many at once. Raises UnusableFileError where it cannot be read."""
    try:
        yield from blocks_of(path, size)
    except FileNotFoundError:
        raise UnusableFileError("there is no such file") from None
    except UnreadableError as reason:
        raise UnusableFileError(str(reason), _HELD.get(reason.held, UNUSABLE)) from None


def _of_usable_size(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise UnusableFileError(f"{_larger()}; {WAY_ROUND}")
    return content


def _larger() -> str:
    return f"it is larger than {MOST_BYTES // 1_000_000} MB"


def sheets_of(content: bytes, name: str, reader: ApartReader, oddities: list[Oddity]) -> list[Sheet]:
    """The sheets of one file, and into `oddities` what is odd about it. Raises UnusableFileError with the reason."""
    kind = kind_of(_of_usable_size(content))
    if kind == PARQUET:
        from siptrack.reading.formats.parquet import read_parquet

        return [read_parquet(content, name)]
    if kind != TEXT:
        return reader.read(kind, content, name)
    sheet, guessed = read_separated(content, name)
    oddities.extend(faults_of_shape(sheet, content))
    return _with_its_encoding(sheet, guessed, oddities)


def _with_its_encoding(sheet: Sheet, guessed: bool, oddities: list[Oddity]) -> list[Sheet]:  # as it was read
    if guessed:
        oddities.append(("guessed-encoding", Place(sheet.file), "text that is not UTF-8", "UTF-8"))
    return [sheet]
