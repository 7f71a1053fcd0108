"""What the school's own records hold of each child: the actions agreed and the provision given, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from siptrack.documents.labels import subject_label
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.register import Register
from siptrack.school.tables import rows_of
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

Line = TypeVar("Line")
_words = partial(sentence, template="since/words.jinja")


class ActionRow(NamedTuple):
    """One action in a school's table of them."""

    pupil: str
    term: int | None
    subjects: str
    barrier: str
    action: str
    who: str
    by_when: str
    outcome: str
    status: str
    file: str
    sheet: str
    row: int | None


class Given(NamedTuple):
    """A child's provision in a school's table of it."""

    pupil: str
    intervention: str
    subject: str
    need: str
    start: str
    start_term: int | None
    end_term: int | None
    planned: float | None
    attended: float | None


class ChildRecord(NamedTuple):
    """A record of a child in words; of provision in a subject, that subject and from which term to which it ran."""

    words: str
    subject: str = ""
    start: int | None = None
    end: int | None = None


def on_record(register: Register, rules: Rules, term: Term) -> Mapping[str, tuple[ChildRecord, ...]]:
    """By child the actions agreed up to the term, and the provision that had begun by then, the oldest first."""
    agreed = [row for row in _actions(register) if (row.term or 0) <= term.number]
    lines = [
        *((row.pupil, ChildRecord(_agreed(row, rules))) for row in agreed),
        *(
            (row.pupil, ChildRecord(_provided(row, rules), row.subject, row.start_term, row.end_term))
            for row in _begun(register, term)
        ),
    ]
    return _by_child(lines)


def given_this_year(register: Register, term: Term) -> Mapping[str, Sequence[Given]]:
    """By child the provision of the school year so far, the oldest first."""
    began = term.academic_year * SEASONS_IN_A_YEAR
    found: dict[str, list[Given]] = {}
    for row in _begun(register, term):
        if row.end_term is None or row.end_term >= began:
            found.setdefault(row.pupil, []).append(row)
    return found


def _begun(register: Register, term: Term) -> list[Given]:
    """The provision that had begun by the term, the oldest first."""
    provision = register.optional_frame("provision")
    given = [] if provision is None else rows_of(Given, provision)
    begun = [row for row in given if (row.start_term or 0) <= term.number]
    return sorted(begun, key=lambda row: (row.start_term or 0, row.start, row.intervention))


def names_on_record(register: Register, term: Term) -> Mapping[str, tuple[str, ...]]:
    """By child the provision and the actions of the school year so far by their names alone, each once."""
    began = term.academic_year * SEASONS_IN_A_YEAR
    given = [(pupil, row.intervention) for pupil, rows in given_this_year(register, term).items() for row in rows]
    agreed = [
        (row.pupil, row.action) for row in _actions(register) if row.term is None or began <= row.term <= term.number
    ]
    return _by_child(dict.fromkeys([*given, *agreed]))


def _by_child(lines: Iterable[tuple[str, Line]]) -> Mapping[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for pupil, line in lines:
        found.setdefault(pupil, []).append(line)
    return {pupil: tuple(theirs) for pupil, theirs in found.items()}


def _actions(register: Register) -> list[ActionRow]:
    """The actions in the order of their meetings, then as they stand."""
    return sorted(
        rows_of(ActionRow, register.frame("actions")),
        key=lambda row: (row.term or 0, row.file, row.sheet, row.row or 0),
    )


def _agreed(row: ActionRow, rules: Rules) -> str:
    subjects = [subject_label(subject.strip(), rules) for subject in row.subjects.split(",") if subject.strip()]
    line = _words("action_in_words", subjects, row.action, row.who, row.by_when, _label(row.term))
    return f"{line}. {_words('record_in_words', row.barrier, row.outcome, row.status)}".strip()


def _provided(row: Given, rules: Rules) -> str:
    """`FLS (Writing), Autumn 2008 to Spring 2009; 34 of 36 sessions attended.`."""
    subject = subject_label(row.subject, rules) if row.subject else row.need
    starts, ends = _label(row.start_term), _label(row.end_term)
    until = f" to {ends}" if ends and ends != starts else "" if ends else ", not ended"
    when = f", {starts}{until}" if starts else ""
    sessions: Iterable[float | None] = (row.attended, row.planned)
    had = "" if None in sessions else f"; {row.attended:g} of {row.planned:g} sessions attended"
    return f"{row.intervention}{f' ({subject})' if subject else ''}{when}{had}."


def _label(term: int | None) -> str:
    return "" if term is None else Term.numbered(term).label
