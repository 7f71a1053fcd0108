"""Each command with a document, on an invented school: what holds of every one, so that a new one is tested too.

What `analyse` writes is held in test_samples.py, and what `schools` writes, of several, in test_many_schools.py.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import jsonschema
import pytest
from running import SAMPLES, siptrack_here

from shipped import shipped_schema
from siptrack.commands.listed import LISTED
from siptrack.documents.registry import KINDS

TODAY = SAMPLES / "today"
every_command = pytest.mark.parametrize(
    "command", [name for name, listed in LISTED.items() if listed.tables and name not in ("analyse", "schools")]
)


@every_command
def test_its_json_is_what_its_schema_says(command):
    run = siptrack_here(command, TODAY, "--format", "json")

    assert (run.code, run.err) == (0, "")
    jsonschema.validate(json.loads(run.out), shipped_schema(command))


@every_command
def test_its_database_has_every_table_with_the_columns_that_are_declared(command, tmp_path):
    assert siptrack_here(command, TODAY, "-o", tmp_path / "all.sqlite").code == 0

    with closing(sqlite3.connect(tmp_path / "all.sqlite")) as database:
        for table in KINDS[command].by_name.values():
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table.name}")')]
            assert columns[: len(table.names)] == table.names


@every_command
def test_its_page_is_said_in_the_terminal_and_in_a_browser(command, tmp_path):
    printed, page = siptrack_here(command, TODAY), tmp_path / "page.html"
    title = printed.out.split("\n", 1)[0]

    assert (printed.code, printed.err) == (0, "")
    assert siptrack_here(command, TODAY, "-o", page).code == 0
    assert title.split(":")[0] in page.read_text(encoding="utf-8")
