"""Each command is described: its page in the manual, its man page and its help are those of today, and fit a screen."""

from __future__ import annotations

import re
import runpy
from dataclasses import replace
from pathlib import Path

import click
import pytest
from command_pages import FIRST, PAGES, first_page, has_page, listing, with_options
from commands_described import commands, front
from flags_page import PAGE as FLAGS_PAGE
from flags_page import with_rules
from man_pages import ENDINGS, MAN, pages

from siptrack.commands import cli
from siptrack.rules.load import load
from siptrack.school.errors import ExitCode

COLUMNS, LINES = 80, 24
DOCS = PAGES.parent


def shown(command: click.Command, name: str) -> list[str]:
    """The lines of a command's help on a small screen."""
    context = click.Context(
        command, info_name=name, terminal_width=COLUMNS, max_content_width=COLUMNS, help_option_names=["-h", "--help"]
    )
    return command.get_help(context).splitlines()


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_the_options_in_the_manual_are_those_of_the_command_today(page):
    text = page.read_text(encoding="utf-8")

    assert with_options(text, commands()[page.stem]) == text


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_command_has_a_page(name):
    assert has_page(name)


def test_a_command_without_a_page_gets_one_and_its_line_in_the_list_where_the_alphabet_has_it():
    described = replace(commands()["check"], name="siptrack checked")
    page, manual = with_options(first_page(described), described), FIRST.read_text(encoding="utf-8")
    lines = listing(manual, described).split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("| [siptrack checked]"))

    assert with_options(page, described) == page
    assert page.startswith(f"# siptrack checked\n\n{described.about[0]}\n\n")
    assert lines[at] == f"| [siptrack checked](commands/checked.md) | w{described.short[1:-1]} |"
    assert lines[at - 1].startswith("| [siptrack check]")
    assert lines[at + 1].startswith("| [siptrack child]")
    assert "\n".join([*lines[:at], *lines[at + 1 :]]) == manual


def test_one_command_writes_all_that_a_script_writes():
    folder = Path(__file__).parent
    scripts = runpy.run_path(str(folder / "__main__.py"))["scripts"]()

    assert scripts[-1] == "examples"
    assert set(scripts) == {path.stem for path in folder.glob("*.py") if "write_text" in path.read_text("utf-8")} - {
        path.stem for path in folder.glob("test_*.py")
    }


def test_the_man_pages_are_those_of_the_commands_today():
    assert {path.name: path.read_text(encoding="utf-8") for path in MAN.iterdir()} == pages()


def test_the_man_pages_tell_every_exit_code():
    assert set(ENDINGS) == set(ExitCode)


def test_the_first_help_fits_a_screen_has_examples_and_cuts_nothing_short():
    lines = shown(cli, "siptrack")

    assert len(lines) <= LINES
    assert [line for line in lines if "..." in line and "Usage" not in line] == []
    assert sum(line.strip().startswith("siptrack ") for line in lines) >= 2
    assert front().examples


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_help_fits_the_width_explains_every_option_and_has_an_example(name):
    command, described = cli.commands[name], commands()[name]

    assert max(map(len, shown(command, f"siptrack {name}"))) <= COLUMNS
    assert [option for option, says in described.options if not says.strip()] == []
    assert described.examples
    assert [line for line in described.examples if not line.startswith(f"siptrack {name}")] == []


def test_the_flags_in_the_manual_are_those_of_the_rules_today():
    text = FLAGS_PAGE.read_text(encoding="utf-8")

    assert with_rules(text) == text
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == list(load().flags.flags)
    assert (
        with_rules(re.sub(r"^## below$.*?(?=^## )", "", text, flags=re.DOTALL | re.MULTILINE)).count("## below\n") == 1
    )
    assert text.count("**Why.**") == text.count("**By hand.**") == len(load().flags.flags)
