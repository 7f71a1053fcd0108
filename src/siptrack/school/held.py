"""Why the system keeps a file from being opened or replaced, where its user can do something about it."""

from __future__ import annotations

import errno
from enum import Enum, auto


def _known(*names: str) -> frozenset[int]:
    """The errors of these names, of those that this system has."""
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


# Of winerror.h. In use: another program has the file (32), a part of it (33), or the cloud has (391).
_IN_USE_ON_WINDOWS = frozenset({32, 33, 391})
# Every ERROR_CLOUD_FILE: OneDrive does not run (362), is signed out (386) or offline (388), did not manage (389) and so
# on; and a drive or share that is not there or not connected.
_CLOUD = {358, *range(362, 367), 375, 376, *range(378, 385), *range(386, 391), *range(392, 399), 404, 434, 475}
_AWAY_ON_WINDOWS = frozenset(_CLOUD | {21, 51, 53, 55, 59, 64, 65, 67, 121, 1222, 1231})
_IN_USE = _known("EBUSY", "ETXTBSY", "EAGAIN")
# macOS says EDEADLK of a file that iCloud would have to fetch and may not; the others are of drives that do not answer.
_AWAY = _known(
    *("EDEADLK", "ETIMEDOUT", "EIO", "EREMOTEIO", "ESTALE", "ENOTCONN"),
    *("EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH"),
)
# Of Windows FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS; of macOS SF_DATALESS.
_PLACEHOLDER_ON_WINDOWS, _PLACEHOLDER_ON_MACOS = 0x1000 | 0x40000 | 0x400000, 0x40000000


class HeldBy(Enum):
    """What keeps a file: another program, a cloud or drive that does not hand it over, or another owner."""

    IN_USE = auto()
    AWAY = auto()
    NOT_ALLOWED = auto()


NOT_READ = {
    HeldBy.IN_USE: "another program has it open and lets nobody else read it",
    HeldBy.AWAY: "it is kept in the cloud, or on a drive that does not answer, and could not be fetched",
}


def held_by(error: OSError) -> HeldBy | None:
    """What keeps a file, by the error met at opening, reading or replacing it; None for any other reason."""
    on_windows: int | None = getattr(error, "winerror", None)
    if on_windows in _IN_USE_ON_WINDOWS or (on_windows is None and error.errno in _IN_USE):
        return HeldBy.IN_USE
    if on_windows in _AWAY_ON_WINDOWS or (on_windows is None and error.errno in _AWAY):
        return HeldBy.AWAY
    return HeldBy.NOT_ALLOWED if isinstance(error, PermissionError) else None


def marks_of(name: str) -> tuple[str, str]:
    """What Excel and LibreOffice call the file that they keep beside a workbook while somebody has it open."""
    return f"~${name}", f".~lock.{name}#"


def is_placeholder(found: object) -> bool:
    """Whether only the name of a file is on this machine and what is in it in the cloud, by what the system says of it.

    Python tells of reading such a file only that an argument was invalid.
    """
    on_windows, on_macos = getattr(found, "st_file_attributes", 0), getattr(found, "st_flags", 0)
    return bool(on_windows & _PLACEHOLDER_ON_WINDOWS or on_macos & _PLACEHOLDER_ON_MACOS)
