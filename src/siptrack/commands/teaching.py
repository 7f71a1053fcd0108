"""`siptrack teaching`: lessons, books and CPD as the school recorded them, beside the progress of the children."""

from __future__ import annotations

from typing import Unpack

import click

from siptrack.commands.documents import Asked, Deliverable, open_asked, write_document
from siptrack.commands.forms import PAPERS
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_document, with_filters
from siptrack.commands.output import how_it_ended

TABLES = LISTED["teaching"].tables.split()


@click.command(
    no_args_is_help=True,
    epilog=examples("siptrack teaching data", "siptrack teaching data --subject writing --detail"),
)
@with_filters
@with_document(TABLES, *PAPERS)
@click.option("--detail", is_flag=True, help="Add earlier years, CPD by year group, and every place of a problem.")
def teaching(detail: bool, **asked: Unpack[Asked]) -> int:
    """Set what was recorded of lessons, books and CPD beside progress, as counts and questions.

    PATHS hold the results, and a sheet of lessons and books seen, or one of CPD.
    """
    from siptrack.documents.teaching.view import of_teaching, teaching_document

    session, waiting = open_asked(asked, TABLES)
    with waiting:
        taught = session.taught()
    document = Deliverable(
        printed=lambda: teaching_document(taught, session.rules, every=detail),
        written=lambda: of_teaching(taught, session.rules),
    )
    write_document(document, asked)
    return how_it_ended(session.analysis)
