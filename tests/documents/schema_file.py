"""The shipped JSON Schema, its tables as they are declared: `python tests/documents/schema_file.py` writes it."""

from __future__ import annotations

import json
from pathlib import Path

from siptrack.reports.schema.from_tables import SCHEMA_FILE, shipped_schema, with_tables

PATH = Path(__file__).parents[2] / "src" / "siptrack" / "reports" / "schema" / SCHEMA_FILE


def as_declared() -> str:
    """The text of the schema as the tables are declared today."""
    return json.dumps(with_tables(shipped_schema()), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(as_declared(), encoding="utf-8")
