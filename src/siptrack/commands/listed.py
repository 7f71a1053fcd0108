"""Every command by name, with its line on the front page; a command is imported when it is first used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import NamedTuple

import click


class Listed(NamedTuple):
    """What the list of commands says of a command, which stands in the module of its name.

    It stands there `under` one of the headings: a line for each command of the first, a line for all of any other.
    `tables` are the names that its --table takes, so that help and completion need not load what the tables hold.
    """

    says: str
    under: str
    tables: str = ""


FIRST, YEAR, DATA, SETTING_UP = HEADINGS = ("What most people need", "The school's year", "The data", "Setting up")
_OF_THE_DATA = "problems ledger set_aside column_use sources"
LISTED: Mapping[str, Listed] = {
    "analyse": Listed(
        "Name children making insufficient progress; compare groups.",
        FIRST,
        tables="pupils progress flags evidence first summary groups gaps closers paradoxes trends pooled national "
        f"left_out pace targets forecasts ages {_OF_THE_DATA}",
    ),
    "audit": Listed(
        "What opens a school year: starts, carry-overs, targets.",
        YEAR,
        tables=f"on_roll prior standing working_groups carried_over gaps targets courses lines missing {_OF_THE_DATA}",
    ),
    "check": Listed(
        "What is odd in the data, and what to ask about judgements.", DATA, tables=f"checks behind {_OF_THE_DATA}"
    ),
    "child": Listed("One child's journey, and why each flag is said.", FIRST),
    "columns": Listed("How each sheet was understood, column by column.", DATA),
    "explain": Listed("What a flag, a question or a problem means, and what to do.", DATA),
    "help": Listed("A line about each command, or all about one.", SETTING_UP),
    "init": Listed("Write a siptrack.yaml, asking what schools disagree about.", SETTING_UP),
    "plan": Listed(
        "A draft of the single plan: the priorities the data support.",
        YEAR,
        tables=f"priorities evidence outcomes refused plan_criteria plan_actions {_OF_THE_DATA}",
    ),
    "provision": Listed(
        "Who has what support, and what became of the children.",
        YEAR,
        tables=f"provision map who children interventions impact compared suggestions {_OF_THE_DATA}",
    ),
    "questions": Listed(
        "A SIP's questions, and what this data says to each.", YEAR, tables=f"questions evidence books {_OF_THE_DATA}"
    ),
    "report": Listed("Pages and workbooks, with names and without, for a school.", FIRST),
    "review": Listed(
        "The school's own review: its stage, evidence and next steps.",
        YEAR,
        tables="reviews changes next_steps data problems",
    ),
    "rules": Listed("The rules in force; keep them, or see what has changed.", SETTING_UP),
    "schema": Listed("The JSON Schema, and what each table's columns mean.", DATA),
    "schools": Listed(
        "Many schools: each beside the others, and gaps across them.",
        YEAR,
        tables="schools standings across in_schools",
    ),
    "since": Listed(
        "What was agreed last term, and who is on the list since.",
        FIRST,
        tables=f"list counts actions trends plan_criteria plan_actions {_OF_THE_DATA}",
    ),
    "teaching": Listed(
        "Lessons seen and CPD, beside the progress of the children.",
        YEAR,
        tables=f"observations cpd recorded beside cpd_beside {_OF_THE_DATA}",
    ),
}


class Commands(Mapping[str, click.Command]):
    """The commands by name, each imported when it is asked for: the others cost a run nothing."""

    def __getitem__(self, name: str) -> click.Command:
        """The command. Raises KeyError where there is none of that name."""
        if name not in LISTED:
            raise KeyError(name)
        command: click.Command = getattr(import_module(f"siptrack.commands.{name}"), name)
        command.short_help = LISTED[name].says
        return command

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(LISTED)

    def __len__(self) -> int:
        """How many there are."""
        return len(LISTED)
