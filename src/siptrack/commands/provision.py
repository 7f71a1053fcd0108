"""`siptrack provision`: who has what, what it takes, and what became of the children."""

from __future__ import annotations

from typing import Unpack

import click

from siptrack.commands.documents import Asked, Deliverable, found_or_done, open_asked, write_document
from siptrack.commands.forms import PAPERS
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_document, with_failing, with_filters
from siptrack.cycle.provision_tables import Who
from siptrack.school.errors import ExitCode

TABLES = LISTED["provision"].tables.split()
CODES = tuple(code.value for code in Who)


@click.command(
    no_args_is_help=True,
    epilog=examples("siptrack provision data", "siptrack provision data --suggest --year 3"),
)
@with_filters
@with_document(TABLES, *PAPERS)
@click.option("--suggest", is_flag=True, help="Add what the catalogue offers to flagged children and clear gaps.")
@click.option("--detail", is_flag=True, help="Add each child's provision, and what comparable children did.")
@with_failing((*CODES, "errors"))
def provision(suggest: bool, detail: bool, fail_on: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Show who has what provision, what it takes, and what became of the children in it.

    PATHS hold the results and a sheet of provision: a row for each child and intervention.
    """
    from siptrack.documents.provision.view import of_provision, provision_document

    session, waiting = open_asked(asked, TABLES)
    with waiting:
        provided = session.provided()
    document = Deliverable(
        printed=lambda: provision_document(provided, session.rules, suggest=suggest, detail=detail),
        written=lambda: of_provision(provided, session.rules),
    )
    write_document(document, asked)
    if session.register.unusable:
        return ExitCode.INPUT
    named = set(provided.frame("who")["code"].distinct())
    return found_or_done({**{code: code in named for code in CODES}, "errors": session.register.has_errors}, fail_on)
