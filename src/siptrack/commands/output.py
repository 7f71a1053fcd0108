"""Where output goes: the screen, a pipe, or a file."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from siptrack.school.errors import ExitCode

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.school.register import Register


def screen(output: Path | None, stream: TextIO) -> tuple[int | None, bool]:
    """The width to fold at (None for a pipe or file, where nothing is folded) and whether colours may be used."""
    if output is not None or not stream.isatty():
        return None, False
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return shutil.get_terminal_size().columns, not plain


def say_unusable(register: Register) -> None:
    """A line on standard error for each file that could not be used, so that nobody takes the rest for the whole."""
    for problem in register.unusable:
        click.echo(f"{problem.place.label}: {problem.found}. It was left out. {problem.action}", err=True)


def how_it_ended(analysis: Analysis) -> ExitCode:
    """3 when a file could not be used, 6 when nothing could be judged, else 0."""
    if analysis.register.unusable:
        return ExitCode.INPUT
    return ExitCode.DONE if analysis.summary["assessed"].sum() else ExitCode.NOTHING_TO_JUDGE


def deliver(text: str, output: Path | None, *, force: bool) -> None:
    """Write the text to the screen or pipe, or whole to a file, said on standard error."""
    deliver_bytes(text.encode("utf-8", errors="backslashreplace"), output, force=force)


def deliver_bytes(content: bytes, output: Path | None, *, force: bool) -> None:
    """Write a file's content to the pipe, or whole to a file, said on standard error."""
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from siptrack.reports.writing import write_whole

    write_whole(output, content, force=force)
    click.echo(f"Written: {output}", err=True)
