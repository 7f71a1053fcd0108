"""The shipped JSON Schemas, as tables and pages are declared: `python tests/documents/schema_file.py` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from siptrack.reports.schema.from_pages import CHILD_SCHEMA_FILE, child_schema
from siptrack.reports.schema.from_tables import SCHEMA_FILE, SHARED_FILE, shared_schema, shipped_schema, with_tables

FOLDER = Path(__file__).parents[2] / "src" / "siptrack" / "reports" / "schema"


def as_declared() -> dict[Path, str]:
    """Each schema's file and its text as tables and dataclasses are declared today."""
    whole = with_tables(shipped_schema())
    schemas = {SCHEMA_FILE: whole, SHARED_FILE: shared_schema(whole), CHILD_SCHEMA_FILE: child_schema()}
    return {FOLDER / name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    for file, text in as_declared().items():
        file.write_text(text, encoding="utf-8")
