"""The draft of a plan as flat tables and as a JSON document, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from siptrack.cycle.plan import Plan
from siptrack.cycle.plan_tables import EVIDENCE, OUTCOMES, REFUSED
from siptrack.rendering.safe_text import json_document
from siptrack.reports.catalogue import IN_WORDS, OF_THE_DATA, OF_THE_PLAN, PLANNED, SAID_PRIORITIES
from siptrack.reports.cells import Cell, records
from siptrack.reports.document import Object, head, problem_object
from siptrack.reports.plan_words import title_of
from siptrack.reports.tables import data_records, frame_of, problem_records
from siptrack.rules.model import Rules
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from pandas import DataFrame


def plan_tables(plan: Plan, rules: Rules, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of a plan by name, or only one."""
    return {
        name: frame_of(_rows(plan, rules, name), table.names) for name, table in PLANNED.items() if only in (None, name)
    }


def _rows(plan: Plan, rules: Rules, name: str) -> Sequence[dict[str, Cell]]:
    """The rows of a table, in an order that never varies."""
    if name in {table.name for table in OF_THE_DATA}:
        return data_records(name, plan.analysis.register)
    if name == SAID_PRIORITIES.name:
        said = [title_of(one, plan, rules) for one in plan.priorities]
        return records(plan.table().having({IN_WORDS.name: Texts.of(said)}), SAID_PRIORITIES.names)
    frames = {EVIDENCE.name: plan.evidence, OUTCOMES.name: plan.outcomes, REFUSED.name: plan.refused}
    return records(frames[name], PLANNED[name].names)


def plan_as_json(plan: Plan, rules: Rules) -> str:
    """The plan as JSON, the same bytes for the same input."""
    document: Object = {
        **head("plan", plan.analysis, rules),
        "terms": [term.label for term in plan.reach.terms],
        "leaving": plan.reach.leaving,
        **{table.name: _rows(plan, rules, table.name) for table in OF_THE_PLAN},
        "problems": [problem_object(row) for row in problem_records(plan.analysis.register)],
    }
    return json_document(document)
