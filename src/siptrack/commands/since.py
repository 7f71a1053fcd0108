"""`siptrack since`: who joined, left and stayed on the list since an earlier term, and what came of what was agreed."""

from __future__ import annotations

import re
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
from siptrack.commands.output import deliver, how_it_ended, say_unusable, screen
from siptrack.commands.waiting import Waiting
from siptrack.reports.catalogue import LOOKED_BACK
from siptrack.school.errors import ChoiceError, ExitCode

if TYPE_CHECKING:
    from siptrack.cycle.since import Since
    from siptrack.rules.model import Rules

TABLES = tuple(LOOKED_BACK)
COUNTED = ("stayed", "without-action", "without-provision")
ALONE = ("overdue", "errors")
_COUNTED = re.compile(rf"({'|'.join(COUNTED)}):([1-9]\d?)")


@click.command(
    no_args_is_help=True,
    short_help="What was agreed last term, and who is on the list since.",
    epilog=examples("siptrack since data", 'siptrack since data --from "Autumn 2025" --fail-on without-provision:3'),
)
@with_paths
@with_term("--from", "The earlier term [default: the last before with results].", "from_term")
@with_term("--to", "The later term [default: the newest].", "to_term")
@with_children
@with_forms(*PAPERS)
@with_table(TABLES)
@click.option("--detail", is_flag=True, help="Show every gap, and every place of a problem.")
@with_output
@with_rules
@click.option(
    "--fail-on",
    multiple=True,
    metavar="WHAT",
    help="End with 1 on a child N terms or more on the list (stayed:N, without-action:N, without-provision:N), "
    "on overdue, or errors.",
)
def since(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    from_term: str | None,
    to_term: str | None,
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
    """Look back: what was agreed and what came of it, and who joined, left and stayed on the list.

    PATHS hold the results of both terms, and the school's record of actions if it keeps one.
    """
    from siptrack.commands.choices import choose_filters, refuse_several_tables
    from siptrack.commands.opening import open_files, open_rules
    from siptrack.cycle.since import look_back
    from siptrack.reading.terms import TermFinder, parse_term
    from siptrack.reports.wording.waiting import judging_words

    refuse_several_tables(form, table, TABLES)
    conditions = [_condition(what) for what in fail_on]
    waiting = Waiting.watched(paths, form)
    opened = open_files(paths, open_rules(paths, config=config, ruler=ruler), to_term, waiting)
    say_unusable(opened.register)
    earlier = parse_term(from_term, TermFinder(opened.rules)) if from_term else None
    filters = choose_filters(opened.rules, opened.register, years, classes, subjects, groups)
    with waiting:
        waiting.tell(judging_words())
        found = look_back(opened.register, opened.rules, earlier, opened.term, filters)
    if table is None and form in PRINTED:
        from siptrack.reports.since import since_printed

        content = as_printed(since_printed(found, opened.rules, detail=detail), form, output)
    else:
        content = _tables(found, opened.rules, form, table, screen(output, sys.stdout)[0])
    deliver(content, output, force=force)
    return _exit_code(found, conditions)


def _condition(what: str) -> tuple[str, int]:
    """What to end with 1 on, and from how many terms on."""
    if what in ALONE:
        return what, 0
    if match := _COUNTED.fullmatch(what):
        return match[1], int(match[2])
    known = ", ".join((*(f"{one}:3" for one in COUNTED), *ALONE))
    raise ChoiceError(f"--fail-on '{what}' is not known. Known, with any number of terms: {known}.")


def _tables(found: Since, rules: Rules, form: str, table: str | None, width: int | None) -> str | bytes:
    """The table asked for, or all of them, in the form asked for."""
    from siptrack.reports import data_files
    from siptrack.reports.since_forms import since_as_json, since_tables

    if table is None and form == "json":
        return since_as_json(found, rules)
    frames = since_tables(found, only=table)
    told = {**data_files.about(found.analysis, rules), "from_term": found.from_term.label}
    return in_form(frames, form, told, width=width, rules=rules)


def _exit_code(found: Since, conditions: Sequence[tuple[str, int]]) -> int:
    """How the run ended; 1 when it went well and what --fail-on names is there."""
    if ended := how_it_ended(found.analysis):
        return ended
    return ExitCode.FOUND if any(_holds(found, what, terms) for what, terms in conditions) else ExitCode.DONE


def _holds(found: Since, what: str, terms: int) -> bool:
    if what == "errors":
        return found.analysis.register.has_errors
    if what == "overdue":
        return found.overdue > 0
    rows = {
        "stayed": found.long_on_list,
        "without-action": found.long_without_action,
        "without-provision": found.long_without_provision,
    }
    return len(rows[what](terms)) > 0
