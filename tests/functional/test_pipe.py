"""The tables in every form that other programs take: all of them the same, and none where it cannot go."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import stat
from contextlib import closing
from importlib.util import find_spec

import pytest
from running import SAMPLES
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

from siptrack.documents.registry import KINDS

TODAY = SAMPLES / "today"
ANALYSED, CHECKED = KINDS["analysis"].by_name, KINDS["check"].by_name
SQL = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "flag": "INTEGER"}
needs_pyarrow = pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")


@pytest.fixture(name="database", scope="module")
def _database(tmp_path_factory):
    path = tmp_path_factory.mktemp("pipe") / "today.sqlite"
    run = siptrack("analyse", TODAY, "-o", path)
    assert (run.code, run.out, run.err) == (0, "", f"Written: {path}\n")
    return path


def _rows(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_a_database_holds_every_table_with_its_columns_as_they_are_declared(database):
    names = [name for (name,) in _rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert names == [*ANALYSED, "about", "columns"]
    for name, table in ANALYSED.items():
        made = [(one[1], one[2]) for one in _rows(database, f"PRAGMA table_info('{name}')")]
        assert made[: len(table.columns)] == [(column.name, SQL[column.kind]) for column in table.columns]
        assert name == "pupils" or len(made) == len(table.columns)
        assert [told[1] for told in _rows(database, "SELECT * FROM columns") if told[0] == name] == [
            column for column, _ in made
        ]


def test_every_table_is_the_same_in_the_database_as_in_ndjson(database):
    lines = [json.loads(line) for line in siptrack("analyse", TODAY, "--format", "ndjson").out.splitlines()]

    for table in ANALYSED:
        rows = [tuple(line.values())[1:-1] for line in lines if line["table"] == table]  # without `table` and `ruler`
        assert _rows(database, f'SELECT * FROM "{table}"') == rows  # noqa: S608  # our own names


@pytest.mark.parametrize("table", ["flags", "gaps", "set_aside"])
def test_a_table_as_json_is_a_list_of_rows_with_the_columns_of_the_csv(table):
    rows = json.loads(siptrack("analyse", TODAY, "--format", "json", "--table", table).out)
    read = list(csv.DictReader(io.StringIO(siptrack("analyse", TODAY, "--format", "csv", "--table", table).out)))

    assert isinstance(rows, list)
    assert [list(row) for row in read] == [list(row) for row in rows]
    assert len({row["ruler"] for row in rows}) <= 1


def test_every_figure_in_the_database_is_of_the_type_of_its_column(database):
    allowed = {"TEXT": {"text", "null"}, "INTEGER": {"integer", "null"}, "REAL": {"real", "null"}}
    for name in ANALYSED:
        for _, column, kind, *_ in _rows(database, f"PRAGMA table_info('{name}')"):
            found = {one for (one,) in _rows(database, f'SELECT DISTINCT typeof("{column}") FROM "{name}"')}  # noqa: S608
            assert found <= allowed[kind], (name, column)


def test_a_database_says_by_which_rules_it_was_made_and_is_for_its_owner_alone(database):
    told = dict(_rows(database, "SELECT name, value FROM about"))
    document = json.loads(siptrack("analyse", TODAY, "--format", "json").out)

    assert told["ruler"] == document["ruler"]["sha256"]
    assert (told["siptrack"], told["term"]) == (document["version"], document["term"]["label"])
    assert stat.S_IMODE(database.stat().st_mode) & 0o077 == 0


def test_the_same_files_give_the_same_database_to_the_byte(database, tmp_path):
    assert in_its_own_process("analyse", TODAY, "-o", tmp_path / "again.db", hash_seed="7").code == 0
    assert (tmp_path / "again.db").read_bytes() == database.read_bytes()


def test_a_table_alone_and_a_check_make_databases_too(tmp_path):
    siptrack("analyse", TODAY, "--table", "gaps", "-o", tmp_path / "gaps.sqlite3")
    siptrack("check", TODAY, "-o", tmp_path / "check.sqlite")

    names = "SELECT name FROM sqlite_schema WHERE type = 'table'"
    assert [name for (name,) in _rows(tmp_path / "gaps.sqlite3", names)] == ["gaps", "about", "columns"]
    assert [name for (name,) in _rows(tmp_path / "check.sqlite", names)] == [*CHECKED, "about", "columns"]


@needs_pyarrow
def test_a_table_is_written_as_parquet_with_its_types_and_meanings(tmp_path):
    from pyarrow import parquet

    run = siptrack("analyse", TODAY, "--table", "gaps", "-o", tmp_path / "gaps.parquet")
    made = parquet.read_table(tmp_path / "gaps.parquet")

    assert (run.code, run.out) == (0, "")
    assert made.column_names == ANALYSED["gaps"].names
    assert made.schema.field("gap").metadata[b"unit"] == b"percentage points or points"
    rows = json.loads(siptrack("analyse", TODAY, "--table", "gaps", "--format", "json").out)
    assert made.to_pylist() == [{name: cell for name, cell in row.items() if name != "ruler"} for row in rows]


def test_parquet_without_its_library_ends_with_5_and_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("siptrack.commands.forms.find_spec", lambda _name: None)

    run = siptrack("analyse", "not-read.csv", "--table", "gaps", "-o", tmp_path / "gaps.parquet")

    assert (run.code, run.out) == (5, "")
    assert 'pip install "siptrack[parquet]"' in run.err


def test_the_ending_of_the_file_tells_the_form(tmp_path):
    for name in ("named", "told.csv"):
        form = [] if "." in name else ["--format", "csv"]
        run = siptrack("analyse", TODAY, "--table", "summary", *form, "-o", tmp_path / name)
        assert (run.code, run.out) == (0, "")

    assert (tmp_path / "told.csv").read_bytes() == (tmp_path / "named").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "csv", "-o", "flags.json"], "the ending .json does not go with --format csv"),
        (["--format", "table", "-o", "flags.csv"], "the ending .csv does not go with --format table"),
        (["--format", "json", "-o", "flags.xlsx"], "the ending .xlsx does not go with --format json"),
        (["-o", "flags.xlsx"], "the ending .xlsx tells no form"),
        (["-o", "flags.csv"], "--format csv holds one table: choose it with --table"),
        (["--format", "sqlite"], "is no text for a screen: add -o"),
        (["--format", "sqlite", "-o", "-"], "is no text for a screen: add -o"),
        (["--format", "parquet", "--table", "gaps"], "is no text for a screen: add -o"),
    ],
)
@pytest.mark.parametrize("command", ["analyse", "check"])
def test_what_does_not_go_together_ends_with_2_before_anything_is_read(command, arguments, said):
    run = siptrack(command, "not-read.csv", *(one.replace("gaps", "problems") for one in arguments))

    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert said in run.err


def test_nothing_is_shared_as_a_database():
    run = siptrack("analyse", "not-read.csv", "--share", "public", "-o", "public.sqlite")

    assert (run.code, run.out) == (2, "")
    assert "--format sqlite cannot go with --share" in run.err


def test_a_dash_is_the_screen():
    command = ("analyse", TODAY, "--table", "summary", "--format", "csv")
    assert siptrack(*command, "-o", "-").out == siptrack(*command).out


# --- what other programs can rely on ----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["gaps", "checks"])
def test_schema_tells_the_columns_of_a_table(table):
    told = json.loads(siptrack("schema", "--table", table, "--format", "json").out)

    declared = {**ANALYSED, **CHECKED}[table].columns
    assert [(one["column"], one["type"], one["unit"], one["meaning"]) for one in told] == [
        (one.name, one.kind, one.unit or None, one.meaning) for one in declared
    ]


@pytest.mark.parametrize("name", KINDS)
def test_schema_prints_every_schema_that_is_shipped(name):
    run = siptrack("schema", name)

    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out)["$id"] == f"urn:siptrack:{name}:{KINDS[name].version}"


def test_schema_says_what_tables_there_are():
    for arguments in (
        ["--table", "gap"],
        ["check", "--table", "gaps"],
        ["child", "--table", "gaps"],
        ["--format", "csv"],
    ):
        run = siptrack("schema", *arguments)
        assert (run.code, run.out) == (2, "")
    assert (
        "Tables known: checks, behind, problems, ledger, set_aside, and 2 more."
        in siptrack("schema", "check", "--table", "gaps").err
    )


def test_the_ending_of_its_file_tells_the_form_of_the_columns_and_that_a_schema_is_json(tmp_path):
    columns, schema = tmp_path / "flags.csv", tmp_path / "schema.json"

    assert siptrack("schema", "--table", "flags", "-o", columns).code == 0
    assert columns.read_text(encoding="utf-8").startswith("column,type,unit,always,meaning\n")
    assert siptrack("schema", "-o", schema).code == 0
    assert json.loads(schema.read_text(encoding="utf-8"))["title"]
    assert siptrack("schema", "-o", tmp_path / "schema.csv").code == 2
