"""In which form output is written: the one named with --format, or the one that the file's ending tells."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.messages import say
from siptrack.commands.output import is_stream, screen
from siptrack.school.errors import ChoiceError, MissingLibraryError, OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.documents.written import Written
    from siptrack.rendering.model import Document

FORMATS = ("table", "json", "ndjson", "csv", "markdown", "sqlite", "parquet")
PAPERS = ("html", "docx")  # the whole document, beside text and Markdown
WORKBOOK = "xlsx"
PRINTED = ("table", "markdown", *PAPERS)
DATA_FILES = ("sqlite", "parquet")
SINGLE_TABLE = ("csv", "parquet")  # forms that hold one
NO_TABLE = (*PAPERS, WORKBOOK)  # forms that hold the whole document
BINARY = (*DATA_FILES, "docx", WORKBOOK)
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
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".xlsx": WORKBOOK,
}
_OF_OTHERS = (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".html", ".htm")  # would not open as what they say they are


def refuse_several_tables(form: str, table: str | None, tables: Sequence[str]) -> None:
    """Say before anything is read that a form holds one table, where none is chosen, or none, where one is."""
    if form in SINGLE_TABLE and table is None:
        raise ChoiceError(f"--format {form} holds one table: choose it with --table ({', '.join(tables)}).")
    if form in NO_TABLE and table is not None:
        raise ChoiceError(f"--format {form} holds the whole document: take --table away, or choose csv or json.")


def chosen_form(context: click.Context, parameter: click.Parameter, named: str | None) -> str:
    """The form for this command line, whose -o is known already, of those that the command has."""
    form = choose_form(named, context.params.get("output"), getattr(parameter.type, "choices", FORMATS))
    refuse_form(form, context.params.get("output"))
    return form


def in_form(written: Written, form: str, table: str | None, *, width: int | None) -> str | bytes:
    """A document in one of the forms for other programs, or only one of its tables.

    Tables have no first lines, so that a newer term which is not judged is said on standard error.
    """
    from siptrack.rendering.data_files import as_data_file
    from siptrack.rendering.tables import as_tables

    if table is None and form == "json":
        return written.json()
    about, tables = written.about(), written.tables(table)
    if begun := about.get("begun"):
        say(begun)
    if form in DATA_FILES:
        return as_data_file(tables, form, about)
    return as_tables(tables, form, width=width, ruler=written.rules.ruler)


def as_printed(printed: Document, form: str, output: Path | None) -> str | bytes:
    """A document for people in one of the forms of PRINTED, as wide as the screen it goes to."""
    from siptrack.rendering.kept import write_document

    width, colour = screen(output, sys.stdout)
    return write_document(printed, form, width=width, colour=colour)


def choose_form(named: str | None, output: Path | None, offered: Sequence[str] = FORMATS) -> str:
    """The form named, else that of the file's ending, else the report.

    Raises ChoiceError where the ending says otherwise, or nothing that is `offered`.
    """
    ending = "" if is_stream(output) or output is None else output.suffix.lower()
    endings = {known: form for known, form in ENDINGS.items() if form in offered}
    form_of_ending = endings.get(ending)
    if named is None and not ending:
        return "table"
    if named is None and form_of_ending is None:
        raise ChoiceError(
            f"-o {output}: the ending {ending} tells no form. "
            f"Expected {', '.join(endings)}; or name the form with --format."
        )
    if named is not None and form_of_ending != named and (form_of_ending or ending in _OF_OTHERS):
        raise ChoiceError(
            f"-o {output}: the ending {ending} does not go with --format {named}. Take --format away, or write "
            f"{' or '.join(known for known, form in endings.items() if form == named)}."
        )
    return named or str(form_of_ending)


def refuse_form(form: str, output: Path | None) -> None:
    """Say before anything is read that a form cannot be written: to a screen, or without its library.

    Raises ChoiceError or OutputError with what to do.
    """
    if form in BINARY and is_stream(output):
        ending = next(known for known, of_ending in ENDINGS.items() if of_ending == form)
        raise ChoiceError(f"--format {form} is no text for a screen: add -o and a file's name, such as school{ending}.")
    if form == "parquet" and find_spec("pyarrow") is None:
        raise OutputError(
            "--format parquet needs pyarrow, which is not installed. "
            'Install it with: pip install "siptrack[parquet]"; or choose another form, such as sqlite.'
        )
    if form == "docx":
        refuse_without_word()


def refuse_without_word() -> None:
    """Say before anything is read that the library for Word documents is missing.

    Raises MissingLibraryError with how to get it.
    """
    if find_spec("docx") is None:
        from siptrack.rendering.word.paper import WITHOUT_LIBRARY

        raise MissingLibraryError(WITHOUT_LIBRARY)
