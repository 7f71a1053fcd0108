"""`siptrack audit`: what opens a school year: who the children are, how they stand, and what carries over."""

from __future__ import annotations

from typing import Unpack

import click

from siptrack.commands.documents import Asked, Deliverable, found_or_done, open_asked, write_document
from siptrack.commands.forms import PAPERS
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_children, with_document, with_failing, with_term
from siptrack.school.errors import ExitCode

TABLES = LISTED["audit"].tables.split()
FAILING = ("not-on-course", "missing-results", "errors")


@click.command(
    no_args_is_help=True,
    epilog=examples("siptrack audit data", 'siptrack audit data --term "Autumn 2026" -o audit.docx'),
)
@with_term("--term", "A term of the year to open [default: after a Summer the next, else the newest].")
@with_children
@with_document(TABLES, *PAPERS)
@click.option("--detail", is_flag=True, help="Add every subject, the figures of gaps, and every place of a problem.")
@with_failing(FAILING)
def audit(detail: bool, fail_on: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Open a school year: prior attainment, how each year group stands, who carries over, targets, what is missing.

    PATHS hold the results of the year before, and those of the year so far if there are any.
    """
    from siptrack.documents.audit.view import audit_document, of_an_audit

    session, waiting = open_asked(asked, TABLES)
    rules = session.rules
    with waiting:
        found = session.audited()
    document = Deliverable(
        printed=lambda: audit_document(found, rules, every=detail),
        written=lambda: of_an_audit(found, rules),
    )
    write_document(document, asked)
    if found.register.unusable:
        return ExitCode.INPUT
    if not found.frame("standing")["assessed"].any():
        return ExitCode.NOTHING_TO_JUDGE
    there = {
        "not-on-course": found.behind > 0,
        "missing-results": found.without_results > 0,
        "errors": found.register.has_errors,
    }
    return found_or_done(there, fail_on)
