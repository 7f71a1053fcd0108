"""The shipped JSON Schemas, as tables and pages are declared: `python tests/documents/schema_file.py` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from siptrack.reports.schema.documents import (
    of_a_check,
    of_a_look_back,
    of_a_plan,
    of_a_review,
    of_an_audit,
    of_provision,
    of_questions,
    of_teaching,
    shared_schema,
)
from siptrack.reports.schema.from_pages import child_schema
from siptrack.reports.schema.from_tables import SCHEMA_FILES, shipped_schema, with_tables

FOLDER = Path(__file__).parents[2] / "src" / "siptrack" / "reports" / "schema"


def as_declared() -> dict[str, str]:
    """The text of each schema by its file's name, as tables and dataclasses are declared today."""
    analysis = with_tables(shipped_schema())
    made = {
        "analysis": analysis,
        "audit": of_an_audit(analysis),
        "check": of_a_check(analysis),
        "child": child_schema(),
        "plan": of_a_plan(analysis),
        "provision": of_provision(analysis),
        "questions": of_questions(analysis),
        "review": of_a_review(analysis),
        "shared": shared_schema(analysis),
        "since": of_a_look_back(analysis),
        "teaching": of_teaching(analysis),
    }
    return {
        SCHEMA_FILES[name]: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()
    }


if __name__ == "__main__":
    for name, text in as_declared().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
