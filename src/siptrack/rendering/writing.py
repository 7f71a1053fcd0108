"""Writing a file whole or not at all: a report that is cut off, or lost where the old one stood, misleads."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from siptrack.school.errors import OutputError
from siptrack.school.held import HeldBy, held_by, marks_of

_ON_WINDOWS = os.name == "nt"
_PRIVATE = 0o700
_DEVICES = frozenset(["CON", "PRN", "AUX", "NUL", *(f"{port}{at}" for port in ("COM", "LPT") for at in range(1, 10))])
_NEVER = frozenset('<>:"|?*')
_PREFIX, _SUFFIX = ".siptrack-", ".tmp"
_STALE = 3600  # seconds: no file takes so long to write, so whoever began it is dead
_WAITS = (0.1, 0.2, 0.4, 0.8, 1.0)  # seconds: Windows holds a file for a moment while it is scanned or synchronised
_HELD = {
    HeldBy.IN_USE: "another program, such as Excel, has this file open. Close it there, or choose another name.",
    HeldBy.AWAY: "this place is in the cloud or on a network drive that does not answer. "
    "Wait until it is connected, or choose a folder on this computer.",
    HeldBy.NOT_ALLOWED: "this file may not be written. Close it if another program has it open, "
    "or choose another folder.",
}


def write_whole(path: Path, content: bytes, *, force: bool) -> None:
    """Write the file for its user's eyes only, beside its place first and then into it in one step.

    Raises OutputError when it cannot be written, or is there already and `force` is not given; what was there stays,
    also where it came there while this was written. Where the program is killed, the old file is whole, and what was
    begun is cleared away by the next run.
    """
    with _explained(path):
        _refuse(path, force=force)
        _clear(path.parent)
        _write(path, content, force=force)


def _write(path: Path, content: bytes, *, force: bool) -> None:
    """Write the file beside its place, and put it there once it is whole."""
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _move_into_place(temporary, path, force=force)
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Say of a file that it cannot be written, whatever the reason, be it that nobody may look whether it is there."""
    try:
        yield
    except OSError as error:
        raise _unwritten(path, error) from None
    except ValueError:  # a name with a NUL in it
        raise OutputError(f"{path}: no file can have this name; choose another.") from None


def refuse_early(path: Path, *, force: bool) -> None:
    """Say what stands in the way of a file before anything is read, and whether its folder can be written to at all.

    Raises OutputError with what to do.
    """
    with _explained(path):
        _refuse(path, force=force)
    _try(path.parent)


def refuse_folder(folder: Path, places: Iterable[PurePosixPath], *, force: bool) -> None:
    """Say what stands in the way of files at these places in a folder, before any of them is made.

    Raises OutputError for the first that may not be written.
    """
    targets = [folder / place for place in places]
    for target in targets:
        with _explained(target):
            _refuse_way(folder, target.parent)
            if target.parent.is_dir():
                _refuse(target, force=force)
    for parent in dict.fromkeys(map(_nearest, (target.parent for target in targets))):
        _try(parent)


def write_folder(folder: Path, files: Mapping[PurePosixPath, bytes], *, force: bool) -> list[Path]:
    """Write all files into the folder, each at its place in it, and return where they are.

    Folders that are not there are made, for their user alone.
    """
    targets = {folder / place: content for place, content in files.items()}
    for parent in dict.fromkeys(target.parent for target in targets):
        _make(parent)
        _clear(parent)
    for target, content in targets.items():
        with _explained(target):
            _refuse(target, force=force)
            _write(target, content, force=force)
    return list(targets)


def _refuse_way(folder: Path, inside: Path) -> None:
    """Say where a file stands in place of a folder, or where a link would lead out of the folder."""
    for parent in (inside, *inside.parents):
        if os.path.lexists(parent) and not parent.is_dir():
            raise OutputError(f"{parent}: this is a file, where a folder was expected; choose another place.")
    if not inside.resolve().is_relative_to(folder.resolve()):
        raise OutputError(f"{inside}: this is a link to another place; take it away, or choose another folder.")


def _make(folder: Path) -> None:
    """The folder and those it is in, each for its user's eyes only where it was not there."""
    try:
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        for parent in reversed(missing):
            parent.mkdir(mode=_PRIVATE, exist_ok=True)  # another run may have made it by now
    except OSError as error:
        raise OutputError(f"{folder}: this folder could not be made ({error.strerror}).") from None


def _nearest(folder: Path) -> Path:
    """The folder, or where it is not there yet, the one that it would be made in."""
    return next(parent for parent in (folder, *folder.parents) if parent.is_dir())


def _try(folder: Path) -> None:
    """Make an empty file in a folder and take it away again.

    No question gives a true answer everywhere: Windows and network drives say yes to what they do not allow.
    """
    _clear(folder)
    try:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        os.close(handle)
        Path(name).unlink()
    except PermissionError:
        raise OutputError(f"{folder}: nothing may be written in this folder; choose another.") from None
    except OSError as error:
        raise _unwritten(folder, error) from None


def _refuse(path: Path, *, force: bool) -> None:
    """Say what stands in the way before anything is written."""
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder; give the name of a file in it.")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}; make it first, or choose another.")
    if reserved(path.name):
        raise OutputError(f"{path}: Windows keeps this name for itself; choose another.")
    if path.is_symlink():
        raise OutputError(f"{path}: this is a link to another place; name the place itself.")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: this is a device or a pipe, and no file; choose another name, or - for the screen.")
    if os.path.lexists(path):
        if not force:
            raise OutputError(f"{path}: there is a file of this name already; add --force to write over it.")
        _refuse_open(path)


def _refuse_open(path: Path) -> None:
    """Say that somebody has a file open that is to be written over: what they write in it would be lost."""
    if mark := _marked_open(path):
        raise OutputError(
            f"{path}: somebody has this file open, as {mark.name} beside it tells. Close it there, or choose another "
            f"name; if nobody has, take {mark.name} away."
        )
    try:
        with path.open("r+b"):
            return
    except OSError as error:
        if held_by(error) in (HeldBy.IN_USE, HeldBy.AWAY):  # one that may only be read may yet be replaced
            raise


def _marked_open(path: Path) -> Path | None:
    """What Excel or LibreOffice keeps beside a file while somebody has it open."""
    return next((mark for name in marks_of(path.name) if os.path.lexists(mark := path.parent / name)), None)


def reserved(name: str) -> bool:
    """Whether Windows takes a file's name for a device, or cannot keep it as it is written."""
    base = name.split(".", maxsplit=1)[0].rstrip(" ").upper()
    return base in _DEVICES or name != name.rstrip(" .") or any(letter in _NEVER for letter in name)


def _clear(folder: Path) -> None:
    """Take away what a run that was killed had begun in this folder."""
    for begun in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - begun.stat().st_mtime > _STALE:
                begun.unlink()


def _move_into_place(temporary: Path, path: Path, *, force: bool) -> None:
    """Move the finished file to its place, waiting a little where Windows holds it or the old one."""
    move = Path.replace if force else _move_where_nothing_is
    for wait in _WAITS:
        try:
            move(temporary, path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    move(temporary, path)


def _move_where_nothing_is(temporary: Path, path: Path) -> None:
    """Give the finished file its name in one step, which fails where another program has made a file of it by now.

    Windows never renames a file over another. Elsewhere a second link to the file is made, under its name: a link never
    takes the place of a file. On a file system without links, as on memory sticks and some network drives, the name is
    first taken by an empty file, which only one program can make, and that is replaced by the finished one; only there
    can a program that is killed between the two leave an empty file.
    """
    if _ON_WINDOWS:
        temporary.rename(path)
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise


def _unwritten(path: Path, error: OSError) -> OutputError:
    """Why a file was not written, and what to do."""
    if isinstance(error, FileExistsError):
        return OutputError(
            f"{path}: another program wrote a file of this name in the meantime; it is kept. "
            "Add --force to write over it, or choose another name."
        )
    if held := held_by(error):
        if held is HeldBy.NOT_ALLOWED and _marked_open(path):
            held = HeldBy.IN_USE
        return OutputError(f"{path}: {_HELD[held]}")
    return OutputError(f"{path}: this file could not be written ({error.strerror}).")
