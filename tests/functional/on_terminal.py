"""Running siptrack in this process on a terminal of its own, and looking at what reached the screen.

click, rich and siptrack itself ask whether they write to a terminal, and leave escapes out of a pipe: only here is seen
what a person's screen is given.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from siptrack import commands

try:
    import pty
    import termios
except ImportError:  # Windows has neither
    HAS_TERMINALS = False
else:
    HAS_TERMINALS = True


@dataclass(frozen=True)
class Shown:
    """How a run ended, and the bytes that the screen was given."""

    code: int
    screen: bytes

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return self.screen.decode("utf-8", errors="surrogateescape").split("\n")

    @property
    def obeyed(self) -> list[str]:
        """The characters that the screen would act on: all but the ends of lines and what only shows itself."""
        found = {one for line in self.lines for one in line if not _shows_itself(one)}
        return sorted(map(ascii, found))


def _shows_itself(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def shown(*arguments: object, encoding: str = "utf-8", colour: bool = False) -> Shown:
    """Run the command with keyboard, output and messages on one terminal, whose keyboard nobody touches."""
    environment = {"TERM": "xterm" if colour else "dumb", "COLUMNS": "100", "NO_COLOR": "" if colour else "1"}
    with _terminal() as (terminal, given), patch.dict(os.environ, environment):
        streams = [_stream(terminal, mode, encoding) for mode in ("r", "w", "w")]
        with patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]):
            code = commands.run([str(argument) for argument in arguments])
        for stream in streams:
            stream.close()
    return Shown(int(code), bytes(given))


def _stream(terminal: int, mode: str, encoding: str) -> io.TextIOWrapper:
    errors = "strict" if mode == "r" else "backslashreplace"
    binary = open(os.dup(terminal), f"{mode}b", buffering=io.DEFAULT_BUFFER_SIZE)  # noqa: PTH123, SIM115
    return io.TextIOWrapper(binary, encoding=encoding, errors=errors, newline="\n", line_buffering=mode == "w")


@contextmanager
def _terminal() -> Iterator[tuple[int, bytearray]]:
    """A terminal that changes nothing of what it is given, and all that it was given once the block has ended."""
    keyboard, terminal = pty.openpty()
    settings = termios.tcgetattr(terminal)
    settings[1] &= ~termios.OPOST  # else it would write the ends of lines in its own way
    termios.tcsetattr(terminal, termios.TCSANOW, settings)
    given = bytearray()
    reader = threading.Thread(target=_read, args=(keyboard, given))
    reader.start()
    try:
        yield terminal, given
    finally:
        os.close(terminal)
        reader.join(timeout=10)
        os.close(keyboard)


def _read(keyboard: int, given: bytearray) -> None:
    while True:
        try:
            read = os.read(keyboard, 65_536)
        except OSError:  # nobody holds the terminal any more
            return
        if not read:
            return
        given += read
