"""`siptrack teaching`: lessons, books and CPD as the school recorded them, beside the progress of the children."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from siptrack.commands.forms import PAPERS, PRINTED, as_printed, in_form
from siptrack.commands.opening import Narrowed, judge_files, open_rules
from siptrack.commands.options import (
    examples,
    with_filters,
    with_forms,
    with_output,
    with_paths,
    with_rules,
    with_table,
)
from siptrack.commands.output import deliver, how_it_ended, screen
from siptrack.commands.waiting import Waiting
from siptrack.reports.catalogue import TAUGHT

if TYPE_CHECKING:
    from siptrack.cycle.teaching import Taught
    from siptrack.rules.model import Rules

TABLES = tuple(TAUGHT)


@click.command(
    no_args_is_help=True,
    short_help="Lessons seen and CPD, beside the progress of the children.",
    epilog=examples("siptrack teaching data", "siptrack teaching data --subject writing --detail"),
)
@with_paths
@with_filters
@with_forms(*PAPERS)
@with_table(TABLES)
@click.option("--detail", is_flag=True, help="Add earlier school years, and every place of a problem.")
@with_output
@with_rules
def teaching(  # one for each option
    paths: tuple[Path, ...],
    form: str,
    table: str | None,
    detail: bool,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    **narrowed: Unpack[Narrowed],
) -> int:
    """Set what was recorded of lessons, books and CPD beside progress, as counts and questions.

    PATHS hold the results, and a sheet of lessons and books seen, or one of CPD.
    """
    from siptrack.commands.choices import refuse_several_tables
    from siptrack.cycle.teaching import set_beside

    refuse_several_tables(form, table, TABLES)
    waiting = Waiting.watched(paths, form)
    judged = judge_files(paths, open_rules(paths, config=config, ruler=ruler), narrowed, waiting)
    with waiting:
        taught = set_beside(judged.analysis, judged.rules, judged.filters)
    if table is None and form in PRINTED:
        from siptrack.reports.teaching import teaching_printed

        content = as_printed(teaching_printed(taught, judged.rules, detail=detail), form, output)
    else:
        content = _tables(taught, judged.rules, form, table, screen(output, sys.stdout)[0])
    deliver(content, output, force=force)
    return how_it_ended(judged.analysis)


def _tables(taught: Taught, rules: Rules, form: str, table: str | None, width: int | None) -> str | bytes:
    """The table asked for, or all of them, in the form asked for."""
    from siptrack.reports import data_files
    from siptrack.reports.teaching_forms import taught_as_json, taught_tables

    if table is None and form == "json":
        return taught_as_json(taught, rules)
    frames = taught_tables(taught, only=table)
    return in_form(frames, form, data_files.about(taught.analysis, rules), width=width, rules=rules)
