"""`siptrack rules`: the ruler, shown and checked, kept, and compared with one that was kept before."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.completing import OFFERED
from siptrack.commands.messages import say
from siptrack.commands.options import PATH, WordChoice, examples, with_output, with_rules
from siptrack.commands.output import deliver, refuse_output, screen
from siptrack.school.errors import ChoiceError, ExitCode
from siptrack.school.near import instead
from siptrack.version import VERSION

if TYPE_CHECKING:
    from siptrack.rendering.model import Document
    from siptrack.rules.load import RuleBook
    from siptrack.rules.model import Rules
    from siptrack.school.scale import Scale
    from siptrack.school.term import Term


@click.command(
    epilog=examples("siptrack rules nc-levels", "siptrack rules --save ruler-2025.yaml"),
)
@click.argument("scale", required=False, shell_complete=OFFERED["scales"])
@click.option(
    "--term",
    metavar="TERM",
    help="The rules that were in force in this term: 'Spring 2026', 'last summer' [default: the newest].",
)
@click.option("--save", type=PATH, help="Keep the rules in force in this file, to judge by them again with --ruler.")
@click.option("--diff", type=PATH, help="Say what changed since the rules were kept in this file.")
@click.option(
    "--format",
    "form",
    type=WordChoice(("table", "json", "markdown")),
    default="table",
    show_default=True,
    help="Form of output.",
)
@with_output
@with_rules
def rules(  # noqa: PLR0913, PLR0917  # one for each option
    scale: str | None,
    term: str | None,
    save: Path | None,
    diff: Path | None,
    form: str,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
) -> int:
    """Show the rules in force and check them; with SCALE, all about that scale.

    The rules are siptrack's own with those of a siptrack.yaml in this folder, unless --config names another.
    """
    from siptrack.rendering.writing import refuse_early
    from siptrack.session import open_rules

    if save is None:
        refuse_output(output, force=force)
    else:
        refuse_early(save, force=force)
    book = open_rules([Path()], config=config, ruler=ruler)
    when = _term(term, book)
    if save is not None:
        _save(book, save, force=force)
        return ExitCode.DONE
    width, colour = screen(output, sys.stdout)
    if diff is not None:
        text, code = _differences(book, diff, form, width=width, colour=colour)
    else:
        text, code = _shown(book, when, scale, form, width=width, colour=colour), ExitCode.DONE
    deliver(text, output, force=force)
    return code


def _term(text: str | None, book: RuleBook) -> Term | None:
    """The term in the words of any term; `last summer` is counted from today."""
    from siptrack.reading.terms import TermFinder, parse_wanted, term_on
    from siptrack.school.term import counted_from

    if not text:
        return None
    today = term_on(datetime.now().astimezone().date(), book.newest.columns.season_months)
    return counted_from(parse_wanted(text, TermFinder(book.newest)), today)


def _save(book: RuleBook, target: Path, *, force: bool) -> None:
    from siptrack.rendering.writing import write_whole
    from siptrack.rules.ruler import saved_ruler

    book.at()  # a ruler that is not well formed is not kept
    write_whole(target, saved_ruler(book.files, VERSION).encode("utf-8"), force=force)
    say(f"Written: {target}. Judge by it again with --ruler.")


def _differences(book: RuleBook, saved: Path, form: str, *, width: int | None, colour: bool) -> tuple[str, ExitCode]:
    """What changed since the ruler was saved; found changes end with 1, so that a script can tell."""
    from siptrack.documents.rules.view import differences_as_json, differences_page
    from siptrack.rules.compare import changes
    from siptrack.rules.load import open_book

    found = changes(open_book(ruler=saved).entries(), book.entries())
    code = ExitCode.FOUND if found else ExitCode.DONE
    if form == "json":
        return differences_as_json(found, book.newest), code
    return _written(differences_page(found), form, width=width, colour=colour), code


def _shown(book: RuleBook, term: Term | None, scale: str | None, form: str, *, width: int | None, colour: bool) -> str:
    """The rules in short, or a scale's own page."""
    from siptrack.documents.rules.view import rules_page, scale_page

    in_force = book.at(term)
    if form == "json":
        return _as_json(in_force)
    if scale is not None:
        page = scale_page(_known(scale, in_force), in_force)
    else:
        page = rules_page(in_force, book.changes(), term)
    return _written(page, form, width=width, colour=colour)


def _written(page: Document, form: str, *, width: int | None, colour: bool) -> str:
    from siptrack.rendering.markdown import as_markdown
    from siptrack.rendering.terminal import as_text

    return as_markdown(page) if form == "markdown" else as_text(page, width=width, colour=colour)


def _as_json(in_force: Rules) -> str:
    from siptrack.rendering.safe_text import json_document

    files = [{"name": file.name, "sha256": file.sha256} for file in in_force.ruler.files]
    document = {"schema": "siptrack/rules/1", "version": VERSION, "sha256": in_force.ruler.sha256, "files": files}
    return json_document({**document, "scales": list(in_force.scales)})


def _known(name: str, in_force: Rules) -> Scale:
    if name not in in_force.scales:
        raise ChoiceError(f"'{name}' is not a scale. {instead(name, in_force.scales)}")
    return in_force.scales[name]
