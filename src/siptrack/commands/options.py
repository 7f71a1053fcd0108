"""Options that several commands share, each declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from siptrack.commands.completing import OFFERED
from siptrack.commands.forms import FORMATS, PRINTED, WORKBOOK, chosen_form

FOR_PEOPLE = (*PRINTED, WORKBOOK)  # the others are read by programs, whose user waits for no bar
Command = TypeVar("Command", bound=Callable[..., Any])


class _Path(click.Path):
    """A path as it was written: whether it can be used is for what uses it to say, which knows what to do."""

    def convert(self, value: Any, _: click.Parameter | None, __: click.Context | None) -> Path:  # noqa: ANN401
        """The path, be it of a file that is not there or that may not be read."""
        return Path(value)


PATH = _Path()


class WordChoice(click.Choice[str]):
    """One of some words; another is refused with those that come near, and not with all."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002  # click's
        """What is said of a word that is none of them."""
        from siptrack.school.near import instead

        return f"'{value}' is not known. {instead(str(value), self.choices)}"


def examples(*lines: str, last: str = "") -> str:
    """The end of a command's help: lines to copy, as they stand."""
    shown = "\n".join(f"  {line}" for line in lines)
    return f"\b\nExamples:\n{shown}" + (f"\n\n\b\n{last}" if last else "")


def with_table(tables: Sequence[str]) -> Callable[[Command], Command]:
    """One table of the output alone."""
    return click.option(
        "--table", metavar="TABLE", type=WordChoice(tables), help=f"Only this table: {', '.join(tables)}."
    )


def with_paths(command: Command) -> Command:
    """The files and folders to read."""
    return click.argument("paths", nargs=-1, required=True, type=PATH)(command)


def with_filters(command: Command) -> Command:
    """Which term, and which children and subjects, to speak of."""
    term = with_term(
        "--term", "The term to judge: 'Spring 2026', 'last summer' [default: the newest that most have a result in]."
    )
    return term(with_children(command))


def with_term(option: str, says: str, name: str | None = None) -> Callable[[Command], Command]:
    """A term, of those in the data."""
    names = (option, name) if name else (option,)
    return click.option(*names, metavar="TERM", help=says, shell_complete=OFFERED["terms"])


def with_children(command: Command) -> Command:
    """Which children and subjects to speak of."""
    for option in reversed(
        (
            with_school,
            _filter("--year", "years", "YEAR", "Only this year group: 5, R or Nursery (may be given again)."),
            _filter("--class", "classes", "CLASS", "Only this class (may be given again)."),
            _filter("--subject", "subjects", "SUBJECT", "Only this subject (may be given again)."),
            _filter("--group", "groups", "GROUP", "Only this group: fsm, boys, 'pupil premium' (may be given again)."),
        )
    ):
        command = option(command)
    return command


def with_school(command: Command) -> Command:
    """Which school, where the files hold several."""
    return click.option(
        "--school",
        metavar="SCHOOL",
        default="",
        help="The school, where the files hold several, by name or number; all: everybody together.",
        shell_complete=OFFERED["schools"],
    )(command)


def _filter(option: str, name: str, metavar: str, says: str) -> Callable[[Command], Command]:
    """An option that narrows what is spoken of, and offers what there is."""
    return click.option(option, name, multiple=True, metavar=metavar, help=says, shell_complete=OFFERED[name])


def with_peers(command: Command) -> Command:
    """Whom groups are compared with."""
    words = "Compare groups with the rest, a group such as boys, or a rate: 65%."
    return click.option("--peers", metavar="PEERS", help=words, shell_complete=OFFERED["peers"])(command)


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
    """In which form to write tables; -o is eager because its ending may tell."""
    return with_forms()(command)


def with_forms(*further: str) -> Callable[[Command], Command]:
    """In which form to write, further ones beside those of tables."""
    return with_choice_of_form(*FORMATS, *further)


def with_choice_of_form(*forms: str) -> Callable[[Command], Command]:
    """In which of these forms to write; the ending of -o tells, unless it is named."""
    return click.option(
        "--format",
        "form",
        type=WordChoice(forms),
        callback=chosen_form,
        help="Form of output [default: by the ending of -o, else table].",
    )


def with_document(tables: Sequence[str], *further: str) -> Callable[[Command], Command]:
    """The files, and what is written of them in which form: a document, or one of its tables."""

    def decorated(command: Command) -> Command:
        for option in (with_rules, with_output, with_table(tables), with_forms(*further), with_paths):
            command = option(command)
        return command

    return decorated


def with_failing(what: Sequence[str], default: Sequence[str] = ()) -> Callable[[Command], Command]:
    """What to end with 1 on, for scripts."""
    usual = f" [default: {', '.join(default)}]" if default else ""
    says = f"End with 1 on: {', '.join(what)}{usual}."
    return click.option("--fail-on", multiple=True, type=WordChoice(what), default=default, metavar="WHAT", help=says)


def with_sharing(command: Command) -> Command:
    """Whether to leave the names out."""
    share = click.option(
        "--share",
        metavar="MODE",
        help="Tables without names, small numbers hidden: for governors, or public.",
        shell_complete=OFFERED["modes"],
    )
    pseudonyms = click.option(
        "--pseudonyms",
        type=PATH,
        metavar="KEYFILE",
        help="Tables of children by pseudonym, still personal data; KEYFILE is made if it is not there.",
    )
    return share(with_since_shared(pseudonyms(command)))


def with_since_shared(command: Command) -> Command:
    """What was shared before."""
    return click.option(
        "--since-shared",
        type=PATH,
        multiple=True,
        metavar="FILE",
        help="With --share: hide also what it gives away beside FILE, the JSON shared before (may be given again).",
    )(command)
