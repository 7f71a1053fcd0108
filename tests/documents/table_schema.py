"""A declared table as JSON Schema, so that what is written and what is promised cannot drift apart."""

from __future__ import annotations

from siptrack.analysis.tables import FLAGS
from siptrack.documents.analysis import OF_A_FLAG
from siptrack.documents.registry import SENTENCE
from siptrack.documents.written import IN_PLACE, PLACES

_TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean"}


def table_schema(table):
    """The rows of a table."""
    return {"type": "array", "description": table.meaning, "items": _row(table)}


def closed_object(properties):
    """An object that has all of these properties and no other."""
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


def cells(columns):
    """The cells of a row by their columns' names."""
    return {column.name: _cell(column) for column in columns}


def _row(table):
    if table.name == FLAGS.name:
        return _flag(table)
    gathered = PLACES.get(table.name, {})
    apart = {f"{prefix}{part}" for prefix in gathered for part in IN_PLACE}
    places = {f"{prefix}place": {"description": meaning, **_or_none("place")} for prefix, meaning in gathered.items()}
    return closed_object({**cells(column for column in table.columns if column.name not in apart), **places})


def _flag(table):
    """A flag, whose results are gathered into its evidence and which is said in a sentence."""
    evidence = {
        "type": "array",
        "description": "the results it rests on, the earlier first",
        "items": {"$ref": "#/$defs/result"},
    }
    newer = "a newer term's result, by which the child has recovered from this; null where there is none"
    kept = cells(column for column in table.columns if column.name in OF_A_FLAG)
    gathered = {"evidence": evidence, "newer": {"description": newer, **_or_none("result")}}
    return closed_object({**kept, **gathered, **cells([SENTENCE])})


def _or_none(definition):
    return {"anyOf": [{"$ref": f"#/$defs/{definition}"}, {"type": "null"}]}


def _cell(column):
    meaning = {"description": column.meaning, **({"unit": column.unit} if column.unit else {})}
    if column.values:
        return {"enum": [*column.values, *([] if column.always else [None])], **meaning}
    kind = _TYPES[column.kind]
    return {"type": kind if column.always else [kind, "null"], **meaning}
