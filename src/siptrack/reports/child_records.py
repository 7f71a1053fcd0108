"""What the school's own records hold of each child: the actions agreed and the provision given, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from siptrack.documents.labels import subject_label
from siptrack.rendering.template import sentence
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.wording import child as wording
from siptrack.rules.model import Rules
from siptrack.school.actions import ACTIONS
from siptrack.school.frame import Frame
from siptrack.school.provision import PROVISION
from siptrack.school.register import Register
from siptrack.school.term import Term

Row = Mapping[str, Cell]
_said = partial(sentence, template="since/words.jinja")


def agreed_before(register: Register, rules: Rules, term: Term) -> Mapping[str, tuple[str, ...]]:
    """By child the actions of the child's last meeting before the term, and those that name no meeting."""
    rows = [row for row in _actions(register.frame("actions")) if (number(row["term"]) or 0) < term.number]
    newest: dict[str, float] = {}
    for row in rows:
        newest[text(row["pupil"])] = max(newest.get(text(row["pupil"]), 0), number(row["term"]) or 0)
    last = [row for row in rows if number(row["term"]) in (None, newest[text(row["pupil"])])]
    return _by_child(last, [_agreed(row, rules) for row in last])


def on_record(register: Register, rules: Rules, term: Term, pupil: str) -> tuple[str, ...]:
    """The actions agreed for a child up to the term, and the provision that had begun by then, the oldest first."""
    actions = register.frame("actions")
    agreed = _actions(actions[actions["pupil"] == pupil])
    said = [_agreed(row, rules) for row in agreed if (number(row["term"]) or 0) <= term.number]
    provision = register.optional_frame("provision")
    if provision is None:
        return tuple(said)
    given = records(provision[provision["pupil"] == pupil], PROVISION.names)
    begun = [row for row in given if (number(row["start_term"]) or 0) <= term.number]
    begun.sort(key=lambda row: (number(row["start_term"]) or 0, text(row["start"]), text(row["intervention"])))
    return (*said, *(_provided(row, rules) for row in begun))


def _actions(actions: Frame) -> list[dict[str, Cell]]:
    """The actions in the order of their meetings, then as they stand."""
    rows = records(actions, ACTIONS.names)
    return sorted(rows, key=lambda row: (number(row["term"]) or 0, text(row["file"]), text(row["sheet"]), _row(row)))


def _row(row: Row) -> float:
    return number(row["row"]) or 0


def _agreed(row: Row, rules: Rules) -> str:
    subjects = [subject_label(one.strip(), rules) for one in text(row["subjects"]).split(",") if one.strip()]
    meeting = number(row["term"])
    when = "" if meeting is None else Term.numbered(int(meeting)).label
    line = _said("action_said", subjects, *(text(row[name]) for name in ("action", "who", "by_when")), when)
    more = _said("record_said", *(text(row[name]) for name in ("barrier", "outcome", "status")))
    return f"{line}. {more}".strip()


def _provided(row: Row, rules: Rules) -> str:
    starts, ends = (number(row[name]) for name in ("start_term", "end_term"))
    return wording.provision_line(
        text(row["intervention"]),
        subject_label(text(row["subject"]), rules) if row["subject"] else text(row["need"]),
        "" if starts is None else Term.numbered(int(starts)).label,
        "" if ends is None else Term.numbered(int(ends)).label,
        (number(row["attended"]), number(row["planned"])),
    )


def _by_child(rows: Sequence[Row], sentences: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row, words in zip(rows, sentences, strict=True):
        found.setdefault(text(row["pupil"]), []).append(words)
    return {pupil: tuple(said) for pupil, said in found.items()}
