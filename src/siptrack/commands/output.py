"""Where output goes: the screen, a pipe, or a file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from siptrack.commands.messages import forget, is_terminal, say
from siptrack.school.errors import ExitCode, OutputError
from siptrack.school.safe_text import safe_lines

if TYPE_CHECKING:
    from pathlib import Path

    from siptrack.analysis.model import Analysis
    from siptrack.reading.findings import Findings
    from siptrack.school.frame import Frame
    from siptrack.school.register import Register

CLOSED = "Standard output is closed; name a file with -o."


def screen(output: Path | None, stream: TextIO | None) -> tuple[int | None, bool]:
    """The width to fold at (None for a pipe or file, where nothing is folded) and whether colours may be used."""
    if not is_stream(output) or not is_terminal(stream):
        return None, False
    import shutil

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return shutil.get_terminal_size().columns, not plain


def say_unusable(read: Register | Findings) -> None:
    """A line on standard error for each file that could not be used, so that nobody takes the rest for the whole."""
    for problem in read.unusable:
        say(f"{problem.place.label}: {problem.found}. It was left out. {problem.action}")


def say_begun(analysis: Analysis) -> None:
    """A line on standard error for each newer term that is not judged, where the output itself has no place for it."""
    from siptrack.rendering.template import sentence

    for begun in analysis.begun:
        say(sentence("begun_sentence", begun))


def how_it_ended(analysis: Analysis) -> ExitCode:
    """3 when a file could not be used, 6 when nothing could be judged, else 0."""
    return ExitCode.INPUT if analysis.register.unusable else judged_or_not(analysis.compared.summary)


def judged_or_not(summary: Frame) -> ExitCode:
    """6 when nothing could be judged, else 0."""
    return ExitCode.DONE if summary["assessed"].sum() else ExitCode.NOTHING_TO_JUDGE


def is_stream(output: Path | None) -> bool:
    """Whether output goes to the screen or a pipe: without -o, or with -o -."""
    return output is None or str(output) == "-"


def refuse_output(output: Path | None, *, force: bool) -> None:
    """Say before anything is read that the file cannot be written, or is there already.

    Raises OutputError with what to do.
    """
    if output is None or is_stream(output):
        return
    from siptrack.rendering.writing import refuse_early

    refuse_early(output, force=force)


def deliver(content: str | bytes, output: Path | None, *, force: bool) -> None:
    """Write text or a file's bytes to the screen or pipe, or whole to a file, which standard error names."""
    if output is None or is_stream(output):
        to_stream(_on_screen(content) if is_terminal(sys.stdout) else _written(content))
        return
    from siptrack.rendering.writing import write_whole

    write_whole(output, _written(content), force=force)
    say(f"Written: {output}")


def _written(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", errors="backslashreplace")


def _on_screen(content: str | bytes) -> bytes:
    """What is shown, in the screen's own letters, and without what the screen would obey."""
    text = content if isinstance(content, str) else content.decode("utf-8", errors="backslashreplace")
    _, colour = screen(None, sys.stdout)
    return safe_lines(text, colour=colour).encode(sys.stdout.encoding, errors="backslashreplace")


def to_stream(content: bytes) -> None:
    """Write to standard output and be sure that it arrived.

    Raises OutputError where there is none, or its disk is full; BrokenPipeError where its reader has gone.
    """
    if sys.stdout is None:  # a program started without one, as a service is
        if not content:
            return
        raise OutputError(CLOSED)
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget(sys.stdout)
        raise OutputError(f"Standard output could not be written ({error.strerror}).") from None
