"""`siptrack help`: a line about each command, or all about one, as its --help tells."""

from __future__ import annotations

from itertools import chain

import click

from siptrack.commands.completing import OFFERED
from siptrack.commands.listed import HEADINGS, LISTED
from siptrack.commands.options import examples
from siptrack.commands.output import deliver


@click.command(epilog=examples("siptrack help", "siptrack help analyse"))
@click.argument("name", required=False, metavar="[COMMAND]", shell_complete=OFFERED["commands"])
@click.pass_context
def help(context: click.Context, name: str | None) -> None:  # noqa: A001  # as it is called
    """Say a line about each command; of COMMAND all that there is to know."""
    if name is None:
        deliver("\n".join(chain(*map(_under, HEADINGS)))[1:] + "\n", None, force=False)
        return
    front = context.find_root()
    with front.command.make_context("siptrack", [name, "--help"]) as asked:
        front.command.invoke(asked)


def _under(heading: str) -> list[str]:
    width = max(map(len, LISTED)) + 1
    lines = (f"  {name:<{width}} {command.says}" for name, command in LISTED.items() if command.under == heading)
    return ["", f"{heading}:", *lines]
