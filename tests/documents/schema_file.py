"""The shipped JSON Schemas with the tables and pages as they are declared: `python tests/documents/schema_file.py`.

What a document holds beside its tables is declared in its schema, and stays as it stands there. A document that has no
schema yet gets one to go on from.
"""

from __future__ import annotations

import json
from pathlib import Path

from child_schema import page_definitions
from table_schema import cells, closed_object, table_schema

from siptrack.analysis.tables import PUPIL_TABLE
from siptrack.documents.registry import KINDS, schema_file, schema_name, schema_text
from siptrack.school.column_use import COLUMNS
from siptrack.school.sources import SOURCES

FOLDER = Path(__file__).parents[2] / "src" / "siptrack" / "documents" / "schemas"
_HEAD = ("schema", "version", "term", "begun", "filters", "ruler")
_ALIKE = ("version", "begun", "filters", "ledger", "sources")  # in every document that has it
_OF_THE_DATA = ("place", "problem")


def as_declared() -> dict[str, str]:
    """The text of each schema by its file's name, as tables and named tuples are declared today."""
    analysis = _analysis(json.loads(schema_text("analysis")))
    made = {name: _of(kind, analysis) for name, kind in KINDS.items()} | {"analysis": analysis}
    return {schema_file(name): json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()}


def _analysis(schema):
    """The schema of an analysis, from which the others take what is alike in them."""
    known, defined = schema["properties"], schema["$defs"]
    tables = {table.name: table_schema(table) for table in KINDS["analysis"].tables}
    tables[PUPIL_TABLE.name]["items"] = {"$ref": "#/$defs/pupil"}
    characteristics = defined["pupil"]["properties"]["characteristics"]
    pupil = closed_object({**cells(PUPIL_TABLE.columns), "characteristics": characteristics})
    ledger = closed_object({**known["ledger"]["properties"], "columns": table_schema(COLUMNS)})
    properties = {**known, **tables, "ledger": {**known["ledger"], **ledger}, "sources": table_schema(SOURCES)}
    definitions = {**defined, "pupil": {**defined["pupil"], **pupil}}
    return {**schema, "required": list(properties), "properties": properties, "$defs": definitions}


def _of(kind, analysis):
    """The schema of a command's document, which shares the definitions of an analysis."""
    there = (FOLDER / schema_file(kind.name)).exists()
    schema = json.loads(schema_text(kind.name)) if there else _begun(kind, analysis)
    if kind.name == "child":
        return {**schema, "$defs": page_definitions()}
    known = schema["properties"]
    alike = {name: analysis["properties"][name] for name in _ALIKE if name in known}
    tables = {table.name: table_schema(table) for table in kind.in_json}
    last = {name: known.pop(name) for name in ("problems",) if name in known}
    properties = {**{name: of for name, of in known.items() if name not in tables}, **alike, **tables, **last}
    definitions = {"$defs": {name: analysis["$defs"][name] for name in _OF_THE_DATA}} if kind.data else {}
    # A table of what has no data beside it may stand alone.
    needed = list(properties) if kind.data else [name for name in properties if name not in tables]
    return {**schema, "required": needed, "properties": properties, **definitions}


def _begun(kind, analysis):
    """A schema to go on from: what stands beside the tables is to be added to its properties."""
    known = {name: analysis["properties"][name] for name in (*_HEAD, "problems")}
    known["schema"] = {**known["schema"], "const": schema_name(kind.name)}
    return {
        "$schema": analysis["$schema"],
        "$id": f"urn:siptrack:{kind.name}:{kind.version}",
        "title": f"siptrack {kind.name}, version {kind.version}",
        "description": f"What siptrack {kind.name} --format json writes. null means missing. Nothing is removed within "
        "a version; keys may be added.",
        **closed_object(known),
    }


if __name__ == "__main__":
    for name, text in as_declared().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
