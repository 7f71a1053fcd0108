"""Writing a file whole or not at all: a report that is cut off, or lost where the old one stood, misleads."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

from siptrack.school.errors import OutputError

_DEVICES = frozenset(["CON", "PRN", "AUX", "NUL", *(f"{port}{at}" for port in ("COM", "LPT") for at in range(1, 10))])
_NEVER = frozenset('<>:"|?*')
_PREFIX, _SUFFIX = ".siptrack-", ".tmp"
_STALE = 3600  # seconds: no file takes so long to write, so whoever began it is dead
_WAITS = (0.1, 0.2, 0.4, 0.8, 1.0)  # seconds: Windows holds a file for a moment while it is scanned or synchronised


def write_whole(path: Path, content: bytes, *, force: bool) -> None:
    """Write the file for its user's eyes only, beside its place first and then into it in one step.

    Raises OutputError when it cannot be written, or is there already and `force` is not given; what was there stays.
    Where the program is killed, the old file is whole, and what was begun is cleared away by the next run.
    """
    _refuse(path, force=force)
    _clear(path.parent)
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(temporary, path)
    except PermissionError:
        raise OutputError(
            f"{path}: this file may not be written. Close it if another program has it open, or choose another folder."
        ) from None
    except OSError as error:
        raise OutputError(f"{path}: this file could not be written ({error.strerror}).") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


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
    if not force and os.path.lexists(path):
        raise OutputError(f"{path}: there is a file of this name already; add --force to write over it.")


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


def _put_in_place(temporary: Path, path: Path) -> None:
    """Move the finished file to its place, waiting a little where Windows holds the old one."""
    for wait in _WAITS:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    temporary.replace(path)
