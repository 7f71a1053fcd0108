"""`siptrack teaching`: lessons, books and CPD as the school recorded them, beside the progress of the children."""

from __future__ import annotations

from typing import Unpack

import click

from siptrack.commands.documents import Asked, Document, judge_asked, write_document
from siptrack.commands.forms import PAPERS
from siptrack.commands.listed import LISTED
from siptrack.commands.options import examples, with_document, with_filters
from siptrack.commands.output import how_it_ended

TABLES = LISTED["teaching"].tables.split()


@click.command(
    no_args_is_help=True,
    short_help="Lessons seen and CPD, beside the progress of the children.",
    epilog=examples("siptrack teaching data", "siptrack teaching data --subject writing --detail"),
)
@with_filters
@with_document(TABLES, *PAPERS)
@click.option("--detail", is_flag=True, help="Add earlier school years, and every place of a problem.")
def teaching(detail: bool, **asked: Unpack[Asked]) -> int:
    """Set what was recorded of lessons, books and CPD beside progress, as counts and questions.

    PATHS hold the results, and a sheet of lessons and books seen, or one of CPD.
    """
    from siptrack.cycle.teaching import set_beside
    from siptrack.reports.data_files import about
    from siptrack.reports.teaching import teaching_printed
    from siptrack.reports.teaching_forms import taught_as_json, taught_tables

    judged, waiting = judge_asked(asked, TABLES)
    with waiting:
        taught = set_beside(judged.analysis, judged.rules, judged.filters)
    document = Document(
        rules=judged.rules,
        printed=lambda: teaching_printed(taught, judged.rules, detail=detail),
        json=lambda: taught_as_json(taught, judged.rules),
        tables=lambda only: taught_tables(taught, only=only),
        about=lambda: about(judged.analysis, judged.rules),
    )
    write_document(document, asked)
    return how_it_ended(judged.analysis)
