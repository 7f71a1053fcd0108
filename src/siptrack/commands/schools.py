"""`siptrack schools`: many schools, each judged by itself and set beside the others."""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
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
from siptrack.school.errors import ChoiceError, MissingLibraryError
from siptrack.session import open_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from siptrack.analysis.across.found import ManySchools
    from siptrack.many.run import NewExecutor
    from siptrack.rules.model import Rules

TABLES = LISTED["schools"].tables.split()
PAGE, DATA, WORKBOOK = WRITTEN = tuple(PurePosixPath(f"schools.{ending}") for ending in ("html", "json", "xlsx"))
REPORTS = "reports"
_WITHOUT_CLUSTER = (
    "--cluster needs dask's distributed, which is not installed. "
    'Install it with: pip install "siptrack[cluster]"; or leave --cluster away.'
)


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
    from siptrack.documents.schools.view import of_schools, schools_document
    from siptrack.many.facts import facts_of
    from siptrack.many.found import find_schools
    from siptrack.many.run import judge_schools
    from siptrack.rendering.kept import write_document
    from siptrack.rendering.writing import refuse_folder, write_folder

    refuse_cluster(cluster)
    refuse_folder(folder, WRITTEN, force=force)
    rules = open_rules([path], config=config).newest
    mode = choose_mode(share, rules)
    waiting = Waiting.watched([path])
    with waiting:
        found = find_schools(path, rules, folder)
        judged = judge_schools(
            found.schools,
            folder,
            config=config,
            term=term,
            reports=folder / REPORTS if reports else None,
            executor=_executor(cluster, workers, len(found.schools)),
            on_school=waiting.reading,
        )
        facts = facts_of(judged, found, rules, mode)
        printed = schools_document(facts, rules, order=sort)
        made = _files(facts, rules, sort)
    write_folder(folder, made, force=force)
    width, colour = screen(None, sys.stdout)
    if table:
        deliver(in_form(of_schools(facts, rules), "csv", table, width=None), None, force=False)
    else:
        deliver(write_document(printed, "table", width=width, colour=colour), None, force=False)
    for name in WRITTEN:
        say(f"Written: {folder / name}")
    if reports:
        say(f"Written: each school's report, in {folder / REPORTS}")
    return judged.exit_code


def refuse_cluster(cluster: str | None) -> None:
    """Say before anything is read that the library for a cluster is missing.

    Raises MissingLibraryError with how to get it.
    """
    if cluster and find_spec("distributed") is None:
        raise MissingLibraryError(_WITHOUT_CLUSTER)


def _executor(cluster: str | None, workers: int | None, schools_there: int) -> NewExecutor | None:
    """Who does the work: a cluster, some processes, or this one alone."""
    if cluster:
        return partial(_of_cluster, cluster)
    processes = min(workers or os.cpu_count() or 1, schools_there)
    if processes <= 1:
        return None
    return partial(ProcessPoolExecutor, processes, mp_context=multiprocessing.get_context("spawn"))


@contextmanager
def _of_cluster(address: str) -> Iterator[Executor]:
    from distributed import Client

    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        raise ChoiceError(
            f"--cluster {address}: no scheduler answers there ({type(error).__name__}). Start one with dask scheduler, "
            "and give the address that it prints, such as tcp://10.0.0.5:8786."
        ) from None
    with client, client.get_executor() as executor:
        yield executor


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
