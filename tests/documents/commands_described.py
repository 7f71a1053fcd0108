"""What click knows of each command, for the manual and the man pages, which are made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from siptrack.commands import cli


@dataclass(frozen=True)
class Described:
    """A command: how it is called, what it says of itself, its options with their help, and its examples."""

    name: str
    usage: str
    short: str
    about: Sequence[str]
    options: Sequence[tuple[str, str]]
    examples: Sequence[str]


def commands() -> Mapping[str, Described]:
    """Every command by name, in the order of the alphabet."""
    return {name: _told(f"siptrack {name}", cli.commands[name]) for name in sorted(cli.commands)}


def front() -> Described:
    """siptrack itself."""
    return _told("siptrack", cli)


def _told(name: str, command: click.Command) -> Described:
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    paragraphs = (command.help or "").split("\n\n")
    return Described(
        name=name,
        usage=" ".join([name, *command.collect_usage_pieces(context)]),
        short=command.get_short_help_str(limit=200),
        about=[" ".join(paragraph.split()) for paragraph in paragraphs],
        options=[
            record
            for parameter in command.get_params(context)
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context))
        ],
        examples=[line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  ")],
    )
