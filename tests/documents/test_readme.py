"""The README and the pages that it leads to say what is true: commands, the report, flags, exit codes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from readme_report import README, ROOT, with_report
from screenshot import PICTURE, picture

from siptrack.commands import cli
from siptrack.rules.load import load
from siptrack.school.codes import FlagCode
from siptrack.school.errors import ExitCode

TEXT = README.read_text(encoding="utf-8")
DOCS = ROOT / "docs"


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def shell_blocks(text):
    return re.findall(r"```sh\n(.*?)\n```", text, re.DOTALL)


def test_continuous_integration_runs_the_commands_of_the_readme_to_the_letter():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    main_job, tests = shell_blocks(TEXT)

    assert len(main_job.splitlines()) == 2
    assert "\n" not in tests
    assert f"\n{main_job}\n" in ci
    assert f"\n{tests}\n" in ci


def test_each_command_has_its_windows_form():
    on_windows = re.findall(r"```powershell\n(.*?)\n```", TEXT, re.DOTALL)

    assert len(re.findall(r"```powershell\npy -m venv", TEXT)) == 2
    assert [block.count("\n") for block in on_windows] == [block.count("\n") for block in shell_blocks(TEXT)]


def test_the_readme_can_be_read_in_a_few_minutes():
    assert len(TEXT.splitlines()) <= 90


def test_each_command_that_the_readme_names_is_one():
    named = set(re.findall(r"`siptrack ([a-z]+)", TEXT))

    assert len(named) >= 5
    assert named <= set(cli.commands)


def test_the_report_in_the_readme_is_the_one_printed_today():
    assert with_report(TEXT) == TEXT


def test_the_picture_of_the_report_is_the_one_drawn_today_and_needs_no_network():
    drawn = picture()

    assert PICTURE.read_text(encoding="utf-8") == drawn
    assert set(re.findall(r"(?:https?:)?//[^\"' )]+", drawn)) == {
        "http://www.w3.org/2000/svg",
        "https://www.textualize.io",
    }
    assert "url(http" not in drawn
    assert "@font-face" not in drawn


def test_every_flag_is_explained_and_no_other():
    assert re.findall(r"^## ([a-z-]+)$", page("flags.md"), re.MULTILINE) == [str(code) for code in FlagCode]


def test_every_flag_has_its_rule():
    assert list(load().flags.flags) == [str(code) for code in FlagCode]


def test_every_exit_code_is_told():
    table = page("pipe.md").split("| exit code | meaning |")[1].split("\n\n")[0]

    told = {int(number) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for number in row.split(",")}

    assert told == {int(code) for code in ExitCode}


def test_the_six_commands_of_a_term_are_commands_with_their_options_and_everything_written_has_a_name():
    lines = [line.split("#")[0] for line in shell_blocks(page("term.md"))[0].splitlines()]

    assert len(lines) == 6
    for program, name, *arguments in map(shlex.split, lines):
        assert program == "siptrack"
        with cli.commands[name].make_context(name, arguments, help_option_names=["-h", "--help"]) as context:
            assert context.params["paths"] == (Path("data"),)


def test_the_script_for_schedulers_is_where_the_manual_says():
    scripts = re.findall(r"examples[/\\](\w+\.py)", page("term.md") + page("pipe.md"))

    assert len(scripts) >= 4
    assert [script for script in scripts if not (ROOT / "examples" / script).is_file()] == []
