"""`siptrack provision`: who has what, what it takes, and what became of the children."""

from __future__ import annotations

import sys
from collections.abc import Sequence
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
from siptrack.commands.output import deliver, screen
from siptrack.commands.waiting import Waiting
from siptrack.cycle.provision_tables import Who
from siptrack.reports.catalogue import PROVIDED
from siptrack.school.errors import ExitCode

if TYPE_CHECKING:
    from siptrack.cycle.provision import Provided
    from siptrack.rules.model import Rules

TABLES = tuple(PROVIDED)
FAILING = (*(code.value for code in Who), "errors")


@click.command(
    no_args_is_help=True,
    short_help="Who has what support, and what became of the children.",
    epilog=examples("siptrack provision data", "siptrack provision data --suggest --year 3"),
)
@with_paths
@with_filters
@with_forms(*PAPERS)
@with_table(TABLES)
@click.option("--suggest", is_flag=True, help="Add what the catalogue offers to flagged children and clear gaps.")
@click.option("--detail", is_flag=True, help="Add each child's provision, and who stands beside whom.")
@with_output
@with_rules
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(FAILING),
    metavar="WHAT",
    help=f"End with 1 on: {', '.join(FAILING)}.",
)
def provision(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    form: str,
    table: str | None,
    suggest: bool,
    detail: bool,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    fail_on: tuple[str, ...],
    **narrowed: Unpack[Narrowed],
) -> int:
    """Show who has what provision, what it takes, and what became of the children in it.

    PATHS hold the results and a sheet of provision: a row for each child and intervention.
    """
    from siptrack.commands.choices import refuse_several_tables
    from siptrack.cycle.provision import provide

    refuse_several_tables(form, table, TABLES)
    waiting = Waiting.watched(paths, form)
    judged = judge_files(paths, open_rules(paths, config=config, ruler=ruler), narrowed, waiting)
    with waiting:
        provided = provide(judged.analysis, judged.rules, judged.filters)
    if table is None and form in PRINTED:
        from siptrack.reports.provision import Wanted, provision_printed

        wanted = Wanted(suggest=suggest, detail=detail)
        content = as_printed(provision_printed(provided, judged.rules, wanted), form, output)
    else:
        content = _tables(provided, judged.rules, form, table, screen(output, sys.stdout)[0])
    deliver(content, output, force=force)
    return _exit_code(provided, fail_on)


def _tables(provided: Provided, rules: Rules, form: str, table: str | None, width: int | None) -> str | bytes:
    """The table asked for, or all of them, in the form asked for."""
    from siptrack.reports import data_files, formats
    from siptrack.reports.provision_tables import provided_tables

    if table is None and form == "json":
        return formats.provided_as_json(provided, rules)
    frames = provided_tables(provided, only=table)
    return in_form(frames, form, data_files.about(provided.analysis, rules), width=width, rules=rules)


def _exit_code(provided: Provided, fail_on: Sequence[str]) -> int:
    """3 when a file could not be used, 1 when what --fail-on names is there, else 0."""
    register = provided.analysis.register
    if register.unusable:
        return ExitCode.INPUT
    found = set(provided.who["code"])
    if register.has_errors:
        found.add("errors")
    return ExitCode.FOUND if found.intersection(fail_on) else ExitCode.DONE
