"""The JSON Schemas as they are shipped, by which tests hold what is written."""

from __future__ import annotations

import json

from siptrack.documents.registry import schema_text


def shipped_schema(document="analysis"):
    """The JSON Schema that every such document keeps."""
    return json.loads(schema_text(document))
