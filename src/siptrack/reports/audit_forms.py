"""An audit as flat tables and as a JSON document, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from siptrack.cycle.audit import Audit
from siptrack.rendering.safe_text import json_document
from siptrack.reports.begun import begun_objects, term_object
from siptrack.reports.catalogue import AUDITED, OF_AN_AUDIT, OF_THE_DATA
from siptrack.reports.cells import Cell, records
from siptrack.reports.document import Object, gathered, problem_object, ruler_object
from siptrack.reports.schema.from_tables import PLACES, schema_name
from siptrack.reports.tables import data_records, frame_of, problem_records
from siptrack.rules.model import Rules
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame


def audit_tables(audit: Audit, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of an audit by name, or only one."""
    return {name: frame_of(_rows(audit, name), table.names) for name, table in AUDITED.items() if only in (None, name)}


def _rows(audit: Audit, name: str) -> Sequence[dict[str, Cell]]:
    """The rows of a table, in an order that never varies."""
    if name in {table.name for table in OF_THE_DATA}:
        return data_records(name, audit.register)
    return records(audit.frame(name), AUDITED[name].names)


def audit_as_json(audit: Audit, rules: Rules) -> str:
    """The audit as JSON, the same bytes for the same input."""
    return json_document(_document(audit, rules))


def _document(audit: Audit, rules: Rules) -> Object:
    terms = {"before": audit.year.before, "now": audit.year.now}
    return {
        "schema": schema_name("audit"),
        "version": VERSION,
        "term": term_object(audit.term),
        **{name: None if term is None else term_object(term) for name, term in terms.items()},
        "begun": begun_objects(audit.year.begun),
        "filters": dict(audit.filters),
        "ruler": ruler_object(rules),
        "told": audit.told,
        "leaving": audit.year.leaving,
        **{
            table.name: [gathered(row, PLACES.get(table.name, ())) for row in _rows(audit, table.name)]
            for table in OF_AN_AUDIT
        },
        "problems": [problem_object(row) for row in problem_records(audit.register)],
    }
