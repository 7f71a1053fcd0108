"""A review as flat tables and as a JSON document, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from siptrack.cycle.review import Reviewed
from siptrack.cycle.review_tables import BEARS_ON, CHANGES, STEPS
from siptrack.rendering.safe_text import json_document
from siptrack.reports.begun import begun_objects, term_object
from siptrack.reports.catalogue import PROBLEMS, REVIEWED
from siptrack.reports.cells import Cell, records
from siptrack.reports.data_files import about
from siptrack.reports.document import Object, problem_object, ruler_object
from siptrack.reports.review_evidence import review_evidence
from siptrack.reports.schema.from_tables import schema_name
from siptrack.reports.tables import frame_of, problem_records
from siptrack.rules.model import Rules
from siptrack.school.review import HELD
from siptrack.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame


def review_tables(reviewed: Reviewed, rules: Rules, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of a review by name, or only one."""
    rows = _rows(reviewed, rules)
    return {name: frame_of(rows[name], table.names) for name, table in REVIEWED.items() if only in (None, name)}


def told(reviewed: Reviewed, rules: Rules) -> dict[str, str]:
    """What a data file of a review says of itself."""
    if reviewed.beside is not None:
        return about(reviewed.beside.analysis, rules)
    return {"siptrack": VERSION, "ruler": rules.ruler.sha256}


def review_as_json(reviewed: Reviewed, rules: Rules) -> str:
    """The review as JSON, the same bytes for the same input."""
    rows = _rows(reviewed, rules)
    data = None if reviewed.beside is None else term_object(reviewed.beside.analysis.term)
    labels = [None if term is None else term.label for term in reviewed.terms]
    document: Object = {
        "schema": schema_name("review"),
        "version": VERSION,
        "term": data,
        "begun": [] if reviewed.beside is None else begun_objects(reviewed.beside.analysis.begun),
        "review_terms": labels,
        "ruler": ruler_object(rules),
        **{name: rows[name] for name in REVIEWED if name != PROBLEMS.name},
        "problems": [problem_object(row) for row in rows[PROBLEMS.name]],
    }
    return json_document(document)


def _rows(reviewed: Reviewed, rules: Rules) -> dict[str, list[dict[str, Cell]]]:
    """The rows of every table, in an order that never varies."""
    return {
        HELD.name: records(reviewed.frame("held"), HELD.names),
        CHANGES.name: records(reviewed.frame("changes"), CHANGES.names),
        STEPS.name: records(reviewed.frame("next_steps"), STEPS.names),
        BEARS_ON.name: [one._asdict() for one in review_evidence(reviewed.beside, rules)],
        PROBLEMS.name: problem_records(reviewed.register),
    }
