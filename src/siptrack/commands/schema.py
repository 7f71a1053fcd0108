"""`siptrack schema`: what other programs can rely on: the JSON Schema of a document, or the columns of a table."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from siptrack.commands.forms import choose_form
from siptrack.commands.options import PATH, WordChoice, examples
from siptrack.commands.output import deliver, refuse_output, screen
from siptrack.documents.registry import KINDS, schema_text
from siptrack.school.errors import ChoiceError
from siptrack.school.near import instead

FORMS = ("table", "json", "csv", "markdown")


@click.command(
    epilog=examples("siptrack schema", "siptrack schema --table flags"),
)
@click.argument("name", type=WordChoice(tuple(KINDS)), default="analysis", metavar=f"[{'|'.join(KINDS)}]")
@click.option("--table", metavar="TABLE", help="The columns of this table: name, type, unit and meaning.")
@click.option(
    "--format", "form", type=WordChoice(FORMS), help="Form of the columns [default: by the ending of -o, else table]."
)
@click.option("-o", "--output", type=PATH, help="Write to this file instead of the screen; - is the screen.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
def schema(name: str, table: str | None, form: str | None, output: Path | None, force: bool) -> None:
    """Print the JSON Schema of what a command writes with --format json, or the columns of one of its tables."""
    refuse_output(output, force=force)
    form = form or (choose_form(None, output, FORMS) if output and output.suffix else None)
    if table is not None:
        width, _ = screen(output, sys.stdout)
        text = _columns(name, table, form or "table", width)
    elif form in (None, "json"):
        text = schema_text(name)
    else:
        raise ChoiceError(f"--format {form} shows the columns of a table: choose it with --table.")
    deliver(text, output, force=force)


def _columns(name: str, table: str, form: str, width: int | None) -> str:
    from siptrack.rendering.tables import as_tables, columns_table

    tables = KINDS[name].by_name
    if name == "analysis":
        tables |= KINDS["check"].by_name
    if not tables:
        raise ChoiceError(f"--table does not go with {name}, whose tables are in its JSON Schema; take it away.")
    if table not in tables:
        raise ChoiceError(f"--table '{table}' is not a table. {instead(table, tables, 'Tables known')}")
    return as_tables([columns_table(tables[table])], form, width=width)
