"""A declared table as JSON Schema, so that what is written and what is promised cannot drift apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeAlias

from siptrack.analysis.ahead_tables import TARGETS
from siptrack.analysis.shareable import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tables import CHECKS, FLAGS, PROGRESS, PUPIL_TABLE
from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.since_tables import AGREED, COUNTS, LISTED
from siptrack.reports.catalogue import OF_AN_AUDIT, OF_PROVISION, OF_THE_ANALYSIS, SENTENCE
from siptrack.school.tables import Column, Table

SCHEMA, CHECK_SCHEMA, SHARED_SCHEMA = "siptrack/analysis/1", "siptrack/check/1", "siptrack/shared/1"
AUDIT_SCHEMA, PROVISION_SCHEMA, SINCE_SCHEMA = "siptrack/audit/1", "siptrack/provision/1", "siptrack/since/1"
SCHEMA_FILES = {
    name: f"{name}-1.schema.json" for name in ("analysis", "audit", "check", "child", "provision", "shared", "since")
}
# Cells that are gathered into one object, each by the words that the table's columns begin with.
PLACES: Mapping[str, Mapping[str, str]] = {
    PROGRESS.name: {"": "where this term's result is written", "start_": "where the start's result is written"},
    TARGETS.name: {"target_": "where the target is written"},
}
_TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean"}
_PLACE = {"anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]}
_OF_A_FLAG = ("code", "pupil", "subject", "window", "reference", "measured", "gain", "expected_gain")
_OF_A_CHECK = ("schema", "version", "term", "filters", "ruler", "checks", "problems")

Object: TypeAlias = dict[str, Any]  # JSON: the schema says what may be in it


def shipped_text(name: str = "analysis") -> str:
    """The JSON Schema of a document (one of SCHEMA_FILES), to the letter as it is shipped."""
    return (files("siptrack.reports.schema") / SCHEMA_FILES[name]).read_text(encoding="utf-8")


def shipped_schema(name: str = "analysis") -> Object:
    """The JSON Schema that every such document keeps."""
    loaded: Object = json.loads(shipped_text(name))
    return loaded


def with_tables(schema: Object) -> Object:
    """The schema of an analysis with every table in it as it is declared today."""
    tables = {table.name: _table(table) for table in OF_THE_ANALYSIS}
    tables[PUPIL_TABLE.name] = {**_table(PUPIL_TABLE), "items": {"$ref": "#/$defs/pupil"}}
    pupil = schema["$defs"]["pupil"]
    cells = {column.name: _cell(column) for column in PUPIL_TABLE.columns}
    known = closed_object({**cells, "characteristics": pupil["properties"]["characteristics"]})
    properties = {**schema["properties"], **tables}
    definitions = {**schema["$defs"], "pupil": {**pupil, **known}}
    return {**schema, "required": list(properties), "properties": properties, "$defs": definitions}


def of_a_check(analysis: Object) -> Object:
    """The schema of what `siptrack check` found, which shares all but its own table with that of an analysis."""
    shared = {
        **analysis["properties"],
        "schema": {**analysis["properties"]["schema"], "const": CHECK_SCHEMA},
        CHECKS.name: _table(CHECKS),
    }
    return {
        "$schema": analysis["$schema"],
        "$id": "urn:siptrack:check:1",
        "title": "siptrack check, version 1",
        "description": "What siptrack check --format json writes. null means missing. "
        "Nothing is removed within a version; keys may be added.",
        **closed_object({name: shared[name] for name in _OF_A_CHECK}),
        "$defs": {name: analysis["$defs"][name] for name in ("place", "problem")},
    }


def of_a_look_back(analysis: Object) -> Object:
    """The schema of what `siptrack since` found, whose frame is that of an analysis."""
    known = analysis["properties"]
    count = {"type": "integer"}
    stood = closed_object({"on_roll": count, "told": count})
    properties = {
        "schema": {**known["schema"], "const": SINCE_SCHEMA},
        "version": known["version"],
        "from_term": {**known["term"], "description": "the earlier term"},
        **{name: known[name] for name in ("term", "filters", "ruler")},
        "told": {
            "description": "children on roll in each term, and of how many of them progress could be told",
            **closed_object({"then": stood, "now": stood}),
        },
        "agreed_now": {**count, "description": "actions agreed at the later term's meeting or after it"},
        **{table.name: _table(table) for table in (LISTED, COUNTS, AGREED, TRENDS)},
        "problems": known["problems"],
    }
    return {
        "$schema": analysis["$schema"],
        "$id": "urn:siptrack:since:1",
        "title": "siptrack since, version 1",
        "description": "What siptrack since --format json writes. null means missing. "
        "Nothing is removed within a version; keys may be added.",
        **closed_object(properties),
        "$defs": {name: analysis["$defs"][name] for name in ("place", "problem")},
    }


def of_provision(analysis: Object) -> Object:
    """The schema of what `siptrack provision` tells, which shares all but its own tables with that of an analysis."""
    head = {name: analysis["properties"][name] for name in ("version", "term", "filters", "ruler", "ledger")}
    return {
        "$schema": analysis["$schema"],
        "$id": "urn:siptrack:provision:1",
        "title": "siptrack provision, version 1",
        "description": "What siptrack provision --format json writes. null means missing. "
        "Nothing is removed within a version; keys may be added.",
        **closed_object(
            {
                "schema": {**analysis["properties"]["schema"], "const": PROVISION_SCHEMA},
                **head,
                **{table.name: _table(table) for table in OF_PROVISION},
                "problems": analysis["properties"]["problems"],
            }
        ),
        "$defs": {name: analysis["$defs"][name] for name in ("place", "problem")},
    }


def of_an_audit(analysis: Object) -> Object:
    """The schema of what `siptrack audit` tells, whose frame is that of an analysis."""
    known = analysis["properties"]
    a_term = {**known["term"], "type": ["object", "null"]}
    properties = {
        "schema": {**known["schema"], "const": AUDIT_SCHEMA},
        "version": known["version"],
        "term": {**known["term"], "description": "the term that opens the year, or as at which it is opened"},
        "before": {
            **a_term,
            "description": "the last term with results from before the year; null where there is none",
        },
        "now": {**a_term, "description": "the last term of the year with results; null where there is none yet"},
        **{name: known[name] for name in ("filters", "ruler")},
        "told": {"type": "integer", "description": "children of whom progress could be told in the term before"},
        "leaving": {"type": "integer", "description": "children of the term before who passed the highest year group"},
        **{table.name: _table(table) for table in OF_AN_AUDIT},
        "problems": known["problems"],
    }
    return {
        "$schema": analysis["$schema"],
        "$id": "urn:siptrack:audit:1",
        "title": "siptrack audit, version 1",
        "description": "What siptrack audit --format json writes. null means missing. "
        "Nothing is removed within a version; keys may be added.",
        **closed_object(properties),
        "$defs": {name: analysis["$defs"][name] for name in ("place", "problem")},
    }


def _table(table: Table) -> Object:
    return {"type": "array", "description": table.meaning, "items": _row(table)}


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
        "schema": {"const": SHARED_SCHEMA, "description": "the name and version of this form"},
        **head,
        "share": {"description": "With whom, and what was done to protect children.", **closed_object(limits)},
        "ruler": {
            "description": "The rules in force.",
            **closed_object({"sha256": schema["properties"]["ruler"]["properties"]["sha256"]}),
        },
    }
    tables = {
        "summary": _table(Table("summary", "How everybody and each year group stands.", (year_group, *rows))),
        "groups": _table(Table("groups", "How each group stands.", SHARED_ROWS.columns)),
        "gaps": _table(SHARED_GAPS),
    }
    return {
        "$schema": schema["$schema"],
        "$id": "urn:siptrack:shared:1",
        "title": "siptrack shared tables, version 1",
        "description": "What siptrack analyse --share --format json writes, or with --table one table of it. A figure "
        "that is null is explained by the row's status. Nothing is removed within a version; keys may be added.",
        **closed_object({**properties, **tables}),
        "required": list(properties),
    }


def _row(table: Table) -> Object:
    if table.name == FLAGS.name:
        return _flag(table)
    gathered = PLACES.get(table.name, {})
    hidden = {f"{prefix}{part}" for prefix in gathered for part in ("file", "sheet", "cell")}
    cells = {column.name: _cell(column) for column in table.columns if column.name not in hidden}
    places = {f"{prefix}place": {"description": meaning, **_PLACE} for prefix, meaning in gathered.items()}
    return closed_object({**cells, **places})


def _flag(table: Table) -> Object:
    """A flag, whose results are gathered into its evidence and which is said in a sentence."""
    cells = {column.name: _cell(column) for column in table.columns if column.name in _OF_A_FLAG}
    evidence = {
        "type": "array",
        "description": "the results it rests on, the earlier first",
        "items": {"$ref": "#/$defs/result"},
    }
    return closed_object({**cells, "evidence": evidence, SENTENCE.name: _cell(SENTENCE)})


def _cell(column: Column) -> Object:
    said = {"description": column.meaning, **({"unit": column.unit} if column.unit else {})}
    if column.values:
        return {"enum": [*column.values, *([] if column.always else [None])], **said}
    kind = _TYPES[column.kind]
    return {"type": kind if column.always else [kind, "null"], **said}


def closed_object(properties: Object) -> Object:
    """An object that has all of these properties and no other."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
