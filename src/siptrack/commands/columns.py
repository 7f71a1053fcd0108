"""`siptrack columns`: how each sheet was understood, and fixing it in siptrack.yaml."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from siptrack.commands.messages import say
from siptrack.commands.options import PATH, WordChoice, examples, with_paths
from siptrack.commands.output import deliver, refuse_output, say_unusable, screen
from siptrack.commands.waiting import Waiting
from siptrack.school.errors import ExitCode


@click.command(
    no_args_is_help=True,
    epilog=examples('siptrack columns "Autumn 2025.xlsx"', "siptrack columns data --save"),
)
@with_paths
@click.option("--names", is_flag=True, help="Show names, numbers and cells that were not understood as they are.")
@click.option(
    "--format", "form", type=WordChoice(("table", "json")), default="table", show_default=True, help="Form of output."
)
@click.option(
    "--save", is_flag=True, help="Write the understanding into siptrack.yaml beside the data, to be corrected there."
)
@click.option("-o", "--output", type=PATH, help="Write to this file instead of the screen.")
@click.option("--force", is_flag=True, help="Write over an existing file, or over the headings saved before.")
@click.option("--config", type=PATH, help="Settings [default: siptrack.yaml beside the data].")
def columns(
    paths: tuple[Path, ...], names: bool, form: str, save: bool, output: Path | None, force: bool, config: Path | None
) -> int:
    """Show how each sheet of PATHS was understood: headings, columns, scales, terms, and what was ignored."""
    from siptrack.commands.opening import read_paths
    from siptrack.documents.columns.view import as_json, columns_page, refuse_saving, save_headings
    from siptrack.documents.settings import blank_lines
    from siptrack.reading.blanks import mostly_blank
    from siptrack.reading.identity.accounts import account_for_sources
    from siptrack.reading.identity.pupils import match_rows
    from siptrack.reading.read import understand
    from siptrack.reading.understanding import tables_understood
    from siptrack.rendering.terminal import as_text
    from siptrack.rules.load import find_settings, load, settings_beside

    settings = config or find_settings(list(paths))
    target = settings or settings_beside(paths)
    if save:
        refuse_saving(target, force=force)
    else:
        refuse_output(output, force=force)
    rules = load(settings)
    known = understand(read_paths(paths, Waiting.watched(paths, form)), rules)
    say_unusable(known.findings)
    ended = ExitCode.INPUT if known.findings.unusable else ExitCode.DONE
    tables = tables_understood(known.layouts, known.scales, known.records, names=names)
    if save:
        save_headings(tables, target, force=force, further=blank_lines(mostly_blank(known.layouts, rules)))
        say(f"Written: {target}. Change a line there to correct a misreading.")
        return ended
    width, colour = screen(output, sys.stdout)
    _, identified = match_rows(known.layouts, known.dated, rules, known.findings)
    sources = account_for_sources(identified, rules.matching, known.findings)
    if form == "json":
        text = as_json(tables, sources)
    else:
        text = as_text(columns_page(tables, sources), width=width, colour=colour)
    deliver(text, output, force=force)
    return ended
