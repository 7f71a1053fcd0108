"""The shipped JSON Schemas, as tables and pages are declared: `python tests/documents/schema_file.py` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from siptrack.documents.child_schema import child_schema
from siptrack.documents.registry import KINDS
from siptrack.documents.schema import document_schema, shipped_schema, with_tables

FOLDER = Path(__file__).parents[2] / "src" / "siptrack" / "documents" / "schemas"


def as_declared() -> dict[str, str]:
    """The text of each schema by its file's name, as tables and named tuples are declared today."""
    analysis = with_tables(shipped_schema(), KINDS["analysis"].tables)
    apart = {"analysis": analysis, "child": child_schema()}
    made = {name: apart.get(name) or document_schema(kind, analysis) for name, kind in KINDS.items()}
    return {
        f"{name}-1.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


if __name__ == "__main__":
    for name, text in as_declared().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
