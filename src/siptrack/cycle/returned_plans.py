"""The single plans that the school filled in and laid beside its data, each with its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from siptrack.school.cells import Cell, number, records, text, whole, whole_number
from siptrack.school.plan_record import PLAN_ACTIONS, PLAN_HEADS, PLAN_TRAINING
from siptrack.school.register import Register
from siptrack.school.term import Term

Row = Mapping[str, Cell]
_REVIEWS = ("mid_due", "final_due")


class PlanHead(NamedTuple):
    """A priority of a plan: its number and title, what it is about, and the terms of its reviews."""

    number: int | None
    title: str
    source: str
    subjects: Sequence[str]
    groups: Sequence[str]
    mid_due: Term | None
    final_due: Term | None

    @classmethod
    def of(cls, row: Row) -> PlanHead:
        """The priority of a row of PLAN_HEADS."""
        subjects, groups = (tuple(filter(None, text(row[name]).split(", "))) for name in ("subjects", "groups"))
        about = text(row["source"]), subjects, groups
        return cls(whole_number(row["priority"]), text(row["title"]), *about, *(term_of(row[at]) for at in _REVIEWS))


class ReturnedPlan(NamedTuple):
    """The plan drafted from the results of `term`, which is None where it does not say of which; and its rows."""

    term: Term | None
    heads: Sequence[Row]
    actions: Sequence[Row]
    training: Sequence[Row]


def term_of(cell: Cell) -> Term | None:
    """The term of a number in a cell; None for an empty one."""
    return None if number(cell) is None else Term.numbered(whole(cell))


def label_of(cell: Cell) -> str:
    """That term by its label; nothing for none."""
    term = term_of(cell)
    return term.label if term else ""


def returned_plans(register: Register, last: int) -> list[ReturnedPlan]:
    """The plans drafted from results up to that term, the oldest first; before these one of no known term."""
    tables = [records(register.frame(table.name), table.names) for table in (PLAN_HEADS, PLAN_ACTIONS, PLAN_TRAINING)]
    terms = {number(row["term"]) for rows in tables for row in rows}
    return [
        ReturnedPlan(term_of(term), *([row for row in rows if number(row["term"]) == term] for rows in tables))
        for term in sorted(terms, key=lambda term: term or 0)
        if term is None or term <= last
    ]
