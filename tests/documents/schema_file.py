"""The shipped JSON Schemas, as tables and pages are declared: `python tests/documents/schema_file.py` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from siptrack.reports.schema.from_pages import CHILD_SCHEMA_FILE, child_schema
from siptrack.reports.schema.from_tables import SCHEMA_FILE, shipped_schema, with_tables

FOLDER = Path(__file__).parents[2] / "src" / "siptrack" / "reports" / "schema"
PATH, CHILD_PATH = FOLDER / SCHEMA_FILE, FOLDER / CHILD_SCHEMA_FILE


def as_declared() -> str:
    """The text of the schema as the tables are declared today."""
    return _text(with_tables(shipped_schema()))


def child_as_declared() -> str:
    """The text of the schema of a child's page as its dataclasses are declared today."""
    return _text(child_schema())


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(as_declared(), encoding="utf-8")
    CHILD_PATH.write_text(child_as_declared(), encoding="utf-8")
