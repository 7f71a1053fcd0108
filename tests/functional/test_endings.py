"""How the program ends when it does not end well, and that a child's name is never in what it says then."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import siptrack.reading.read
from siptrack.commands import run
from siptrack.school.errors import ExitCode


def ended(monkeypatch, capsys, error):
    """The exit code and standard error of an analysis in which reading raises this."""

    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr(siptrack.reading.read, "read", fail)
    code = run(["analyse", "anything.csv"])
    return code, capsys.readouterr().err


def test_a_fault_of_ours_says_where_and_nothing_of_what_was_in_a_cell(monkeypatch, capsys):
    code, said = ended(monkeypatch, capsys, KeyError("Jane Smith"))

    assert code == ExitCode.BUG
    assert said.startswith("This is a fault in siptrack")
    assert "KeyError in test_endings.py, line" in said
    assert "Jane" not in said


def test_an_interruption_is_said_in_one_line(monkeypatch, capsys):
    assert ended(monkeypatch, capsys, KeyboardInterrupt()) == (
        ExitCode.INTERRUPTED,
        "Interrupted; nothing was written.\n",
    )


@pytest.mark.parametrize("arguments", [[], ["analyse"], ["columns"]])
def test_no_arguments_print_help_and_end_with_2(capsys, arguments):
    assert run(arguments) == ExitCode.USAGE
    assert "Usage: siptrack" in capsys.readouterr().err


def test_a_misspelt_command_is_answered_with_the_nearest(capsys):
    assert run(["analize", "x.csv"]) == ExitCode.USAGE
    assert "analyse" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["analyse", "--help"], ["explain"]])
def test_what_is_asked_for_ends_well(capsys, arguments):
    assert run(arguments) == ExitCode.DONE
    assert capsys.readouterr().out


def test_explain_tells_a_flag_a_problem_and_what_is_neither(capsys):
    assert run(["explain", "fell-back"]) == ExitCode.DONE
    assert run(["explain", "two-results"]) == ExitCode.DONE
    assert run(["explain", "two-result"]) == ExitCode.USAGE

    said = capsys.readouterr()
    assert "What to do:" in said.out
    assert "Usual causes:" in said.out
    assert "Did you mean 'two-results'" in said.err


# --- where there is no terminal ---------------------------------------------------------------------------------------

FORMS = ("table", "json", "ndjson", "csv", "markdown")
CHILD = b"Surname,Forename,Class,Reading Autumn 2024,Reading Summer 2025\r\nThistledown,Tobermory,5K,EXS,WTS\r\n"


def started(*arguments, environment=None, **streams):
    """A run of siptrack with streams of its own; it may look up its libraries, and little else."""
    bare = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    command = [sys.executable, "-m", "siptrack", *map(str, arguments)]
    return subprocess.run(
        command, env={**bare, **(environment or {})}, stderr=subprocess.PIPE, check=False, timeout=120, **streams
    )


@pytest.fixture(name="school", scope="module")
def _school(tmp_path_factory):
    path = tmp_path_factory.mktemp("endings") / "school.csv"
    path.write_bytes(CHILD)
    return path


def form_of(command, form):
    table = {"analyse": "flags", "check": "ledger"}[command]
    return (command, "--format", form, *(("--table", table) if form == "csv" else ()))


@pytest.mark.parametrize(("command", "form"), [*(("analyse", form) for form in FORMS), ("check", "json")])
def test_without_a_terminal_a_home_or_standard_input_the_output_is_the_same(school, command, form):
    terminal = {"COLUMNS": "40", "TERM": "xterm", "HOME": str(school.parent)}
    bare = started(*form_of(command, form), school, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    usual = started(*form_of(command, form), school, stdout=subprocess.PIPE, environment=terminal)

    assert (bare.returncode, bare.stderr) == (0, b"")
    assert bare.stdout == usual.stdout
    assert bare.stdout


@pytest.mark.skipif(os.name == "nt", reason="streams are closed otherwise on Windows")
@pytest.mark.parametrize("form", FORMS)
def test_a_reader_who_has_gone_is_told_nothing_and_ends_with_141_in_every_form(school, form):
    read, write = os.pipe()
    os.close(read)
    run = started(*form_of("analyse", form), school, stdout=write)
    os.close(write)

    assert (run.returncode, run.stderr) == (ExitCode.PIPE_CLOSED, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize(
    "arguments", [*(form_of("analyse", form) for form in FORMS), form_of("check", "json"), ("columns",)]
)
def test_a_full_output_ends_with_5_and_one_line(school, arguments):
    with Path("/dev/full").open("wb") as full:
        run = started(*arguments, school, stdout=full)

    assert (run.returncode, run.stderr.count(b"\n")) == (ExitCode.OUTPUT, 1)
    assert b"Standard output could not be written (No space left on device)." in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("explain", "fell-back"), ("schema",), ("rules",)])
def test_a_full_output_is_no_fault_of_ours_whatever_is_printed(arguments):
    with Path("/dev/full").open("wb") as full:
        run = started(*arguments, stdout=full)

    assert (run.returncode, run.stderr.count(b"\n")) == (ExitCode.OUTPUT, 1)


def closed(*arguments, stream):
    """A run in a shell in which a stream is closed."""
    line = shlex.join([sys.executable, "-m", "siptrack", *map(str, arguments)])
    return subprocess.run(["/bin/sh", "-c", f"{line} {stream}"], capture_output=True, check=False, timeout=120)


@pytest.mark.skipif(os.name == "nt", reason="streams are closed otherwise on Windows")
def test_a_closed_stream_is_one_line_or_none_and_never_a_fault(school, tmp_path):
    out = closed("analyse", school, stream=">&-")
    assert (out.returncode, out.stderr) == (ExitCode.OUTPUT, b"Standard output is closed; name a file with -o.\n")

    said = closed("explain", "fell-back", stream=">&-")
    assert (said.returncode, said.stderr) == (ExitCode.OUTPUT, b"Standard output is closed; name a file with -o.\n")

    into = closed("analyse", school, "-o", tmp_path / "report.txt", stream=">&- <&-")
    assert (into.returncode, (tmp_path / "report.txt").stat().st_size > 0) == (ExitCode.DONE, True)

    nothing = closed("analyse", "-", stream="<&-")
    assert (nothing.returncode, nothing.stderr.count(b"\n")) == (ExitCode.INPUT, 1)
    assert b"Standard input is closed" in nothing.stderr

    quiet = closed("analyse", school, stream="2>&-")
    assert (quiet.returncode, quiet.stdout) == (ExitCode.DONE, closed("analyse", school, stream="").stdout)
