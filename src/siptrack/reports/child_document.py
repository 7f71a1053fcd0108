"""One child's page as a JSON document, version 1: every field of the page by its name."""

from __future__ import annotations

from typing import Any

from siptrack.rendering.safe_text import json_document
from siptrack.reports.cells import plain
from siptrack.reports.child_model import ChildPage
from siptrack.reports.document import ruler_object
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.version import VERSION

SCHEMA_NAME = "siptrack/child/1"


def child_document(page: ChildPage, rules: Rules) -> dict[str, Any]:
    """The page with the rules that it rests on."""
    return {"schema": SCHEMA_NAME, "version": VERSION, "ruler": ruler_object(rules), "child": _object(page)}


def child_as_json(page: ChildPage, rules: Rules) -> str:
    """The page as JSON text, the same bytes for the same page."""
    return json_document(child_document(page, rules))


def _object(value: object) -> Any:  # noqa: ANN401  # JSON: the schema says what may be in it
    """A value of the page as JSON has it: an empty text is missing, and 3.0 is 3."""
    if isinstance(value, Place):
        return {"file": value.file, "sheet": value.sheet or None, "cell": value.cell}
    if hasattr(value, "_asdict"):
        return {name: _object(field) for name, field in value._asdict().items()}
    if isinstance(value, tuple):
        return [_object(one) for one in value]
    return plain(value)
