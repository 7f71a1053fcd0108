"""`siptrack analyse`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.completing import OFFERED
from siptrack.commands.forms import in_form, refuse_several_tables
from siptrack.commands.listed import LISTED
from siptrack.commands.opening import open_files, read_paths
from siptrack.commands.options import (
    examples,
    with_filters,
    with_form,
    with_output,
    with_paths,
    with_peers,
    with_rules,
    with_sharing,
    with_table,
)
from siptrack.commands.output import deliver, how_it_ended, judged_or_not, refuse_output, say_begun, screen
from siptrack.commands.waiting import JUDGING, Waiting
from siptrack.school.errors import ChoiceError, ExitCode
from siptrack.school.near import instead
from siptrack.scope import Scope

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.analysis.parts import Summed
    from siptrack.reading.files import Files
    from siptrack.rules.load import RuleBook
    from siptrack.rules.model import Rules

TABLES = LISTED["analyse"].tables.split()
SUMMARY = "summary"  # the table that is told of more rows than can be held as children


@click.command(
    no_args_is_help=True,
    epilog=examples(
        'siptrack analyse "Autumn 2025.xlsx" "Pupil list.xlsx"',
        'siptrack analyse data --class 5K --subject writing --term "Spring 2026"',
        "siptrack analyse data --format csv --table flags -o flags.csv",
    ),
)
@with_paths
@with_filters
@with_form
@with_peers
@with_table(TABLES)
@click.option("--all", "every", is_flag=True, help="Every section in sentences, and not the first page alone.")
@click.option(
    "--detail",
    is_flag=True,
    help="All, with the cells behind each sentence, every gap that was compared, and every place of a problem.",
)
@with_sharing
@with_output
@with_rules
@click.option(
    "--fail-on",
    multiple=True,
    metavar="WHAT",
    help="End with 1 on errors, clear-gaps, or a flag's code.",
    shell_complete=OFFERED["failures"],
)
def analyse(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    term: str | None,
    years: tuple[str, ...],
    classes: tuple[str, ...],
    subjects: tuple[str, ...],
    groups: tuple[str, ...],
    school: str,
    form: str,
    peers: str | None,
    table: str | None,
    every: bool,
    detail: bool,
    share: str | None,
    since_shared: tuple[Path, ...],
    pseudonyms: Path | None,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    fail_on: tuple[str, ...],
) -> int:
    """Name the children making insufficient progress, and compare groups.

    PATHS are workbooks (.xlsx), CSV files, or folders of these; - reads a CSV from standard input.
    """
    from siptrack.commands.sharing import Nameless
    from siptrack.session import open_rules

    nameless = Nameless(share, pseudonyms, since_shared)
    if not nameless.wanted:
        refuse_several_tables(form, table, TABLES)
    refuse_output(output, force=force)
    nameless.refuse_files()
    book = open_rules(paths, config=config, ruler=ruler)
    _refuse_unknown(fail_on, book.newest)
    nameless.refuse(form, table, detail=detail, rules=book.newest)
    waiting = Waiting.watched(paths, form)
    scope = Scope(term, years, classes, subjects, groups, school, peers)
    files = read_paths(paths, waiting)
    width, colour = screen(output, sys.stdout)
    if table == SUMMARY and not (nameless.wanted or fail_on) and (summed := _summed(files, book, scope, waiting)):
        from siptrack.documents.analysis import of_a_summary

        deliver(in_form(of_a_summary(*summed), form, table, width=width), output, force=force)
        return judged_or_not(summed[0].summary)
    session = open_files(files, book, scope, waiting)
    with waiting:
        waiting.tell(JUDGING)
        analysis = session.analysis
    if nameless.wanted:
        say_begun(analysis)
        content: str | bytes = nameless.text(analysis, session.rules, form, table, width=width, colour=colour)
    elif table is None and form == "table":
        content = _page(analysis, session.rules, paths, (width, colour), every=every, detail=detail)
    else:
        from siptrack.documents.analysis import of_an_analysis

        content = in_form(of_an_analysis(analysis, session.rules), form, table, width=width)
    deliver(content, output, force=force)
    return _exit_code(analysis, fail_on)


def _summed(files: Files, book: RuleBook, scope: Scope, waiting: Waiting) -> tuple[Summed, Rules] | None:
    """The summary of all schools of one long file, which is told without naming any child, and the rules it is by."""
    from siptrack.reading.schools import ALL

    if scope != Scope(term=scope.term, school=ALL):
        return None
    from siptrack.many.summed import sum_up

    with waiting:
        return sum_up(files, book, scope.term)


def _page(
    analysis: Analysis,
    rules: Rules,
    paths: Sequence[Path],
    screen: tuple[int | None, bool],
    *,
    every: bool,
    detail: bool,
) -> str:
    """The first page; every section where that is asked for, or all detail. `screen` is its width, and its colour."""
    from siptrack.commands.next_steps import command_paths, next_steps
    from siptrack.rendering.terminal import as_text

    width, colour = screen
    on_screen = width is not None
    if every or detail:
        from siptrack.documents.analyse.whole import whole_report

        page = whole_report(analysis, rules, detail=detail, once=on_screen)
    else:
        from siptrack.documents.analyse.view import first_page

        page = first_page(analysis, rules, command_paths(paths, on_screen=on_screen))
    return as_text(page, width=width, colour=colour, steps=next_steps(analysis, rules, paths, on_screen=on_screen))


def _refuse_unknown(fail_on: Sequence[str], rules: Rules) -> None:
    known = ("errors", "clear-gaps", *rules.flags.flags)
    for what in fail_on:
        if what not in known:
            raise ChoiceError(f"--fail-on '{what}' is not known. {instead(what, known)}")


def _exit_code(analysis: Analysis, fail_on: Sequence[str]) -> int:
    """How the run ended; 1 when it went well and what --fail-on names is there."""
    if ended := how_it_ended(analysis):
        return ended
    if not fail_on:
        return ExitCode.DONE
    from siptrack.analysis.vocabulary import GapVerdict

    found = set(analysis.children.flags["code"].distinct())
    if analysis.register.has_errors:
        found.add("errors")
    if (analysis.compared.gaps["verdict"] == GapVerdict.CLEAR.value).any():
        found.add("clear-gaps")
    return ExitCode.FOUND if found.intersection(fail_on) else ExitCode.DONE
