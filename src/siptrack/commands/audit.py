"""`siptrack audit`: what opens a school year: who the children are, how they stand, and what carries over."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.forms import PAPERS, PRINTED, as_printed, in_form
from siptrack.commands.options import (
    examples,
    with_children,
    with_forms,
    with_output,
    with_paths,
    with_rules,
    with_table,
    with_term,
)
from siptrack.commands.output import deliver, say_unusable, screen
from siptrack.commands.waiting import Waiting
from siptrack.reports.catalogue import AUDITED
from siptrack.school.errors import ExitCode

if TYPE_CHECKING:
    from siptrack.cycle.audit import Audit
    from siptrack.rules.model import Rules

TABLES = tuple(AUDITED)
FAILING = ("not-on-course", "missing-results", "errors")


@click.command(
    no_args_is_help=True,
    short_help="What opens a school year: starts, carry-overs, targets.",
    epilog=examples("siptrack audit data", 'siptrack audit data --term "Autumn 2026" -o audit.docx'),
)
@with_paths
@with_term("--term", "A term of the year to open [default: after a Summer the next, else the newest].")
@with_children
@with_forms(*PAPERS)
@with_table(TABLES)
@click.option("--detail", is_flag=True, help="Show every place of a problem.")
@with_output
@with_rules
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(FAILING),
    metavar="WHAT",
    help=f"End with 1 on: {', '.join(FAILING)}.",
)
def audit(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    term: str | None,
    years: tuple[str, ...],
    classes: tuple[str, ...],
    subjects: tuple[str, ...],
    groups: tuple[str, ...],
    form: str,
    table: str | None,
    detail: bool,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    fail_on: tuple[str, ...],
) -> int:
    """Open a school year: prior attainment, how each year group stands, who carries over, targets, what is missing.

    PATHS hold the results of the year before, and those of the year so far if there are any.
    """
    from siptrack.commands.choices import choose_filters, refuse_several_tables
    from siptrack.commands.opening import open_files, open_rules
    from siptrack.cycle.audit import audit as open_year
    from siptrack.reading.terms import TermFinder, parse_term
    from siptrack.reports.wording.waiting import judging_words

    refuse_several_tables(form, table, TABLES)
    waiting = Waiting.watched(paths, form)
    opened = open_files(paths, open_rules(paths, config=config, ruler=ruler), term, waiting)
    say_unusable(opened.register)
    wanted = parse_term(term, TermFinder(opened.rules)) if term else None
    filters = choose_filters(opened.rules, opened.register, years, classes, subjects, groups)
    with waiting:
        waiting.tell(judging_words())
        found = open_year(opened.register, opened.rules, wanted, filters)
    if table is None and form in PRINTED:
        from siptrack.reports.audit import audit_printed

        content = as_printed(audit_printed(found, opened.rules, detail=detail), form, output)
    else:
        content = _tables(found, opened.rules, form, table, screen(output, sys.stdout)[0])
    deliver(content, output, force=force)
    return _exit_code(found, fail_on)


def _tables(found: Audit, rules: Rules, form: str, table: str | None, width: int | None) -> str | bytes:
    """The table asked for, or all of them, in the form asked for."""
    from siptrack.reports import data_files
    from siptrack.reports.audit_forms import audit_as_json, audit_tables

    if table is None and form == "json":
        return audit_as_json(found, rules)
    return in_form(audit_tables(found, only=table), form, data_files.about(found, rules), width=width, rules=rules)


def _exit_code(found: Audit, fail_on: Sequence[str]) -> int:
    """3 when a file could not be used, 6 when nothing could be judged, 1 when what --fail-on names is there, else 0."""
    if found.register.unusable:
        return ExitCode.INPUT
    if not found.standing["assessed"].sum():
        return ExitCode.NOTHING_TO_JUDGE
    there = {
        "not-on-course": found.behind > 0,
        "missing-results": found.without_results > 0,
        "errors": found.register.has_errors,
    }
    return ExitCode.FOUND if any(there[what] for what in fail_on) else ExitCode.DONE
