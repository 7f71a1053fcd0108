"""Reading a school's files by the rules of the term that is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from siptrack.commands.output import say_unusable
from siptrack.commands.waiting import Waiting

if TYPE_CHECKING:
    from siptrack.analysis.selection import Filters
    from siptrack.reading.files import Files
    from siptrack.reading.read import Given
    from siptrack.rules.load import RuleBook
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.term import Term


class Opened(NamedTuple):
    """What was read, and the rules that were in force in the term; `term` is None where the newest is meant."""

    rules: Rules
    register: Register
    term: Term | None


class Narrowed(TypedDict):
    """What `options.with_filters` asks: the term, and which children and subjects to speak of."""

    term: str | None
    years: tuple[str, ...]
    classes: tuple[str, ...]
    subjects: tuple[str, ...]
    groups: tuple[str, ...]
    school: str


@dataclass(frozen=True)
class Chosen:
    """A school's files read, and what of them is spoken of; `term` is None where the newest is meant."""

    rules: Rules
    register: Register
    term: Term | None
    filters: Filters


def choose_files(paths: Sequence[Path], book: RuleBook, narrowed: Narrowed, waiting: Waiting) -> Chosen:
    """The files read, while `waiting` shows it; those that could not be used are said on standard error.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from siptrack.commands.choices import choose_filters

    opened = open_files(paths, book, narrowed["term"], waiting, narrowed["school"])
    say_unusable(opened.register)
    asked = (narrowed[name] for name in ("years", "classes", "subjects", "groups"))
    return Chosen(opened.rules, opened.register, opened.term, choose_filters(opened.rules, opened.register, *asked))


def read_given(paths: Sequence[Path], waiting: Waiting | None = None) -> Files:
    """The files as they are, before rules say what they mean, while `waiting` shows it."""
    from siptrack.reading.files import read_files

    with waiting or Waiting.unseen() as shown:
        return read_files(paths, on_file=shown.reading)


def open_files(
    given: Given,
    book: RuleBook,
    term: str | None = None,
    waiting: Waiting | None = None,
    school: str = "",
) -> Opened:
    """The files understood by the rules of the term named, or of their newest, while `waiting` shows it.

    Each file, and standard input, is read once, though it may be understood twice: by the newest rules to learn its
    term, and by those of that term. Where they hold several schools, `school` is the one to read, or `all`.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from siptrack.reading.files import Files
    from siptrack.reading.read import read
    from siptrack.reading.terms import TermFinder, parse_term

    rules = book.newest
    wanted = parse_term(term, TermFinder(rules)) if term else None
    files = given if isinstance(given, Files) else read_given(given, waiting)
    with waiting or Waiting.unseen():
        register = read(files, rules, wanted, school)
        if (then := _earlier_rules(book, register, wanted)) is not None:
            return Opened(then, read(files, then, wanted, school), wanted)
    return Opened(rules, register, wanted)


def open_rules(paths: Sequence[Path], *, config: Path | None = None, ruler: Path | None = None) -> RuleBook:
    """The rules for files in these places: the school's siptrack.yaml beside them, a file named, or a saved ruler."""
    from siptrack.rules.load import find_settings, open_book

    return open_book(config or (None if ruler else find_settings(list(paths))), ruler=ruler)


def _earlier_rules(book: RuleBook, register: Register, wanted: Term | None) -> Rules | None:
    """The rules of the term that will be judged, where some rule has changed since; None where none has."""
    from siptrack.analysis.term_judged import judged_term

    changes = book.changes()
    if not changes or register.frame("results").empty:
        return None
    term = judged_term(register, book.newest, wanted)
    return book.at(term) if term.dated and changes[-1] > term else None
