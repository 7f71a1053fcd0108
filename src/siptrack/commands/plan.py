"""`siptrack plan`: a draft of the single plan, from the evidence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from siptrack.commands.forms import PAPERS, PRINTED, WORKBOOK, as_printed, in_form
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
from siptrack.reports.catalogue import PLANNED
from siptrack.school.errors import ExitCode

if TYPE_CHECKING:
    from siptrack.cycle.plan import Plan
    from siptrack.rules.model import Rules

TABLES = tuple(PLANNED)
FAILING = ("priorities", "errors")


@click.command(
    no_args_is_help=True,
    short_help="A draft of the single plan: the priorities the data support.",
    epilog=examples("siptrack plan data", "siptrack plan data -o plan.docx", "siptrack plan data --table refused"),
)
@with_paths
@with_filters
@with_forms(*PAPERS, WORKBOOK)
@with_table(TABLES)
@with_output
@with_rules
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(FAILING),
    metavar="WHAT",
    help=f"End with 1 on: {', '.join(FAILING)}.",
)
def plan(
    paths: tuple[Path, ...],
    form: str,
    table: str | None,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    fail_on: tuple[str, ...],
    **narrowed: Unpack[Narrowed],
) -> int:
    """Draft the single plan: the few priorities that the results support, with evidence, baseline and criteria.

    PATHS hold the results. Actions, people and dates are left to you; -o plan.docx and -o plan.xlsx have room for them.
    """
    from siptrack.commands.choices import refuse_several_tables
    from siptrack.cycle.plan import draft

    refuse_several_tables(form, table, TABLES)
    waiting = Waiting.watched(paths, form)
    judged = judge_files(paths, open_rules(paths, config=config, ruler=ruler), narrowed, waiting)
    with waiting:
        drafted = draft(judged.analysis, judged.rules)
    deliver(_written(drafted, judged.rules, form, table, output), output, force=force)
    return _exit_code(drafted, fail_on)


def _written(drafted: Plan, rules: Rules, form: str, table: str | None, output: Path | None) -> str | bytes:
    """The plan in the form asked for, or a table of it."""
    if form == WORKBOOK:
        from siptrack.reports.workbook.plan import plan_workbook

        return plan_workbook(drafted, rules)
    if table is None and form in PRINTED:
        from siptrack.reports.plan import plan_printed

        return as_printed(plan_printed(drafted, rules, room=form != "table"), form, output)
    from siptrack.reports import data_files
    from siptrack.reports.plan_forms import plan_as_json, plan_tables

    if table is None and form == "json":
        return plan_as_json(drafted, rules)
    frames = plan_tables(drafted, rules, only=table)
    told = data_files.about(drafted.analysis, rules)
    return in_form(frames, form, told, width=screen(output, sys.stdout)[0], rules=rules)


def _exit_code(drafted: Plan, fail_on: tuple[str, ...]) -> int:
    """How the run ended; 1 when it went well and what --fail-on names is there."""
    if ended := how_it_ended(drafted.analysis):
        return ended
    found = {"priorities": bool(drafted.priorities), "errors": drafted.analysis.register.has_errors}
    return ExitCode.FOUND if any(found[what] for what in fail_on) else ExitCode.DONE
