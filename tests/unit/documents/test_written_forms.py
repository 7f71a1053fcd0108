"""A document for other programs: its JSON, its tables, and what a data file of it says of itself."""

import jsonschema
import pytest

from hand_built import analysis, problem, rules
from shipped import shipped_schema
from siptrack.documents.registry import KINDS
from siptrack.documents.written import Written

LATER = {"later": 2}
ROW = dict.fromkeys(KINDS["teaching"].by_name["cpd_beside"].names)


def teaching(**more):
    return Written("teaching", rules(), besides=LATER, **more)


def test_its_json_has_the_head_the_rules_what_is_beside_the_tables_the_tables_and_the_problems_in_this_order():
    document = teaching(judged=analysis(problems=[problem()])).document()

    own = [table.name for table in KINDS["teaching"].tables]
    assert list(document) == ["schema", "version", "term", "begun", "filters", "ruler", "later", *own, "problems"]
    assert list(document) == shipped_schema("teaching")["required"]
    jsonschema.validate(document, shipped_schema("teaching"))


def test_its_tables_are_its_own_and_then_those_about_the_data_of_the_register_judged():
    written = teaching(judged=analysis(problems=[problem()]), rows=lambda name: [ROW] if name == "cpd_beside" else [])

    assert [table.name for table in written.tables()] == list(KINDS["teaching"].by_name)
    (alone,) = written.tables("cpd_beside")
    assert (alone.records, alone.names) == ([ROW], list(ROW))
    (problems,) = written.tables("problems")
    assert problems.records[0]["code"] == problem().code


def test_a_row_is_worked_out_only_for_the_table_that_is_asked_for():
    asked = []
    teaching(judged=analysis(), rows=lambda name: asked.append(name) or []).tables("cpd")

    assert asked == ["cpd"]


def test_without_a_register_there_are_no_tables_about_the_data_and_no_problems():
    written = teaching(head={"term": None})

    assert [table.name for table in written.tables()] == [table.name for table in KINDS["teaching"].tables]
    assert written.document()["problems"] == []
    assert set(written.about()) == {"siptrack", "ruler"}


def test_a_data_file_says_of_which_term_it_is_and_what_more_is_to_be_said():
    about = teaching(judged=analysis(), also_about={"from_term": "Autumn 2008"}).about()

    assert (about["term"], about["academic_year"], about["filters"]) == ("Summer 2009", "2008-09", "")
    assert about["from_term"] == "Autumn 2008"


@pytest.mark.parametrize("name", KINDS)
def test_every_table_that_a_document_declares_is_told_in_its_schema(name):
    told = shipped_schema(name)["properties"]
    for table in KINDS[name].in_json:
        assert told[table.name]["description"] == table.meaning
