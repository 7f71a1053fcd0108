"""`siptrack analyse`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.output import deliver, screen
from siptrack.school.errors import ChoiceError, ExitCode

if TYPE_CHECKING:
    from siptrack.analysis.analyse import Filters
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.term import Term

FORMATS = ("table", "json", "ndjson", "csv", "markdown")
TABLES = (
    *("pupils", "progress", "flags", "summary", "groups", "gaps"),
    *("pace", "targets", "forecasts", "problems", "ledger", "set_aside"),
)


@click.command(no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--term", metavar="TERM", help="The term to judge [default: the newest].")
@click.option("--year", "years", multiple=True, help="Only this year group (may be given again).")
@click.option("--class", "classes", multiple=True, help="Only this class.")
@click.option("--subject", "subjects", multiple=True, help="Only this subject.")
@click.option("--group", "groups", multiple=True, help="Only this group, such as fsm, boys or eal.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="Form of output."
)
@click.option("--table", "table", type=click.Choice(TABLES), help="Only this table.")
@click.option("--detail", is_flag=True, help="Add the cells behind each sentence, and every place of a problem.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of the screen.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.option("--config", type=click.Path(path_type=Path), help="Settings [default: siptrack.yaml beside the data].")
@click.option("--fail-on", multiple=True, metavar="WHAT", help="End with 1 on errors, clear-gaps, or a flag's code.")
def analyse(  # noqa: PLR0913, PLR0917  # one for each option
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
    fail_on: tuple[str, ...],
) -> int:
    """Name the children making insufficient progress, and compare groups.

    PATHS are workbooks (.xlsx), CSV files, or folders of these; - reads a CSV from standard input.
    """
    from siptrack.commands.choices import choose_filters
    from siptrack.rules.load import find_settings, load

    if form == "csv" and table is None:
        raise ChoiceError(f"--format csv holds one table: choose it with --table ({', '.join(TABLES)}).")
    rules = load(config or find_settings(list(paths)))
    _refuse_unknown(fail_on, rules)
    wanted = _term(term, rules)
    register = _register(paths, rules, wanted)
    filters = choose_filters(rules, register, years, classes, subjects, groups)
    analysis = _analysis(register, rules, wanted, filters)
    width, colour = screen(output, sys.stdout)
    if table is None and form == "table":
        from siptrack.reports.terminal import render

        text = render(analysis, rules, width=width, colour=colour, detail=detail)
    else:
        text = _tables(analysis, rules, form, table, width)
    deliver(text, output, force=force)
    return _exit_code(analysis, fail_on)


def _term(text: str | None, rules: Rules) -> Term | None:
    from siptrack.reading.terms import TermFinder, parse_term

    return parse_term(text, TermFinder(rules)) if text else None


def _register(paths: Sequence[Path], rules: Rules, term: Term | None) -> Register:
    """What was read; each file that could not be used has its line on standard error at once."""
    from siptrack.reading.read import read

    register = read(paths, rules, default_term=term)
    for problem in register.unusable:
        click.echo(f"{problem.place.label}: {problem.found}. It was left out. {problem.action}", err=True)
    return register


def _analysis(register: Register, rules: Rules, term: Term | None, filters: Filters) -> Analysis:
    from siptrack.analysis.analyse import analyse as judge

    return judge(register, rules, term, filters)


def _tables(analysis: Analysis, rules: Rules, form: str, table: str | None, width: int | None) -> str:
    """The table asked for, or all of them, in the form asked for."""
    from siptrack.reports import formats
    from siptrack.reports.tables import tables

    if table is None and form == "json":
        return formats.as_json(analysis, rules)
    return formats.as_tables(tables(analysis, rules, only=table), form, width=width, ruler=rules.ruler)


def _refuse_unknown(fail_on: Sequence[str], rules: Rules) -> None:
    known = ("errors", "clear-gaps", *rules.flags.flags)
    for what in fail_on:
        if what not in known:
            raise ChoiceError(f"--fail-on '{what}' is not known. Known: {', '.join(known)}.")


def _exit_code(analysis: Analysis, fail_on: Sequence[str]) -> int:
    """3 when a file could not be used, 6 when nothing could be judged, 1 when what --fail-on names is there, else 0."""
    if analysis.register.unusable:
        return ExitCode.INPUT
    if not analysis.summary["assessed"].sum():
        return ExitCode.NOTHING_TO_JUDGE
    from siptrack.analysis.vocabulary import GapVerdict
    from siptrack.school.problem import Severity

    found = set(analysis.flags["code"])
    if any(problem.severity is Severity.ERROR for problem in analysis.register.problems):
        found.add("errors")
    if (analysis.gaps["verdict"] == GapVerdict.CLEAR.value).any():
        found.add("clear-gaps")
    return ExitCode.FOUND if found.intersection(fail_on) else ExitCode.DONE
