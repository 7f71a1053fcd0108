"""The file that holds the key of pseudonyms, made where there is none."""

from __future__ import annotations

import secrets
from pathlib import Path

from siptrack.rendering.writing import refuse_early, write_whole
from siptrack.rules.named import UnreadableError, read_named
from siptrack.school.errors import InputError

_KEY_BYTES, _LONGEST_KEY = 32, 1024


def read_key(path: Path) -> bytes | None:
    """The key in a file; None where there is no such file yet.

    Raises InputError for a file that is no key, OutputError where there is none and none can be made.
    """
    try:
        key = read_named(path, _LONGEST_KEY)
    except FileNotFoundError:
        refuse_early(path, force=False)
        return None
    except UnreadableError as reason:
        raise InputError(f"{path}: {reason}.") from None
    if not _KEY_BYTES <= len(key) <= _LONGEST_KEY:
        found = len(key) if len(key) <= _LONGEST_KEY else f"more than {_LONGEST_KEY}"
        raise InputError(
            f"{path}: this is no key for pseudonyms: it has {found} bytes; expected {_KEY_BYTES} to {_LONGEST_KEY}. "
            "Name a file that does not exist yet, and siptrack makes one."
        )
    return key


def make_key(path: Path) -> bytes:
    """A new key, kept in this file for its user's eyes only.

    Raises OutputError where none can be made.
    """
    key = secrets.token_bytes(_KEY_BYTES)
    write_whole(path, key, force=False)
    return key
