"""`siptrack review`: the school's own review of its stage of development, to fill in and to look back on."""

from __future__ import annotations

from typing import Unpack

import click

from siptrack.commands.documents import Asked, Deliverable, found_or_done, open_asked, write_document
from siptrack.commands.forms import PAPERS, WORKBOOK
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_document, with_failing, with_school, with_term
from siptrack.school.errors import ExitCode

TABLES = LISTED["review"].tables.split()
FAILING = ("overdue", "errors")


@click.command(
    no_args_is_help=True,
    epilog=examples("siptrack review data -o review.xlsx", "siptrack review data"),
)
@with_term("--term", "The term of the results; of reviews, none after it [default: the newest].")
@with_school
@with_document(TABLES, *PAPERS, WORKBOOK)
@click.option("--detail", is_flag=True, help="Show every place of a problem.")
@with_failing(FAILING)
def review(detail: bool, fail_on: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Show what the school recorded in its own reviews, and what the data give beside it.

    PATHS hold the results and the reviews that came back. With -o review.xlsx it is the next review to fill in.
    A next step is overdue when its date is past and nothing is recorded of it.
    """
    from siptrack.documents.questions.gathered import gather_evidence
    from siptrack.documents.review.evidence import review_evidence
    from siptrack.documents.review.sheets import review_workbook
    from siptrack.documents.review.view import of_a_review, review_document

    session, waiting = open_asked(asked, TABLES, reviews_alone=True)
    rules = session.rules
    with waiting:
        reviewed = session.reviewed()
        evidence = review_evidence(gather_evidence(reviewed.beside, rules), rules) if reviewed.beside else []
    document = Deliverable(
        printed=lambda: review_document(reviewed, evidence, rules, every=detail),
        written=lambda: of_a_review(reviewed, evidence, rules),
        workbook=lambda: review_workbook(reviewed, evidence, rules),
    )
    write_document(document, asked)
    if reviewed.register.unusable:
        return ExitCode.INPUT
    return found_or_done({"overdue": reviewed.overdue > 0, "errors": reviewed.register.has_errors}, fail_on)
