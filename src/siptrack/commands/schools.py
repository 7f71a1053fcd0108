"""`siptrack schools`: many schools, each judged by itself and set beside the others."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from siptrack.commands.forms import in_form
from siptrack.commands.listed import LISTED
from siptrack.commands.messages import say
from siptrack.commands.options import PATH, examples, with_table, with_term
from siptrack.commands.output import deliver, screen
from siptrack.commands.sharing import choose_mode
from siptrack.commands.waiting import Waiting
from siptrack.commands.workers import refuse_cluster, workers_for
from siptrack.rules.named import is_folder
from siptrack.school.near import few

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.analysis.across.found import ManySchools
    from siptrack.rules.model import Rules

TABLES = LISTED["schools"].tables.split()
PAGE, DATA, WORKBOOK = WRITTEN = tuple(PurePosixPath(f"schools.{ending}") for ending in ("html", "json", "xlsx"))
REPORTS = "reports"


@click.command(
    no_args_is_help=True,
    epilog=examples(
        'siptrack schools "All schools" -o "Trust, autumn"',
        'siptrack schools "All schools" -o Trust --table standings > standings.csv',
    ),
)
@click.argument("path", type=PATH)
@click.option("-o", "--output", "folder", type=PATH, required=True, metavar="DIR", help="Write into this folder.")
@click.option("--force", is_flag=True, help="Write over files of an earlier run.")
@with_term("--term", "The term to judge [default: the one that most schools have come to].")
@click.option("--sort", default="name", metavar="BY", help="Schools by name, on_roll, or a subject [default: name].")
@click.option("--share", metavar="MODE", help="For whom small numbers are hidden [default: as sharing.yaml has it].")
@click.option("--reports", is_flag=True, help="Also each school's own report, with names, into DIR/reports.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes [default: one for each core].")
@click.option("--cluster", metavar="ADDRESS", help="The scheduler of a dask cluster, to hand the schools to.")
@click.option("--config", type=PATH, help="Judge all schools by these settings [default: each by its own, if any].")
@with_table(TABLES)
def schools(  # noqa: PLR0913, PLR0917  # one for each option
    path: Path,
    folder: Path,
    force: bool,
    term: str | None,
    sort: str,
    share: str | None,
    reports: bool,
    workers: int | None,
    cluster: str | None,
    config: Path | None,
    table: str | None,
) -> int:
    """Judge many schools, and set each beside the others.

    PATH is a folder with a folder for each school, or a file or a folder of files with a column that names the school.
    In DIR are written schools.html, schools.xlsx and schools.json, without a child's name; what was counted of each
    school is kept there, so that the next run counts only what is new.
    """
    from siptrack.documents.schools.view import refuse_order
    from siptrack.many.facts import facts_of
    from siptrack.many.found import find_schools
    from siptrack.many.run import judge_schools
    from siptrack.rendering.writing import refuse_folder, write_folder
    from siptrack.session import open_rules

    refuse_cluster(cluster)
    refuse_folder(folder, WRITTEN, force=force)
    rules = open_rules([path], config=config).newest
    refuse_order(sort, rules)
    mode = choose_mode(share, rules)
    waiting = Waiting.watched([path])
    with waiting:
        there = find_schools(path, rules, folder)
        judged = judge_schools(
            there.schools,
            folder,
            config=config,
            term=term,
            reports=folder / REPORTS if reports else None,
            executor=workers_for(cluster, workers, len(there.schools)),
            on_school=waiting.reading,
        )
        facts = facts_of(judged, there, rules, mode, config)
        made = _files(facts, rules, sort)
    write_folder(folder, made, force=force)
    _print(facts, rules, sort, table)
    for name in WRITTEN:
        say(f"Written: {folder / name}")
    if reports:
        say(f"Written: each school's report, in {folder / REPORTS}")
    _name_old_reports(folder / REPORTS, [school.name for school in there.schools])
    return judged.exit_code


def _print(found: ManySchools, rules: Rules, sort: str, table: str | None) -> None:
    """The page on the screen, or one table down a pipe."""
    from siptrack.documents.schools.view import of_schools, schools_document
    from siptrack.rendering.kept import write_document

    width, colour = screen(None, sys.stdout)
    if table:
        text = in_form(of_schools(found, rules), "csv", table, width=None)
    else:
        text = write_document(schools_document(found, rules, order=sort), "table", width=width, colour=colour)
    deliver(text, None, force=False)


def _name_old_reports(folder: Path, schools: Sequence[str]) -> None:
    """Name what lies beside the reports of these schools: an earlier report of one that has left names its children."""
    from siptrack.many.judging import report_folder

    here = set(map(report_folder, schools))
    old = sorted(entry.name for entry in folder.iterdir() if entry.name not in here) if is_folder(folder) else []
    if old:
        say(f"{folder}: no school of this run, perhaps an old report with names: {few(old)}. Delete what is old.")


def _files(found: ManySchools, rules: Rules, sort: str) -> dict[PurePosixPath, bytes]:
    """The files, by their names in the folder."""
    from siptrack.documents.schools.view import of_schools, schools_document, schools_sheets
    from siptrack.rendering.html.pages import as_html
    from siptrack.rendering.workbook.write import write_workbook

    return {
        PAGE: as_html(schools_document(found, rules, order=sort, folds=True)),
        DATA: of_schools(found, rules).json().encode(),
        WORKBOOK: write_workbook(schools_sheets(found, rules), published=True),
    }
