"""Options that several commands share, each said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from siptrack.commands.forms import FORMATS, chosen_form

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)


def with_paths(command: Command) -> Command:
    """The files and folders to read."""
    return click.argument("paths", nargs=-1, required=True, type=PATH)(command)


def with_filters(command: Command) -> Command:
    """Which term, and which children and subjects, to speak of."""
    term = click.option("--term", metavar="TERM", help="The term to judge [default: the newest].")
    return term(with_children(command))


def with_children(command: Command) -> Command:
    """Which children and subjects to speak of."""
    for option in reversed(
        (
            click.option("--year", "years", multiple=True, help="Only this year group (may be given again)."),
            click.option("--class", "classes", multiple=True, help="Only this class."),
            click.option("--subject", "subjects", multiple=True, help="Only this subject."),
            click.option("--group", "groups", multiple=True, help="Only this group, such as fsm, boys or eal."),
        )
    ):
        command = option(command)
    return command


def with_rules(command: Command) -> Command:
    """By which rules to judge."""
    command = click.option("--ruler", type=PATH, help="Judge by a ruler that 'siptrack rules --save' kept.")(command)
    config = click.option("--config", type=PATH, help="Settings [default: siptrack.yaml beside the data].")
    return config(command)


def with_output(command: Command) -> Command:
    """Where to write."""
    command = click.option("--force", is_flag=True, help="Write over an existing file.")(command)
    output = click.option(
        "-o", "--output", type=PATH, is_eager=True, help="Write to this file instead of the screen; - is the screen."
    )
    return output(command)


def with_form(command: Command) -> Command:
    """In which form to write; -o is eager because its ending may tell."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        callback=chosen_form,
        help="Form of output [default: by the ending of -o, else table].",
    )
    return form(command)


def with_sharing(command: Command) -> Command:
    """Whether to leave the names out."""
    share = click.option(
        "--share", metavar="MODE", help="Tables without names, small numbers hidden: for governors, or public."
    )
    pseudonyms = click.option(
        "--pseudonyms",
        type=PATH,
        metavar="KEYFILE",
        help="Tables of children by pseudonym, still personal data; KEYFILE is made if it is not there.",
    )
    return share(pseudonyms(command))
