"""A bar on standard error while something takes longer than a second, for a person who waits and for nobody else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Self

from siptrack.commands.messages import for_bars, is_terminal
from siptrack.commands.options import FOR_PEOPLE
from siptrack.school.safe_text import safe_text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

UNDERSTANDING = "Matching children and results"
JUDGING = "Telling progress and comparing groups"
CHECKING = "Setting the judgements side by side"
MAKING = "Making the files"
_PATIENCE = 1.0  # seconds in which nobody wonders whether it still works


class Waiting:
    """Shows what is being done, from the second second on, and takes it away when the block ends.

    It may be entered again, as for reading and then for judging: the seconds count on from the first.
    """

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._began = time.monotonic()
        self._lock = Lock()
        self._timer: Timer | None = None
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._doing, self._done, self._of = "", 0, 0

    @classmethod
    def watched(cls, paths: Sequence[Path], form: str = FOR_PEOPLE[0]) -> Self:
        """A bar where a person watches: not in a pipe, not at night, not with output for a program."""
        return cls(wanted=form in FOR_PEOPLE and _somebody_watches(paths))

    def __enter__(self) -> Self:
        if self._wanted:
            left = max(0.0, _PATIENCE - (time.monotonic() - self._began))
            self._timer = Timer(left, self._show)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            timer, self._timer = self._timer, None
            bar, self._bar = self._bar, None
        if timer is not None:
            timer.cancel()
        if bar is not None:
            bar.stop()

    def tell(self, doing: str, done: int = 0, of: int = 0) -> None:
        """What is being done now, and how much of it is done; `of` is 0 where that is not known."""
        with self._lock:
            self._doing, self._done, self._of = doing, done, of
            self._refresh()

    def reading(self, name: str, done: int, of: int) -> None:
        """That a file is being read; of its path only the last part is shown."""
        self.tell(f"Reading {safe_text(name)}" if name else UNDERSTANDING, done if name else 0, of if name else 0)

    def _refresh(self) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=self._doing, completed=self._done, total=self._of or None)

    def _show(self) -> None:
        """Begin to show the bar; called when patience ends, and not at all where the work is done by then."""
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        from siptrack.rendering.styles import WORKING

        words = TextColumn("{task.description}", markup=False)
        bar = BarColumn(complete_style=WORKING, finished_style=WORKING, pulse_style=WORKING)
        with self._lock:
            if self._timer is None:
                return
            self._bar = Progress(
                words,
                bar,
                console=Console(file=for_bars()),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._task = self._bar.add_task(self._doing, completed=self._done, total=self._of or None)
            self._bar.start()


def _somebody_watches(paths: Sequence[Path]) -> bool:
    """Whether standard error is a screen that can draw, and the keyboard is not what is being waited for."""
    typing = Path("-") in paths and is_terminal(sys.stdin)
    return is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb" and not typing
