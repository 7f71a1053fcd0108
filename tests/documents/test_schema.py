"""The JSON Schema that is shipped is the one that the tables' declarations make."""

from schema_file import CHILD_PATH, PATH, as_declared, child_as_declared


def test_the_shipped_schema_is_made_from_the_declared_tables():
    assert PATH.read_text(encoding="utf-8") == as_declared()


def test_the_shipped_schema_of_a_childs_page_is_made_from_its_dataclasses():
    assert CHILD_PATH.read_text(encoding="utf-8") == child_as_declared()
