"""Teaching and CPD beside progress as flat tables and as a JSON document, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from siptrack.cycle.teaching import Taught
from siptrack.cycle.teaching_tables import SEEN
from siptrack.rendering.safe_text import json_document
from siptrack.reports.begun import begun_objects, term_object
from siptrack.reports.catalogue import OF_TEACHING, OF_THE_DATA, TAUGHT
from siptrack.reports.cells import Cell, records
from siptrack.reports.document import problem_object, ruler_object
from siptrack.reports.recorded import seen_records
from siptrack.reports.schema.from_tables import schema_name
from siptrack.reports.tables import data_records, frame_of, problem_records
from siptrack.rules.model import Rules
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame


def taught_tables(taught: Taught, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of `siptrack teaching` by name, or only one."""
    return {name: frame_of(_rows(taught, name), table.names) for name, table in TAUGHT.items() if only in (None, name)}


def _rows(taught: Taught, name: str) -> Sequence[dict[str, Cell]]:
    """The rows of a table, in an order that never varies."""
    if name in {table.name for table in OF_THE_DATA}:
        return data_records(name, taught.analysis.register)
    if name == SEEN.name:
        return seen_records(taught)
    frames = (taught.observations, taught.cpd, taught.recorded, taught.beside, taught.cpd_beside)
    by_name = {table.name: frame for table, frame in zip(OF_TEACHING, frames, strict=True)}
    return records(by_name[name], TAUGHT[name].names)


def taught_as_json(taught: Taught, rules: Rules) -> str:
    """All that `siptrack teaching` tells as JSON, the same bytes for the same input."""
    return json_document(
        {
            "schema": schema_name("teaching"),
            "version": VERSION,
            "term": term_object(taught.analysis.term),
            "begun": begun_objects(taught.analysis.begun),
            "filters": dict(taught.analysis.filters),
            "ruler": ruler_object(rules),
            "later": taught.later,
            **{table.name: _rows(taught, table.name) for table in OF_TEACHING},
            "problems": [problem_object(row) for row in problem_records(taught.analysis.register)],
        }
    )
