"""Where output goes: the screen, a pipe, or a file."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from siptrack.school.errors import ExitCode, OutputError

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.reading.findings import Findings
    from siptrack.school.register import Register


def screen(output: Path | None, stream: TextIO | None) -> tuple[int | None, bool]:
    """The width to fold at (None for a pipe or file, where nothing is folded) and whether colours may be used."""
    if not is_stream(output) or stream is None or not stream.isatty():
        return None, False
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return shutil.get_terminal_size().columns, not plain


def say_unusable(read: Register | Findings) -> None:
    """A line on standard error for each file that could not be used, so that nobody takes the rest for the whole."""
    for problem in read.unusable:
        click.echo(f"{problem.place.label}: {problem.found}. It was left out. {problem.action}", err=True)


def say_begun(analysis: Analysis) -> None:
    """A line on standard error for each newer term that is not judged, where the output itself has no place for it."""
    from siptrack.reports.wording.begun import begun_sentence

    for one in analysis.begun:
        click.echo(begun_sentence(one), err=True)


def how_it_ended(analysis: Analysis) -> ExitCode:
    """3 when a file could not be used, 6 when nothing could be judged, else 0."""
    if analysis.register.unusable:
        return ExitCode.INPUT
    return ExitCode.DONE if analysis.summary["assessed"].sum() else ExitCode.NOTHING_TO_JUDGE


def is_stream(output: Path | None) -> bool:
    """Whether output goes to the screen or a pipe: without -o, or with -o -."""
    return output is None or str(output) == "-"


def refuse_output(output: Path | None, *, force: bool) -> None:
    """Say before anything is read that the file cannot be written, or is there already.

    Raises OutputError with what to do.
    """
    if output is None or is_stream(output):
        return
    from siptrack.reports.writing import refuse_early

    refuse_early(output, force=force)


def deliver(content: str | bytes, output: Path | None, *, force: bool) -> None:
    """Write text or a file's bytes to the screen or pipe, or whole to a file, said on standard error."""
    written = content if isinstance(content, bytes) else content.encode("utf-8", errors="backslashreplace")
    if output is None or is_stream(output):
        to_stream(written)
        return
    from siptrack.reports.writing import write_whole

    write_whole(output, written, force=force)
    click.echo(f"Written: {output}", err=True)


def to_stream(content: bytes) -> None:
    """Write to standard output and be sure that it arrived.

    Raises OutputError where there is none, or its disk is full; BrokenPipeError where its reader has gone.
    """
    if sys.stdout is None:  # a program started without one, as a service is
        if not content:
            return
        raise OutputError("Standard output is closed; name a file with -o.")
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_output()
        raise OutputError(f"Standard output could not be written ({error.strerror}).") from None


def forget_output() -> None:
    """Let what is left to be written go nowhere, so that Python's own flush at the end says nothing."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
