"""`siptrack since`: who joined, left and stayed on the list since an earlier term, and what came of what was agreed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from siptrack.commands.documents import Asked, Deliverable, open_asked, write_document
from siptrack.commands.forms import PAPERS
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_children, with_document, with_term
from siptrack.commands.output import how_it_ended
from siptrack.school.errors import ChoiceError, ExitCode

if TYPE_CHECKING:
    from siptrack.cycle.since import Since

TABLES = LISTED["since"].tables.split()
COUNTED = ("stayed", "without-action", "without-provision")
ALONE = ("overdue", "errors")
_COUNTED = re.compile(rf"({'|'.join(COUNTED)}):([1-9]\d?)")


@click.command(
    no_args_is_help=True,
    epilog=examples("siptrack since data", 'siptrack since data --from "Autumn 2025" --fail-on without-provision:3'),
)
@with_term("--from", "The earlier term [default: the last before with results].", "from_term")
@with_term("--to", "The later term [default: the newest that most have a result in].", "term")
@with_children
@with_document(TABLES, *PAPERS)
@click.option("--detail", is_flag=True, help="Show every gap, and every place of a problem.")
@click.option(
    "--fail-on",
    multiple=True,
    metavar="WHAT",
    help="End with 1 on a child N terms or more on the list (stayed:N, without-action:N, without-provision:N), "
    "on overdue, or errors.",
)
def since(from_term: str | None, detail: bool, fail_on: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Look back: what was agreed and what came of it, and who joined, left and stayed on the list.

    PATHS hold the results of both terms, and the school's record of actions if it keeps one.
    """
    from siptrack.documents.since.view import of_a_look_back, since_document

    conditions = [_condition(what) for what in fail_on]
    session, waiting = open_asked(asked, TABLES)
    rules = session.rules
    with waiting:
        found = session.since(from_term)
    document = Deliverable(
        printed=lambda: since_document(found, rules, every=detail),
        written=lambda: of_a_look_back(found, rules),
    )
    write_document(document, asked)
    return _exit_code(found, conditions)


def _condition(what: str) -> tuple[str, int]:
    """What to end with 1 on, and from how many terms on."""
    if what in ALONE:
        return what, 0
    if match := _COUNTED.fullmatch(what):
        return match[1], int(match[2])
    known = ", ".join((*(f"{count}:3" for count in COUNTED), *ALONE))
    raise ChoiceError(f"--fail-on '{what}' is not known. Known, with any number of terms: {known}.")


def _exit_code(found: Since, conditions: Sequence[tuple[str, int]]) -> int:
    """How the run ended; 1 when it went well and what --fail-on names is there."""
    if ended := how_it_ended(found.analysis):
        return ended
    return ExitCode.FOUND if any(_holds(found, what, terms) for what, terms in conditions) else ExitCode.DONE


def _holds(found: Since, what: str, terms: int) -> bool:
    if what == "errors":
        return found.analysis.register.has_errors
    if what == "overdue":
        return found.overdue > 0
    rows = {
        "stayed": found.long_on_list,
        "without-action": found.long_without_action,
        "without-provision": found.long_without_provision,
    }
    return len(rows[what](terms)) > 0
