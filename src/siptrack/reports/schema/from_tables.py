"""A declared table as JSON Schema, so that what is written and what is promised cannot drift apart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, TypeAlias

from siptrack.analysis.group_tables import CLOSERS, GAPS, GROUPS, LEFT_OUT, PARADOXES
from siptrack.analysis.national import NATIONAL
from siptrack.analysis.shareable import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tables import FLAGS, FORECASTS, PACE, PROGRESS, SUMMARY, TARGETS
from siptrack.analysis.trend_tables import POOLED, TRENDS
from siptrack.school.tables import Column, Table

SCHEMA_FILE, SHARED_FILE = "analysis-1.schema.json", "shared-1.schema.json"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean"}
_PLACE = {"anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]}
_TABLES = (
    *(PROGRESS, FLAGS, SUMMARY, LEFT_OUT, GROUPS, GAPS, CLOSERS, PARADOXES, TRENDS, POOLED, NATIONAL),
    *(PACE, TARGETS, FORECASTS),
)
# Cells that are gathered into one object, each by the words that the table's columns begin with.
_PLACES: Mapping[str, Mapping[str, str]] = {
    PROGRESS.name: {"": "where this term's result is written", "start_": "where the start's result is written"},
    TARGETS.name: {"target_": "where the target is written"},
}
_OF_A_FLAG = ("code", "pupil", "subject", "window", "reference", "measured", "gain", "expected_gain")

Object: TypeAlias = dict[str, Any]  # JSON: the schema says what may be in it


def shipped_schema() -> Object:
    """The JSON Schema that every document keeps, as it is shipped."""
    source = files("siptrack.reports.schema") / SCHEMA_FILE
    loaded: Object = json.loads(source.read_text(encoding="utf-8"))
    return loaded


def with_tables(schema: Object) -> Object:
    """The schema with every table in it as it is declared today."""
    tables = {table.name: {"type": "array", "description": table.meaning, "items": _row(table)} for table in _TABLES}
    properties = {**schema["properties"], **tables}
    return {**schema, "required": list(properties), "properties": properties}


def shared_schema(schema: Object) -> Object:
    """The JSON Schema of what --share writes, from that of an analysis and the tables as they are declared today."""
    head = {name: schema["properties"][name] for name in ("version", "term", "filters")}
    limits = {
        "mode": {"type": "string", "description": "with whom it may be shared"},
        "hide_below": {"type": "integer", "description": "counts of fewer children are hidden"},
        "round_to": {"type": "integer", "description": "counts are rounded to the nearest multiple"},
        "percentages_from": {"type": "integer", "description": "percentages are of so many children at least"},
    }
    rows = [column for column in SHARED_ROWS.columns if column.name not in ("characteristic", "group")]
    year_group = Column(YEAR_GROUP, "text", "the year group, all, or not_recorded", always=True)
    properties = {
        "schema": {"const": "siptrack/shared/1", "description": "the name and version of this form"},
        **head,
        "share": {"description": "With whom, and what was done to protect children.", **_object(limits)},
        "ruler": {
            "description": "The rules in force.",
            **_object({"sha256": schema["properties"]["ruler"]["properties"]["sha256"]}),
        },
    }
    tables = {
        "summary": _table("How everybody and each year group stands.", [year_group, *rows]),
        "groups": _table("How each group stands.", SHARED_ROWS.columns),
        "gaps": _table(SHARED_GAPS.meaning, SHARED_GAPS.columns),
    }
    return {
        "$schema": schema["$schema"],
        "$id": "urn:siptrack:shared:1",
        "title": "siptrack shared tables, version 1",
        "description": "What siptrack analyse --share --format json writes, or with --table one table of it. A figure "
        "that is null is explained by the row's status. Nothing is removed within a version; keys may be added.",
        **_object({**properties, **tables}),
        "required": list(properties),
    }


def _table(meaning: str, columns: Sequence[Column]) -> Object:
    return {
        "type": "array",
        "description": meaning,
        "items": _object({column.name: _cell(column) for column in columns}),
    }


def _row(table: Table) -> Object:
    if table is FLAGS:
        return _flag(table)
    gathered = _PLACES.get(table.name, {})
    hidden = {f"{prefix}{part}" for prefix in gathered for part in ("file", "sheet", "cell")}
    cells = {column.name: _cell(column) for column in table.columns if column.name not in hidden}
    places = {f"{prefix}place": {"description": meaning, **_PLACE} for prefix, meaning in gathered.items()}
    return _object({**cells, **places})


def _flag(table: Table) -> Object:
    """A flag, whose results are gathered into its evidence and which is said in a sentence."""
    cells = {column.name: _cell(column) for column in table.columns if column.name in _OF_A_FLAG}
    evidence = {
        "type": "array",
        "description": "the results it rests on, the earlier first",
        "items": {"$ref": "#/$defs/result"},
    }
    sentence = {"type": "string", "description": "the flag in words"}
    return _object({**cells, "evidence": evidence, "sentence": sentence})


def _cell(column: Column) -> Object:
    if column.values:
        return {"enum": [*column.values, *([] if column.always else [None])], "description": column.meaning}
    kind = _TYPES[column.kind]
    return {"type": kind if column.always else [kind, "null"], "description": column.meaning}


def _object(properties: Object) -> Object:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
