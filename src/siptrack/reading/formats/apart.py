"""Reading in a child process, so that the worst a file can do is to end the child."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, cast

from siptrack.reading.formats.limits import MOST_SECONDS
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.wire import BrokenWireError, receive, send
from siptrack.reading.sheet import Sheet

if TYPE_CHECKING:
    from siptrack.reading.formats.table import Box

_PROGRAM = "import sys; sys.path += sys.argv[1:]; from siptrack.reading.formats.child import serve; serve()"
_LIBRARIES = ("siptrack", "python_calamine", "openpyxl", "defusedxml")
_ENDED = (
    "it is damaged, or asks for far more memory than a school's workbook could; "
    "open it in Excel, copy what is needed into a new workbook and save that"
)
_NOT_STARTED = "this computer does not let siptrack start the process that reads workbooks; save it as CSV"
_TOO_SLOW = "it takes longer than any school's workbook to read; save only the sheets that are needed"
_OUT_OF_TIME = getattr(signal, "SIGXCPU", None)


class ApartReader:
    """One child process that reads file after file; a new one when a file has ended the last.

    It starts without the user's settings and without site-packages' start-up, and knows only the libraries it needs.
    """

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self.seconds = seconds
        self.child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> int | None:
        """End the child, if there is one; gives how it ended."""
        if self.child is None:
            return None
        child, self.child = self.child, None
        child.kill()
        for stream in (child.stdin, child.stdout):
            with suppress(OSError):
                cast("IO[bytes]", stream).close()
        return child.wait()

    def read(self, kind: str, content: bytes, file: str) -> list[Sheet]:
        """The sheets of a file of this kind. Raises UnusableFileError with the reason, whatever the file does."""
        with self._alarm() as too_late:
            try:
                return _Answer(self._ask(kind, content), file).sheets()
            except (BrokenWireError, OSError, ValueError, EOFError, TypeError):
                ended_by = self.close()
                out_of_time = too_late or (_OUT_OF_TIME and ended_by == -_OUT_OF_TIME)
                raise UnusableFileError(_TOO_SLOW if out_of_time else _ENDED) from None
            except KeyboardInterrupt:
                self.close()
                raise

    def _ask(self, kind: str, content: bytes) -> subprocess.Popen[bytes]:
        child = self.start()
        requests = cast("IO[bytes]", child.stdin)
        send(requests, kind, len(content))
        requests.write(content)
        requests.flush()
        return child

    def start(self) -> subprocess.Popen[bytes]:
        """The child, started if there is none."""
        if self.child is None:
            command = [sys.executable, "-I", "-S", "-c", _PROGRAM, *_library_folders()]
            pipe = subprocess.PIPE
            try:  # our own program, and nothing of the user's in the command
                self.child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603
            except OSError:
                raise UnusableFileError(_NOT_STARTED) from None
        return self.child

    @contextmanager
    def _alarm(self) -> Iterator[list[bool]]:
        """End the child when it takes too long; the list is no longer empty then."""
        rung: list[bool] = []
        child = self.start()

        def ring() -> None:
            rung.append(True)
            child.kill()

        timer = Timer(self.seconds, ring)
        timer.daemon = True
        timer.start()
        try:
            yield rung
        finally:
            timer.cancel()
            if rung:
                self.close()


class _Answer:
    """The frames by which the child answers, put together to sheets."""

    def __init__(self, child: subprocess.Popen[bytes], file: str) -> None:
        self.stream, self.file = cast("IO[bytes]", child.stdout), file

    def sheets(self) -> list[Sheet]:
        """All sheets, when the child has said that there are no more."""
        heads: list[tuple[object, ...]] = []
        rows: list[list[tuple[str, ...]]] = []
        while True:
            word, *parts = receive(self.stream)
            if word == "table":
                heads.append(tuple(parts))
                rows.append([])
            elif word == "rows":
                rows[-1] += cast("list[tuple[str, ...]]", parts[0])
            elif word == "end":
                return [self._sheet(*head, rows=some) for head, some in zip(heads, rows, strict=True)]
            else:
                raise UnusableFileError(str(parts[0]))

    def _sheet(self, *head: object, rows: list[tuple[str, ...]]) -> Sheet:
        name, hidden, hidden_rows, merged, stale = head
        return Sheet(
            file=self.file,
            name=str(name),
            rows=tuple(rows),
            hidden=bool(hidden),
            hidden_rows=frozenset(cast("list[int]", hidden_rows)),
            merged=tuple(cast("list[Box]", merged)),
            stale=frozenset(cast("list[tuple[int, int]]", stale)),
        )


def _library_folders() -> list[str]:
    """The folders in which the child finds this program and its readers."""
    origins = [spec.origin for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin]
    return list(dict.fromkeys(str(Path(origin).resolve().parents[1]) for origin in origins))
