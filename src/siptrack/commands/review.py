"""`siptrack review`: the school's own review of its stage of development, to fill in and to look back on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from siptrack.commands.documents import Document, Written, found_or_done, rules_asked, write_document
from siptrack.commands.forms import PAPERS, WORKBOOK
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_document, with_failing, with_school, with_term
from siptrack.commands.output import say_unusable
from siptrack.commands.waiting import Waiting
from siptrack.school.errors import ExitCode, InputError

if TYPE_CHECKING:
    from siptrack.commands.opening import Opened
    from siptrack.rules.load import RuleBook

TABLES = LISTED["review"].tables.split()
FAILING = ("overdue", "errors")


@click.command(
    no_args_is_help=True,
    short_help="The school's own review: its stage, evidence and next steps.",
    epilog=examples("siptrack review data -o review.xlsx", "siptrack review data"),
)
@with_term("--term", "The term of the results; of reviews, none after it [default: the newest].")
@with_school
@with_document(TABLES, *PAPERS, WORKBOOK)
@click.option("--detail", is_flag=True, help="Show every place of a problem.")
@with_failing(FAILING)
def review(term: str | None, school: str, detail: bool, fail_on: tuple[str, ...], **asked: Unpack[Written]) -> int:
    """Show what the school recorded in its own reviews, and what the data give beside it.

    PATHS hold the results and the reviews that came back. With -o review.xlsx it is the next review to fill in.
    A next step is overdue when its date is past and nothing is recorded of it.
    """
    from siptrack.commands.choices import refuse_several_tables
    from siptrack.cycle.review import review as look
    from siptrack.reports.review import review_printed
    from siptrack.reports.review_forms import review_as_json, review_tables, told
    from siptrack.reports.wording.waiting import judging_words
    from siptrack.reports.workbook.review import review_workbook

    refuse_several_tables(asked["form"], asked["table"], TABLES)
    waiting = Waiting.watched(asked["paths"], asked["form"])
    opened = _opened(asked["paths"], rules_asked(asked), term, school, waiting)
    rules = opened.rules
    say_unusable(opened.register)
    with waiting:
        waiting.tell(judging_words())
        reviewed = look(opened.register, rules, opened.term)
    document = Document(
        rules=rules,
        printed=lambda: review_printed(reviewed, rules, detail=detail),
        json=lambda: review_as_json(reviewed, rules),
        tables=lambda only: review_tables(reviewed, rules, only=only),
        about=lambda: told(reviewed, rules),
        workbook=lambda: review_workbook(reviewed, rules),
    )
    write_document(document, asked)
    if reviewed.register.unusable:
        return ExitCode.INPUT
    return found_or_done({"overdue": reviewed.overdue > 0, "errors": reviewed.register.has_errors}, fail_on)


def _opened(paths: Sequence[Path], book: RuleBook, term: str | None, school: str, waiting: Waiting) -> Opened:
    """The files read; where they hold no results but a review, that alone."""
    from siptrack.commands.opening import Opened, open_files, read_given
    from siptrack.reading.read import read_reviews_alone
    from siptrack.reading.terms import TermFinder, parse_term

    files = read_given(paths, waiting)
    try:
        return open_files(files, book, term, waiting, school)
    except InputError:
        register = read_reviews_alone(files, book.newest)
        if register.frame("reviews").empty:
            raise
        return Opened(book.newest, register, parse_term(term, TermFinder(book.newest)) if term else None)
