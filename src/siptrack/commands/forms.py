"""In which form output is written: the one named with --format, or the one that the file's ending tells."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.commands.output import is_stream
from siptrack.school.errors import ChoiceError, OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import click
    from pandas import DataFrame

    from siptrack.rules.model import Rules

FORMATS = ("table", "json", "ndjson", "csv", "markdown", "sqlite", "parquet")
BINARY = ("sqlite", "parquet")
ENDINGS = {
    ".txt": "table",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".parquet": "parquet",
}
_OF_OTHERS = (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".html", ".htm")  # would not open as what they say they are


def chosen_form(context: click.Context, _parameter: click.Parameter, named: str | None) -> str:
    """The form for this command line, whose -o is known already."""
    form = choose_form(named, context.params.get("output"))
    refuse_form(form, context.params.get("output"))
    return form


def in_form(
    frames: Mapping[str, DataFrame], form: str, told: Mapping[str, str], *, width: int | None, rules: Rules
) -> str | bytes:
    """Tables by name in the form chosen; `told` is what a data file says about itself."""
    from siptrack.reports import data_files, formats

    if form in BINARY:
        return data_files.as_data_file(frames, form, told)
    return formats.as_tables(frames, form, width=width, ruler=rules.ruler)


def choose_form(named: str | None, output: Path | None) -> str:
    """The form named, else that of the file's ending, else the report.

    Raises ChoiceError where the ending says otherwise, or nothing that siptrack knows.
    """
    ending = "" if is_stream(output) or output is None else output.suffix.lower()
    told = ENDINGS.get(ending)
    if named is None and not ending:
        return "table"
    if named is None and told is None:
        raise ChoiceError(
            f"-o {output}: the ending {ending} tells no form. "
            f"Expected {', '.join(ENDINGS)}; or name the form with --format."
        )
    if named is not None and (ending in _OF_OTHERS or told not in (None, named)):
        raise ChoiceError(
            f"-o {output}: the ending {ending} does not go with --format {named}. Take --format away, or write "
            f"{' or '.join(known for known, form in ENDINGS.items() if form == named)}."
        )
    return named or str(told)


def refuse_form(form: str, output: Path | None) -> None:
    """Say before anything is read that a form cannot be written: to a screen, or without its library.

    Raises ChoiceError or OutputError with what to do.
    """
    if form in BINARY and is_stream(output):
        ending = next(known for known, told in ENDINGS.items() if told == form)
        raise ChoiceError(f"--format {form} is no text for a screen: add -o and a file's name, such as school{ending}.")
    if form == "parquet" and find_spec("pyarrow") is None:
        raise OutputError(
            "--format parquet needs pyarrow, which is not installed. "
            'Install it with: pip install "siptrack[parquet]"; or choose another form, such as sqlite.'
        )
