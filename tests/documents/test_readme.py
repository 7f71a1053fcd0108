"""The README says what is true: its commands, its report, its flags, its exit codes."""

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


def shell_blocks():
    return re.findall(r"```sh\n(.*?)\n```", TEXT, re.DOTALL)


def test_continuous_integration_runs_the_two_commands_of_the_readme_to_the_letter():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    first, second = shell_blocks()[:2]

    assert "\n" not in first
    assert "\n" not in second
    assert first in ci
    assert second in ci


def test_each_command_has_its_windows_form():
    assert len(re.findall(r"```powershell\npy -m venv", TEXT)) == 2


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
    table = TEXT.split("### The flags")[1].split("### The gaps")[0]

    assert re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE) == [str(code) for code in FlagCode]


def test_every_flag_has_its_rule():
    assert list(load().flags.flags) == [str(code) for code in FlagCode]


def test_every_exit_code_is_told():
    table = TEXT.split("| exit code | meaning |")[1].split("\n\n")[0]

    told = {int(number) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for number in row.split(",")}

    assert told == {int(code) for code in ExitCode}


def test_the_settings_in_the_readme_are_accepted(tmp_path):
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)):
        path = tmp_path / f"{number}.yaml"
        path.write_text(block, encoding="utf-8")

        assert load(path).ruler != load().ruler


def test_the_six_commands_of_a_term_are_commands_with_their_options_and_everything_written_has_a_name():
    section = TEXT.split("### A term in six commands")[1].split("###")[0]
    lines = [line.split("#")[0] for line in re.findall(r"```sh\n(.*?)\n```", section, re.DOTALL)[0].splitlines()]

    assert len(lines) == 6
    for program, name, *arguments in map(shlex.split, lines):
        assert program == "siptrack"
        with cli.commands[name].make_context(name, arguments) as context:
            assert context.params["paths"] == (Path("data"),)


def test_the_script_for_schedulers_is_where_the_readme_says():
    for script in re.findall(r"examples[/\\\\](\w+\.py)", TEXT):
        assert (ROOT / "examples" / script).is_file()
