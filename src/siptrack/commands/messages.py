"""The messages beside the output, on standard error: harmless lines, and a bar. No other module writes there."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import IO, TextIO, cast

from siptrack.school.safe_text import safe_text


def say(*lines: str) -> bool:
    """Write each of these lines, in which nothing from a file, a folder or the command line acts on a screen.

    False where nobody can read them: standard error is closed, full, or its reader has gone. That is no reason for a
    run to end otherwise than it would have.
    """
    return _write("".join(f"{safe_text(line)}\n" for line in lines))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether it is one; a stream that was closed before siptrack began is None."""
    return stream is not None and stream.isatty()


def for_bars() -> IO[str]:
    """Standard error for a bar, which draws itself; what is shown beside it is made harmless before."""
    return cast("IO[str]", _Drawn())


class _Drawn:
    """Standard error in everything but a failure to write."""

    def __getattr__(self, name: str) -> object:
        return getattr(sys.stderr, name)

    @staticmethod
    def write(text: str) -> int:
        _write(text)
        return len(text)

    @staticmethod
    def flush() -> None:
        """What is written is flushed already."""


def forget(stream: TextIO | None) -> None:
    """Let what is left to be written go nowhere, so that Python's own flush at the end says and changes nothing."""
    if stream is None:
        return
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _write(text: str) -> bool:
    stream: TextIO | None = sys.stderr
    if stream is None:
        return False
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):  # the second where it was closed under way
        forget(stream)
        return False
    return True
