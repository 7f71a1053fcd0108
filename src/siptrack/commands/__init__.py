"""The command line: options in, exit code out.

What this module imports costs every run, `--version` and the Tab key too: no command (`listed` has their names), and
no library but click. Heavy libraries are imported inside the command that needs them.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import TYPE_CHECKING

import click

from siptrack.commands.listed import FIRST, HEADINGS, LISTED, Commands
from siptrack.commands.messages import forget, say
from siptrack.commands.output import CLOSED, to_stream
from siptrack.school.errors import ExitCode, SiptrackError
from siptrack.version import VERSION

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_EPILOG = """\b
Examples:
  siptrack analyse "Autumn 2025.xlsx" "Pupil list.xlsx"
  siptrack analyse data --year 5 --subject writing

\b
siptrack help has a line about every command, siptrack help COMMAND tells all
about one; siptrack --version tells which this is."""


class _Front(click.Group):
    """The group of all commands, whose help fits a screen: what most people need first, then the others by name."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """The commands; the options stand in the last lines."""
        under = {heading: [name for name in LISTED if LISTED[name].under == heading] for heading in HEADINGS}
        with formatter.section(FIRST):
            formatter.write_dl([(name, LISTED[name].says) for name in under.pop(FIRST)])
        with formatter.section("And then"):
            formatter.write_dl([(heading, ", ".join(names)) for heading, names in under.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that go on as the word begins, of which none is imported; else the options."""
        from click.shell_completion import CompletionItem

        begun = [CompletionItem(name, help=LISTED[name].says) for name in LISTED if name.startswith(incomplete)]
        return [*begun, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=_Front,
    commands=Commands(),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)
@click.version_option(VERSION, prog_name="siptrack")
def cli() -> None:
    """Read a school's spreadsheets, name the children making insufficient progress, and say why.
    Nothing leaves this machine.
    """  # noqa: D205  # one paragraph, so that the help fits a screen


def main() -> None:
    """Run the command line and end with its exit code; no user's mistake ends in a traceback."""
    gc.disable()  # all that is read is held to the end, and looking through it again and again is a third of the time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of numpy: on arrays as small as ours, threads only wait
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of a command line; messages go to standard error."""
    if os.environ.get("_SIPTRACK_COMPLETE"):
        return _completed()
    try:
        # Not cli.main, which turns a closed pipe into exit code 1: here 1 means that something was found.
        with cli.make_context("siptrack", list(arguments)) as context:
            code = cli.invoke(context)
        to_stream(b"")
    except click.exceptions.Exit as ending:
        return _shown(ending)
    except SiptrackError as error:
        say(*error.lines)
        return error.exit_code
    except click.ClickException as error:
        say(*_misused(error))
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted; nothing was written.")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        forget(sys.stdout)
        return ExitCode.PIPE_CLOSED
    except Exception as error:  # noqa: BLE001  # a message may quote a child's name, so only the place is shown
        return _failed(error)
    return int(code or ExitCode.DONE)


def _completed() -> int:
    """What the shell asks for while somebody types: click answers and ends."""
    from siptrack.commands.shells import know_shells

    know_shells()
    try:
        cli.main(prog_name="siptrack")
    except OSError:  # nobody is there to be answered
        forget(sys.stdout)
    return ExitCode.DONE


def _shown(ending: click.exceptions.Exit) -> int:
    """The exit code where help or the version was asked for: without standard output nobody has seen it."""
    if sys.stdout is not None:
        return ending.exit_code
    say(CLOSED)
    return ExitCode.OUTPUT


def _misused(error: click.ClickException) -> list[str]:
    """What click has to say of a command line, as it says it; what was typed stands in the last line."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message().splitlines()
    shown = io.StringIO()
    click.UsageError("", getattr(error, "ctx", None)).show(shown)
    *usage, last = shown.getvalue().splitlines()
    return [*usage, last + error.format_message()]


def _failed(error: Exception) -> int:
    """The message about an end that nobody foresaw, and its exit code."""
    if isinstance(error, OSError) and error.filename is None:  # help that cannot be shown; files say so themselves
        forget(sys.stdout)
        say(f"Standard output could not be written ({error.strerror}).")
        return ExitCode.OUTPUT
    say(_bug(error))
    return ExitCode.BUG


def _bug(error: Exception) -> str:
    """Where the program failed, without the message, which may hold what was in a cell."""
    from pathlib import Path

    traceback = error.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    where = (
        f"{Path(traceback.tb_frame.f_code.co_filename).name}, line {traceback.tb_lineno}" if traceback else "unknown"
    )
    return (
        f"This is a fault in siptrack {VERSION}, not in your files: {type(error).__name__} in {where}. "
        "Please report this line; it holds nothing from your data."
    )
