"""`siptrack check`: the data alone, and whether the judgements in it hang together."""

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
from siptrack.reports.catalogue import CHECKED
from siptrack.school.errors import ExitCode

if TYPE_CHECKING:
    from siptrack.analysis.model import Checked
    from siptrack.rules.model import Rules

TABLES = tuple(CHECKED)
FAILING = ("errors", "queries", "questions")


@click.command(
    no_args_is_help=True,
    short_help="What is odd in the data, and what to ask about judgements.",
    epilog=examples("siptrack check data", "siptrack check data --detail --fail-on questions"),
)
@with_paths
@with_filters
@with_form
@with_table(TABLES)
@click.option("--detail", is_flag=True, help="Show every place of a problem.")
@with_output
@with_rules
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(FAILING),
    default=("errors",),
    show_default=True,
    help="End with 1 on these.",
)
def check(  # noqa: PLR0913, PLR0917  # one for each option
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
    """Show what is odd in the data of PATHS, and what to ask about the judgements in it.

    Each question is one to look into together; none is a verdict on a teacher.
    """
    from siptrack.analysis.analyse import check as look
    from siptrack.commands.choices import choose_filters, refuse_several_tables
    from siptrack.commands.opening import open_files, open_rules
    from siptrack.reports.wording.waiting import checking_words

    refuse_several_tables(form, table, TABLES)
    waiting = Waiting.watched(paths, form)
    opened = open_files(paths, open_rules(paths, config=config, ruler=ruler), term, waiting)
    say_unusable(opened.register)
    filters = choose_filters(opened.rules, opened.register, years, classes, subjects, groups)
    with waiting:
        waiting.tell(checking_words())
        checked = look(opened.register, opened.rules, opened.term, filters)
    width, colour = screen(output, sys.stdout)
    if table is None and form == "table":
        from siptrack.reports.checked import render_checked

        content: str | bytes = render_checked(checked, opened.rules, width=width, colour=colour, detail=detail)
    else:
        content = _tables(checked, opened.rules, form, table, width)
    deliver(content, output, force=force)
    return _exit_code(checked, fail_on)


def _tables(checked: Checked, rules: Rules, form: str, table: str | None, width: int | None) -> str | bytes:
    """The table asked for, or all of them, in the form asked for."""
    from siptrack.reports import data_files, formats
    from siptrack.reports.tables import checked_tables

    if table is None and form == "json":
        return formats.checked_as_json(checked, rules)
    frames = checked_tables(checked, rules, only=table)
    return in_form(frames, form, data_files.about(checked, rules), width=width, rules=rules)


def _exit_code(checked: Checked, fail_on: Sequence[str]) -> int:
    """3 when a file could not be used, 1 when what --fail-on names is there, else 0."""
    from siptrack.school.problem import Severity

    if checked.register.unusable:
        return ExitCode.INPUT
    found = {
        "errors": checked.register.has_errors,
        "queries": any(one.severity is Severity.QUERY for one in checked.register.problems),
        "questions": bool(checked.checks["asked"].astype(bool).any()),
    }
    return ExitCode.FOUND if any(found[what] for what in fail_on) else ExitCode.DONE
