"""On a terminal nothing that a file, a folder or the user wrote acts on the screen, whichever stream it is said on.

click leaves escapes out of what it writes into a pipe, so that only a terminal shows what a person's screen is given.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
import openpyxl
import pytest
from on_terminal import HAS_TERMINALS, shown

from siptrack.commands import cli, waiting
from siptrack.commands import run as run_here

pytestmark = pytest.mark.skipif(not HAS_TERMINALS, reason="there are no pseudo-terminals on Windows")

# A colour, a title, a link, C1's own escape, direction marks, a line of its own, and what goes back over it.
ACTS = "\x1b[31m\x1b]0;t\x07\x1b]8;;x:y\x1b\\\x9b2J\x90\x85\u2028\u202e\u2066\u200f\x08\x7f\r\nFORGED"
NAME = f"5K{ACTS}"
CELL = NAME.replace(";", "")  # which would be taken for what stands between two cells
ROWS = (
    'Surname,Forename,Class,Year,"{0}","Reading Autumn 2024","Reading Summer 2025"\r\nAsh,Kim,"{0}",5,"{0}",EXS,WTS\r\n'
)


@pytest.fixture(name="school", scope="module")
def _school(tmp_path_factory) -> Path:
    """A folder, in it a file that can be read and one that cannot, and a class, a heading and a cell, all so named."""
    folder = tmp_path_factory.mktemp("school") / NAME
    folder.mkdir()
    (folder / f"{NAME}.csv").write_bytes(ROWS.format(CELL).encode())
    (folder / f"{NAME}.xml").write_bytes(f"<{'x' * 9}/>".encode())
    return folder


def needed(command: click.Command, school: Path, tmp_path: Path) -> list[object]:
    """What a command cannot do without."""
    given = {"path": [school], "paths": [school], "words": [school, "Ash"], "folder": ["-o", tmp_path / "report"]}
    return [word for one in command.params if one.required or one.name == "paths" for word in given[one.name]]


def assert_harmless(run) -> None:
    assert run.obeyed == []
    assert not [line for line in run.lines if line.startswith("FORGED")]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_what_a_command_shows_of_a_hostile_school_is_shown_and_not_obeyed(name, school, tmp_path):
    where = ["--defaults", "-o", tmp_path / "settings"] if name == "init" else []
    run = shown(name, *needed(cli.commands[name], school, tmp_path), *where)

    assert_harmless(run)
    assert run.code in {0, 1, 3, 6}
    assert run.screen


def test_the_name_of_a_sheet_is_shown_and_not_obeyed(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "5K\x9b2J\u202e\u2066\x7f"
    book.active.append(["Surname", "Class", "Reading Autumn 2024"])
    book.active.append(["Ash", "5K\x85", "EXS"])
    book.save(tmp_path / "school.xlsx")

    assert_harmless(run := shown("columns", tmp_path))
    assert r"sheet 5K\x9b2J\u202e" in "".join(run.lines)


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_every_form_of_a_table_is_shown_and_not_obeyed(school, form):
    assert_harmless(run := shown("analyse", school, "--table", "pupils", "--format", form))
    assert r"2J" in "".join(run.lines)


def test_a_page_of_html_on_a_screen_is_shown_and_not_obeyed(school):
    assert_harmless(shown("check", school, "--format", "html"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse", "SCHOOL", "--class", NAME + "x"],  # which tells the classes known
        ["analyse", "SCHOOL", "--term", NAME],
        ["analyse", "SCHOOL", "--subject", NAME],
        ["analyse", "SCHOOL", "--fail-on", NAME],
        ["analyse", "SCHOOL", "--table", NAME],  # which click refuses
        ["analyse", "SCHOOL", f"--{NAME}"],
        ["analyse", "SCHOOL", "-o", f"x.{NAME}"],
        ["child", "SCHOOL", NAME + "x"],
        ["explain", NAME],
        ["rules", NAME],
        ["init", "--defaults", "--choose", NAME],
        [NAME],
    ],
)
def test_what_the_user_typed_is_said_again_and_not_obeyed(school, arguments):
    run = shown(*[school if word == "SCHOOL" else word for word in arguments])

    assert_harmless(run)
    assert run.code == 2
    assert r"\x1b[31m" in "".join(run.lines)


def test_a_settings_file_is_quoted_and_not_obeyed(tmp_path):
    settings = tmp_path / f"{ACTS}.yaml"
    settings.write_text(r'"use\e[31m\x9b2J\u202e": {}' + "\n", encoding="utf-8")

    assert_harmless(run := shown("rules", "--config", settings))
    assert run.code == 4


def test_a_name_that_is_no_utf_8_and_a_screen_of_other_letters(tmp_path):
    """A byte that is C1's escape to a screen of Latin letters; and letters whose UTF-8 holds that very byte."""
    place = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\x9b2J\xff.csv"))
    place.write_bytes(ROWS.format("\u00db").encode())

    for encoding in ("utf-8", "ascii", "latin-1"):
        run = shown("columns", place, encoding=encoding)
        assert not {*run.screen} & {*range(32), *range(0x7F, 0xA0)} - {ord("\n")} or encoding == "utf-8"
        assert run.code == 0
        assert rb"\x9b2J\xff.csv" in run.screen


def test_a_misuse_is_said_as_click_says_it(capsys):
    with pytest.raises(click.UsageError) as misused, cli.make_context("siptrack", ["analyse", "x", "--tabel"]) as top:
        cli.invoke(top)
    misused.value.show()
    usual = capsys.readouterr().err

    assert run_here(["analyse", "x", "--tabel"]) == 2
    assert capsys.readouterr().err == usual


def test_colours_are_siptracks_own(school, monkeypatch):
    monkeypatch.setattr(waiting, "_PATIENCE", 600)  # no bar
    run = shown("check", school, colour=True)

    assert b"\x1b[1m" in run.screen
    assert b"\x1b[31m\x1b]" not in run.screen
    assert run.obeyed == [r"'\x1b'"]
