"""A look back as flat tables and as a JSON document, for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from siptrack import __version__
from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.since import Since
from siptrack.cycle.since_tables import AGREED, COUNTS, LISTED
from siptrack.reports.cells import Cell, records
from siptrack.reports.document import Object, problem_object, ruler_object, term_object
from siptrack.reports.safe_text import json_document
from siptrack.reports.tables import (
    LEDGER,
    PROBLEMS,
    SET_ASIDE,
    frame_of,
    ledger_records,
    problem_records,
    set_aside_records,
)
from siptrack.rules.model import Rules

if TYPE_CHECKING:
    from pandas import DataFrame

SINCE_SCHEMA_NAME = "siptrack/since/1"
Builder = Callable[[], Sequence[Mapping[str, Cell]]]


def since_tables(since: Since, only: str | None = None) -> dict[str, DataFrame]:
    """The tables of a look back by name, or only one."""
    register = since.analysis.register
    builders: dict[str, tuple[Builder, Sequence[str]]] = {
        "list": (lambda: records(since.listed, LISTED.names), LISTED.names),
        "counts": (lambda: records(since.counts, COUNTS.names), COUNTS.names),
        "actions": (lambda: records(since.actions, AGREED.names), AGREED.names),
        "gaps": (lambda: records(since.gaps, TRENDS.names), TRENDS.names),
        "problems": (lambda: problem_records(register), PROBLEMS.names),
        "ledger": (lambda: ledger_records(register), LEDGER.names),
        "set_aside": (lambda: set_aside_records(register), SET_ASIDE.names),
    }
    return {name: frame_of(build(), names) for name, (build, names) in builders.items() if only in (None, name)}


def since_as_json(since: Since, rules: Rules) -> str:
    """The look back as JSON, the same bytes for the same input."""
    return json_document(_document(since, rules))


def _document(since: Since, rules: Rules) -> Object:
    return {
        "schema": SINCE_SCHEMA_NAME,
        "version": __version__,
        "from_term": term_object(since.from_term),
        "term": term_object(since.term),
        "filters": dict(since.analysis.filters),
        "ruler": ruler_object(rules),
        "told": {
            "then": {"on_roll": since.roll_then, "told": since.told_then},
            "now": {"on_roll": since.roll_now, "told": since.told_now},
        },
        "list": records(since.listed, LISTED.names),
        "counts": records(since.counts, COUNTS.names),
        "actions": records(since.actions, AGREED.names),
        "agreed_now": since.later_actions,
        "gaps": records(since.gaps, TRENDS.names),
        "problems": [problem_object(row) for row in problem_records(since.analysis.register)],
    }
