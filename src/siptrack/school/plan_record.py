"""The single plan as the school filled it in: its priorities, what it would do, and by what it is met."""

from __future__ import annotations

from enum import StrEnum

from siptrack.school.actions import ActionStatus
from siptrack.school.tables import Column, Table


class Outcome(StrEnum):
    """What would be different for children, of the kinds that the guidance for School Improvement Partners asks for."""

    COMBINED = "combined"
    ATTAINMENT = "attainment"
    PROGRESS = "progress"
    GAP = "gap"


# The last column of the workbook of a plan: what siptrack counts again, in one cell that goes with its row.
BETWEEN_PARTS = " | "
NOTHING = "-"
BETWEEN_SCOPES = "+"  # between several of whom an outcome is
OF = " of "  # between how many and of how many


def mark(*parts: object) -> str:
    """What stands in that column: these parts, in order; what is empty is marked as nothing."""
    return BETWEEN_PARTS.join(str(part) or NOTHING for part in parts)


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of what stands there."""
    parts = (part.strip() for part in text.split(BETWEEN_PARTS.strip()))
    return tuple("" if part == NOTHING else part for part in parts)


_WHEN = Column("term", "number", "number of the term from whose results the plan was drafted; empty: not known")
_NUMBER = Column("priority", "number", "the priority's number in the plan; empty where that cannot be told")
_PLACE = (
    Column("file", "text", "file"),
    Column("sheet", "text", "sheet"),
    Column("row", "integer", "row, counted from 1"),
)


def _dated(written: str, due: str, meaning: str) -> tuple[Column, Column]:
    """A date as it is written, and the term that it is in."""
    term = "number of the term of that date; empty where that cannot be told"
    return Column(written, "text", f"{meaning}, as written"), Column(due, "number", term)


PLAN_HEADS = Table(
    "plan_heads",
    "The head of each plan that the school filled in: one row a priority.",
    (
        _WHEN,
        _NUMBER,
        Column("title", "text", "the priority, as written"),
        Column("source", "text", "what it is about first: progress or gap; empty for one that siptrack did not draft"),
        Column("subjects", "text", "keys of its subjects, with commas; empty when it names none"),
        Column("groups", "text", "its groups, characteristic=group, with commas; empty for everybody"),
        Column("theme", "text", "key theme, as written"),
        Column("objective", "text", "activity or objective, as written"),
        Column("target", "text", "priority target, as written"),
        *_dated("mid_review", "mid_due", "when the mid-point review is"),
        *_dated("final_review", "final_due", "when the final review is"),
        *_PLACE,
    ),
)

PLAN_ACTIONS = Table(
    "plan_actions",
    "A row for each row of a priority's sheet in which there is an action, a success criterion or monitoring.",
    (
        _WHEN,
        _NUMBER,
        Column("action", "text", "task or action, as written; empty in a row that has a criterion alone"),
        Column("who", "text", "person responsible, as written"),
        *_dated("by_when", "due", "date"),
        Column("status", "text", "what its status says; empty for none, and for other words", tuple(ActionStatus)),
        Column("status_written", "text", "the status as written"),
        Column("monitoring", "text", "how it is monitored, as written"),
        *_dated("monitored_by", "monitoring_due", "date for monitoring"),
        Column("outcome_written", "text", "the outcome, as written"),
        Column("criterion", "text", "the success criterion, as written"),
        Column("outcome", "text", "what siptrack counts for it; empty for one of the school's own", tuple(Outcome)),
        Column("subject", "text", "the subject's key"),
        Column("among", "text", "whose: all, ks2, year_3 and the like; several by '+'"),
        Column("characteristic", "text", "the characteristic's key; empty where everybody is meant"),
        Column("group", "text", "the group's key"),
        Column("n", "number", "children of whom it was counted when the plan was drafted"),
        Column("count", "number", "how many of them then"),
        Column("with_targets", "number", "number of the term for which it is of those with a target alone"),
        Column("wanted", "text", "how many children by then, as written"),
        Column("wanted_children", "number", "the same as a number of children; empty where it is none"),
        Column("wanted_percent", "number", "the same as percent of the children; empty where it is none"),
        *_dated("criterion_by", "criterion_due", "by when the criterion is to be met"),
        Column("other_numbers", "text", "numbers in the criterion that the row has nowhere else, with commas"),
        *_PLACE,
    ),
)

PLAN_TRAINING = Table(
    "plan_training",
    "Staff development in the plan: one row for each row in which something is written.",
    (
        _WHEN,
        _NUMBER,
        Column("learn", "text", "what staff will learn, as written"),
        Column("who", "text", "who, as written"),
        *_dated("by_when", "due", "date"),
        Column("serves", "text", "how it serves the priority, as written"),
        Column("effect", "text", "how its effect on children's progress will be seen, as written"),
        *_PLACE,
    ),
)
