"""`siptrack provision`: who has what, what it takes, and what became of the children."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.forms import in_form
from siptrack.commands.options import examples, with_filters, with_form, with_output, with_paths, with_rules, with_table
from siptrack.commands.output import deliver, say_unusable, screen
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
@with_form
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
    term: str | None,
    years: tuple[str, ...],
    classes: tuple[str, ...],
    subjects: tuple[str, ...],
    groups: tuple[str, ...],
    form: str,
    table: str | None,
    suggest: bool,
    detail: bool,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    fail_on: tuple[str, ...],
) -> int:
    """Show who has what provision, what it takes, and what became of the children in it.

    PATHS hold the results and a sheet of provision: a row for each child and intervention.
    """
    from siptrack.analysis.analyse import analyse
    from siptrack.commands.choices import choose_filters, refuse_several_tables
    from siptrack.commands.opening import open_files, open_rules
    from siptrack.cycle.provision import provide
    from siptrack.reports.wording.waiting import judging_words

    refuse_several_tables(form, table, TABLES)
    waiting = Waiting.watched(paths, form)
    opened = open_files(paths, open_rules(paths, config=config, ruler=ruler), term, waiting)
    say_unusable(opened.register)
    filters = choose_filters(opened.rules, opened.register, years, classes, subjects, groups)
    with waiting:
        waiting.tell(judging_words())
        analysis = analyse(opened.register, opened.rules, opened.term, filters)
        provided = provide(analysis, opened.rules, filters)
    width, colour = screen(output, sys.stdout)
    if table is None and form == "table":
        from siptrack.reports.provision import Wanted, render_provided

        wanted = Wanted(suggest=suggest, detail=detail)
        content: str | bytes = render_provided(provided, opened.rules, wanted, width=width, colour=colour)
    else:
        content = _tables(provided, opened.rules, form, table, width)
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
