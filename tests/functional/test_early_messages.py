"""What stands in the way of an output is reported before any file is read, by every command in each of its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from running import SAMPLES, siptrack_here

from siptrack.commands import cli
from siptrack.commands.forms import ENDINGS, SINGLE_TABLE
from siptrack.rendering import writing
from siptrack.school.errors import ExitCode

TODAY = SAMPLES / "today"
READ = {
    "path",
    "paths",
    "config",
    "ruler",
    "diff",
    "template",
    "since_shared",
}  # what a path may be beside a place to write to


def written(command: click.Command) -> list[str]:
    """The parameters that name a file or folder to write, or have one written."""
    return [
        one.name
        for one in command.params
        if (isinstance(one.type, click.Path) and one.name not in READ) or one.name == "save"
    ]


def choices(command: click.Command, name: str) -> list[str]:
    of = next((one.type for one in command.params if one.name == name), None)
    return list(of.choices) if isinstance(of, click.Choice) else []


def places() -> Iterator[tuple[str, str, str]]:
    """Each command with each way to have something written, in each form."""
    for name, command in sorted(cli.commands.items()):
        for parameter in written(command):
            forms = choices(command, "form") if parameter == "output" else []
            yield from ((name, parameter, form) for form in forms or [""])


def command_line(name: str, parameter: str, form: str, place) -> list[object]:
    """A command line that reads a school and writes to a place; of `init` and `columns`, beside the data."""
    command = cli.commands[name]
    options = {one.name: one.opts[-1] for one in command.params}
    beside = parameter == "save" and not isinstance(
        next(o for o in command.params if o.name == "save").type, click.Path
    )
    line: list[object] = [name]
    if "paths" in options or "path" in options:
        line += [place.parent if beside else TODAY]
    if name == "child":
        line += [TODAY, "Smith"]
    line += [options[parameter]] if beside else [options[parameter], place]
    line += ["--format", form] if form else []
    line += ["--table", next(iter(choices(command, "table")), "flags")] if form in SINGLE_TABLE else []
    line += ["--table", "pupils", "--format", "csv"] if parameter == "pseudonyms" else []
    return line


def ending(form: str) -> str:
    return next((one for one, of in ENDINGS.items() if of == form), ".txt")


@pytest.fixture(autouse=True)
def _nothing_is_read(monkeypatch):
    """Whoever reads a file of the school's fails the test."""

    def fail(*_given, **_named):
        pytest.fail("a file was read before it was said that the output cannot be written")

    # Where else it is known by its name, so that no module is first imported with what fails, and keeps it.
    for module in ("siptrack.many.kept", "siptrack.reading.files"):
        monkeypatch.setattr(f"{module}.blocks_of_file", fail)
    monkeypatch.setattr("siptrack.rules.load.open_book", fail)
    monkeypatch.setattr("siptrack.commands.forms.find_spec", lambda library: library)  # all libraries are there


EVERY = list(places())
IDS = [" ".join(one) for one in EVERY]


def test_every_command_that_writes_is_among_these():
    assert {name for name, *_ in EVERY} == set(cli.commands) - {"explain", "help"}
    assert len(EVERY) > 90


def place_of(name, parameter, form, folder):
    """Where it would be written: the folder of a report, the settings beside the data, or a file."""
    if parameter == "folder":
        return folder
    if parameter == "save" and name != "rules":
        return folder / "siptrack.yaml"
    return folder / f"out{ending(form)}"


REPLACING = [one for one in EVERY if one[:2] != ("check", "save")]  # which adds lines to the settings that are there


@pytest.mark.parametrize(("name", "parameter", "form"), REPLACING, ids=[" ".join(one) for one in REPLACING])
def test_what_is_there_already_is_said_and_kept(name, parameter, form, tmp_path):
    place = place_of(name, parameter, form, tmp_path)
    in_folder = {"report": Path("named", "report.html"), "schools": Path("schools.html")}
    there = place / in_folder[name] if parameter == "folder" else place
    there.parent.mkdir(exist_ok=True)
    there.write_text("headings:\n  a: b\n", encoding="utf-8")
    run = siptrack_here(*command_line(name, parameter, form, place))

    if parameter == "pseudonyms":
        assert (run.code, "this is no key" in run.err) == (ExitCode.INPUT, True)
    else:
        assert (run.code, "--force" in run.err) == (ExitCode.OUTPUT, True)
    assert (run.out, run.err.count("\n")) == ("", 1)
    assert there.read_text(encoding="utf-8") == "headings:\n  a: b\n"


@pytest.mark.parametrize(("name", "parameter", "form"), EVERY, ids=IDS)
def test_a_folder_in_which_nothing_may_be_written_is_said(name, parameter, form, tmp_path, monkeypatch):
    def refuse(**_where):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(writing.tempfile, "mkstemp", refuse)
    place = place_of(name, parameter, form, tmp_path)

    run = siptrack_here(*command_line(name, parameter, form, place), "--force")

    assert (run.code, run.out) == (ExitCode.OUTPUT, "")
    assert run.err == f"{tmp_path}: nothing may be written in this folder; choose another.\n"
    assert list(tmp_path.iterdir()) == []


FILES = [one for one in EVERY if one[1] != "folder" and (one[1] != "save" or one[0] == "rules")]


@pytest.mark.parametrize(("name", "parameter", "form"), FILES, ids=[" ".join(one) for one in FILES])
def test_a_folder_that_is_not_there_is_said(name, parameter, form, tmp_path):
    run = siptrack_here(*command_line(name, parameter, form, tmp_path / "nowhere" / f"out{ending(form)}"))

    assert (run.code, run.out) == (ExitCode.OUTPUT, "")
    assert f"there is no folder {tmp_path / 'nowhere'}" in run.err


NEEDED = [one for one in EVERY if one[2] in ("docx", "parquet")]


@pytest.mark.parametrize(("name", "parameter", "form"), NEEDED, ids=[" ".join(one) for one in NEEDED])
@pytest.mark.parametrize("named", [True, False])
def test_a_library_that_is_not_there_is_said(name, parameter, form, named, tmp_path, monkeypatch):
    monkeypatch.setattr("siptrack.commands.forms.find_spec", lambda _library: None)
    line = command_line(name, parameter, form, tmp_path / f"out{ending(form)}")
    if not named and name != "child":  # whose form is only ever named
        line = [one for one in line if one not in ("--format", form)]

    run = siptrack_here(*line)

    assert run.code in (ExitCode.USAGE, ExitCode.OUTPUT)
    assert "pip install" in run.err
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_needs_such_a_library_says_so_too(tmp_path, monkeypatch):
    monkeypatch.setattr("siptrack.commands.forms.find_spec", lambda _library: None)

    run = siptrack_here("report", TODAY, "-o", tmp_path, "--word")

    assert (run.code, "pip install" in run.err) == (ExitCode.USAGE, True)


@pytest.mark.parametrize(
    "there",
    [
        "named/report.xlsx",
        "named/meeting.docx",
        "named/ours.xlsx",
        "named/children/pupil-001.html",
        "shareable/summary.xlsx",
    ],
)
def test_each_file_of_a_report_that_is_there_already_is_said(there, tmp_path):
    path = tmp_path / there
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    (tmp_path / "ours.xlsx").write_text("")

    run = siptrack_here(
        "report", TODAY, "-o", tmp_path, "--word", "--children", "all", "--template", tmp_path / "ours.xlsx"
    )

    assert (run.code, run.out) == (ExitCode.OUTPUT, "")
    assert run.err == f"{path}: there is a file of this name already; add --force to write over it.\n"


def test_a_report_into_a_folder_to_be_made_where_none_may_be_is_said(tmp_path, monkeypatch):
    def refuse(**_where):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(writing.tempfile, "mkstemp", refuse)
    run = siptrack_here("report", TODAY, "-o", tmp_path / "new" / "report")

    assert (run.code, f"{tmp_path}: nothing may be written" in run.err) == (ExitCode.OUTPUT, True)


def test_a_template_named_as_a_file_of_the_report_is_said(tmp_path):
    (tmp_path / "Report.xlsx").write_text("")
    run = siptrack_here("report", TODAY, "-o", tmp_path / "r", "--template", tmp_path / "Report.xlsx")

    assert run.code == ExitCode.USAGE
    assert "Report.xlsx" in run.err
