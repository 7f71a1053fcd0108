"""Which schools there are: a folder each, or those that the school column of the files names."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siptrack.reading.files import ENDINGS, read_files
from siptrack.reading.read import understand
from siptrack.reading.schools import school_key
from siptrack.rules.named import is_folder
from siptrack.school.errors import InputError

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
    """The schools in order of their names, and the files beside their folders that are in none."""

    schools: Sequence[SchoolFiles]
    beside: Sequence[str] = ()


def find_schools(path: Path, rules: Rules) -> SchoolsThere:
    """The schools in a folder of folders, or in a file or a folder of files with a school column.

    Raises InputError where there is none.
    """
    folders, files = _inside(path) if is_folder(path) else ([], [path])
    if folders:
        return SchoolsThere(_by_folder(folders, rules), [file.name for file in files])
    names = understand(read_files([path]), rules).schools.names
    if not names:
        raise InputError(
            f"{path}: no school is named in it. Give a folder with a folder for each school, or files with a column "
            "that names the school. For one school there is siptrack analyse."
        )
    return SchoolsThere([SchoolFiles(name, (path,), name) for name in names])


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """The folders in a folder in which there is anything to read, and the files."""
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    folders = [entry for entry in entries if entry.is_dir() and any(map(_is_data, entry.iterdir()))]
    return folders, [entry for entry in entries if _is_data(entry)]


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
