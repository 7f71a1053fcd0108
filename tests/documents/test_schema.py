"""The JSON Schemas that are shipped are those that the tables' declarations make."""

from schema_file import as_declared


def test_the_shipped_schemas_are_made_from_the_declared_tables():
    for path, text in as_declared().items():
        assert path.read_text(encoding="utf-8") == text
