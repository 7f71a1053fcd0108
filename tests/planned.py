"""A single plan as it came back, row by row, beside a register typed as a small table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from registers import Register, register, term
from siptrack.school.plan_record import PLAN_ACTIONS, PLAN_HEADS

THEN = term("Summer 2025")
READERS = {"outcome": "attainment", "subject": "reading", "among": "all", "n": 12, "count": 5}


def criterion(wanted=None, **about):
    """A row with a criterion that siptrack counts; `wanted` is the number of children beside it."""
    numbers = {"wanted": "" if wanted is None else str(wanted), "wanted_children": wanted}
    return {**READERS, **numbers, "criterion_due": term("Summer 2026").number, **about}


def with_plan(written: Register, *rows, heads=(), then=THEN) -> Register:
    """The register with the rows of a plan from the results of that term."""
    return replace(written, plan_actions=_table(PLAN_ACTIONS, rows, then), plan_heads=_table(PLAN_HEADS, heads, then))


def school(table, *rows, heads=(), then=THEN):
    return with_plan(register(table, scale="teacher-assessment"), *rows, heads=heads, then=then)


def _table(table, rows, then):
    kinds = {column.name: column.kind for column in table.columns}
    empty = {name: "" if kind == "text" else None for name, kind in kinds.items()}
    usual = {**empty, "term": None if then is None else then.number, "priority": 1, "file": "Plan.xlsx"}
    numbers = {name: "float64" for name, kind in kinds.items() if kind == "number"}
    made = [{**usual, "row": at, **row} for at, row in enumerate(rows, 8)]
    return pd.DataFrame(made, columns=table.names).astype({**numbers, "row": "int64"})
