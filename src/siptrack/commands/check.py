"""`siptrack check`: the data alone, and whether the judgements in it hang together."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from siptrack.commands.documents import Asked, Deliverable, found_or_done, open_asked, settings_of, write_document
from siptrack.commands.forms import PAPERS
from siptrack.commands.listed import LISTED
from siptrack.commands.messages import say
from siptrack.commands.options import examples, with_document, with_failing, with_filters
from siptrack.commands.waiting import CHECKING
from siptrack.rendering.numbers import quantity
from siptrack.school.errors import ExitCode

TABLES = LISTED["check"].tables.split()
FAILING = ("errors", "queries", "questions")


@click.command(
    no_args_is_help=True,
    epilog=examples("siptrack check data", "siptrack check data --detail --fail-on questions"),
)
@with_filters
@with_document(TABLES, *PAPERS)
@click.option("--detail", is_flag=True, help="Show every child behind a question, and every place of a problem.")
@click.option(
    "--save",
    is_flag=True,
    help="Write a line for each query into siptrack.yaml, to be explained there.",
)
@with_failing(FAILING, default=("errors",))
def check(detail: bool, save: bool, fail_on: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Show what is odd in the data of PATHS, and what to ask about the judgements in it.

    Each question is one to look into together; none is a verdict on a teacher.
    """
    from siptrack.commands.dismissed import save_queries
    from siptrack.documents.check.view import check_document, of_a_check
    from siptrack.rendering.writing import refuse_early
    from siptrack.school.problem import Severity

    if save:
        refuse_early(settings_of(asked), force=True)
    session, waiting = open_asked(asked, TABLES)
    rules = session.rules
    with waiting:
        waiting.tell(CHECKING)
        checked = session.checked
    if save:
        target = settings_of(asked)
        count = save_queries(checked.register.problems, rules.dismissed, target)
        say(_saved(count, target))
    document = Deliverable(
        printed=lambda: check_document(checked, rules, every=detail),
        written=lambda: of_a_check(checked, rules),
    )
    write_document(document, asked)
    if checked.register.unusable:
        return ExitCode.INPUT
    there = {
        "errors": checked.register.has_errors,
        "queries": any(problem.severity is Severity.QUERY for problem in checked.register.problems),
        "questions": bool(checked.frame("checks")["asked"].any()),
    }
    return found_or_done(there, fail_on)


def _saved(count: int, target: Path) -> str:
    """What was written for the school to fill in."""
    if not count:
        return "No query is open: nothing was written."
    queries = quantity(count, "query", "queries")
    return f"Written: {queries} to {target}. Write the reason between the quotation marks."
