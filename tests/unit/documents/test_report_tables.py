import csv
import io
import json

import jsonschema
import pytest

from hand_built import analysis, flag, gap, problem, pupil, rules
from shipped import shipped_schema
from siptrack.analysis.ahead_tables import FORECASTS, PACE, TARGETS
from siptrack.analysis.group_tables import GAPS, GROUPS
from siptrack.analysis.tables import CHECKS, PROGRESS, PUPIL_TABLE, SUMMARY
from siptrack.documents.analysis import of_an_analysis
from siptrack.documents.registry import KINDS
from siptrack.rendering.tables import as_csv, as_markdown, as_ndjson, as_tables, as_text, written_table

ANALYSED = KINDS["analysis"].by_name
TABLES = {**ANALYSED, CHECKS.name: CHECKS, **KINDS["provision"].by_name}
HOSTILE = ["=HYPERLINK(1)", "Smith [/]", "Jo\x1b[2J", "a|b", "Jo\u202egnp", "王小明", "\ud800", 'say "hi", Jo']


def whole(**more):
    return analysis(
        flags=[flag(), flag("below", from_term="", from_place="")], gaps=[gap()], problems=[problem()], **more
    )


def table(name, of):
    (only,) = of_an_analysis(of, rules()).tables(name)
    return only


def some(columns, of):
    """Of a table only these columns."""
    return written_table(of.name, [one for one in of.columns if one.name in columns], of.records)


def as_json(of):
    return of_an_analysis(of, rules()).json()


def document(of):
    return of_an_analysis(of, rules()).document()


def test_tables_have_their_declared_columns_in_order():
    made = of_an_analysis(whole(), rules()).tables()

    assert {written.name: written.names for written in made} == {
        **{name: declared.names for name, declared in ANALYSED.items()},
        "pupils": [*PUPIL_TABLE.names, "gender"],
    }


def test_each_table_can_be_had_alone_and_is_the_same():
    for written in of_an_analysis(whole(), rules()).tables():
        assert table(written.name, whole()) == written


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_figure_has_a_unit_and_nothing_else_has(table):
    assert [
        column.name for column in table.columns if bool(column.unit) != (column.kind in ("integer", "number"))
    ] == []
    assert set(table.order) <= set(table.names)
    assert len(set(table.names)) == len(table.names)


def test_csv_has_whole_numbers_as_such_and_nothing_for_what_is_missing():
    assert as_csv(table("summary", whole())) == (
        "year_group,subject,n,assessed,at_are,insufficient,accelerated,cannot_tell,at_are_low,at_are_high\n"
        "5,writing,1,1,0,1,,,,\n"
    )


def test_the_ledger_table_adds_up():
    assert as_csv(table("ledger", whole())) == (
        "of,reason,count\nrows,read,1265\nrows,used,1262\nrows,headings repeated,3\nresults,read,40\nresults,used,40\n"
    )


def test_a_flag_has_its_sentence():
    sentences = [row["sentence"] for row in table("flags", whole()).records]
    assert sentences[0] == "Writing, this year: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made."


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_csv_is_read_back_with_formulas_guarded_and_controls_shown(name):
    frame = table("pupils", analysis(pupils=[pupil(name=name.replace(", ", " "))]))
    text = as_csv(frame)
    surname = list(csv.reader(io.StringIO(text)))[1][2]
    assert not surname.startswith("=")
    assert "\x1b" not in text
    assert "\u202e" not in text
    text.encode()


def test_negative_numbers_are_not_guarded():
    assert ",-33.333333,-52.2,-9.4,-10," in as_csv(table("gaps", whole()))


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_json_lines_keep_a_name_exactly(name):
    frame = table("pupils", analysis(pupils=[pupil(name=name.replace(", ", " "))]))
    assert json.loads(as_ndjson(frame))["surname"] == name.replace(", ", " ")


def test_markdown_cells_mean_nothing_but_themselves():
    frame = some(["surname", "year_group", "class"], table("pupils", analysis(pupils=[pupil(name="a|b*c")])))
    assert as_markdown(frame) == "| surname | year\\_group | class |\n| --- | --- | --- |\n| a\\|b\\*c | 5 | 5K |\n"


def test_text_has_numbers_to_the_right():
    frame = some(["year_group", "subject", "n"], table("summary", analysis()))
    assert as_text(frame) == "year_group  subject  n\n         5  writing  1\n"


@pytest.mark.parametrize("form", ["csv", "ndjson", "markdown", "table"])
def test_one_table_is_given_bare_and_several_by_name(form):
    made = {one.name: one for one in of_an_analysis(whole(), rules()).tables()}
    one = as_tables([made["ledger"]], form)
    several = as_tables([made["ledger"], made["summary"]], form)
    assert "ledger" not in one
    assert len(several) > len(one)
    assert form == "csv" or "ledger" in several


def test_the_document_keeps_its_schema():
    jsonschema.Draft202012Validator.check_schema(shipped_schema())
    jsonschema.validate(json.loads(as_json(whole())), shipped_schema())


def test_the_schema_describes_every_column_in_the_words_of_its_table():
    described = {
        name: {key: value.get("description") for key, value in part["items"]["properties"].items()}
        for name, part in shipped_schema()["properties"].items()
        if "properties" in part.get("items", {})
    }
    of_a_pupil = shipped_schema()["$defs"]["pupil"]["properties"]
    described["pupils"] = {key: one["description"] for key, one in of_a_pupil.items()}
    for table in (PUPIL_TABLE, SUMMARY, GROUPS, GAPS, PACE, FORECASTS):
        meanings = {column.name: column.meaning for column in table.columns}
        assert {key: described[table.name][key] for key in meanings} == meanings
    for table, places in ((PROGRESS, ("", "start_")), (TARGETS, ("target_",))):
        hidden = {f"{place}{part}" for place in places for part in ("file", "sheet", "cell")}
        meanings = {column.name: column.meaning for column in table.columns if column.name not in hidden}
        assert {key: described[table.name][key] for key in meanings} == meanings


def test_a_flag_carries_its_evidence_with_the_cells():
    assert document(whole())["flags"][0] == {
        "code": "insufficient-year",
        "pupil": "P1",
        "subject": "writing",
        "window": "year",
        "reference": 24,
        "measured": "line",
        "gain": 0,
        "expected_gain": 3,
        "evidence": [
            {
                "term": "Summer 2008",
                "grade": "2a",
                "points": 17,
                "place": {"file": "Before.xlsx", "sheet": "4K", "cell": "F16"},
            },
            {
                "term": "Summer 2009",
                "grade": "2a",
                "points": 17,
                "place": {"file": "Summer.xlsx", "sheet": "5K", "cell": "F17"},
            },
        ],
        "newer": None,
        "sentence": "Writing, this year: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made.",
    }


def test_a_flag_about_this_term_alone_has_one_result_and_one_about_nothing_has_none():
    none = flag("no-result", from_term="", grade="", place="", points=None)
    found = document(analysis(flags=[flag("below", from_term=""), none]))["flags"]
    assert [len(one["evidence"]) for one in found] == [1, 0]


def test_the_same_analysis_gives_the_same_bytes_whatever_the_order_of_its_rows():
    pupils, flags = [pupil(), pupil("P2", "Fern, Al")], [flag(), flag(key="P2"), flag("below")]
    one, other = analysis(pupils=pupils, flags=flags), analysis(pupils=pupils[::-1], flags=flags[::-1])
    assert as_json(one) == as_json(other)
