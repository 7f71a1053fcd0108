"""What commands with a document of their own do alike: read and judge what is asked about, and write it in any form."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from siptrack.commands.forms import PRINTED, WORKBOOK, as_printed, in_form, refuse_several_tables
from siptrack.commands.opening import open_paths
from siptrack.commands.output import deliver, refuse_output, screen
from siptrack.commands.waiting import JUDGING, Waiting
from siptrack.school.errors import ExitCode
from siptrack.scope import Scope

if TYPE_CHECKING:
    from siptrack.documents.written import Written
    from siptrack.rendering import model
    from siptrack.rules.load import RuleBook
    from siptrack.session import Session


class Output(TypedDict):
    """What `options.with_document` asks: the files, by which rules, and what is written where."""

    paths: tuple[Path, ...]
    form: str
    table: str | None
    output: Path | None
    force: bool
    config: Path | None
    ruler: Path | None


class Asked(Output, total=False):
    """The same with the term, and which children and subjects to speak of, as `options.with_filters` asks."""

    term: str | None
    years: tuple[str, ...]
    classes: tuple[str, ...]
    subjects: tuple[str, ...]
    groups: tuple[str, ...]
    school: str


class Deliverable(NamedTuple):
    """What a command has to say, made only in the form that is asked for.

    `printed` is for people, `written` for other programs; `workbook` is the one that people write in.
    """

    printed: Callable[[], model.Document]
    written: Callable[[], Written]
    workbook: Callable[[], bytes] | None = None


def open_asked(
    asked: Asked, tables: Sequence[str], book: RuleBook | None = None, *, reviews_alone: bool = False
) -> tuple[Session, Waiting]:
    """The files read, and the bar that goes on while something is worked out from them.

    `book` are the rules asked for, where they are open already; `reviews_alone` as in `session.open_session`.
    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    refuse_several_tables(asked["form"], asked["table"], tables)
    waiting = Waiting.watched(asked["paths"], asked["form"])
    narrowed: dict[str, Any] = {name: value for name, value in asked.items() if name in Scope._fields}
    session = open_paths(
        asked["paths"], book or rules_asked(asked), Scope(**narrowed), waiting, reviews_alone=reviews_alone
    )
    waiting.tell(JUDGING)
    return session, waiting


def rules_asked(asked: Output) -> RuleBook:
    """The rules by which to judge, which is where every command begins: once it is seen that its output can be written.

    Raises OutputError where it cannot, before anything is read.
    """
    refuse_output(asked["output"], force=asked["force"])
    from siptrack.session import open_rules

    return open_rules(asked["paths"], config=asked["config"], ruler=asked["ruler"])


def settings_of(asked: Output) -> Path:
    """The school's settings: the file named, the one beside the data, or where that would be."""
    from siptrack.rules.load import find_settings, settings_beside

    paths = list(asked["paths"])
    return asked["config"] or find_settings(paths) or settings_beside(paths)


def write_document(document: Deliverable, asked: Output) -> None:
    """Write it to the screen, a pipe or a file."""
    deliver(_content(document, asked), asked["output"], force=asked["force"])


def found_or_done(there: Mapping[str, bool], fail_on: Sequence[str]) -> ExitCode:
    """1 when something that --fail-on names is there, else 0."""
    return ExitCode.FOUND if any(there[what] for what in fail_on) else ExitCode.DONE


def _content(document: Deliverable, asked: Output) -> str | bytes:
    form, table = asked["form"], asked["table"]
    if form == WORKBOOK and document.workbook is not None:
        return document.workbook()
    if table is None and form in PRINTED:
        return as_printed(document.printed(), form, asked["output"])
    width, _ = screen(asked["output"], sys.stdout)
    return in_form(document.written(), form, table, width=width)
