"""Which schools there are: a folder each, or those that the school column of the files names."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siptrack.reading.files import ENDINGS, read_files
from siptrack.reading.schools import school_key
from siptrack.reading.schools_apart import take_apart
from siptrack.rules.named import is_folder
from siptrack.school.errors import InputError
from siptrack.school.near import few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.rules.model import Rules


class SchoolFiles(NamedTuple):
    """A school's name, the files or the folder that it is in, and its name in them where they hold several.

    `twin` is another folder of the same school's name, by which neither can be counted.
    """

    name: str
    paths: tuple[Path, ...]
    school: str = ""
    twin: str = ""


class SchoolsThere(NamedTuple):
    """The schools in order of their names, the files `beside` their folders, and folders without data.

    `of_none` is how many rows of pupils in files of several schools are of none of them.
    """

    schools: Sequence[SchoolFiles]
    beside: Sequence[str] = ()
    without_data: Sequence[str] = ()
    of_none: int = 0


def find_schools(path: Path, rules: Rules, into: Path | None = None) -> SchoolsThere:
    """The schools in a folder of folders, or in a file or a folder of files with a school column.

    What lies in the folder `into`, where siptrack writes, is no school's. Raises InputError where there is none.
    """
    if into is not None and _is_same(path, into):
        raise InputError(f"{into}: what is written there would be read as a school's; choose another folder.")
    entries = _inside(path, into) if is_folder(path) else [path]
    inner = [entry for entry in entries if is_folder(entry)]
    folders = [folder for folder in inner if _holds_data(folder)]
    if folders:
        files = [entry.name for entry in entries if _is_data(entry)]
        return SchoolsThere(_by_folder(folders, rules), files, [entry.name for entry in inner if entry not in folders])
    if inner and not any(map(_is_data, entries)):
        raise InputError(
            f"{path}: no file to read lies in its folders themselves: {few([folder.name for folder in inner])}. "
            "Lay each school's files into a folder of its own, and no deeper."
        )
    apart = take_apart(read_files([path]), rules)
    if not apart.names:
        raise InputError(
            f"{path}: no school is named in it. Give a folder with a folder for each school, or files with a column "
            "that names the school. For one school there is siptrack analyse."
        )
    return SchoolsThere(
        [SchoolFiles(name, (path,), name) for name in apart.names],
        without_data=[folder.name for folder in inner],
        of_none=apart.of_none,
    )


def _inside(folder: Path, into: Path | None) -> list[Path]:
    """The files and folders in a folder, but for what is hidden and for the folder that is written into."""
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise InputError(f"{folder}: this folder could not be opened ({error.strerror}).") from None
    return [entry for entry in entries if into is None or not _is_same(entry, into)]


def _is_same(folder: Path, other: Path) -> bool:
    return is_folder(folder) and is_folder(other) and folder.samefile(other)


def _holds_data(folder: Path) -> bool:
    """Whether a folder holds anything to read, or may: of one that cannot be opened its school is told so."""
    try:
        return any(map(_is_data, folder.iterdir()))
    except OSError:
        return True


def _is_data(entry: Path) -> bool:
    return entry.suffix.lower() in ENDINGS and not entry.name.startswith(("~$", ".")) and entry.is_file()


def _by_folder(folders: Sequence[Path], rules: Rules) -> list[SchoolFiles]:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for folder in folders:
        named[school_key(folder.name, rules.columns)].append(folder.name)
    found = []
    for folder in folders:
        twins = [name for name in named[school_key(folder.name, rules.columns)] if name != folder.name]
        found.append(SchoolFiles(folder.name, (folder,), twin=next(iter(twins), "")))
    return found
