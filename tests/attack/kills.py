"""Runs killed at random moments while they write each form, and runs that write one file at the same time.

    python tests/attack/kills.py [COUNT]

COUNT runs of each form are killed, 200 without. No file may be torn, what stood there before must be whole, what was
begun is for its user alone and swept by the next run, and nothing is written outside the folder named. Then COUNT / 10
times four runs write the same new file or folder: one must win, and the others end with 5.

What is read, judged and written is made once, and each run is a fork of this process, so that it takes no longer than
writing; the disk is slow in it, so that many a kill falls between two steps.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import os
import random
import shutil
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "functional"))

from read_once import read_once

from siptrack import commands
from siptrack.rules import load

TODAY = Path(__file__).parents[2] / "sample_data" / "today"
OLD = b"what stood here before"
FORMS: Mapping[str, tuple[str, Sequence[str]]] = {  # the file or folder, and the command that writes it
    "text": ("out.txt", ["analyse"]),
    "json": ("out.json", ["analyse"]),
    "csv": ("out.csv", ["analyse", "--table", "flags"]),
    "sqlite": ("out.sqlite", ["analyse"]),
    "html": ("out.html", ["since"]),
    "docx": ("out.docx", ["plan"]),
    "xlsx": ("out.xlsx", ["plan"]),
    "report": ("report", ["report", "--word"]),
}
MAKING = (("documents", "_content"), ("analyse", "_content"), ("report", "_contents"))  # of siptrack.commands
RACERS = 4
BEGUN = ".siptrack-*.tmp"
Contents = Mapping[str, bytes]


@dataclass
class Told:
    """What came of the runs of a form."""

    ended: int = 0
    killed: int = 0
    left: int = 0
    faults: list[str] = field(default_factory=list)


class Ground:
    """A folder to write to, and beside it all other places where a run might leave something."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.out, self.elsewhere = base / "out", [base / name for name in ("here", "home", "temp")]
        for one in (self.out, *self.elsewhere):
            one.mkdir(parents=True)

    def clear(self, old: Contents) -> None:
        """An empty folder, or one with files of these names that stood there before."""
        shutil.rmtree(self.out)
        self.out.mkdir()
        for name in old:
            path = self.out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(OLD)

    def held(self) -> dict[str, bytes]:
        """Every file that a run has finished."""
        files = (path for path in self.out.rglob("*") if path.is_file() and not path.match(BEGUN))
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in files}

    def begun(self) -> list[Path]:
        """Every file that a run has begun and not finished."""
        return list(self.out.rglob(BEGUN))

    def start(self, arguments: Sequence[str], *, wait: Callable[[], object] = lambda: None) -> int:
        """Begin a run in a process of its own; `wait` is what it waits for first."""
        if child := os.fork():
            return child
        here, home, temp = self.elsewhere
        os.chdir(here)
        os.environ.update(HOME=str(home), TMPDIR=str(temp))
        tempfile.tempdir = None
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        _slow_the_disk()
        wait()
        os._exit(run(arguments, self))

    def strewn(self) -> list[str]:
        """What was written where nothing should be."""
        return [str(path) for one in self.elsewhere for path in one.rglob("*")]


_made: dict[object, object] = {}
_asked: list[object] = []


def run(arguments: Sequence[str], ground: Ground) -> int:
    """The exit code of a command line, in this process."""
    _asked[:] = [one for one in arguments if one != "--force" and not one.startswith(str(ground.base))]
    return commands.run(list(arguments))


def make_once() -> None:
    """Let what a command writes be made once for each command line, wherever it is written to."""
    for name, function in MAKING:
        module = importlib.import_module(f"siptrack.commands.{name}")
        setattr(module, function, _kept(getattr(module, function)))


def _kept(make: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(make)
    def once(*given: object, **named: object) -> object:
        asked = make.__module__, *_asked
        if asked not in _made:
            _made[asked] = make(*given, **named)
        return _made[asked]

    return once


def _slow_the_disk() -> None:
    """Let each step of writing take some milliseconds."""
    for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "hardlink_to")):
        setattr(owner, name, _slowly(getattr(owner, name)))


def _slowly(step: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(step)
    def slow(*given: object) -> object:
        time.sleep(0.004)
        done = step(*given)
        time.sleep(0.004)
        return done

    return slow


def arguments_of(form: str, ground: Ground, *more: str) -> list[str]:
    """The command line that writes a form."""
    name, (command, *options) = FORMS[form]
    return [command, str(TODAY), "-o", str(ground.out / name), *options, *more]


def whole(form: str, ground: Ground, *more: str) -> tuple[dict[str, bytes], float]:
    """What a run that nobody kills writes, and how long it takes."""
    ground.clear({})
    began = time.monotonic()
    _, status = os.waitpid(ground.start(arguments_of(form, ground, *more)), 0)
    assert os.waitstatus_to_exitcode(status) == 0, (form, status)
    return ground.held(), time.monotonic() - began


def kill_often(form: str, ground: Ground, count: int, chance: random.Random) -> Told:
    """Kill so many runs, each over old files or into an empty folder, at any moment or once a file is begun."""
    new, seconds = whole(form, ground)
    told = Told()
    for number in range(count):
        forced = number % 2 == 0
        ground.clear(new if forced else {})
        child = ground.start(arguments_of(form, ground, *(["--force"] if forced else [])))
        if number % 4 == 3:
            time.sleep(chance.uniform(0, seconds))
        else:
            _wait_for_a_beginning(ground, child, seconds)
            time.sleep(chance.uniform(0, 0.02 * len(new)))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told.killed += os.WIFSIGNALED(status)
        told.ended += os.WIFEXITED(status)
        told.left += len(ground.begun())
        told.faults += _faults(ground, new, forced=forced)
    told.faults += _unswept(form, ground)
    return told


def _wait_for_a_beginning(ground: Ground, child: int, seconds: float) -> None:
    until = time.monotonic() + 4 * seconds
    while time.monotonic() < until and not _has_ended(child):
        with contextlib.suppress(OSError):  # it is finished or taken away by now
            if any(path.stat().st_size for path in ground.begun()):
                return
        time.sleep(0.0005)


def _has_ended(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _faults(ground: Ground, new: Contents, *, forced: bool) -> Iterator[str]:
    """Torn files, lost files, and files where none should be."""
    held = ground.held()
    for name, content in held.items():
        if content != new.get(name) and not (forced and content == OLD):
            yield f"{name}: torn, {len(content)} bytes"
    if forced:
        yield from (f"{name}: lost" for name in set(new) - set(held))
    for path in ground.begun():
        if stat.S_IMODE(path.stat().st_mode) != stat.S_IRUSR | stat.S_IWUSR:
            yield f"{path.name}: for others to read"
    yield from (f"{name}: outside the folder" for name in ground.strewn())


def _unswept(form: str, ground: Ground) -> Iterator[str]:
    """What a killed run had begun and the next, an hour later, does not take away."""
    new, _ = whole(form, ground)
    for folder in {(ground.out / name).parent for name in new}:
        half = folder / BEGUN.replace("*", "half")
        half.write_bytes(b"half")
        os.utime(half, (0, 0))
    os.waitpid(ground.start(arguments_of(form, ground, "--force")), 0)
    yield from (f"{path}: not swept" for path in ground.begun())


def race(form: str, ground: Ground, count: int) -> Told:
    """Runs about different children that write to one place at the same time, without --force and with it."""
    narrowed = [["--year", str(year)] for year in range(1, RACERS + 1)]
    alone = [whole(form, ground, *one)[0] for one in narrowed]
    told = Told()
    for number in range(count):
        force = ["--force"] if number % 2 else []
        ground.clear({})
        codes = _together(form, ground, [[*one, *force] for one in narrowed])
        told.ended += len(codes)
        if sorted(codes) != ([0] * RACERS if force else [0, *[5] * (RACERS - 1)]):
            told.faults.append(f"{form}: ended with {codes}")
        held = ground.held()
        torn = {name for name, content in held.items() if content not in [files.get(name) for files in alone]}
        told.faults += [f"{name}: torn between runs" for name in torn]
        if not force and held != alone[codes.index(0)]:
            told.faults.append(f"{form}: not the winner's")
        told.faults += [f"{path.name}: left" for path in ground.begun()]
    return told


def _together(form: str, ground: Ground, each: Sequence[Sequence[str]]) -> list[int]:
    """The exit codes of runs that begin at the same moment."""
    gate, opener = os.pipe()

    def wait() -> None:
        os.close(opener)
        os.read(gate, 1)

    children = [ground.start(arguments_of(form, ground, *more), wait=wait) for more in each]
    os.close(opener)
    os.close(gate)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def main() -> int:
    """Kill and race in every form; 1 where anything was torn, lost or left."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance = random.Random(16)
    load.open_book = functools.cache(load.open_book)
    make_once()
    faults: list[str] = []
    with read_once(), tempfile.TemporaryDirectory() as base:
        for form in FORMS:
            ground = Ground(Path(base) / form)
            with contextlib.redirect_stderr(io.StringIO()):  # where each run says what it wrote
                for more in ([], *(["--year", str(year)] for year in range(1, RACERS + 1))):
                    ground.clear({})
                    run(arguments_of(form, ground, *more), ground)
            killed, raced = kill_often(form, ground, count, chance), race(form, ground, count // 10)
            print(
                f"{form}: {killed.killed} killed, {killed.ended} had ended, {killed.left} files begun and left; "
                f"{raced.ended} in races; {len(killed.faults + raced.faults)} faults",
                flush=True,
            )
            faults += [f"{form}: {one}" for one in (*killed.faults, *raced.faults)]
    print("\n".join(faults[:20]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
