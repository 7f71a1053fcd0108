"""Reading a school's files for a command: seen by whoever waits, and a message about what could not be used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.commands.output import say_unusable

if TYPE_CHECKING:
    from siptrack.commands.waiting import Waiting
    from siptrack.reading.files import Files
    from siptrack.rules.load import RuleBook
    from siptrack.scope import Scope
    from siptrack.session import Session


def open_paths(
    paths: Sequence[Path], book: RuleBook, scope: Scope, waiting: Waiting, *, reviews_alone: bool = False
) -> Session:
    """The files in a session; those that could not be used are listed on standard error.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    return open_files(read_paths(paths, waiting), book, scope, waiting, reviews_alone=reviews_alone)


def open_files(files: Files, book: RuleBook, scope: Scope, waiting: Waiting, *, reviews_alone: bool = False) -> Session:
    """The same of files that are read."""
    from siptrack.session import open_session

    with waiting:
        session = open_session(files, book, scope, reviews_alone=reviews_alone)
    say_unusable(session.register)
    return session


def read_paths(paths: Sequence[Path], waiting: Waiting) -> Files:
    """The files as they are, before rules say what they mean, while `waiting` shows it."""
    from siptrack.reading import files

    with waiting:
        return files.read_files(paths, on_file=waiting.reading)
