"""`siptrack plan`: a draft of the single plan, from the evidence."""

from __future__ import annotations

from typing import Unpack

import click

from siptrack.commands.documents import Asked, Deliverable, found_or_done, open_asked, write_document
from siptrack.commands.forms import PAPERS, WORKBOOK
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_document, with_failing, with_filters
from siptrack.commands.output import how_it_ended

TABLES = LISTED["plan"].tables.split()
FAILING = ("priorities", "errors")


@click.command(
    no_args_is_help=True,
    epilog=examples("siptrack plan data", "siptrack plan data -o plan.docx", "siptrack plan data --table refused"),
)
@with_filters
@with_document(TABLES, *PAPERS, WORKBOOK)
@click.option("--detail", is_flag=True, help="Add what the figures come to by each term, and every material.")
@with_failing(FAILING)
def plan(detail: bool, fail_on: tuple[str, ...], **asked: Unpack[Asked]) -> int:
    """Draft the single plan: the few priorities that the results support, with evidence, baseline and criteria.

    PATHS hold the results. Actions, people and dates are left to you; -o plan.docx and -o plan.xlsx have room for them.
    """
    from siptrack.documents.plan.priorities import of_a_plan
    from siptrack.documents.plan.sheets import plan_workbook
    from siptrack.documents.plan.view import plan_document

    session, waiting = open_asked(asked, TABLES)
    rules = session.rules
    with waiting:
        drafted = session.drafted()
    document = Deliverable(
        printed=lambda: plan_document(drafted, rules, room=asked["form"] != "table", every=detail),
        written=lambda: of_a_plan(drafted, rules),
        workbook=lambda: plan_workbook(drafted, rules),
    )
    write_document(document, asked)
    there = {"priorities": bool(drafted.priorities), "errors": session.register.has_errors}
    return how_it_ended(session.analysis) or found_or_done(there, fail_on)
