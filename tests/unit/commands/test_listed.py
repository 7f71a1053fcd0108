from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from siptrack import commands
from siptrack.commands import cli, run
from siptrack.commands.listed import HEADINGS, LISTED, Commands
from siptrack.documents.registry import KINDS

LIBRARIES = {"yaml", "numpy", "pandas", "jinja2", "rich", "openpyxl", "xlsxwriter", "python_calamine", "pickle"}
FRONT = f"""
import io, os, sys
from siptrack.commands import run
sys.stdout, shown = io.TextIOWrapper(io.BytesIO()), sys.stdout
print(run(["--help"]), run(["--version"]), run(["analise"]))
os.environ.update(_SIPTRACK_COMPLETE="bash_complete", COMP_WORDS="siptrack an", COMP_CWORD="1")
try:
    run([])
except SystemExit as ending:
    print(ending.code)
sys.stdout.seek(0)
print(sorted(sys.modules.keys() & {LIBRARIES!r}), file=shown)
print(sorted(name for name in sys.modules if name.startswith("siptrack.")), file=shown)
print(sys.stdout.read(), file=shown)
"""


@pytest.mark.parametrize("name", LISTED)
def test_a_command_is_said_in_a_line_where_it_is_listed_and_nowhere_else(name):
    assert LISTED[name].says == cli.commands[name].get_short_help_str()
    assert cli.commands[name].name == name
    assert "short_help" not in Path(commands.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")


def test_every_module_with_a_command_is_listed():
    folder = Path(commands.__file__).parent
    has = {path.stem for path in folder.glob("*.py") if "\n@click.command(" in path.read_text(encoding="utf-8")}

    assert has == set(LISTED)
    assert list(LISTED) == sorted(LISTED)


def test_a_name_that_is_no_command_is_none():
    assert Commands().get("analise") is None
    assert Commands().get("options") is None


def test_help_the_version_and_the_tab_key_import_no_command_and_no_library():
    done = subprocess.run([sys.executable, "-c", FRONT], capture_output=True, text=True, check=True, timeout=60)
    libraries, ours, *shown = done.stdout.splitlines()

    assert libraries == "[]"
    assert set(ast.literal_eval(ours)) == {
        *("siptrack.commands", "siptrack.commands.listed", "siptrack.commands.output", "siptrack.commands.messages"),
        *("siptrack.commands.shells", "siptrack.school", "siptrack.school.errors", "siptrack.school.safe_text"),
        "siptrack.version",
    }
    assert shown[0].startswith("Usage: siptrack")
    assert "0 0 2" in shown
    assert "plain,analyse" in shown
    assert "Did you mean" in done.stderr


def test_help_has_a_line_about_every_command_under_its_heading_and_what_most_people_need_first(capsys):
    assert run(["help"]) == 0
    first, *others = capsys.readouterr().out.strip("\n").split("\n\n")

    assert [line.split()[0] for line in first.splitlines()[1:]] == ["analyse", "child", "report", "since"]
    assert [part.splitlines()[0] for part in (first, *others)] == [f"{heading}:" for heading in HEADINGS]
    lines = {line for part in (first, *others) for line in part.splitlines()[1:]}
    assert {(line.split()[0], line.split(maxsplit=1)[1]) for line in lines} == {
        (name, command.says) for name, command in LISTED.items()
    }


def test_help_about_a_command_is_the_command_s_own_and_a_slip_is_told(capsys):
    assert run(["analyse", "--help"]) == 0
    own = capsys.readouterr().out

    assert run(["help", "analyse"]) == 0
    assert capsys.readouterr().out == own
    assert run(["help", "analise"]) == 2
    assert "Did you mean 'analyse'?" in capsys.readouterr().err


@pytest.mark.parametrize("name", [name for name, listed in LISTED.items() if listed.tables])
def test_the_tables_of_a_command_are_those_of_the_registry(name):
    declared = KINDS["analysis" if name == "analyse" else name].by_name
    assert LISTED[name].tables.split() == list(declared)


def test_every_document_of_the_registry_with_tables_of_its_own_has_a_command_that_offers_them():
    commands_of = {"analysis": "analyse", "shared": "analyse", **{name: name for name in KINDS if name in LISTED}}
    assert set(commands_of) == set(KINDS)
    assert all(LISTED[commands_of[kind.name]].tables for kind in KINDS.values() if kind.tables)
