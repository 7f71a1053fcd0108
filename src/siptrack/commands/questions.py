"""`siptrack questions`: a School Improvement Partner's lines of enquiry, with what the data says to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from siptrack.commands.completing import OFFERED
from siptrack.commands.documents import Asked, Deliverable, open_asked, rules_asked, write_document
from siptrack.commands.forms import DATA_FILES, PAPERS
from siptrack.commands.listed import LISTED
from siptrack.commands.messages import say
from siptrack.commands.options import examples, with_document, with_filters, with_since_shared
from siptrack.commands.output import how_it_ended, say_begun
from siptrack.school.errors import ChoiceError
from siptrack.school.near import instead

if TYPE_CHECKING:
    from pathlib import Path

    from siptrack.documents.questions.asked import Questions
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharedBefore
    from siptrack.session import Session

TABLES = LISTED["questions"].tables.split()


@click.command(
    no_args_is_help=True,
    epilog=examples(
        "siptrack questions data -o questions.html",
        "siptrack questions data --about tracking --year 4",
        "siptrack questions data --about books -o books.docx",
        "siptrack questions data --share governors -o questions.docx",
    ),
)
@with_filters
@click.option(
    "--about",
    "headings",
    multiple=True,
    metavar="HEADING",
    help="Only the questions under this heading, such as tracking, or books to look at (may be given again).",
    shell_complete=OFFERED["headings"],
)
@with_document(TABLES, *PAPERS)
@click.option(
    "--share",
    metavar="MODE",
    help="A copy without names, small numbers hidden: for governors, or public.",
    shell_complete=OFFERED["modes"],
)
@with_since_shared
@click.option("--detail", is_flag=True, help="Show every line of every answer.")
def questions(
    headings: tuple[str, ...], share: str | None, since_shared: tuple[Path, ...], detail: bool, **asked: Unpack[Asked]
) -> int:
    """Put a School Improvement Partner's questions beside what the school's data says to each.

    PATHS hold the results, and the school's records of actions, provision, lessons and CPD if it keeps them.
    """
    from siptrack.commands.sharing import refuse_since_shared
    from siptrack.documents.questions.asked import of_questions
    from siptrack.documents.questions.view import questions_document
    from siptrack.reading.shared_before import read_shared_before

    refuse_since_shared(share, since_shared)
    before = read_shared_before(since_shared)
    book = rules_asked(asked)
    _refuse(asked, share, headings, book.newest)
    session, waiting = open_asked(asked, TABLES, book)
    with waiting:
        found = _found(session, share, headings, before)
    document = Deliverable(
        printed=lambda: questions_document(found, every=detail),
        written=lambda: of_questions(found),
    )
    write_document(document, asked)
    return how_it_ended(session.analysis)


def _refuse(asked: Asked, share: str | None, headings: tuple[str, ...], rules: Rules) -> None:
    """Say what is not known, or does not go together, before anything is read."""
    from siptrack.commands.sharing import choose_mode
    from siptrack.cycle.enquiry_tables import BOOKS
    from siptrack.documents.questions.asked import BOOKS_ALONE
    from siptrack.documents.registry import KINDS

    known = [*dict.fromkeys(rule.about for rule in rules.enquiry.questions.values()), BOOKS_ALONE]
    for heading in headings:
        if heading not in known:
            raise ChoiceError(f"--about '{heading}' is not known. {instead(heading, known)}")
    if share is None:
        return
    choose_mode(share, rules)
    if BOOKS_ALONE in headings:
        raise ChoiceError(f"--about {BOOKS_ALONE} cannot go with --share: it names children.")
    if asked["form"] in DATA_FILES:
        raise ChoiceError(f"--format {asked['form']} cannot go with --share; take json, ndjson or csv.")
    own = [table.name for table in KINDS["questions"].tables if table != BOOKS]
    if asked["table"] is not None and asked["table"] not in own:
        raise ChoiceError(
            f"--table {asked['table']} cannot go with --share. {instead(asked['table'], own, 'Tables that can')}"
        )


def _found(
    session: Session, share: str | None, headings: tuple[str, ...], before: tuple[SharedBefore, ...]
) -> Questions:
    """The questions with what the data says; without names where it is a copy to share."""
    from siptrack.documents.questions.asked import with_names
    from siptrack.documents.questions.shared import without_names

    analysis, rules = session.analysis, session.rules
    if share is None:
        return with_names(session.enquiry(), rules, headings)
    from siptrack.analysis.shareable import share as shareable
    from siptrack.commands.sharing import choose_mode
    from siptrack.documents.sharing import filters_warning

    mode = choose_mode(share, rules)
    say_begun(analysis)
    if analysis.filters:
        say(filters_warning(mode))
    return without_names(analysis, shareable(analysis, rules, mode, before), rules, headings)
