"""`siptrack questions`: a School Improvement Partner's lines of enquiry, with what the data says to each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from siptrack.commands.completing import OFFERED
from siptrack.commands.forms import DATA_FILES, PAPERS, PRINTED, as_printed, in_form
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
from siptrack.reports.catalogue import ENQUIRED
from siptrack.school.errors import ChoiceError

if TYPE_CHECKING:
    from siptrack.commands.opening import Judged
    from siptrack.reports.questions import Questions
    from siptrack.rules.model import Rules

TABLES = tuple(ENQUIRED)


@click.command(
    no_args_is_help=True,
    short_help="A SIP's questions, and what this data says to each.",
    epilog=examples(
        "siptrack questions data -o questions.html",
        "siptrack questions data --about tracking --year 4",
        "siptrack questions data --share governors -o questions.docx",
    ),
)
@with_paths
@with_filters
@click.option(
    "--about",
    multiple=True,
    metavar="HEADING",
    help="Only the questions under this heading, such as tracking (may be given again).",
    shell_complete=OFFERED["headings"],
)
@with_forms(*PAPERS)
@with_table(TABLES)
@click.option(
    "--share",
    metavar="MODE",
    help="A copy without names, small numbers hidden: for governors, or public.",
    shell_complete=OFFERED["modes"],
)
@with_output
@with_rules
def questions(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    about: tuple[str, ...],
    form: str,
    table: str | None,
    share: str | None,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
    **narrowed: Unpack[Narrowed],
) -> int:
    """Put a School Improvement Partner's questions beside what the school's data says to each.

    PATHS hold the results, and the school's records of actions, provision, lessons and CPD if it keeps them.
    """
    from siptrack.commands.choices import refuse_several_tables

    refuse_several_tables(form, table, TABLES)
    book = open_rules(paths, config=config, ruler=ruler)
    _refuse(form, table, share, about, book.newest)
    waiting = Waiting.watched(paths, form)
    judged = judge_files(paths, book, narrowed, waiting)
    with waiting:
        found = _found(judged, share, about)
    if table is None and form in PRINTED:
        from siptrack.reports.questions import questions_printed

        content = as_printed(questions_printed(found), form, output)
    else:
        content = _tables(found, form, table, screen(output, sys.stdout)[0])
    deliver(content, output, force=force)
    return how_it_ended(judged.analysis)


def _refuse(form: str, table: str | None, share: str | None, about: tuple[str, ...], rules: Rules) -> None:
    """Say what is not known, or does not go together, before anything is read."""
    from siptrack.commands.sharing import choose_mode
    from siptrack.reports.questions_forms import OF_ENQUIRY

    headings = list(dict.fromkeys(rule.about for rule in rules.enquiry.questions.values()))
    for heading in about:
        if heading not in headings:
            raise ChoiceError(f"--about '{heading}' is not known. Known: {', '.join(headings)}.")
    if share is None:
        return
    choose_mode(share, rules)
    if form in DATA_FILES:
        raise ChoiceError(f"--format {form} cannot go with --share; take json, ndjson or csv.")
    if table is not None and table not in OF_ENQUIRY:
        raise ChoiceError(f"--table {table} cannot go with --share. Tables that can: {', '.join(OF_ENQUIRY)}.")


def _found(judged: Judged, share: str | None, about: tuple[str, ...]) -> Questions:
    """The questions with what the data says; without names where it is a copy to share."""
    from siptrack.reports.questions import with_names, without_names

    analysis, rules = judged.analysis, judged.rules
    if share is None:
        from siptrack.cycle.enquiry import enquire

        return with_names(enquire(analysis, rules, judged.filters), rules, about)
    from siptrack.analysis.shareable import share as shareable
    from siptrack.commands.sharing import choose_mode
    from siptrack.reports.wording.sharing import filters_warning

    mode = choose_mode(share, rules)
    if analysis.filters:
        click.echo(filters_warning(mode), err=True)
    return without_names(analysis, shareable(analysis, rules, mode), rules, about)


def _tables(found: Questions, form: str, table: str | None, width: int | None) -> str | bytes:
    """The table asked for, or all of them, in the form asked for."""
    from siptrack.reports import data_files
    from siptrack.reports.questions_forms import questions_as_json, questions_tables

    if table is None and form == "json":
        return questions_as_json(found)
    frames = questions_tables(found, only=table)
    return in_form(frames, form, data_files.about(found.analysis, found.rules), width=width, rules=found.rules)
