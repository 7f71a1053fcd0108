"""A look back as flat tables and as a JSON document, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.since import Since
from siptrack.cycle.since_tables import AGREED, COUNTS, LISTED
from siptrack.rendering.safe_text import json_document
from siptrack.reports.begun import begun_objects, term_object
from siptrack.reports.catalogue import LOOKED_BACK, OF_THE_DATA
from siptrack.reports.cells import Cell, records
from siptrack.reports.document import Object, problem_object, ruler_object
from siptrack.reports.schema.from_tables import schema_name
from siptrack.reports.tables import data_records, frame_of, problem_records
from siptrack.rules.model import Rules
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame


def since_tables(since: Since, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of a look back by name, or only one."""
    return {
        name: frame_of(_rows(since, name), table.names) for name, table in LOOKED_BACK.items() if only in (None, name)
    }


def _rows(since: Since, name: str) -> Sequence[dict[str, Cell]]:
    """The rows of a table, in an order that never varies."""
    if name in {table.name for table in OF_THE_DATA}:
        return data_records(name, since.analysis.register)
    held = {LISTED.name: "listed", TRENDS.name: "gaps"}.get(name, name)
    return records(since.frame(held), LOOKED_BACK[name].names)


def since_as_json(since: Since, rules: Rules) -> str:
    """The look back as JSON, the same bytes for the same input."""
    return json_document(_document(since, rules))


def _document(since: Since, rules: Rules) -> Object:
    return {
        "schema": schema_name("since"),
        "version": VERSION,
        "from_term": term_object(since.from_term),
        "term": term_object(since.term),
        "begun": begun_objects(since.analysis.begun),
        "filters": dict(since.analysis.filters),
        "ruler": ruler_object(rules),
        "told": {
            "then": {"on_roll": since.roll_then, "told": since.told_then},
            "now": {"on_roll": since.roll_now, "told": since.told_now},
        },
        "agreed_now": since.later_actions,
        **{table.name: _rows(since, table.name) for table in (LISTED, COUNTS, AGREED, TRENDS)},
        "problems": [problem_object(row) for row in problem_records(since.analysis.register)],
    }
