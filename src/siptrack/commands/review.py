"""`siptrack review`: the school's own review of its stage of development, to fill in and to look back on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.forms import PAPERS, PRINTED, WORKBOOK, as_printed, in_form
from siptrack.commands.options import (
    examples,
    with_forms,
    with_output,
    with_paths,
    with_rules,
    with_table,
    with_term,
)
from siptrack.commands.output import deliver, say_unusable, screen
from siptrack.commands.waiting import Waiting
from siptrack.reports.catalogue import REVIEWED
from siptrack.school.errors import ExitCode, InputError

if TYPE_CHECKING:
    from siptrack.commands.opening import Opened
    from siptrack.cycle.review import Reviewed
    from siptrack.rules.load import RuleBook
    from siptrack.rules.model import Rules

TABLES = tuple(REVIEWED)
FAILING = ("overdue", "errors")


@click.command(
    no_args_is_help=True,
    short_help="The school's own review: its stage, evidence and next steps.",
    epilog=examples("siptrack review data -o review.xlsx", "siptrack review data"),
)
@with_paths
@with_term("--term", "The term of the results; of reviews, none after it [default: the newest].")
@with_forms(*PAPERS, WORKBOOK)
@with_table(TABLES)
@click.option("--detail", is_flag=True, help="Show every place of a problem.")
@with_output
@with_rules
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(FAILING),
    metavar="WHAT",
    help="End with 1 on overdue (a next step past its date with nothing recorded), or errors.",
)
def review(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    term: str | None,
    form: str,
    table: str | None,
    detail: bool,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    fail_on: tuple[str, ...],
) -> int:
    """Show what the school recorded in its own reviews, and what the data give beside it.

    PATHS hold the results and the reviews that came back. With -o review.xlsx it is the next review to fill in.
    """
    from siptrack.commands.choices import refuse_several_tables
    from siptrack.commands.opening import open_rules
    from siptrack.cycle.review import review as look
    from siptrack.reports.wording.waiting import judging_words

    refuse_several_tables(form, table, TABLES)
    waiting = Waiting.watched(paths, form)
    opened = _opened(paths, open_rules(paths, config=config, ruler=ruler), term, waiting)
    say_unusable(opened.register)
    with waiting:
        waiting.tell(judging_words())
        reviewed = look(opened.register, opened.rules, opened.term)
    deliver(_content(reviewed, opened.rules, form, table, output, detail=detail), output, force=force)
    return _exit_code(reviewed, fail_on)


def _opened(paths: Sequence[Path], book: RuleBook, term: str | None, waiting: Waiting) -> Opened:
    """The files read; where they hold no results but a review, that alone."""
    from siptrack.commands.opening import Opened, open_files
    from siptrack.reading.read import read_reviews_alone
    from siptrack.reading.terms import TermFinder, parse_term

    try:
        return open_files(paths, book, term, waiting)
    except InputError:
        register = read_reviews_alone(paths, book.newest)
        if register.reviews.empty:
            raise
        return Opened(book.newest, register, parse_term(term, TermFinder(book.newest)) if term else None)


def _content(
    reviewed: Reviewed, rules: Rules, form: str, table: str | None, output: Path | None, *, detail: bool
) -> str | bytes:
    """The review in the form asked for: a document, the next one to fill in, or tables."""
    if form == WORKBOOK:
        from siptrack.reports.workbook.review import review_workbook

        return review_workbook(reviewed, rules)
    if table is None and form in PRINTED:
        from siptrack.reports.review import review_printed

        return as_printed(review_printed(reviewed, rules, detail=detail), form, output)
    from siptrack.reports.review_forms import review_as_json, review_tables, told

    if table is None and form == "json":
        return review_as_json(reviewed, rules)
    frames = review_tables(reviewed, rules, only=table)
    return in_form(frames, form, told(reviewed, rules), width=screen(output, sys.stdout)[0], rules=rules)


def _exit_code(reviewed: Reviewed, fail_on: Sequence[str]) -> int:
    """3 when a file could not be used, 1 when what --fail-on names is there, else 0."""
    if reviewed.register.unusable:
        return ExitCode.INPUT
    found = {"overdue": reviewed.overdue > 0, "errors": reviewed.register.has_errors}
    return ExitCode.FOUND if any(found[what] for what in fail_on) else ExitCode.DONE
