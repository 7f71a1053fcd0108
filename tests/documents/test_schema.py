"""The JSON Schemas that are shipped are the ones that the declarations make."""

import jsonschema
import pytest
from schema_file import FOLDER, as_declared

from shipped import shipped_schema
from siptrack.documents.registry import KINDS


def test_the_shipped_schemas_are_made_from_the_declared_tables_and_pages():
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")} == as_declared()


@pytest.mark.parametrize("name", KINDS)
def test_a_shipped_schema_is_a_json_schema(name):
    jsonschema.Draft202012Validator.check_schema(shipped_schema(name))
