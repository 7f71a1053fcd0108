"""Names that no file of the user's can have, or that lead to none: for every option and argument that takes a path.

The options are asked of click, so that a new one is tried without a word here.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from siptrack.commands import cli

SCHOOL = {  # something for each command
    "school.csv": b"Surname,Forename,Class,Year,Reading Autumn 2024,Reading Summer 2025\r\nAsh,Kim,5K,5,EXS,WTS\r\n",
    "provision.csv": b"Surname,Forename,Class,Intervention,Subject,Start date,End date\r\n"
    b"Ash,Kim,5K,Daily reading,Reading,06/01/2025,04/04/2025\r\n",
    "lessons.csv": b"Date,Class,Subject,Judgement,Type,Observer\r\n03/02/2025,5K,Reading,Good,Book look,Mrs Oak\r\n",
}
WRITES = ("output", "folder", "save")  # the options whose file is written; every other one is read
# The exit code of an input, a rule or an output that cannot be used; a key is an input, which is made where it is not.
CODES: Mapping[str, frozenset[int]] = {
    **dict.fromkeys(WRITES, frozenset({5})),
    **dict.fromkeys(("config", "ruler", "diff"), frozenset({4})),
    "pseudonyms": frozenset({3, 5}),
}
_INPUT = frozenset({3})
_WITH = {
    "pseudonyms": ["--table", "flags", "--format", "csv"],
    "since_shared": ["--share", "governors"],
}  # what an option cannot go without


def paths_of(command: click.Command) -> list[click.Parameter]:
    """The options and arguments that take a path; `child` tells its paths from the child itself."""
    return [one for one in command.params if isinstance(one.type, click.Path) or one.name == "words"]


def every_place() -> list[tuple[str, str]]:
    """Each command with each of its options and arguments that take a path."""
    return [(name, one.name) for name, command in sorted(cli.commands.items()) for one in paths_of(command)]


def codes_of(parameter: str) -> frozenset[int]:
    """How a run may end whose path cannot be used."""
    return CODES.get(parameter, _INPUT)


def line_of(name: str, parameter: str, places: Sequence[object], school: Path, folder: Path) -> list[object]:
    """A command line with these paths for this option, or beside the school for this argument; all else is usual."""
    usual = {"path": [school], "paths": [school], "words": [school, "Ash"], "folder": ["-o", folder / "report"]}
    words: list[object] = [name]
    if name == "init":
        words.append("--defaults")  # else it would ask at a keyboard
    if name == "init" and parameter != "output":
        words += ["-o", folder / "settings.yaml"]
    for one in cli.commands[name].params:
        if one.name == parameter:
            option = [max(one.opts, key=len), *places, *_WITH.get(parameter, ())]
            several = usual[one.name] if isinstance(one, click.Argument) and one.nargs < 0 else []
            words += [*places, *several] if isinstance(one, click.Argument) else option
        elif one.required or one.name in ("path", "paths"):
            words += usual[one.name]
    return words


def nowhere(folder: Path) -> dict[str, str]:
    """What can be no file, by what it is; made in this folder where it has to be made."""
    (folder / "round").symlink_to(folder / "and-round")
    (folder / "and-round").symlink_to(folder / "round")
    (folder / "a-file").write_bytes(b"")
    return {
        "nothing": str(folder / "nothing" / "there"),
        "a name too long": str(folder / ("x" * 300)),
        "a path too long": "x/" * 2_500 + "x",
        "a name with a NUL": f"{folder}/x\0y",
        "links in a circle": str(folder / "round"),
        "below a file": str(folder / "a-file" / "x"),
    }


@contextmanager
def no_files(folder: Path) -> Iterator[dict[str, str]]:
    """What is there and is no file, by what it is, for as long as it is looked at."""
    (folder / "a-folder").mkdir()
    os.mkfifo(folder / "a-pipe")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(folder / "s"))
        yield {
            "a folder": str(folder / "a-folder"),
            "a pipe": str(folder / "a-pipe"),
            "a socket": str(folder / "s"),
            "a device without an end": "/dev/zero",
            "an empty device": "/dev/null",
            "a full device": "/dev/full",
        }
