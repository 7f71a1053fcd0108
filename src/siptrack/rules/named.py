"""A file that the user names: looked at before it is opened, and read no further than one of its kind is long."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from siptrack.school.held import NOT_READ, HeldBy, held_by, is_placeholder, marks_of

_OPEN_ALREADY = Path("/dev/stdin")
_OF_THE_SHELL = (Path("/dev/fd"), Path("/proc/self/fd"))  # where `<(...)` stands


class UnreadableError(Exception):
    """Why a file cannot be read, and what to do: `it is a folder, where a file was expected`; and what keeps it."""

    def __init__(self, reason: str, held: HeldBy | None = None) -> None:
        super().__init__(reason)
        self.held = held


def read_named(path: Path, most: int) -> bytes:
    """The bytes of a file as `blocks_of` gives them; one more than `most` where there are more."""
    return next(blocks_of(path, most + 1), b"")


def blocks_of(path: Path, size: int) -> Iterator[bytes]:
    """The bytes, so many at once, of an ordinary file, or of what the shell holds open as one.

    A device or a pipe of any other kind is not opened: to open one may take for ever.

    Raises FileNotFoundError, or UnreadableError for whatever else stands in the way.
    """
    try:
        if path != _OPEN_ALREADY and path.parent not in _OF_THE_SHELL:
            _refuse_odd(path.stat().st_mode)
        with path.open("rb") as file:
            while block := file.read(size):
                yield block
    except OSError as error:
        if (held := _held(error, path)) in NOT_READ:
            raise UnreadableError(NOT_READ[held], held) from None
        if isinstance(error, FileNotFoundError):
            raise
        if isinstance(error, PermissionError):
            raise UnreadableError("it cannot be opened: Excel has it open, or it is not yours to read", held) from None
        raise UnreadableError(f"it cannot be opened ({error.strerror}); check the name given") from None
    except ValueError:  # a name with a NUL in it
        raise UnreadableError("no file can have this name; check the name given") from None


def real(path: Path) -> Path:
    """The place itself, whatever links lead to it; as it was written where it could not be a name at all."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        return path


def is_folder(path: Path) -> bool:
    """Whether it is one; what cannot be looked at, or could not be a name at all, is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether something of this name is there, be it a link that leads nowhere; not where nothing can be seen."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _refuse_odd(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableError("it is a folder, where a file was expected; name a file in it")
    if not stat.S_ISREG(mode):
        raise UnreadableError("it is a device or a pipe, where a file was expected; name a file")


def _held(error: OSError, path: Path) -> HeldBy | None:
    """What keeps a file, by the error that was met and by what lies beside the file."""
    held = held_by(error)
    if held not in NOT_READ and _is_away(path):
        return HeldBy.AWAY
    if held is HeldBy.NOT_ALLOWED and any(is_there(path.parent / mark) for mark in marks_of(path.name)):
        return HeldBy.IN_USE
    return held


def _is_away(path: Path) -> bool:
    """Whether only the name of a file is here.

    Where iCloud took the file away altogether, as it did before macOS 14, a hidden file named after it is left.
    """
    try:
        return is_placeholder(path.stat())
    except (OSError, ValueError):
        return is_there(path.parent / f".{path.name}.icloud")
