"""A declared table, and a document of them, as JSON Schema, so that what is written and promised cannot drift apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

from siptrack.analysis.ahead_tables import TARGETS
from siptrack.analysis.tables import FLAGS, PROGRESS, PUPIL_TABLE
from siptrack.documents.data_tables import OF_THE_DATA
from siptrack.school.column_use import COLUMNS
from siptrack.school.sources import SOURCES
from siptrack.school.tables import Column, Table

SENTENCE = Column("sentence", "text", "the flag in words", always=True)
# Cells that are gathered into one object, each by the words that the table's columns begin with.
PLACES: Mapping[str, Mapping[str, str]] = {
    PROGRESS.name: {"": "where this term's result is written", "start_": "where the start's result is written"},
    TARGETS.name: {"target_": "where the target is written"},
}
IN_PLACE = ("file", "sheet", "cell")
_TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean"}
_PLACE = {"anyOf": [{"$ref": "#/$defs/place"}, {"type": "null"}]}
OF_A_FLAG = ("code", "pupil", "subject", "window", "reference", "measured", "gain", "expected_gain")

Object: TypeAlias = dict[str, Any]  # JSON: the schema says what may be in it


def usual(known: Object) -> Object:
    """What a document begins with as an analysis does."""
    return {name: known[name] for name in ("version", "term", "begun", "filters", "ruler")}


class DocumentKind(NamedTuple):
    """A document by the name in its JSON Schema: its own tables in order, and those about the data that follow them.

    `besides` is the schema of what stands in its JSON before the tables, made of what that of an analysis begins with.
    `json_tables` are those in its JSON where they are not its own; `problems` is what is special about its problems,
    `title` and `says` what its schema says of itself where that is not the usual.
    """

    name: str
    tables: tuple[Table, ...] = ()
    data: tuple[Table, ...] = OF_THE_DATA
    besides: Callable[[Object], Object] = usual
    json_tables: tuple[Table, ...] = ()
    problems: Mapping[str, str] = {}
    title: str = ""
    says: str = ""

    @property
    def by_name(self) -> dict[str, Table]:
        """Every table that --table offers."""
        return {table.name: table for table in (*self.tables, *self.data)}

    @property
    def in_json(self) -> tuple[Table, ...]:
        """The tables whose rows stand in its JSON, the problems apart."""
        return self.json_tables or self.tables


def schema_name(document: str) -> str:
    """How a document names its form and version, such as `siptrack/analysis/1`."""
    return f"siptrack/{document}/1"


def shipped_text(name: str = "analysis") -> str:
    """The JSON Schema of a document of the registry, to the letter as it is shipped."""
    return (files("siptrack.documents") / "schemas" / f"{name}-1.schema.json").read_text(encoding="utf-8")


def shipped_schema(name: str = "analysis") -> Object:
    """The JSON Schema that every such document keeps."""
    loaded: Object = json.loads(shipped_text(name))
    return loaded


def with_tables(schema: Object, declared: Sequence[Table]) -> Object:
    """The schema of an analysis with every table in it as it is declared today."""
    tables = {table.name: table_schema(table) for table in declared}
    tables[PUPIL_TABLE.name] = {**table_schema(PUPIL_TABLE), "items": {"$ref": "#/$defs/pupil"}}
    pupil = schema["$defs"]["pupil"]
    cells = {column.name: _cell(column) for column in PUPIL_TABLE.columns}
    known = closed_object({**cells, "characteristics": pupil["properties"]["characteristics"]})
    ledger = {**schema["properties"]["ledger"]["properties"], **_of_the_columns()}
    of_the_files = {"description": schema["properties"]["ledger"]["description"], **closed_object(ledger)}
    properties = {**schema["properties"], "ledger": of_the_files, **tables, **of_the_files_joined()}
    definitions = {**schema["$defs"], "pupil": {**pupil, **known}}
    return {**schema, "required": list(properties), "properties": properties, "$defs": definitions}


def document_schema(kind: DocumentKind, analysis: Object) -> Object:
    """The schema of a command's document, which begins as that of an analysis does and shares its definitions."""
    known = analysis["properties"]
    properties = {
        "schema": {**known["schema"], "const": schema_name(kind.name)},
        **kind.besides(known),
        **{table.name: table_schema(table) for table in kind.in_json},
    }
    named = {
        "$schema": analysis["$schema"],
        "$id": f"urn:siptrack:{kind.name}:1",
        "title": f"siptrack {kind.title or kind.name}, version 1",
        "description": f"What siptrack {kind.says or f'{kind.name} --format json writes. null means missing.'} "
        "Nothing is removed within a version; keys may be added.",
    }
    if not kind.data:  # one of its tables may stand alone
        alone = [name for name in properties if name not in kind.by_name]
        return {**named, **closed_object(properties), "required": alone}
    properties["problems"] = {**known["problems"], **kind.problems}
    definitions = {each: analysis["$defs"][each] for each in ("place", "problem")}
    return {**named, **closed_object(properties), "$defs": definitions}


def _of_the_columns() -> Object:
    """What the ledger tells of the columns, and of the names that gave a term."""
    cell = {"type": "string"}
    named = closed_object({"file": cell, "sheet": {"type": ["string", "null"]}, "term": cell})
    says = "the files and sheets from whose name a term, or its year, was taken"
    return {
        "columns": table_schema(COLUMNS),
        "terms_named": {"type": "array", "description": says, "items": named},
    }


def of_the_files_joined() -> Object:
    """What a document tells of the files beside its problems: of which schools they are, and how they were joined."""
    school = "the school spoken of, where the files hold several; null for all of them together"
    return {
        "schools": {"type": "array", "description": "the schools that the files name", "items": {"type": "string"}},
        "school": {"type": ["string", "null"], "description": school},
        "sources": table_schema(SOURCES),
        "dismissed": counted("queries that the school has explained in siptrack.yaml"),
    }


def sharing_schema() -> Object:
    """With whom a document may be shared."""
    return closed_object(
        {
            "mode": {"type": "string", "description": "with whom it may be shared"},
            "hide_below": counted("counts of fewer children are hidden"),
            "round_to": counted("counts are rounded to the nearest multiple"),
            "percentages_from": counted("percentages are of so many children at least"),
        }
    )


def counted(meaning: str) -> Object:
    """A whole number."""
    return {"type": "integer", "description": meaning}


def table_schema(table: Table) -> Object:
    """The rows of a table."""
    return {"type": "array", "description": table.meaning, "items": _row(table)}


def _row(table: Table) -> Object:
    if table.name == FLAGS.name:
        return _flag(table)
    gathered = PLACES.get(table.name, {})
    hidden = {f"{prefix}{part}" for prefix in gathered for part in IN_PLACE}
    cells = {column.name: _cell(column) for column in table.columns if column.name not in hidden}
    places = {f"{prefix}place": {"description": meaning, **_PLACE} for prefix, meaning in gathered.items()}
    return closed_object({**cells, **places})


def _flag(table: Table) -> Object:
    """A flag, whose results are gathered into its evidence and which is said in a sentence."""
    cells = {column.name: _cell(column) for column in table.columns if column.name in OF_A_FLAG}
    evidence = {
        "type": "array",
        "description": "the results it rests on, the earlier first",
        "items": {"$ref": "#/$defs/result"},
    }
    newer = {
        "description": "a newer term's result, by which the child has recovered from this; null where there is none",
        "anyOf": [{"$ref": "#/$defs/result"}, {"type": "null"}],
    }
    return closed_object({**cells, "evidence": evidence, "newer": newer, SENTENCE.name: _cell(SENTENCE)})


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
